"""What Chinese speakers deny in few words beside what they came for: 烧啊吐啊都没有, 吃饭睡觉都行.

Read beside domain/what_works_zh.py: each says what is well or not there and the findings that this denies.
"""

from __future__ import annotations

from kiosk.domain.ways_of_being_well_zh import ALSO, ENDS, SAME, SO_SO, WELL

_NONE_OF_THESE = (
    r"[啊呀](?:[\u4e00-\u9fff]{1,3}[啊呀])*(?:这些|什么的|啥的)?[，,]?(?:都|也|全|一概|统统)+"
    rf"(?:没有?|没得)过?{ENDS}"
)
_VERBS = (
    ("(?<![发高低燃退])(?:发)?烧", "fever"),
    ("(?<![呕])吐", "vomiting"),
    ("拉", "diarrhoea"),
    ("咳", "cough"),
    ("(?<![头])晕", "dizziness"),
    ("喘", "shortness_of_breath"),
)

FUNCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((f"{verb}{_NONE_OF_THESE}", (code,)) for verb, code in _VERBS),
    (rf"(?:吃饭|吃喝|吃)(?:[、和跟]?(?:喝水|喝))?[、和跟]?(?:睡觉|睡){SO_SO}", ("loss_of_appetite", "insomnia")),
    (rf"(?:胃口|食欲|饭量){SO_SO}|一顿(?:能|还能|还)?(?:吃|干|造)?[两二三四俩仨](?:大)?碗", ("loss_of_appetite",)),
    (r"(?<![没不生])气(?:也|还|都|倒是?)*够使", ("shortness_of_breath",)),
    (rf"(?:解手|上厕所){ALSO}(?:正常|没问题|没毛病|顺当|利索)", ("bladder_bowel_change",)),
    (r"(?<![不没])(?:能自己|自己能|自己还能|还能自己)吃喝拉撒", ("frail_cannot_live_alone",)),
    (r"话(?:也|都|还|倒)*(?:说|讲)得(?:清|明白|利索|溜)", ("speech_trouble",)),
    (r"[不没]咳(?:嗽)?[，,]?(?:也|又|都|倒)?[不没]喘", ("cough", "shortness_of_breath")),
    (r"(?<![不没难别很老挺可真太么])(?:还|也|都|照样)?能吃(?=[，,。；;、\s]|$)", ("loss_of_appetite",)),
    (rf"尿色{ALSO}(?:正常|没变|淡|浅|不深)", ("dark_urine",)),
    (rf"(?:吸|嘬|吮|裹)(?:奶)?得{ALSO}(?:有劲|有力|带劲|猛|欢)", ("poor_feeding",)),
    (r"(?:下巴|嘴巴?|牙关)(?:也|都|还)*(?:(?<!不)能张|张得)[开大]", ("trismus",)),
    (
        r"(?:大腿根|疝气?|小肠串气|肚脐|腹股沟)[^。；;]{0,20}?(?<!不)(?:能|可以)?(?:[按推塞送揉](?:得)?|自己)回去(?!不)",
        ("groin_lump_stuck",),
    ),
    (rf"(?:月经|例假|大姨妈)[^。；;多大]{{0,8}}?[，,]?量{ALSO}(?:{SAME}|没变|不大|不多)", ("heavy_period",)),
    (r"血糖[^。；;高]{0,12}?[，,]?(?:也|都)?(?:不算高|不高|没高)", ("high_blood_sugar",)),
    (r"味儿?(?:也|都|还)*能闻(?:见|到|出)|(?<!不)(?:都|也|还|照样)能闻(?:见|到|出)", ("loss_of_smell",)),
    (r"(?<!不)能(?:转|伸)能抬|(?<!不)能抬能转", ("pain_lifting_arm",)),
    (r"(?<!不)能躺平|不用垫(?:高|枕头|东西)", ("orthopnoea",)),
    (r"(?:上秤|一称|称了|过秤|量体重)[^。；;]{0,6}?没(?:有)?(?:少|掉|轻|变|减)", ("weight_loss",)),
    (r"刚(?:刚)?(?:来|走|过)完?了?(?:例假|月经|大姨妈|姨妈)", ("missed_period",)),
    (r"没(?:有)?(?:往|跑到|转到|挪到|窜到)右下[^，,。；;]{0,4}", ("right_lower_abdominal_pain",)),
    (r"(?:下巴|下颏)[^，,。；;不没]{0,3}?(?:碰|够|挨|贴)(?:得)?(?:着|到|上)(?:胸口?|胸脯|锁骨)", ("neck_stiffness",)),
    (r"伤口(?:也|都|一直)*(?:没|不)红", ("skin_redness_spreading",)),
    (r"奶(?:也|都)?不胀(?:也)?不红", ("breast_red_hot",)),
    (r"(?:家里|屋里|身边|周围|单位)(?:也|都)?没(?:有)?(?:别人|谁|其他人|旁人)(?:这样|得|有)", ("infection_contact",)),
    (r"(?<![不没])能唱能(?:喊|说)|(?<![不没])能说能唱", ("hoarse_voice",)),
    (r"不(?:怎么)?(?:缠人|闹人|磨人)", ("inconsolable_crying",)),
    (r"(?:跟|和|与)(?:来不来|来)?(?:例假|月经|大姨妈|姨妈)(?:也|都)?没(?:有|什么|啥)?关系", ("with_period",)),
    (r"眼(?:睛)?(?:也|都|倒)*没花", ("vision_change",)),
    (r"烧(?:也|都|倒|还)*没(?:起来|上来|高起来)", ("fever",)),
    (r"(?<![一-鿿])青(?:也|都|倒)没青|没(?:有)?(?:磕|碰|摔)?(?:青|紫)(?=[，,。；;、\s]|$)", ("bruise",)),
    (r"(?:胳膊|膀子|手)(?:也|都|还)?(?<!不)(?:能)?举得?(?:过头|过顶|起来)", ("pain_lifting_arm",)),
    (rf"指甲{WELL}", ("nail_changes",)),
    (r"(?:孩子|宝宝|娃|他|她)[^，,。；;不没]{0,3}?能喝(?:得)?(?:水|奶|下|进)", ("child_not_drinking",)),
    (r"尿(?:也|都|还)+有(?=[，,。；;、\s]|$)", ("no_urine_12h",)),
    (r"(?:肚子|肚皮)[^，,。；;]{0,2}(?:按|摁|压)[^，,。；;]{0,3}(?:都|也)?不[疼痛]", ("abdominal_pain",)),
    (r"眼屎(?:也|都|倒|并)+不(?:怎么|算|太)?多", ("eye_discharge",)),
    (r"血(?:也|都|早|就|早就|已经)*不淌了?(?![^。；;]{0,6}又)", ("bleeding",)),
    (r"(?:小便|尿)里?头?(?:也|都|倒)*没(?:有)?(?:再)?见(?:过|着)?[红血]", ("blood_in_urine",)),
    (r"没(?:有)?(?:老是)?青一块紫一块", ("easy_bruising", "bruise")),
)
