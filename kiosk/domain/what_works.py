"""What is said to work (大便正常, "my speech is fine"), and the findings that this denies."""

from __future__ import annotations

import re

from kiosk.domain.language import Language

_ZH_FEVER_OVER = re.compile(
    r"(?<![发退高低])烧(?:现在|今天|昨天|早上|昨晚|早就?|已经?|也|都|倒|倒是|是|就|才)*(?:退|下去|降下?[去来]?)了"
)
_ZH_NO_DRINKER = re.compile(
    r"(?:从来?)?(?:不|没)(?:怎么|太|大)?(?:喝|饮|沾|碰)过?酒(?!的?时|就|后|前)|(?<=烟)不?(?:喝|饮)?酒(?:都|也|"
    r"全)?不(?:沾|碰|来)|滴酒不沾"
)
_ZH_FINE = (
    r"(?:[、和跟与及]?(?:说话|走路|吃饭|睡觉|大小便|小便|大便|视力|听力|手脚|胃口|精神))*"
    r"(?:一直|现在|目前|今天|基本上?|大致|[都也还倒是挺很蛮算着得])*"
    r"(?:正常|没问题|没事|没毛病|没受影响|没影响|没变化?|没[下降少坏差]|没减少?|照常|如常|"
    r"跟平时一样|和平时一样|不碍事|不受影响|"
    r"清楚|清醒|清晰|稳当|利索|灵活|规律|不错|有劲|有力气|(?:很|挺|还|蛮|也|"
    r"都)[好香稳欢](?=[，,。；;！!？?、\s的呀啊着]|$))"
)
_ZH_SO_SO = rf"(?:{_ZH_FINE}|(?:也|都)?(?:还可以|还行|过得去)|可以(?=[，,。；;！!、\s]|$))"
_Functions = tuple[tuple[str, tuple[str, ...]], ...]
_ZH_FUNCTIONS: _Functions = (
    (
        rf"(?:说话|讲话|口齿){_ZH_FINE}|(?:还能|能|会|可以)(?:正常)?(?:说话|讲话|交流|对答)"
        r"(?=[，,。；、]|$)",
        ("speech_trouble",),
    ),
    (r"(?:慢慢|逐渐|渐渐|缓慢)(?:地)?(?:疼起来|痛起来|出现|起病|开始|加重起来)|起病缓|不是突然", ("sudden_onset",)),
    (rf"(?:听力|耳朵听){_ZH_SO_SO}|听得(?:见|清)", ("hearing_loss",)),
    (rf"(?:视力|看东西|看人|看字|眼神){_ZH_FINE}|看得(?:清|见)|眼睛?(?:也|都|倒)*不花", ("vision_change",)),
    (rf"大便{_ZH_FINE}", ("diarrhoea", "constipation")),
    (rf"(?:大小便|二便|小便){_ZH_FINE}", ("bladder_bowel_change",)),
    (rf"(?:胃口|食欲|吃饭|饭量|吃东西){_ZH_SO_SO}|吃得(?:下|香)|能吃能(?:喝|睡)|(?:饭|东西)?照吃|(?:食欲|胃纳|"
        rf"饮食)(?:尚?可|如常|佳)(?=[，,。；;、\s]|"
        rf"$)", ("loss_of_appetite",)),
    (rf"(?:呼吸|喘气){_ZH_FINE}", ("shortness_of_breath",)),
    (rf"(?:睡眠|睡觉|睡得){_ZH_SO_SO}|睡得[着香好]|能吃能睡|(?:觉)?照睡|睡眠(?:尚?可|佳)(?=[，,。；;、\s]|"
        rf"$)", ("insomnia",)),
    (rf"(?:走路|走道|走起来){_ZH_FINE}|走得(?:稳|了)", ("cannot_stand_walk",)),
    (rf"(?:记性|记忆力?){_ZH_FINE}", ("memory_loss",)),
    (r"(?:经过|当时的事|怎么摔的|事情)(?:都|全|还|也)*记得", ("amnesia",)),
    (r"没有?听(?:到|见)(?:什么|过)?(?:奇怪|别的|怪|异常)的?声音", ("hearing_voices",)),
    (r"(?:不|从不|从来不|没有?)(?:抽烟|吸烟)?[、，,]?(?:也不|不)?(?:喝酒|饮酒)", ("heavy_alcohol",)),
    (r"手脚(?:都|也|还)*(?:能|会|可以)(?:正常)?(?:活动|动)", ("limb_weakness",)),
    (rf"(?:情绪|心情){_ZH_SO_SO}", ("low_mood",)),
    (
        rf"精神头?{_ZH_SO_SO}|活蹦乱跳|玩得(?:很|挺|可|也|还)?(?:好|欢|开心|高兴)|照样(?:能)?[玩跑疯]|能[吃喝]能玩|[吃喝]玩(?:都|也)?(?:正常|好|没问题)",
        ("less_active_child",),
    ),
    (
        r"奶(?:也|还|都|倒)?[吃喝]得(?:很|挺|还|蛮|也)?(?:好|香|欢|不错|多|可以|行|下)|"
        r"[吃喝]奶(?:很|挺|也|还|都)?(?:好|香|正常|没问题|可以|不错)",
        ("poor_feeding",),
    ),
    (
        rf"(?:脑子|神志|意识|头脑){_ZH_FINE}|人(?:是|很|还|挺|一直)*清醒|对答切题|问啥都知道|"
        r"(?:神志|意识|神)清(?=[，,。；;、\s]|$)",
        ("confusion",),
    ),
    (rf"(?:吃奶|奶量|喝奶){_ZH_SO_SO}", ("poor_feeding",)),
    (rf"胎动{_ZH_FINE}|(?:孩子|宝宝|胎儿|娃)动得(?:欢|多|好|勤)", ("fewer_fetal_movements",)),
    (rf"(?:手脚|胳膊腿|四肢|腿脚){_ZH_FINE}|四肢有力|(?:四肢)?肌力正常", ("limb_weakness",)),
    (rf"(?:张口|张嘴|嘴巴?张得开|开口度){_ZH_FINE}|(?<!不)张得开嘴", ("trismus",)),
    (r"没有?变形|[无未]见?(?:明显)?畸形", ("limb_deformity",)),
    (rf"体温{_ZH_FINE}", ("fever",)),
    (r"气(?:倒是?|也|还|都)*喘得(?:上来|过来|匀|动)|喘得上气", ("shortness_of_breath",)),
    (r"(?:躺平|平躺|躺着|躺下)(?:也|都|倒)?(?:没问题|没事|不憋|不喘|能睡|睡得着)", ("orthopnoea",)),
    (r"(?:嘴唇|口唇|嘴|指甲)(?:的)?(?:颜色)?(?:正常|红润|没变|也?不[紫乌青])", ("cyanosis",)),
    (r"(?:脸色|面色)(?:正常|红润|挺好|还行|没变)", ("pale_skin",)),
    (r"没有?(?:抽过|吸过)烟|无吸烟史|没有吸烟史", ("smoker",)),
    (r"(?:没有?|未)(?:出过?远门|坐过?(?:长途|飞机)|长时间坐车|久坐|卧床)", ("immobile_long_trip",)),
    (r"(?:没有?|未)(?:去过?(?:外地|国外|疫区)|出过?国|出境)", ("malaria_travel",)),
    (r"(?:没有?|未)接触(?:过)?(?:病人|患者|发烧的|感冒的|传染)", ("infection_contact",)),
    (r"脖子(?:是|也|都|倒)*(?:软|不硬|不僵|能低头|能动|活动自如|转动自如)", ("neck_stiffness",)),
    (r"(?:说话|讲话)(?:也|都|倒)?(?:不费劲|不喘|连贯|成句|能说整句|能说完整)", ("cannot_speak_sentence",)),
    (r"(?:胸口?|肋骨)[^。；;]{0,15}(?:按|摁|压)(?:着|下去|上去|也|都|一下)*不[疼痛]", ("chest_wall_pain",)),
    (rf"(?:心跳|心率){_ZH_FINE}", ("palpitations",)),
    (rf"(?:月经|例假|大姨妈){_ZH_FINE}", ("irregular_period",)),
    (rf"(?:咽|吞咽|吞东西){_ZH_FINE}|[咽吞]得下", ("trouble_swallowing",)),
    (rf"尿(?:量)?{_ZH_FINE}|尿还有|尿布照样湿", ("no_urine_12h",)),
    (rf"血糖{_ZH_SO_SO}|血糖(?:一直|也|都|倒)?不高", ("high_blood_sugar",)),
    (r"体重(?:一直|也)?(?:没有?|无|未)(?:见|什么|明显|怎么)?(?:下降|减轻|变化|减少|掉|增减|改变)", ("weight_loss",)),
    (r"(?:黏?痰|浓痰)(?:倒是?|也|都|基本)*没有?(?![力咳过])", ("sputum",)),
    (r"(?:可以?|能够?)平[卧躺]|平[卧躺](?:没事|无不适|不憋|没问题|睡得)", ("orthopnoea",)),
    (r"(?:不是|不像是?|跟)心脏(?:的|上的|没)(?:问题|毛病|事|关系)", ("heart_disease_history",)),
    (
        r"(?:家里|身边|周围|单位|班[里上]|同事|家人|同学)(?:都|也|的)?没(?:有)?人?(?:得|有|跟我|像我)*(?:感冒|发烧|"
        r"咳嗽|生病|不舒服|得病|这样|拉肚子|有症状|流感)",
        ("infection_contact",),
    ),
    (r"疫苗(?:都|按时|全|已经?)*(?:打了|打全|打齐|打完|接种完?了?|接种全)", ("vaccines_missing",)),
    (r"没(?:有)?(?:做|动|开)过(?:什么|任何|大)?(?:手术|刀)", ("recent_surgery",)),
    (rf"血压{_ZH_FINE}", ("high_blood_pressure_reading",)),
    (rf"心脏{_ZH_FINE}|心脏(?:一直|也|都|倒是?)*(?:没病|好好的|查过没)", ("heart_disease_history",)),
    (rf"(?:白带|分泌物){_ZH_FINE}", ("vaginal_discharge",)),
    (rf"(?:走路|腿脚){_ZH_FINE}", ("limping",)),
    (rf"(?<![不没未])(?:能|在|有|正常)(?:放屁|排气|通气)|(?:放屁|排气){_ZH_FINE}", ("no_stool_or_gas",)),
    (rf"体重{_ZH_FINE}|体重没掉|没掉秤", ("weight_loss",)),
    (r"肚子(?:倒是|倒|也|都|还)?(?:没什么|没事|没啥|没问题|不难受)", ("abdominal_pain",)),
)  # fmt: skip

_EN_FINE = (
    r"(?:(?:is|are|'s|seems?|has been|have been|feels?|all|both|perfectly|completely|totally|"
    r"still|just|absolutely|quite|"
    r"pretty|otherwise|been|working|also|stays?|stayed)\s+)*"
    r"(?:fine|normal(?:ly)?|ok|okay|all right|alright|unchanged|regular|unaffected|intact|"
    r"(?:as|like) (?:usual|normal|always)|"
    r"as (?:good|clear|sharp) as ever|clear|good|great|no problem|not a problem|no different)\b"
)
_EN_DOING = (
    r"\s+(?:and \w+\s+)?(?:fine|normally|well|ok|okay|all right|alright|as usual|as normal|"
    r"like normal|happily|properly)\b"
)
_EN_CAN = r"\bcan (?:still )?"
_EN_ABLY = (
    r"(?: (?:fine|normally|properly|clearly|well|ok|okay|all right|easily|"
    r"without (?:any )?(?:trouble|pain|problems?|difficulty)))"
)
_EN_NOT_LIVELY = (
    r" (?:up|less|on my|a|an|the|with|football|tennis|sports?|in|at|out|cards|golf|rugby|basketball|guitar|piano|"
    r"games?)\b|-"
)
_EN_ALSO = (
    r"(?:(?:,| and|, and) (?:speech|vision|hearing|appetite|weight|sleep|gait|memory|mood|bowels?|bladder|swallowing|"
    r"breathing|balance|sensation|power|coordination|energy))*"
)
_EN_FUNCTIONS: _Functions = (
    (
        rf"\b(?:speech|talking){_EN_ALSO} {_EN_FINE}|\b(?:talking|speaking){_EN_DOING}|"
        r"\b(?:normal|fluent|clear) speech|\bspeech (?:is|was|remains) fluent",
        ("speech_trouble",),
    ),
    (r"\b(?:afebrile|apyrexial|apyrexic)\b|\bnormal temperature", ("fever",)),
    (
        r"\b(?:fully |is |awake,? |remains |was )?alert(?:,| and)? (?:fully )?(?:oriented|orientated)|"
        r"\b(?:oriented|orientated) (?:to|in|x ?3)|\b(?:is|was|remains|fully) (?:oriented|orientated)\b|"
        r"\bgcs (?:of |is |was )?15\b",
        ("confusion",),
    ),
    (r"\b(?:is|was|remains|now|fully)(?: now)?(?: fully| wide)? (?:alert|awake)\b", ("drowsy",)),
    (
        r"\b(?:neurologically intact|no (?:focal )?neurological (?:deficits?|signs?|symptoms)|no focal deficits?)\b|"
        r"\bneurological(?:ly)? exam(?:ination)? (?:is|was) (?:normal|unremarkable)|\bnormal neurological exam",
        ("limb_weakness", "limb_numbness", "speech_trouble", "face_droop"),
    ),
    (
        rf"\b(?:power|strength|arms and legs|limbs|arms|legs)(?: in (?:all|both|the) \w+(?: limbs)?)? {_EN_FINE}|"
        r"\bnormal (?:power|strength|muscle strength)",
        ("limb_weakness",),
    ),
    (rf"\bsensation {_EN_FINE}|\bnormal sensation", ("limb_numbness",)),
    (
        rf"\b(?:bowels? and bladder|bladder and bowels?)(?: function| control)? {_EN_FINE}|"
        r"\bno (?:bowel or bladder|bladder or bowel|sphincter) (?:symptoms|disturbance|problems|dysfunction)",
        ("bladder_bowel_change",),
    ),
    (
        r"\b(?:came|come|comes) on (?:gradually|slowly)|\b(?:gradual|insidious) onset|\bgradually (?:came|built)",
        ("sudden_onset",),
    ),
    (
        rf"\bhearing{_EN_ALSO} {_EN_FINE}|\bnormal hearing|nothing wrong with (?:my|his|her) (?:hearing|ears)|"
        rf"{_EN_CAN}hear{_EN_ABLY}",
        ("hearing_loss",),
    ),
    (
        rf"\b(?:vision|sight|eyesight){_EN_ALSO} {_EN_FINE}|\bnormal (?:vision|eyesight)|"
        rf"{_EN_CAN}see{_EN_ABLY}|nothing wrong with (?:my|"
        rf"his|her) (?:vision|sight|eyesight)",
        ("vision_change",),
    ),
    (
        rf"\b(?:bowels?|bowel movements?|stools?|poos?|motions) {_EN_FINE}|\b(?:pooing|"
        rf"pooping){_EN_DOING}",
        ("diarrhoea", "constipation"),
    ),
    (
        rf"\bappetite{_EN_ALSO} {_EN_FINE}|\b(?:good|normal) appetite|"
        rf"\beating{_EN_DOING}|\beats (?:well|fine|normally)",
        ("loss_of_appetite",),
    ),
    (rf"\bbreathing {_EN_FINE}|{_EN_CAN}breathe{_EN_ABLY}|\bbreathing{_EN_DOING}", ("shortness_of_breath",)),
    (rf"\bsleep {_EN_FINE}|\bsleeping{_EN_DOING}|\bsleeps? (?:well|fine|like a log)", ("insomnia",)),
    (
        rf"\b(?:walking|gait){_EN_ALSO} {_EN_FINE}|\bnormal gait|{_EN_CAN}walk{_EN_ABLY}|\bwalking{_EN_DOING}",
        ("cannot_stand_walk",),
    ),
    (rf"\bmemory {_EN_FINE}", ("memory_loss",)),
    (
        r"\bremembers? (?:everything|it all|all of it|what happened|the (?:fall|accident|crash|event))",
        ("amnesia",),
    ),
    (rf"\bmood {_EN_FINE}|\bin good spirits", ("low_mood",)),
    (rf"\bswallowing {_EN_FINE}|{_EN_CAN}swallow{_EN_ABLY}", ("trouble_swallowing",)),
    (
        rf"\b(?:feeding|breastfeeding|feeds){_EN_DOING}|\bfeeds? {_EN_FINE}|\btaking (?:his|"
        rf"her) (?:bottles?|feeds?|milk) ",
        ("poor_feeding",),
    ),
    (rf"\btemp(?:erature)? {_EN_FINE}|\bno temp(?:erature)?\b", ("fever",)),
    (
        r"(?<!t )(?<!to )(?<!cannot )(?<!not )(?<!barely )(?<!hardly )(?:speaks?|speaking|talks?|talking) in "
        rf"(?:full|whole|complete) sentences|{_EN_CAN}(?:finish|complete|get out|say) (?:my |his |her |a |"
        r"whole |full )*sentences?\b",
        ("cannot_speak_sentence",),
    ),
    (r"\bbreathing's (?:fine|ok|okay|normal|good|all right)\b", ("shortness_of_breath",)),
    (
        r"\b(?:lips?|lips and (?:nails|fingers)) (?:is|are|look|looks) (?:an? )?(?:pink|normal|fine|good|healthy)\b",
        ("cyanosis",),
    ),
    (
        r"\b(?:perfectly|fully|completely|quite|is|remains|and) alert\b(?!,? (?:and )?(?:fully )?orient)|"
        r"\balert and (?:chatty|talking|responsive|interactive|cooperative|comfortable|well)\b",
        ("drowsy",),
    ),
    (
        r"(?:n't|\bnot|\bno|\bnever)(?: (?:been|had|any|recent|recently|done|made|gone))* (?:abroad|"
        r"travel(?:l?ed|ling)?|trips? abroad|foreign travel|overseas)\b",
        ("malaria_travel",),
    ),
    (
        r"(?:n't|\bnot|\bno) (?:worse|brought on|triggered|related|made worse)(?: (?:with|by|on|to))* (?:exertion|"
        r"exercise|effort|walking|activity)\b|\bunrelated to (?:exertion|effort|exercise)\b",
        ("chest_pain_exertion",),
    ),
    (
        r"(?:n't|\bnot|\bwithout) (?:go|going|spread|spreading|radiate|radiating|radiation|travel)(?: \w+){0,2} (?:"
        r"arms?|jaw|neck|shoulders?|anywhere)\b|\b(?:does not|doesn't|did not|didn't) radiate\b|\bno radiation\b|"
        r"\bnon-?radiating\b",
        ("chest_pain_radiating",),
    ),
    (
        r"\b(?:no ?one|nobody|none)(?: in (?:my|the|his|her) family)? (?:has |have |had )?(?:died|dropped dead) "
        r"(?:young|suddenly|early)\b",
        ("family_sudden_death",),
    ),
    (
        r"\bno (?:recent )?(?:\w+,? (?:or )?)?(?:long )?(?:flights?|journeys?|immobili[sz]ation|long trips?)\b",
        ("immobile_long_trip",),
    ),
    (r"\bno (?:recent )?(?:\w+,? (?:or )?)?(?:operations?|surgery|surgeries)\b", ("recent_surgery",)),
    (
        r"(?:n't|\bnot) (?:hurt|sore|painful|tender)(?: \w+){0,2} (?:when|if|to) (?:i |you |he |she )?(?:press|touch|"
        r"push|palpat)\w*",
        ("chest_wall_pain",),
    ),
    (r"\bno (?:personal |family )?history of (?:\w+ (?:\w+ )?or )?(?:blood )?clots?\b", ("clot_history",)),
    (r"\bno (?:personal|family)(?: or (?:personal|family))? history of bleeding\b", ("bleeding_disorder",)),
    (
        rf"\b(?:playing|plays|running (?:around|about)|bouncing (?:around|about)|lively|his usual self|her usual self|"
        rf"otherwise (?:happy|himself|herself|well in (?:him|her)self)|happy (?:otherwise|in (?:him|her)self))"
        rf"(?!{_EN_NOT_LIVELY})",
        ("less_active_child",),
    ),
    (r"\bcan (?:still )?open (?:my|his|her) mouth\b(?! (?:only|a (?:little|bit|crack)|half))", ("trismus",)),
    (
        r"\b(?:n't|not)(?: (?:feel|feeling|been|being|at all|even))? sick\b(?! of|ly|er)|"
        r"\bno (?:sickness|queasiness)\b",
        ("nausea",),
    ),
    (r"\b(?:n't|not)(?: (?:feel|feeling|been|at all|particularly))? (?:sleepy|drowsy)\b", ("drowsy",)),
    (rf"\b(?:periods?|menses|(?:menstrual )?cycles?) {_EN_FINE}", ("irregular_period",)),
    (
        r"\bcan (?:still )?(?:lie|sleep) (?:down )?flat\b|\bsleeps? flat\b|\blying flat is (?:fine|ok|"
        r"no problem)",
        ("orthopnoea",),
    ),
    (
        r"\b(?:didn't|did not|didnt|never|hasn't|haven't|has not|have not) (?:actually )?(?:fall|fallen|fell)\b"
        r"(?: over| down)?(?! asleep| ill| pregnant| in love)",
        ("fall",),
    ),
    (r"\b(?:i'm|i am|he's|she's|he is|she is|baby's|baby is|child is) not (?:hot|feverish)\b", ("fever",)),
    (r"\bno ringing\b", ("tinnitus",)),
    (
        r"\b(?:nobody|no one|none)(?: else)?(?: (?:at|in|around|of|from) (?:(?:my|the|our|his|her) )?\w+)? (?:is|"
        r"are|has been|was|gets?|has got) "
        r"(?:ill|sick|unwell|poorly|coughing|like this)\b",
        ("infection_contact",),
    ),
    (
        r"\b(?:vaccin\w+|jabs|immuni[sz]ations?|shots) (?:is|are|all|fully|still|\s)*(?:up[- ]to[- ]date|complete|"
        r"current)\b|"
        r"\bfully (?:vaccinated|immuni[sz]ed)\b|\bhad all (?:his|her|my|their) (?:jabs|vaccin\w+|shots)\b",
        ("vaccines_missing",),
    ),
    (r"\balert(?:,| and) (?:fully )?orient(?:at)?ed\b|\balert and awake\b|\boriented (?:x ?\d|to)\b", ("confusion",)),
    (r"\bspeech (?:is )?(?:fluent|intact|unimpaired)\b", ("speech_trouble",)),
    (
        r"\b(?:can|able to) (?:still )?(?:bear|take|put) (?:his |her |my |"
        r"full )?weight\b(?! off)",
        ("cannot_bear_weight",),
    ),
    (
        r"\b(?:no|without)(?: any| obvious)? deformity\b|\b(?:not|isn't|ain't|aint|isnt) (?:bent|crooked|misshapen)\b",
        ("limb_deformity",),
    ),
    (rf"\b(?:opens|opening) (?:my|his|her) mouth {_EN_FINE}|\bmouth opens {_EN_FINE}", ("trismus",)),
    (rf"\b(?:swallows|swallow) {_EN_FINE}|\b(?:swallows|swallow) normally\b", ("trouble_swallowing",)),
    (r"\b(?:full|normal) strength\b|\bstrength (?:is )?(?:full|normal|intact|5/5)", ("limb_weakness",)),
    (r"\bsee (?:just )?as (?:clearly|well) as (?:ever|before|usual|always)\b", ("vision_change",)),
    (r"\b(?:menses|menstrual cycles?|cycles?) (?:is|are) regular\b", ("irregular_period",)),
    (
        r"\b(?:baby|child|infant|he|she|son|daughter) (?:is |'s )?(?:still )?(?:feeding|nursing|"
        r"breastfeeding) (?:well|fine|normally|ok|happily)\b",
        ("poor_feeding",),
    ),
    (r"\b(?:no|denies|without) alcohol(?: use| intake)?\b", ("heavy_alcohol",)),
    (r"\b(?:afebrile|apyrexial|fever-free)\b", ("fever",)),
    (r"\b(?:anicteric)\b", ("jaundice",)),
    (rf"\b(?:blood pressure|bp) {_EN_FINE}", ("high_blood_pressure_reading",)),
    (rf"\b(?:blood )?(?:sugars?|glucose) {_EN_FINE}", ("high_blood_sugar",)),
    (
        r"\b(?:i|we|he|she|patient)(?:'ve)? (?:don't|dont|do not|doesn't|doesnt|does not|never|hardly ever|hardly|"
        r"rarely)(?: really)? "
        r"(?:drink(?= *(?:$|[.;!)]|and (?:never|don't|i)|or smoke|alcohol|at all|, (?:don't|doesn't|smoke|and|"
        r"never|or)))|"
        r"(?:smoke or drink|touch alcohol))|\b(?:teetotal|non-?drinker)\b",
        ("heavy_alcohol",),
    ),
    (
        r"\b(?:still|i'm|he's|she's|is|am|can) (?:still )?(?:able to )?pass(?:ing)? (?:wind|gas|flatus)\b",
        ("no_stool_or_gas",),
    ),
    (
        r"(?<!n't )(?<!not )\b(?:opened (?:(?:my|his|her) )?bowels|bowels (?:were |last )?opened)"
        r"(?: fine| normally)? (?:this morning|today|yesterday|last night)",
        ("constipation", "no_stool_or_gas"),
    ),
    (
        rf"\b(?:passing (?:urine|water)|peeing|weeing|urinating){_EN_DOING}|"
        rf"{_EN_CAN}(?:pee|wee|urinate|pass (?:urine|water)){_EN_ABLY}",
        ("cannot_urinate", "no_urine_12h"),
    ),
    (
        r"\b(?:can|(?:is|am|still) able to|managing to|i'm|he's|she's|is|am) (?:still )?keep(?:ing)? "
        r"(?:fluids|water|food|liquids|drinks|everything|it all) down",
        ("repeated_vomiting",),
    ),
    (
        r"\b(?:my|his|her|the) weight (?:is |has been |has |stays? )?(?:stable|steady|unchanged|the same)",
        ("weight_loss",),
    ),
    (r"(?<!not )(?<!n't )(?<!less )\balert(?: and orient(?:at)?ed)?\b", ("drowsy",)),
    (r"(?<!not )(?<!n't )\balert and orient(?:at)?ed\b", ("confusion",)),
)
_EN_NOTHING_WRONG = (
    r"\b(?:nothing (?:is )?wrong|no (?:problems?|trouble|issues?|difficulty|"
    r"concerns?)(?: at all)?) with (?:my|his|her|the) "
)
_EN_FUNCTIONS += (
    (rf"{_EN_NOTHING_WRONG}(?:breathing|lungs)\b", ("shortness_of_breath",)),
    (rf"{_EN_NOTHING_WRONG}(?:speech|talking)\b", ("speech_trouble",)),
    (rf"{_EN_NOTHING_WRONG}(?:appetite|eating)\b", ("loss_of_appetite",)),
    (rf"{_EN_NOTHING_WRONG}(?:sleep|sleeping)\b", ("insomnia",)),
    (rf"{_EN_NOTHING_WRONG}(?:memory)\b", ("memory_loss",)),
    (rf"{_EN_NOTHING_WRONG}(?:walking|balance)\b", ("cannot_stand_walk",)),
    (rf"{_EN_NOTHING_WRONG}(?:swallowing)\b", ("trouble_swallowing",)),
)
_ZH_FUNCTIONS += (
    (
        r"(?<!不)(?:能走(?!得)|能下地|能踩地|能着地|能吃上?劲|自己走来|走路(?:不碍事|没事|还行|没影响))",
        ("cannot_bear_weight",),
    ),
    (r"(?<!不)(?:能弯|能活动|活动自如|能动弹|弯得动|能伸能[弯屈]|活动不受限)", ("cannot_move_joint",)),
)
_EN_FUNCTIONS += (
    (
        rf"{_EN_CAN}(?:(?:walk|stand) on|put weight on|weight[- ]?bear)|\b(?:walking|walks|walk) on it\b|"
        r"\b(?:able to|manages? to) (?:bear weight|weight bear)|\bweight[- ]bearing (?:fully|normally|fine|ok)",
        ("cannot_bear_weight",),
    ),
    (
        r"\b(?:bends?|moves?|moving) (?:it )?(?:fine|ok|okay|normally|freely|well)\b|"
        r"\bcan (?:still )?(?:bend|move) (?:it|my|his|her)\b|\bfull (?:range of )?movement",
        ("cannot_move_joint",),
    ),
)
WHAT_WORKS = {
    Language.ZH: (
        (_ZH_FEVER_OVER, ("fever",)),
        (_ZH_NO_DRINKER, ("heavy_alcohol",)),
        *((re.compile(words), codes) for words, codes in _ZH_FUNCTIONS),
    ),
    Language.EN: tuple((re.compile(words), codes) for words, codes in _EN_FUNCTIONS),
}
NOT_NOW = {
    Language.ZH: re.compile("以前|之前|原来|平时|本来|原先|昨天|早上还|刚才还|[要想如]果?|能不能|[吗么]"),
    Language.EN: re.compile(r"\b(?:until|till|before|was|were|used to|usually|normally i|if|yesterday|once|when)\b"),
}
