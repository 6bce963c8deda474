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
    (r"怀上?没怀上|有没有怀上", "possible_pregnancy"),
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
    "不(?:太|大|很)?(?:清楚|知道|晓得|确定|好说)|不敢说|没(?:太|怎么|仔细|专门)?(?:觉出来|觉着|感觉出来|注意|留意|"
    "留心|数|在意|称|比较过|记过|算过|"
    r"查过|量过)|拿不准|"
    r"数不[来清]|难[说讲]|没(?:个)?(?:底|谱|概念|数)|吃不准|记不清)"
)
_ZH_EITHER = (
    r"[^。；;]{0,8}?(?P<at>(?:说不上|不好说|说不[清准好]|谈不上)(?:是)?"
    r"(?:差不差|好不好|好坏|好还是坏|多还是少|高还是低|好还是不好))"
)
_ZH_HURTS = (
    ("(?<![小腿脚])肚子", "abdominal_pain"),
    ("胃", "upper_abdominal_pain"),
    ("(?:胸口|心口|胸)", "chest_pain"),
    ("(?:头|脑袋)", "headache"),
    ("(?:腰|后背)", "back_pain"),
    ("(?:嗓子|喉咙)", "sore_throat"),
    ("膝盖", "knee_pain"),
)
_ZH_NEITHER = (
    "[^，,。；;]{0,5}?[，,]?(?:要)?说(?P<hurts>[疼痛])(?:吧|呢)?[，,]?(?:也|又|倒)?(?:不(?:算|是|"
    "太|怎么|大))?(?P=hurts)?"
    r"[，,]?(?:要)?说不(?P=hurts)(?:吧|呢)?[，,]?(?:也|又|还|却|倒|可)"
)
"""肚子说疼也不算疼，说不疼又有点."""

_ZH_STAIN = (
    r"[^。；;！!？?]{0,14}?(?:不知道|不确定|不清楚|说不[准好清上]|看不出来?|分不清|也许|[，,])(?:那)?(?:到底)?"
    r"(?P<at>(?:是不是|算不算|有没有|是){stain})"
)
_ZH_SORE = _ZH_STAIN.replace("{stain}", "[疼痛]")
_ZH_ILLNESSES = (
    ("糖尿病", "diabetes_history"),
    ("高血压", "hypertension_history"),
    ("心脏病", "heart_disease_history"),
    ("(?:乙肝|肝炎|肝病)", "liver_disease_history"),
    ("(?:结核|肺结核)", "tb_contact"),
    ("艾滋病?", "hiv"),
    ("痛风", "gout_history"),
    ("(?:甲亢|甲减)", "thyroid_history"),
    ("高血脂", "high_cholesterol_history"),
    ("过敏", "allergy"),
)
_ZH_NEVER_TESTED = (
    "(?:嘛|呢|吧|啊|这个|这方面|的话|有没有)*[，,]?(?:我)?(?:从来|一直|还|也|都)*没(?:有)?(?:查|"
    "量|测|验|检查|化验|试)过"
)
_ZH_LEFT_OPEN = (
    *((words + _ZH_NEVER_TESTED, code) for words, code in _ZH_ILLNESSES),
    *((words + _ZH_NEITHER, code) for words, code in _ZH_HURTS),
    (f"(?:小便|尿尿?)(?:的时候|时)?{_ZH_SORE}", "painful_urination"),
    (r"(?:要说|说到|至于)发[烧热](?:嘛|呢|吧|啊|的话)*[，,]?(?:我|也|还|都|一直)*没(?:有)?[量测]过?", "fever"),
    (
        r"(?:尿还是羊水|羊水还是尿|(?:是不是|算不算)(?:羊水)?破水|(?:是不是|会不会是)羊水(?!发|有|带))",
        "waters_broken",
    ),
    (r"(?:大小便|小便|尿)[^，,。；;]{0,2}?(?:憋不憋得住|管不管得住|控不控制得住|憋得住憋不住)", "bladder_bowel_change"),
    (rf"(?<![小心])肾(?:脏)?(?:好不好|有没有(?:毛病|问题|病))?{_ZH_NEVER_TESTED}", "kidney_disease_history"),
    (r"脸[^。；;]{0,12}?(?:肿还是胖|胖还是肿)", "face_swelling"),
    (r"(?:嘴唇|口唇)[^。；;不]{0,8}?(?:颜色)?[^。；;不]{0,4}?(?:不太对|不大对|不对劲|怪怪的)", "cyanosis"),
    (r"推迟没推迟|晚没晚|(?:月经|例假|大姨妈)[^，,。；;]{0,4}?来没来", "missed_period"),
    (
        r"(?:胎动|动得)(?:好像|可能|似乎|大概|也许)(?:是|比[^，,。；;]{1,4})?(?:少|弱|不如)",
        "fewer_fetal_movements",
    ),
    (
        "(?:嘴唇|口唇|指甲)(?:的颜色)?[^，,。；;不没]{0,2}?(?:好像|可能|似乎|看着像|是不是)(?:是|"
        "有点儿?|有些|发)*[紫青乌]",
        "cyanosis",
    ),
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
    r" rather)* (?:worse|off|down|up|going|poor|poorer|weaker|lower|higher|high|low|gone|slipping|failing|"
    r"less)\b(?! (?:fast|too fast|at|like|to|off))"
)
_EN_UNTOLD = (
    r"(?:(?:\bnot|n't)(?: too| so| really| quite| very| entirely| altogether)* (?:sure|certain|clear)|\bunsure|"
    r"(?:can't|cannot|couldn't|wouldn't like to)(?: really| honestly)? (?:vouch|speak|swear|say|"
    r"comment)) (?:about|for|on|to|of) "
)
_EN_WHETHER = (
    r"(?:(?:can't|couldn't|cannot|don't|didn't|not|hard to|difficult to)(?: really| quite| honestly| exactly| say| "
    r"tell| see|"
    r" know| sure| certain| judge| make out| work out| be sure)+|no idea|not a clue|haven't a clue) (?:if|whether) "
)
_EN_WHAT_MAY_BE = (
    (
        r"(?:they|it|the (?:spots|rash|marks|dots)|those)(?: really| actually| had| have| all| do| did| does)*"
        r" (?:fades?|faded|disappears?|disappeared|went (?:away|white)|blanch(?:es|ed)?)\b",
        "non_blanching_rash",
    ),
    (
        r"(?:there's |there is |there was |he's |she's )?(?:any |enough |had |done )*(?:a )?(?:wee|pee|urine|"
        r"wet)\b[^.;!?]{0,20}"
        r"\b(?:nappy|nappies|diapers?|pad)\b|(?:the|his|her) napp(?:y|ies) (?:is|are|was|were) wet\b",
        "fewer_wet_nappies",
    ),
    (
        r"(?:he's|she's|he is|she is|the baby's|baby's)(?: really| actually| even)? (?:drinking|getting (?:any|"
        r"enough|anything)"
        r" down|taking (?:any|enough|anything) in)\b",
        "child_not_drinking",
    ),
)
_EN_NAMES = "|".join(
    (*(words for words, _ in _EN_FUNCTIONS), "nappy|nappies|diapers?|spots|rash|glass|drinking|taking")
)
NAMES_A_FUNCTION = {
    Language.ZH: re.compile(
        "|".join(words for words, _ in (*_ZH_FUNCTIONS, *_ZH_ASKED)) + "|说不[疼痛]|[紫青乌]|羊水|破水|还是[肿胖]|动得|"
        "(?:是|不算|没有)[疼痛]|[查量测验试]过|不[太大]?对|憋|[管控]不|怪怪|推迟没|晚没|来没"
    ),
    Language.EN: re.compile(rf"\b(?:last period|{_EN_NAMES})\b"),
}
"""Without one of these nothing is left open here: most texts are looked at once."""

WHAT_IS_OPEN = {
    Language.ZH: (
        *((re.compile(f"(?:{words})(?:{_ZH_WORSE}|{_ZH_UNTOLD}|{_ZH_EITHER})"), code) for words, code in _ZH_FUNCTIONS),
        *((re.compile(words), code) for words, code in (*_ZH_LEFT_OPEN, *_ZH_ASKED)),
    ),
    Language.EN: (
        (
            re.compile(
                r"\b(?:can't|cannot|don't|couldn't|can never|never)(?: really| quite| honestly)? (?:remember|recall|"
                r"know|say|tell you|think) when (?:my|i had my|her|she had her) last period\b"
            ),
            "missed_period",
        ),
        (
            re.compile(
                r"(?:haven't|hasn't|didn't|not|never) (?:really |actually )?(?:counted|count|kept count of|checked|"
                r"kept track of) "
                r"(?:the |his |her |how many )?(?:wet )?(?:nappies|diapers)\b"
            ),
            "fewer_wet_nappies",
        ),
        *((re.compile(rf"{_EN_WHETHER}(?:{words})"), code) for words, code in _EN_WHAT_MAY_BE),
        *(
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
    ),
}
