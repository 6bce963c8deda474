"""Words by which guard_rails tells that a text decides, promises, prescribes or pretends."""

from __future__ import annotations

import re

_I = re.IGNORECASE

ILLNESS = (
    r"(?:disease|syndrome|infection|infected|cancer|tumou?r|leuk\w+|attack|stroke|disorder|failure|fracture|"
    r"virus|flu|"
    r"influenza|angina|ulcer|clot|embolism|hernia|sepsis|an?emia|diabetes|asthma|allergy|pneumonia|covid|gout|migraine|"
    r"stones?|poisoning|depression|pregnan\w+|dying|malignan\w+|benign|burst|ruptur\w+|perforat\w+|\w{3,}itis|"
    r"\w{3,}oma|\w{4,}osis|\w{3,}pathy|\w{4,}idism|\w{3,}emia|"
    r"\w*[病症炎癌瘤]|梗死|梗塞|心梗|脑梗|综合征|心绞痛|感染|中风|卒中|骨折|溃疡|结石|流感|感冒|积水|栓塞|败血|怀孕|"
    r"流产|肿块|"
    r"糖尿|高血压|低血压|哮喘|痛风|甲亢|甲减|抑郁|焦虑|过敏|中毒|息肉|囊肿|脱臼|疝|痔疮|出血|水肿|穿孔|破裂|"
    r"坏死|衰竭)"
)
"""What sounds like the name of an illness."""

ALWAYS_DIAGNOSIS = re.compile(r"\bdiagnos\w*|\bprognos\w*|诊断|确诊|疑似|断定|病因|预后|患上|得了|得的是|染上", _I)
SAYS_ILL = (
    r"(?:\b(?:you|he|she|they|patient|child|baby|son|daughter|mother|father)\b[^.?!]{0,25}(?:\b(?:have|has|had|got|"
    r"suffers?|suffering|develop(?:ed|ing)?|contracted|caught)\b)|\b(?:he|she|they|you|it|this|that)'(?:s|ve|re)\b|"
    r"\b(?:this|it|that|which|answer|problem|cause|reason|condition|illness)\b[^.?!]{0,20}\b(?:is|s|was|are|looks?|"
    r"sounds?|seems?|could be|may be|might be|must be|suggests?|indicates?|points? to|means)\b|"
    r"\b(?:consistent with|signs? of|symptoms? of|caused by|due to|case of|suggestive of|typical of|looks? like|"
    r"sounds? like|probably|likely|possibly|suspect(?:ed)?|positive for|confirmed|rule out|ruled out|you're|"
    r"you are)\b|"
    r"得了|得的|患上|染上|考虑|怀疑|属于|提示|表明|说明|患(?!者)|感染了|感染上|引起|导致|可能|应该|大概|恐怕|"
    r"肯定|八成|就是|"
    r"[是像为](?!否|不是|什么|哪))"
)
"""Words that claim something, before an illness."""

DOSE = re.compile(
    r"(?<![a-z])(?:\d+(?:[.,/]\d+)?|[零一二两俩三四五六七八九十百千半几]+|one|two|three|four|five|six|seven|"
    r"eight|nine|ten|"
    r"half an?|half|a few|double|a)\s*(?:[- ]?(?:mg|mcg|µg|μg|ug|grams?|milligrams?|micrograms?|g|ml|"
    r"millilit\w+|cc|iu|"
    r"units?|tablets?|tabs?|pills?|capsules?|caps?|caplets?|drops?|puffs?|sachets?|teaspoon\w*|tablespoon\w*|"
    r"spoon\w*|"
    r"patch(?:es)?|doses?|injections?|shots?|vials?|ampoules?|lozenges?|suppositor\w+)\b|"
    r"毫克|微克|克|毫升|升|单位|片|粒|颗|丸|滴|支|包|袋|勺|喷|剂|瓶|针|贴|枚)|"
    r"\b(?:once|twice|thrice|\w+ times)\s+(?:a|per|each|every)\s+(?:day|week|hour|night)\b|\b(?:once|twice) daily\b|"
    r"\b(?:\w+ times) daily\b|\bevery \w+ hours\b|[每一]?[天日][\d一二两三四五六]+[次回顿]|"
    r"每隔?[\d一二两三四五六七八十]+个?小时|"
    r"\b(?:dose|dosage|dosing|milligrams?|maximum daily)\b|剂量|用量|药量",
    _I,
)

MEDICINE_WORD = (
    r"(?:medicines?|medications?|meds|drugs?|antibiotics?|painkillers?|pain relievers?|pills?|tablets?|"
    r"capsules?|insulin|"
    r"steroids?|injections?|syrup|ointment|cream|inhaler|supplements?|herbs?|herbal|vaccines?|prescriptions?|"
    r"sedatives?|"
    r"sleeping aid|opioids?|blood thinners?|antacids?|laxatives?|药|胶囊|胰岛素|激素|抗生素|疫苗|打针|药膏|糖浆|"
    r"口服液|"
    r"冲剂|颗粒|处方|止痛片|退烧贴|点滴|吊瓶|输液|偏方|补品)"
)
TAKES_EN = re.compile(
    r"\b(?:take|taking|use|using|apply|inject|swallow|drink|stop|stopping|start|starting|skip|double|increase|reduce|"
    r"halve|continue|buy|get|try|give|need|needs|prescrib\w+|recommend\w*|switch|pause|crush|mix|combine|want)\b"
    rf"[^.?!]{{0,40}}\b{MEDICINE_WORD}\b|\bprescrib\w+",
    _I,
)
TAKES_ZH = re.compile(
    rf"(?:服|吃|口服|注射|打|用|涂|抹|贴|停|加|减|换|买|喝|开|含|吞|给|需要|来点|挂|"
    rf"输)[^。？！?!，,]{{0,8}}{MEDICINE_WORD}|{MEDICINE_WORD}"
    r"[^。？！?!，,]{0,6}(?:就好|就行|即可|有效|能治|停掉|停了|加倍|减半)|开药|吃药|用药|停药|服药"
)
_MEDICINE_FAMILY = (
    r"\b\w{2,}(?:cillin|mycin|micin|profen|statin|prazole|sartan|dipine|floxacin|cycline|codone|morphone|azepam|"
    r"azolam|"
    r"olol|pril|tidine|setron|triptan|gliptin|gliflozin|formin|caine|vir|mab|conazole|dronate|steride|parin|xaban|"
    r"oxetine|aline|apine|idone|barbital|phylline|terol|sone|solone)\b|"
    r"西林|霉素|洛芬|他汀|拉唑|沙坦|地平|沙星|环素|西泮|唑仑|洛尔|普利|替丁|司琼|列汀|列净|双胍|卡因|洛韦|单抗|康唑|"
    r"可待因|吗啡|曲坦|西汀|舍曲林|茶碱|特罗|松龙|米松|孢[a-z一-鿿]{1,2}|头孢"
)
MEDICINE_FAMILY = re.compile(_MEDICINE_FAMILY, _I)
"""Endings that names of medicines have."""

REASSURES = re.compile(
    r"\bnothing (?:serious|to worry|wrong)|\bnot (?:an? )?(?:emergency|emergent|urgent|dangerous|serious|life)|"
    r"\bnon-?urgent|"
    r"\bno (?:need|reason) (?:to|for)|\b(?:do not|don'?t|needn'?t|not) (?:need|have|worry|bother|panic)\b|"
    r"\byou(?:'re| are|'ll be| will be)[^.?!]{0,12}(?:fine|ok\b|okay|safe|healthy|all right|cured|well)|\bgo home\b|"
    r"\bstay (?:at )?home\b|\bharmless\b|\bdon'?t worry\b|\bgoes? away\b|\bwait (?:and see|until|a few)|\bsafe to\b|"
    r"\bwithout (?:a |seeing )?doctor|\bcan wait\b|\b(?:just|only|merely) (?:a )?(?:stress|nerves|cold|"
    r"indigestion|anxiety)|"
    r"没事|不要紧|没什么(?:大)?(?:事|问题|大碍)|没有?(?:大碍|危险)|不严重|不危险|不用(?:担心|看|去|就医|急|怕|"
    r"来|挂|管)|"
    r"不必|无需|用不着|放心|回家|不是(?:急|大|什么)|会自己好|自己会好|自愈|就好了|问题不大|别担心|别怕|可以等|"
    r"不需要(?:看|去|就医|医生|急)|多喝水|很健康|正常的?$|[很挺]好|好得很",
    _I,
)
DECIDES = re.compile(
    r"\b(?:level|priority|triage|esi|category|acuity)\b|\bgo (?:straight |right )?to (?:the )?[\w ]{0,20}"
    r"(?:department|clinic|ward|emergency|er\b|icu|surgery|room|floor|desk|pharmacy)|\b(?:admitted|discharged|"
    r"discharge (?:you|me|him|her)|referral|refer|skip the "
    r"queue|next in line|jump the)\w*|\bbook(?:ed|ing)?\b|\bappointment\b|分诊|[IVX一二三四1234]{1,3}\s?级|优先|插队|"
    r"(?:去|挂|转|看|到)[^。？！?!，,]{0,6}(?:科|门诊|急诊|病房|手术|药房)|急诊|住院|出院|预约|挂号|免费",
    _I,
)
PRETENDS = re.compile(
    r"\bas an? (?:ai|assistant|doctor|nurse|physician|language)|\blanguage model|\bchatbot|\bsystem prompt|"
    r"\b(?:my|the|your|previous|prior|all) (?:instructions?|prompt|rules|guidelines)|\bignore\b|\bjailbreak|"
    r"\bdeveloper mode|\bdebug mode|\bi am (?:a |your )?(?:doctor|physician|nurse|human|dr\b)|\bdr\.? ?(?:ai|"
    r"bot|gpt)|"
    r"\bpassword|\bapi key|\btoken\b|作为[^。]{0,6}(?:AI|人工智能|语言模型|助手|医生|机器人)|语言模型|系统提示|"
    r"提示词|"
    r"(?:我的|之前的|以上|所有)(?:指令|规则|提示)|忽略|开发者模式|调试模式|我是(?:一名|你的|个)?(?:医生|护士|"
    r"人工|真人)|密码|口令|密钥",
    _I,
)
LINKS = re.compile(
    r"https?|www\.|\.(?:com|cn|org|net|io|exe|top|xyz)\b|@|javascript|[<>{}\[\]`|\\^~#*_=$%]|\b(?:qq|wechat|"
    r"weixin|telegram|"
    r"whatsapp|sms|phone|call)\b[^.?!]{0,8}\d|微信|加我|扫码|电话|转账|汇款|付款|红包|\b(?:pay|transfer|bitcoin)\b|"
    r"[A-Za-z0-9+/]{30,}",
    _I,
)
ASKS_ABOUT = re.compile(
    r"^\s*(?:and |or |so |now,? |please tell us:? |tell us:? )?(?:do|does|did|are|is|was|were|have|has|had|"
    r"which|what|when|"
    r"how|where|since when|any|could you|might you)\b[^.!]*\?$",
    _I,
)
ASKS_ABOUT_ZH = re.compile(r"^[^。！]*(?:吗|呢|没有|哪些|什么|多久|多少|几|(?:是否|是不是|有没有)[^。！？?，,]*)[？?]$")
PRIVATE = re.compile(
    r"\bnames?\b|\baddress\b|\bwhere do you live\b|\bpassport\b|\bmarried\b|\bsalary\b|\breligio\w+|\bsex\w*\b|"
    r"\bnaked\b|"
    r"\bstupid\b|\bugly\b|\bfat\b|名字|叫什么|姓名|住哪|住址|身份证|工资|结婚|信什么|宗教|性关系|性交|裸|傻|笨|丑|胖",
    _I,
)
"""What no wording may ask or say unless the rule's own text does."""
