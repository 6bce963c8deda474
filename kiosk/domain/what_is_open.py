"""What nobody can vouch for (听力好不好说不上, "not sure about my hearing"), and the finding left open."""

from __future__ import annotations

import re

from kiosk.domain.language import Language

_ZH_FUNCTIONS = (
    ("听力|耳朵灵不灵", "hearing_loss"),
    ("视力|眼神", "vision_change"),
    ("记性|记忆力", "memory_loss"),
    ("胃口|食欲|饭量", "loss_of_appetite"),
    ("尿量|小便量", "no_urine_12h"),
    ("小便次数|尿的次数|上厕所(?:的)?次数", "frequent_urination"),
    ("小便(?:的)?颜色|尿的?颜色|尿色", "dark_urine"),
    ("大便(?:的)?颜色", "black_stool"),
    ("胎动", "fewer_fetal_movements"),
    ("奶量|吃奶", "poor_feeding"),
    ("睡眠", "insomnia"),
    ("心脏", "heart_disease_history"),
    ("血压", "high_blood_pressure_reading"),
    ("血糖", "high_blood_sugar"),
    ("体重", "weight_loss"),
    ("心情|情绪", "low_mood"),
    ("嗅觉|味觉", "loss_of_smell"),
    ("月经量|经量", "heavy_period"),
    ("口齿", "speech_trouble"),
    ("体温", "fever"),
    ("精神头?", "less_active_child"),
    ("尿布|尿不湿|尿片", "fewer_wet_nappies"),
    ("手脚有没有(?:劲|力气?)|手劲|腿劲|力气", "limb_weakness"),
    ("发育|个头|个子", "growth_concern"),
)
_ZH_ASKED = (
    (r"(?:头|脑袋|后脑勺|脑门)(?:到底)?(?:挨没挨|着没着|碰没碰|磕没磕|撞没撞)(?:着|到)?(?:地|墙|桌子)?", "head_injury"),
    (
        r"吃了(?:几|多少)(?:片|颗|粒)药?[，,]?(?:我|他|她|也|都|谁)*(?:没数|数不清|不知道|不清楚|不记得|记不[清得]|"
        r"说不[清准好]|没看见|不晓得)|(?:不知道|不清楚|不记得|记不清|不晓得)(?:他|她|孩子|到底)*吃了(?:几|多少)(?:片|"
        r"颗|粒)",
        "overdose",
    ),
    (
        r"药[^。；;]{0,10}?(?:吃没吃多|多没多吃|有没有多吃|是不是多吃|是不是吃多|有没有吃多)|"
        r"(?:吃没吃多|多没多吃|有没有多吃|是不是多吃)[^。；;]{0,8}?(?:药|[几两]片|[几两]颗|[几两]粒)",
        "overdose",
    ),
    (r"疫苗(?:都|是|有没有|是不是|到底)*(?:打|种)(?:全|齐|完)了?没有?(?=[，,。；;！!？?\s我谁]|$)", "vaccines_missing"),
)
"""Questions about what should be so, without a word of doubt beside them."""
_ZH_WORSE = (
    r"(?:嘛|呢|吧|啊|倒|这个|方面|这块|的话)*[，,]?(?:我|自己|也|又|还)*(?:好像|可能|也许|似乎|说不定|没准|大概|"
    r"估计|恐怕|貌似)"
    r"(?:是|也|会|比以前|比从前)*(?:有?一?点点?儿?|有些|稍微|略)?"
    r"(?:差|不如|变[差少大小深]|下降|退步|减退|减|小|少|多|低|高|不好|不行|不太好|有问题|偏[高低大小深]|深|黑|"
    r"不正常)|(?:嘛|呢|吧|啊|这块)*[，,]?好像[^，,。；;]{1,6}[，,]?又好像(?=[^，,。；;])"
)
_ZH_UNTOLD = (
    r"[^，,。；;！!？?\s]{0,8}?[，,？?]?(?:我|自己|也|真|还|都|就|又|反正|心里|谁)*(?:说不(?:太|大)?[准好清上]来?|"
    r"不(?:太|大|很)?(?:清楚|知道|晓得|确定|好说)|不敢说|没(?:太|怎么|仔细|专门)?(?:觉出来|觉着|感觉出来|注意|留意|"
    r"留心|数|在意|称|"
    r"查过|量过)|拿不准|"
    r"数不[来清]|难[说讲]|没(?:个)?(?:底|谱|概念|数)|吃不准|记不清)"
)
_EN_FUNCTIONS = (
    ("hearing", "hearing_loss"),
    ("ringing", "tinnitus"),
    ("eyesight|vision|sight", "vision_change"),
    ("memory", "memory_loss"),
    ("appetite", "loss_of_appetite"),
    ("weight", "weight_loss"),
    ("balance", "dizziness"),
    ("mood", "low_mood"),
    ("temperature|temp", "fever"),
    ("blood pressure|bp", "high_blood_pressure_reading"),
    ("blood sugar|sugars?", "high_blood_sugar"),
    ("sleep", "insomnia"),
    ("speech", "speech_trouble"),
    ("sense of smell", "loss_of_smell"),
    ("heart", "heart_disease_history"),
    ("thyroid", "thyroid_history"),
)
_EN_WHOSE = r"(?:my|his|her|the|baby's|mum's|dad's) "
_EN_WORSE = (
    r" (?:may|might|could|seems?|appears?)(?: well| to)*(?: be| have been| have got)?(?: a bit| slightly|"
    r" getting| a little|"
    r" rather)* (?:worse|off|down|up|going|poor|poorer|weaker|lower|higher|high|low|gone|slipping|failing|less)\b"
)
_EN_UNTOLD = (
    r"(?:(?:\bnot|n't)(?: too| so| really| quite| very| entirely| altogether)* (?:sure|certain|clear)|\bunsure|"
    r"(?:can't|cannot|couldn't|wouldn't like to)(?: really| honestly)? (?:vouch|speak|swear|say|"
    r"comment)) (?:about|for|on|to|of) "
)
NAMES_A_FUNCTION = {
    Language.ZH: re.compile("|".join(words for words, _ in (*_ZH_FUNCTIONS, *_ZH_ASKED))),
    Language.EN: re.compile(rf"\b(?:{'|'.join(words for words, _ in _EN_FUNCTIONS)})\b"),
}
"""Without one of these nothing is left open here: most texts are looked at once."""

WHAT_IS_OPEN = {
    Language.ZH: (
        *((re.compile(rf"(?:{words})(?:{_ZH_WORSE}|{_ZH_UNTOLD})"), code) for words, code in _ZH_FUNCTIONS),
        *((re.compile(words), code) for words, code in _ZH_ASKED),
    ),
    Language.EN: tuple(
        (
            re.compile(
                rf"\b{_EN_WHOSE}(?:{words}){_EN_WORSE}|{_EN_UNTOLD}{_EN_WHOSE}(?:{words})\b|"
                rf"\bas for {_EN_WHOSE}(?:{words}),? (?:i )?(?:don't know|couldn't say|can't say|not sure|"
                rf"who knows|no idea)\b|"
                rf"\b(?:don't|do not|dont) know about {_EN_WHOSE}(?:{words})\b|"
                rf"(?:^|(?<=[.,;!?] ))(?:and |but )?{_EN_WHOSE}(?:{words}),? i (?:really |just )?(?:don't|"
                rf"do not|dont) know\b"
            ),
            code,
        )
        for words, code in _EN_FUNCTIONS
    ),
}
