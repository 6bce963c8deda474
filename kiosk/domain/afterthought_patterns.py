"""The words by which domain/afterthoughts.py knows an answer, an end, a second thought and a question."""

from __future__ import annotations

import re

from kiosk.domain.language import Language

_ZH_NOW = (
    r"(?:(?:但是?|可是?|不过|然后)?(?:我|他|她|孩子|宝宝|自己)?(?:这次|这回|昨天|昨晚|前天|今早|早上|上午|夜里|"
    r"现在|今天|这会儿|"
    r"目前|眼下|后来|长大|从那以后|之后|本人)?(?:就|都|也|又|倒|早|已经|倒是|再)*(?:是)?)"
)
DENIES = {
    Language.ZH: re.compile(
        rf"(?:(?:这些|那些|以上|上面(?:说)?的|这几样|这几种|你说的|您说的)(?:这些)?(?:病|症状|毛病|情况)?)?{_ZH_NOW}"
        r"(?:我|他|她|孩子|宝宝)?(?:统统|通通|一概|一样|一个|全都?|都|也)*(?:说|讲|回答|答|告诉(?:他|她|大夫|"
        r"医生|护士)?)?(?:是)?(?:没有?|没得|冇|从来没有?|"
        r"一概没有|没有过|没犯过?|没再犯过?|"
        r"没有的事儿?|没(?:有)?那事儿?|哪有的事儿?|没这(?:回事|情况|"
        r"症状)|(?:绝对|根本|那|这)?不可能|这个没有?|那倒没有?|这倒没有?|不是|没那回事)(?:过|了|的|啊|呢|吧|呀)*"
    ),
    Language.EN: re.compile(
        r"(?:(?:but|and|because|so far|since then|since|then|now|well|thankfully|luckily|"
        r"fortunately|today|this time|honestly|,)\s*)*"
        r"(?:(?P<subject>i|he|she|it|they|we|there|this one|mine|ours)(?:'ve)? (?:really |just |certainly |"
        r"definitely )?"
        r"(?:don't|dont|doesn't|doesnt|didn't|didnt|hasn't|hasnt|haven't|havent|isn't|isnt|aren't|"
        r"wasn't|wasnt|weren't|never did|never has|never have|never was|"
        r"(?:have|has|had|got|do|does|did)(?: got)? (?:neither|none|not|nothing like that|nothing of the sort))"
        r"(?: (?:have|has|had|got|been|do|any|one|it|them|that|either|neither|happened|come|ever))*"
        r"|(?:i'm|i am|he's|she's|they're) not|(?:it|they)(?:'s| is|'re| are) not (?:there|present)"
        r"|there(?:'s| is| has|'s been| has been| was|'ve| have been)(?: been)? none(?: of (?:that|it))?"
        r"|(?:not|none|nothing) since(?: then)?|not once|not any ?more|not (?:right )?now|not today|not currently|"
        r"not this time|"
        r"(?:i|he|she) (?:said|told (?:him|her|them)|answered)(?: that)?,? (?:no|not|never|i (?:don't|haven't|"
        r"didn't|hadn't))|"
        r"not at all|not really|not me|none|neither|not that i(?:'ve| have)? (?:know of|noticed|"
        r"seen|felt|am aware of|can tell)|not that i'm aware of|"
        r"(?:(?:i|we|he|she) )?(?:can't|cannot|couldn't|could not|didn't) (?:see|find|spot) (?:one|any)|"
        r"(?:and |but )?(?:there(?:'s| was| is) )?nothing (?:there|to (?:see|find|be (?:seen|found))|found)|"
        r"no|nope|nah|never|no never|none of (?:it|them|that|those|these)|nothing like that|"
        r"nothing of the (?:sort|kind)|not as far as i know|negative|absolutely not|"
        r"definitely not|certainly not|not a bit(?: of it)?|not in the (?:least|slightest)|not remotely|"
        r"i(?:'d| would) never(?: do (?:that|such a thing|it))?|(?:god|heavens|goodness|lord) no|no way|"
        r"not a chance|no chance|not likely|of course not|never ever|not a hope|"
        r"not on your life)"
        r"(?:\s*(?:now|today|any ?more|so far|though|yet|at all|thank god|thankfully|since|this time|either))*"
    ),
}
BELIEVED = {
    Language.ZH: re.compile("以为|当是|当成|认为|怀疑|觉得|(?:都|非|老|总)说|说我|说他|说她|说是"),
    Language.EN: re.compile(r"\b(?:thought|assumed|believed|figured|reckoned|suspected|feared|swore|says?|said)\b"),
}
TURNED_OUT = {
    Language.ZH: re.compile(
        r"(?:可是?|但是?|不过|结果|后来|才知道|才发现)*(?:其实|实际上?|事实上|一[量查看测拍摸照](?:体温)?|量了|查了|拍了|检查)"
        r"(?:一下|才知道|并|都|也|就|倒|又|说|结果|根本|压根儿?|完全|[，,])*(?:没有?|不是|没事|没那回事|正常|不烧|没发|没断|阴性)"
        r"(?:的|了|啊|呢|嘛)*|"
        r"(?:可是?|但是?|不过)?(?:我|他|她)(?:自己)?(?:根本|压根儿?|其实|真的?|并)*没(?:发|起|犯|觉得有|那回事)?(?:过|的|啊|呢)*"
    ),
    Language.EN: re.compile(
        r"(?:but |and |only )*(?:it |that )?(?:turned out|turns out|in fact|actually|it)(?: (?:that|it|"
        r"to be|was|is|not|be))*"
        r" (?:wasn't|isn't|not|nothing|wrong|normal|a false alarm)(?: so| the case| it| that| true| at all)*"
    ),
}
"""What was only believed turned out not to be so."""

AFFIRMS = {
    Language.ZH: re.compile("(?:我|他|她|是|有|当然|确实)*(?:有|是|对|嗯|会|有一点儿?|有点|有一些)(?:的|啊|呀|呢|了)*"),
    Language.EN: re.compile(
        r"(?:oh |well |and |but |,)*(?:yes|yeah|yep|yup|definitely|absolutely|a bit|a little|sometimes|"
        r"(?:yes,? )?(?:i|he|she|it|they|we) (?:am|is|are|do|does|did|have|has|was))"
        r"(?:,? (?:i|he|she|it) (?:am|is|do|does|did|have|has))?(?: (?:now|indeed|actually|a bit|a little))*"
    ),
}
"""Answers yes to a question."""

WELL_AGAIN = {
    Language.ZH: re.compile(
        r"(?:现在|今天|这会儿|眼下|目前|今早)(?:就|都|又|已经|倒)*(?:没事|好好的|没什么|一切正常|不难受|正常)(?:了|儿)*"
    ),
    Language.EN: re.compile(
        r"(?:but |and )?(?:now|today|this morning),? (?:i'm|i am|i feel|he's|she's|he is|she is|it's|it is) "
        r"(?:fine|ok|okay|all right|alright|back to normal|much better|normal)(?: again)?|"
        r"(?:but |and )?(?:i'm|i am|i feel|it's|it is) "
        r"(?:fine|ok|okay|all right|alright|back to normal|normal)(?: again)? (?:now|today)"
    ),
}
"""What was told before is over; what happened (a fit, a fall) has happened."""

CLEARED = {
    Language.ZH: re.compile(
        r"(?:后来|结果|不过|但是?|可是?|可)?(?:我|他|她|孩子|宝宝|大夫|医生)?(?:自己|去|已经|都|也|刚|刚刚|"
        r"前阵子|上周)*"
        r"(?:给)?(?:拍|照|做|查|测|化验|检查|复查|验|看)(?:了|过|个|完|出来)*"
        r"(?:片子?|x光|ct|b超|彩超|超声|心电图|核磁|血|尿|胃镜|肠镜|抗原|核酸|体检)?(?:了|过)*"
        r"(?:也|都|倒|就|说|结果|显示|是)*"
        r"(?:没事|没有|没问题|正常|没查出(?:来)?(?:什么|问题|东西|毛病)*|没毛病|阴性|阴的|排除了?|没病|没大事|"
        r"不是|没断|没骨折)(?:了|的|儿)*"
    ),
    Language.EN: re.compile(
        r"(?:but |and |though )?(?:the |an? |my |his |her |they |i )?(?:did |had |took |got )?(?:an? |the |"
        r"some |my |his |her )?"
        r"(?:x-?rays?|scans?|tests?|blood tests?|bloods?|ecg|ekg|mri|ct|ultrasound|swab|biopsy|check-?up|doctor|"
        r"gp|results?)"
        r"(?: (?:was|were|is|are|came back|showed|shows|came out|said|says|found|ruled))*(?: (?:it was|it's|"
        r"it is|i was|i'm))? "
        r"(?:negative|clear|fine|normal|ok|okay|all right|nothing|it out|that out|not that|no)(?: wrong| there)?"
    ),
}
"""An examination that found nothing: what was only feared or doubted is not there; a complaint stays."""

CORRECTS = {
    Language.ZH: re.compile(
        r"(?:啊|哦|噢|呃|嗯|哎|唉)*(?:不对+|不对不对|不是不是|不是|不|说错了|错了|讲错了|说反了|口误)[啊呀哦了]*"
    ),
    Language.EN: re.compile(
        r"(?:oh |er |um |well )*(?:no wait|wait no|wait|no sorry|sorry no|scratch that|i mean|no i mean|sorry i mean|"
        r"i tell a lie|correction|or rather)"
    ),
}
"""Alone between two findings, the first is taken back."""

CORRECTED = {Language.ZH: re.compile(r"[\s]*(?:应该|其实|我说的)?是"), Language.EN: re.compile("")}
"""What then begins the second."""

STATED_ECHO = re.compile(r"(?P<verb>[疼痛咳烧吐拉晕肿麻痒喘流闷])(?:倒)?是(?:不|没)(?:有)?(?P=verb)(?:过|了|的|啊)*")
"""要说胸口疼呢，疼是不疼: the answer takes up the verb of what was said."""

ECHO = re.compile(
    r"(?:我|他|她|孩子|宝宝)?(?:就|都|也|可|倒|倒是|是|从来|一直)*(?:不|没)(?P<verb>[\u4e00-\u9fff])(?:的|过|了|"
    r"啊|呀|呢)*"
)
"""人家问我抽不抽烟，我不抽: the answer takes up the verb."""

MYSELF = {
    Language.ZH: re.compile(r"(?:但是?|可是?|不过)?(?:我|自己|本人)"),
    Language.EN: re.compile(r"(?:but |and |though )?(?:i|we)\b"),
}
NOW_ONLY = {
    Language.ZH: re.compile("现在|今天|这会儿|目前|眼下|后来|之后|已经|早就|再|了$"),
    Language.EN: re.compile(r"\b(?:now|today|any ?more|since|then|currently|this time|these days)\b"),
}
"""A denial with such words tells of an end."""

FIRST_OF = {"epilepsy_history": "seizure_first"}
"""No history of it, and now one: it is the first."""

FIRST_TIME = {
    Language.ZH: re.compile(
        rf"{_ZH_NOW}(?:昨天|昨晚|刚才|这|那)?(?:还)?是?(?:我)?(?:头|第)一(?:回|次|遭)(?:这样|发生|碰到|遇到|"
        r"犯)?[了啊呢的吧]*"
        rf"|{_ZH_NOW}(?:昨天|昨晚|刚才|刚刚|这|那)?(?:早上|上午|中午|下午|晚上|夜里)?(?:又|却|忽然|"
        r"突然)?(?:有过?|来|犯|发作)了?一?(?:回|次|遭|下)[了啊呢的吧]*"
        rf"|{_ZH_NOW}(?:又|却|忽然|突然|才|开始)*有(?:了|点儿?了?|一点儿?了?)[啊呢吧]*"
    ),
    Language.EN: re.compile(
        r"(?:and |but )?(?:this|today|yesterday|it|that|last night)(?: is| was|'s)?(?: my|"
        r" the)? (?:very )?first(?: (?:time|one|ever|attack|episode))*"
        r"|(?:not )?(?:until|till|before) (?:now|today|this|yesterday|this (?:morning|week)|last (?:night|week))"
        r"|(?:but |and |then )?(?:(?:i|he|she|we|they)(?:'ve| have| has)? )?(?:just )?had (?:one|it)"
        r"(?: (?:just|now|today|yesterday|earlier|this (?:morning|afternoon|evening|week)|last night|"
        r"(?:an?|\d+|two|three|few) (?:hours?|minutes?|days?) ago))+"
    ),
}
ONE_WORD = {
    Language.ZH: re.compile("(?:没有?|没得|冇|不是|没有过)[的了啊呢吧呀]*"),
    Language.EN: re.compile(
        r"(?:no|nope|nah|never|no never|none|negative|not really|not at all|absolutely not|"
        r"definitely not|not a chance|no chance|no way|not likely|never ever|certainly not|of course not)"
    ),
}
OVER = {
    Language.ZH: re.compile(
        r"(?:(?:过|才|没|大概|大约|差不多)*[\d一二两三四五六七八九十几半]+来?个?多?"
        rf"(?:小时|(?P<short>分钟|秒钟?|会儿?)|钟头|刻钟|天|秒)(?:左右)?(?:后|以后|之后|就)?)?{_ZH_NOW}"
        r"(?:(?:吃(?:了|过|完)?(?:退烧|止痛)?(?:药|饭|早饭|东西)|睡(?:了)?一?觉|喝(?:了)?点?水|"
        r"(?P<rest>休息(?:了)?(?:一下|一会儿?)?|躺(?:了)?(?:一下|一?会儿?)|歇(?:了)?一?会儿?))"
        r"(?:后|以后|之后)?)?(?:就|都|也|又|已经|全|自己)*(?:退|没|消|好|停|消失|"
        r"正常|止住|止|过去|缓过来|恢复|缓解|退烧)(?:下[来去])?了"
    ),
    Language.EN: re.compile(
        r"(?:(?:but|and|now|then)\s*)*(?:it|they|that|this|which)(?:'s|'ve| has| have| is|"
        r" are)?(?: all| now| since| completely| finally| long)* "
        r"(?:gone|went|cleared|disappeared|resolved|stopped|settled|passed|over|better now|"
        r"fine now)(?: up| away| down| off| now| completely| today)*(?:,? and (?:there's|there is) none(?: now)?)?"
    ),
}
COMES_AND_GOES = {
    Language.ZH: re.compile(
        r"今天[^。；;]{0,9}明天|这[儿边里][^。；;]{0,9}那[儿边里]|[挠抓]哪|一会儿?[^。；;]{0,8}一会儿?|过[会几一][^。；;，,]{0,5}又|"
        r"(?:没了|消了|退了|好了)[，,]?(?:过|隔|第二天|明天|晚上|下午|早上|然后)?[^。；;，,]{0,6}又|来来去去|时有时无"
    ),
    Language.EN: re.compile("(?!)"),
}
"""Around an end: it is no end."""

_SURE = r"(?: (?:entirely|completely|totally|really|quite|so|too|100%|honestly|all that))?"
DOUBTS = {
    Language.ZH: re.compile(
        r"(?:反正|这个|那个|这事儿?|这点|这方面|但|可|不过|我|我们|他|她|自己|谁|也|都|真|实在|又|就|还|确实|"
        r"娃太小|当时|夜里|"
        r"天黑|到底|是|的|只能|只)*"
        r"(?:说不(?:太)?(?:上来?|好|准|清楚?|定|出来)|不好说|难说|讲不(?:清|明白)(?:楚)?|"
        r"分不(?:太|大|怎么)?(?:清楚?|出来?)|数不(?:太)?(?:来|清楚?)|(?:也|还|一直|到现在)*没(?:有)?(?:确诊|"
        r"定论|定下来|诊断清楚|明确)(?:呢)?|"
        r"真(?:的)?.?假(?:的)?.?(?:我|咱|谁|也|都|就|们)*不(?:知道|晓得|清楚|好说)|(?:也|真|"
        r"心里)*没(?:个)?(?:底|谱|概念|把握)|又说(?:不是|没有|没事|不像)|"
        r"(?:照镜子|自己)?(?:也|倒|却|又)?(?:没|没有|不)(?:看出|听出|觉出|察觉|感觉到|感觉出|发现)(?:来)?|(?:看|"
        r"听|闻|觉)不出来?|(?:应该|可能|大概|算)?(?:有|是)吧|"
        r"(?:不觉得|不觉着)|(?<=自己)[瞧看摸觉照](?:着|得|镜子)?(?:还行|还好|挺好|没事|没啥|正常|没变)|(?:摸|看|觉得|听|感觉|瞧|觉着)(?:着|来|起来|上去)?(?:也|都|倒|又)?不(?:太|大|怎么)?像|"
        r"(?:可能|也许|好像|大概|似乎|说不定)(?:下午|晚上|早上|夜里|有时候?|偶尔|那几天|"
        r"前几天)+(?:也)?(?:是)?有(?:那么)?(?:一?点点?儿?|一?些|过)?|我?(?:自己)?没(?:什么)?印象|"
        r"(?:也)?(?:可能|也许|说不定|没准)(?:是|就是)?(?:我|自己)?(?:多心|想多了?|心理作用|错觉|看错|听错|记错|"
        r"眼花|忘了?|敏感)(?:了|吧)*|(?:不|没)(?:太|敢|能|大|是很|怎么)?(?:确定|肯定|清楚|知道|晓得|记得|"
        r"保证)(?:了|啊)?|"
        r"拿不[准定]|吃不准|记不(?:太)?[清得住]楚?了?|没(?:太|怎么|细|仔细)?(?:注意|留意|看清楚?|"
        r"看见|看到|听清楚?|在意|细看|细说|细数)(?:过|到)?|看不[清准]楚?|"
        r"不知道?(?:算不算|是不是|有没有|对不对|准不准|真假)(?:的)?|(?:也)?(?:可能|也许|好像|大概|"
        r"似乎|应该|或许|没准|说不定)(?:也)?(?:没有|不是|没|是|有|没事)?(?:一?点点?儿?|一?些)?|"
        r"没准儿?|未必|谁知道呢?|谁也不知道|忘了|不一定|像有又像没有?|似有似无|不算吧|算吗|算不算|"
        r"是不是|分不清了|不确定|没觉得|没感觉到?|表达不好|我?没看见|不敢问|也不记得|谁也说不准)"
        r"(?:吧|呢|啊|呀|了|的|哦)*"
    ),
    Language.EN: re.compile(
        r"(?:(?:but|and|though|or|well|me|honestly|so|to be honest|frankly),?\s*)*(?:"
        r"(?:i|we|he|she|nobody|no one)(?:'m| am| are)? (?:really |honestly |just |truly |simply |"
        r"still )*(?:not|n't|can't|cannot|can not|cant|couldn't|could not|wouldn't|won't|"
        rf"can)(?: (?:really|honestly|quite|truly|entirely))?(?: be)?{_SURE} "
        r"(?:sure|certain|convinced|positive|tell|say|confirm|recall|remember|swear|know|vouch|"
        r"decide|judge)(?: (?:it|that|this|you|either|to it|to that|for it|for sure|for certain|"
        r"about (?:it|that|this)|exactly|any more|really|which|one way or the other))*|"
        r"i (?:can't|cannot|couldn't|don't|do not|didn't) (?:really )?(?:see|smell|hear|notice) (?:it|that|"
        r"any difference) myself|i don't (?:hear|see|notice) (?:it|that)|"
        r"(?:maybe|perhaps|possibly|probably) (?:in|at|on|during|of) .{1,25}|i (?:suppose|guess|think|"
        r"reckon) (?:i|he|she|it|they) (?:could|might|may)"
        r"(?: be)?|(?:i |he |she |it )?(?:could|might|may) (?:well )?be|i forget|i(?:'ve| have) forgotten|"
        r"(?:i |we )?(?:don't|do not|didn't|never|haven't|hadn't|didn't) (?:really |usually |ever |"
        r"actually )?(?:look(?:ed)?|check(?:ed)?|"
        r"notice(?:d)?|count(?:ed)?|measured?|weighed|keep track|kept track|pay attention)(?: (?:it|that|"
        r"properly|closely|really|yet|myself|since|any|them))*|"
        r"(?:i(?:'ve| have)? )?(?:no|not the (?:foggiest|faintest|slightest)|haven't (?:a|"
        r"the foggiest)) (?:idea|clue)|beats me|(?:god|goodness|"
        r"heaven|lord) (?:alone |only )?knows|whether (?:he|she)(?:'s| is) telling (?:us |me )?the truth|"
        r"search me|(?:it |that )?(?:was |is |were )?never (?:confirmed|proved|proven|"
        r"diagnosed)|(?:it )?(?:was|is|were|has)(?: not|n't) "
        r"(?:been )?(?:confirmed|proven|certain)|not confirmed|(?:the )?(?:tests?|results?|scans?) (?:was|were|"
        r"are) (?:inconclusive|unclear|borderline)|nobody knows|no ?one knows|i(?:'m| am) no (?:doctor|expert|"
        r"nurse)|i'm not a doctor|i live alone so who knows|"
        r"couldn't tell you|can't tell|cannot tell|can't say|couldn't say|can't be (?:sure|"
        r"certain)|hard to (?:tell|say|know|be sure)(?: with .{1,30})?|it's hard to (?:tell|say|"
        r"know)|difficult to (?:tell|say|know)|"
        r"not (?:sure|certain|convinced|definite|clear)(?: (?:about (?:it|that)|really|either))?|"
        r"i(?: really| honestly)* don't (?:really )?(?:know|remember|recall|think)(?: for sure| really|"
        r" either| either way)?|"
        r"i(?:'m| am) not (?:so |too |really |entirely |quite |at all )?(?:sure|certain|convinced|"
        r"positive)(?: (?:about (?:it|that)|of (?:it|that)|either))?|"
        r"dunno|who knows|who can (?:tell|say)|your guess is as good as mine|(?:is |it's |"
        r"it is )?any(?:one|body)'s guess|you tell me|(?:maybe|perhaps|possibly|probably)(?: (?:a (?:little|bit|"
        r"touch)|slightly|some|once|sometimes|now and then|yes))?|sort of|"
        r"kind of|could be|might be|i (?:think|guess|suppose|reckon)(?: so)?|"
        r"(?:or )?(?:maybe|perhaps|possibly|probably|i think|i guess) not|or not|"
        r"(?:or )?(?:maybe|perhaps|possibly) (?:i'm|i am|it's|it is|i was) (?:just )?(?:imagin\w+|being|"
        r"all in my head|nothing|me)\b.*|"
        r"(?:i )?(?:can't|cannot|couldn't|could not|wouldn't|won't) rule (?:it|that) out|(?:please )?don't quote "
        r"me(?: on (?:it|"
        r"that))?|(?:i )?(?:can't|couldn't) make up my mind(?: about (?:it|that))?|i'm in two minds|you decide|you "
        r"have a look|"
        r"you look|i wouldn't (?:put (?:any )?money|bet) on it|"
        r"or maybe i (?:imagined|dreamt|dreamed) it|don't hold me to it|i(?:'d|"
        r" would) not swear to it|i wouldn't swear to it|i wouldn't know|"
        r"(?:at least )?(?:i )?(?:don't|do not|shouldn't) think so|(?:i )?doubt (?:it|that)|hope not|not that sure|"
        r"possibly not|it's possible|that's possible|jury's out|a bit maybe|a little maybe|"
        r"it comes and goes i'm not sure|i'm guessing|i'm just guessing)"
        r"(?: (?:though|really|honestly|to be honest|anyway))*"
    ),
}
ASKS_IF = {
    Language.ZH: re.compile(
        r"(?:你说|您说|你看|您看|请问|大夫|医生|那|所以|想问一?下)?(?:我)?(?:这|那|这个|那个|这样|那样|这种|"
        r"这情况|这种情况|像这样|对.{1,6})?(?:算|算是|"
        r"是|有|会是|不会是|该不会是|应该是|属于).*"
    ),
    Language.EN: re.compile(
        r"(?:so |and |well |but )*(?:is|are|was|could|might|can|would) (?:it|that|this|there|"
        r"those|these|an?|he|she|they)\b.*|"
        r"(?:do|does|did|have|has|am|is|should|could|might|would|was) (?:i|he|she|it|they|we)\b.*|"
        r"(?:would|do) you (?:call|say|think|consider)\b.*|(?:does|do) (?:this|that|these|those) (?:look|sound|"
        r"count|mean|seem)\b.*"
    ),
}
LOOKS_SO = {
    Language.ZH: re.compile("(?!)"),
    Language.EN: re.compile(
        r"(?:so |and |well |but )*(?:do|does) (?:my|his|her) \w+(?: \w+)? (?:shake|tremble|bleed|swell|drag|"
        r"droop|smell|wheeze|twitch)|"
        r"(?:so |and |well |but )*(?:is|are|does|do) (?:my|his|her|the) (?:\w+ ){1,3}?(?:look |looking |seem |"
        r"feel |a bit |really )*"
        r"(?:swollen|red|yellow|pale|blue|droopy|drooping|infected|broken|puffy|crooked|bigger|lopsided|"
        r"inflamed|sprained)"
        r"(?: to you| or what| or not)?"
    ),
}
"""Asks whether something is so, not how bad it is: "is my face swollen?"."""

ASKS_ELSE = {
    Language.ZH: re.compile(r"怎么|为什么|为啥|什么|哪|多久|咋|能不能|可以|要不要|要紧|严重|挂"),
    Language.EN: re.compile(
        r"\b(?:is|are|was|were|do|does|did|can|could|should|will|would) (?:my|his|her)\b|"
        r"\b(?:worried|concerned|anxious) about (?:my|this|these|the)\b|"
        r"\bneed (?:an?|any|my|to)\b[^.?!]{0,30}\bfor (?:my|this|these|the)\b|"
        r"\bnormal to (?:have|get|feel)\b[^.?!]{0,40}\b(?:for|after|since) "
        r"(?:an?|\d|two|three|four|five|several|so|all)\b|"
        r"\b(?:why|how|what|when|where|which|who|because|bad|serious|dangerous|worrying|urgent|"
        r"normal that|if i|see|take|go|come)\b"
    ),
}
ASKS_IF_OVER = {
    Language.ZH: re.compile("(?:好|退|停|消|止|缓解|减轻|轻|散|没)了?(?:点儿?|些|住|下去)?了?(?:吗|么|没有?|[?？])"),
    Language.EN: re.compile(
        r"\b(?:stopped|gone|settled|better|cleared|eased|passed|over|resolved|improved|went away)\b"
    ),
}
"""Asks whether something has ended: a no means that it goes on."""

ASKED_OF = {
    Language.ZH: re.compile("吗|么|[？?]|有没有|是不是|问|说到|至于"),
    Language.EN: re.compile(r"\?|\b(?:as for|asked|could|would|might|should|told|warned|supposed)\b"),
}
FILLER = re.compile(
    r"(?:me|well|hmm?|um|uh|er|erm|oh|so|honestly|actually|"
    r"on and off|now and then|sometimes|at times|every so often|off and on|嗯|呃|那个|这个|啊|唉)"
)
EDGES = " \t\n，,。；;！!？?.:：、…\"'”“"
FIRM_DOUBT = {
    Language.ZH: re.compile("真假|没确诊|说不|不确定|不敢|拿不|吃不准|记不|分不清|没看|没注意|未必|没准"),
    Language.EN: re.compile(
        r"\b(?:sure|certain|convinced|confirm|tell|swear|recall|vouch|guess|hard to|"
        r"idea|clue|look|check|checked|looked|count|confirmed|inconclusive)\b"
    ),
}


DOUBTS_SOMEHOW = {
    Language.ZH: re.compile(
        r"说不(?:太)?(?:上来|好|准|清|定)|不好说|难说|讲不(?:清|好|明白)|(?:分|辨|看|听|摸|搞|弄|数|"
        r"闹)不(?:太|大|怎么)?(?:清楚?|出|准|明白|来)|拿不准|吃不准|没把握|"
        r"(?:不|没)(?:太|敢|能|大|很|怎么)?(?:确定|肯定|断定|保证)|(?:没|没有|不曾|没怎么|没太|没敢)(?:仔细|"
        r"细)?(?:看清|看仔细|细看|留意|留神|注意看|在意|数过|"
        r"量过?|称过?|测过?|查过|比较过)|"
        r"(?:不|没)(?:太)?(?:记得|知道是不是|清楚是不是|晓得是不是)|记不(?:太)?(?:清|得|住)|也可能(?:是|就是)|"
        r"也(?:说不定|没准|许是)|或者是|又好像|又像(?:是)?|"
        r"(?:是不是|算不算|有没有).{0,6}(?:不知|不清|不晓|说不|也不)"
    ),
    Language.EN: re.compile(
        r"\b(?:not|n't)(?: \w+){0,2} (?:sure|certain|convinced|positive)\b|\b(?:can't|cannot|couldn't|hard to|"
        r"difficult to|impossible to)"
        r"(?: \w+){0,2} (?:tell|say|know|be sure|swear|remember|recall|judge|vouch)\b|"
        r"\b(?:didn't|did not|haven't|never|wasn't|nobody|no one)(?: \w+){0,2} (?:look|looked|check|checked|"
        r"measure|measured|notice|noticed|watch|watched|watching|"
        r"saw|see it|weigh|weighed|pay attention|paying attention|counted|count|look closely|tested|witnessed)\b|"
        r"\bor (?:maybe|perhaps|possibly|it (?:might|may|could)|it's just|was it|is it|is that|am i|that's)\b|"
        r"^or (?:it's|it is|it was|i'm|i am|i need|he's|she's|they're|is it)\b|"
        r"^(?:but |though |and )?(?:it |that |this |they )?(?:might|may|could) (?:just |only |well |simply |"
        r"easily )?(?:be|have been|'ve been)\b(?! (?:wrong|why))|"
        r"\b(?:my|a|me) imagin(?:ation|ing)\b|\bput my finger on\b|\b(?:hard|difficult|tricky) to (?:judge|"
        r"describe|measure|see|make out)\b|"
        r"\bi (?:might|may|could) be (?:wrong|mistaken|imagining)\b|"
        r"\b(?:don't|do not|dont|didn't) (?:\w+ )?(?:remember|recall|hold me to|quote me)\b|\bi wouldn't know\b|"
        r"\bwho(?:'s| is) to say\b|\bjust a (?:feeling|hunch|guess)\b"
    ),
}
ABOUT_ELSE = {
    Language.ZH: re.compile(
        r"怎么|为什么|为啥|什么|啥|哪|多久|几|多少|清楚?话|原因|时候|严重|要紧|办|药|吃|医院|医生|大夫|挂|科|名字|治|查出|"
        r"查不|睡|效果|好转|下去|地方|位置|疼法|具体|程度|规律|度数"
    ),
    Language.EN: re.compile(
        r"\b(?:why|how|what|when|where|which|who|cause|caused|because|take|took|taken|medicine|doctor|hospital|"
        r"tablets?|help|sleep|eat|work|do|go|went|"
        r"come|came|exactly|long|bad|serious|started|old|name|dose|should|need)\b"
    ),
}
LONGEST_DOUBT = 45
IMAGINED = {
    Language.ZH: re.compile(
        r"(?:要是|如果|假如|倘若|万一)(?:我|他|她|孩子|宝宝|娃)?(?:以后|今后|将来|哪天|今晚|明天|晚上|夜里|半夜|"
        r"回去|回家|回去后|回家后)+"
        r"[^。？?！!；;]{0,20}(?:怎么办|咋办|咋整|要不要|该不该|用不用|需不需要|能不能|再来|怎么处理)"
    ),
    Language.EN: re.compile(
        r"\bif (?:i|he|she|it|they|the baby|my \w+) (?:ever|starts?|begins?|develops?|should|"
        r"were to)\b[^.?!;]{0,60}\?"
    ),
}
"""A question about what has not happened; "if I cough it hurts" and "if it happens again" tell what has."""

AGAIN = re.compile(r"[又再还]|\bagain\b")

OTHERS_ASKED = re.compile(r"问|\b(?:asked|asks|asking)\b")
OTHERS_THOUGHT = re.compile(
    r"\b(?:they|people|everyone|someone|somebody|the nurse|the teacher|my \w+) (?:all )?"
    r"(?:thought|said|reckoned|worried)\b|"
    r"(?:人家|别人|有人|他们|家里人|老师|同事|大家|外头|外人|街坊|亲戚)(?:都|还)?(?:说|觉得|以为|讲)"
)
