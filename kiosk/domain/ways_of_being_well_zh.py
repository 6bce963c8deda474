"""The ways in which Chinese speakers say that something of theirs is well, and of what they say it."""

from __future__ import annotations

ALSO = "(?:一直|现在|目前|基本上?|也|都|倒|倒是|还|是|就|挺|很|蛮|全|已经|早|早就|得|着|起来|看着|听着)*"
ENDS = r"(?=[，,。；;！!、\s了的啊呢呀]|$)"
SAME = (
    "(?:跟|和|同|与)(?:平时|平常|往常|以前|之前|往日|从前|原来|别的孩子|同龄的?孩子?|一般孩子)"
    "(?:也|都)?(?:一个?样(?!不|没)|差不多|没两样|没区别|没什么两样)"
)
WELL = (
    rf"{ALSO}(?:正常|没问题|没事儿?|没毛病|没变化?|没影响|没耽误|不耽误|不受影响|不碍事|好好的|好着呢|好得很|好使|"
    rf"挺好|蛮好|"
    r"明白着呢|一清二楚|真真的|自如|不受限|没变差|没下降|没减退|没变坏|没见小|没见少|没变小|没减|没退步|不错|不赖|"
    r"利索|利落|利利索索|灵活|"
    r"灵便|灵着呢|灵得很|灵光|麻利|稳当|稳稳的|稳着呢|稳得很|稳稳当当|清清楚楚|清楚|"
    r"明明白白|真切|平平的|亮堂|开朗|平稳|均匀|"
    rf"照常|照旧|如常|没得说|{SAME})(?!吗|么|不|没)"
)
SO_SO = rf"(?:{WELL}|(?:也|都|倒)?(?:行|还行|还可以|还凑合|过得去|也行|可以)(?=[，,。；;！!、\s]|$))"
BESIDES = (
    "(?:[、和跟与及]?(?:说话|讲话|走路|吃饭|吃奶|喝奶|喝水|睡觉|玩耍|玩|大小便|小便|大便|"
    "拉尿|拉屎|视力|听力|手脚|胃口|精神|喘气|嘴))*"
)
NO = "(?<![难未才])(?:没有?|没被|没让|没给)"
KEEPS_OFF = "(?<![不没未难才想要])"
HIT = "(?:没有?|没被|没让|没叫|未)(?:人|什么|啥)*"

WORKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("话(?:也|都|还|倒)*(?:说|讲)得|吐字|嘴皮子|说话|讲话", ("speech_trouble",)),
    ("站着|下地|上下楼|上楼下楼|走道|走路|步子", ("cannot_stand_walk",)),
    (
        "手上的?劲儿?|手劲|力气|劲儿|拿东西|端碗|拿筷子|胳膊腿儿?|两只手|手脚|四肢",
        ("limb_weakness",),
    ),
    ("脑子|脑筋|神志|头脑|问话|人(?=明白着)", ("confusion",)),
    ("手脚知觉|手脚感觉|手脚的(?:知觉|感觉)", ("limb_numbness",)),
    ("鼻子闻味儿?|闻味儿?|嗅觉", ("loss_of_smell",)),
    ("张嘴|张口|嘴张", ("trismus",)),
    ("睡眠质量|睡眠", ("insomnia",)),
    ("踩地|着地|落地|踩着", ("cannot_bear_weight",)),
    ("脾气", ("irritability",)),
    ("兴趣|劲头", ("loss_of_interest",)),
    ("吞东西|咽东西|咽饭|咽馒头|咽药", ("trouble_swallowing",)),
    ("眼睛(?:啥的|什么的|这块|方面)", ("vision_change",)),
    ("记性|记事儿?|记东西|记忆力?", ("memory_loss",)),
    (
        "眼神|眼力|视力|看东西|看字|看书|看报纸?|看电视|看手机|看路|看人|看黑板|看远处|看近处|穿针(?:引线)?|认字|认针",
        ("vision_change",),
    ),
    ("听得", ("hearing_loss",)),
    ("听力|耳朵|听声音|听东西|听电视|听话音", ("hearing_loss",)),
    ("嗓门|嗓音|说话声音?|(?<!听)声音", ("hoarse_voice",)),
    ("咽(?:口水|唾沫)|吞口水", ("cannot_swallow_saliva",)),
    ("吃奶|喝奶|奶量", ("poor_feeding",)),
    ("精神头?|玩耍|玩起来", ("less_active_child",)),
    ("发育|长个儿?|个头", ("growth_concern",)),
    ("拉屎撒尿|屎尿|拉尿|(?<!吃喝)拉撒", ("bladder_bowel_change",)),
    ("心情|情绪|心态", ("low_mood",)),
    ("关节活动|活动", ("cannot_move_joint",)),
    ("囟门", ("bulging_fontanelle",)),
    ("认人|认路|认门", ("confusion",)),
    ("使劲|用劲", ("limb_weakness",)),
)
"""What works, in as many words as there are for it; said of each in any of the ways of being well."""

FUNCTIONS = tuple((rf"(?:{what}){BESIDES}{SO_SO}", codes) for what, codes in WORKS)
