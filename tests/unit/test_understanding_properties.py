"""What holds whatever is said: denials deny, order and chatter hardly matter, both languages mean the same."""

from __future__ import annotations

from functools import cache
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import SymptomKind
from kiosk.domain.language import Language
from kiosk.domain.patient import Patient
from kiosk.domain.prepared import prepared
from kiosk.domain.triage import assess
from tests.unit.shipped_clinic import content, signs

NEGATING = {
    Language.ZH: tuple("不没无未非难缺失少停止断"),
    Language.EN: (
        "no",
        "not",
        "n't",
        "never",
        "without",
        "un",
        "less",
        "loss",
        "lack",
        "fail",
        "stop",
        "can",
        "hard",
        "free",
        "only",
        "cease",
    ),
}
"""A form with such a part says itself that something is missing: 没有 before it may well deny nothing."""


DENIALS = {
    Language.ZH: (
        "没有{}",
        "没{}",
        "也没有{}",
        "没有任何{}",
        "否认{}",
        "未见{}",
        "{}没有",
        "没有{}，也没有别的",
        "我没有{}",
    ),
    Language.EN: (
        "no {}",
        "I have no {}",
        "I don't have {}",
        "denies {}",
        "negative for {}",
        "there is no {}",
        "without {}",
    ),
}


JOINED = {
    ("insomnia", ""),  # "no poor sleep" holds "no sleep", and who doesn't have it sleeps
    ("nappy_rash", "{}没有"),  # 没有 behind a red bottom asks whether
    ("flatulence", "没"),  # 没放屁 is no wind at all
    ("bone_pain", "未见"),  # 见骨 is a bone that shows
    ("chemical_exposure", ""),  # "toxic gas or chemical contact": the denial ends at its own "or"
    ("named_scombroid", ""),  # "scombroid (histamine) fish poisoning": one name with brackets in its midst
    ("named_pressed_nerve_briefly", ""),  # "a limb gone to sleep" tells what happened
}
"""Names that mean something else together with the word of denial."""

LONGEST_DENIED_BEHIND = 4
"""Characters of a Chinese name that 没有 behind it denies: longer ones are sentences of their own (躺着时晕倒没有)."""


@pytest.mark.parametrize("language", list(Language))
def test_a_denied_finding_is_never_present(language: Language) -> None:
    """Over every symptom's name and every frame, not a sample."""
    knowledge = content()
    found = []
    for code, symptom in knowledge.symptoms.items():
        name = symptom.name.in_language(language).removeprefix("says: ")
        if symptom.kind is not SymptomKind.SYMPTOM or any(part in name.lower() for part in NEGATING[language]):
            continue
        for denial in DENIALS[language]:
            if denial.startswith("{}") and len(name) > LONGEST_DENIED_BEHIND:
                continue
            if any(code == joined and cue in denial for joined, cue in JOINED):
                continue
            if f"+{code}" in signs(denial.format(name)):
                found.append(denial.format(name))
    assert found == []


SENTENCES = {
    Language.ZH: (
        "我头疼三天了。",
        "孩子发烧到39度。",
        "没有拉肚子。",
        "好像有点心慌。",
        "膝盖疼得厉害。",
        "我有高血压。",
        "嗓子不疼。",
        "可能是过敏。",
        "晚上睡不着。",
        "胸口不闷。",
        "身上起了红疹子。",
        "小便有点疼。",
        "我没有糖尿病。",
        "耳朵嗡嗡响。",
    ),
    Language.EN: (
        "I have had a headache for three days.",
        "She has a fever of 39.",
        "There is no diarrhoea.",
        "I might have palpitations.",
        "My knee hurts.",
        "I have high blood pressure.",
        "No sore throat.",
        "It could be an allergy.",
        "I can't sleep.",
        "He denies chest pain.",
        "There is a rash on my arms.",
        "It burns when I pee.",
        "I don't have diabetes.",
        "My ears are ringing.",
    ),
}
"""Each of these stands for itself: none takes up another."""


@pytest.mark.parametrize("language", list(Language))
def test_the_order_of_sentences_changes_nothing(language: Language) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(st.lists(st.sampled_from(SENTENCES[language]), min_size=2, max_size=3, unique=True))
    def check(sentences: list[str]) -> None:
        read = {signs(" ".join(order)) for order in permutations(sentences)}
        assert len(read) == 1, (sentences, read)

    check()


@pytest.mark.parametrize("language", list(Language))
def test_sentences_together_say_what_they_say_alone(language: Language) -> None:
    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(st.lists(st.sampled_from(SENTENCES[language]), min_size=2, max_size=4, unique=True))
    def check(sentences: list[str]) -> None:
        assert signs(" ".join(sentences)) == frozenset().union(*map(signs, sentences)), sentences

    check()


CHATTER = {
    Language.ZH: (
        "你好。",
        "麻烦您了。",
        "今天天气真热。",
        "外面下雨了。",
        "停车位真难找。",
        "我排了半天队。",
        "我叫王小明。",
        "我是从外地来的。",
        "我坐地铁来的。",
        "请问厕所在哪儿？",
        "医保卡带了。",
        "这个机器怎么用？",
        "我第一次来这个医院。",
        "我女儿一会儿来接我。",
        "谢谢你。",
        "我住在朝阳区。",
        "早上出门晚了。",
        "身份证在这儿。",
    ),
    Language.EN: (
        "Hello.",
        "Good morning to you.",
        "It is raining outside.",
        "Parking was a nightmare.",
        "I waited for an hour.",
        "My name is John Smith.",
        "I came by bus.",
        "Where are the toilets?",
        "I have my insurance card.",
        "How does this machine work?",
        "It is my first time in this hospital.",
        "My daughter will pick me up.",
        "Thank you very much.",
        "I live round the corner.",
        "What lovely weather we are having.",
        "The lift is slow.",
    ),
}


@pytest.mark.parametrize("language", list(Language))
def test_chatter_changes_nothing(language: Language) -> None:
    @settings(max_examples=120, deadline=None, derandomize=True)
    @given(
        st.lists(st.sampled_from(CHATTER[language]), max_size=3),
        st.lists(st.sampled_from(SENTENCES[language]), min_size=1, max_size=2, unique=True),
        st.lists(st.sampled_from(CHATTER[language]), max_size=3),
    )
    def check(before: list[str], said: list[str], after: list[str]) -> None:
        assert signs(" ".join([*before, *said, *after])) == signs(" ".join(said)), (before, said, after)

    check()


@pytest.mark.parametrize("language", list(Language))
def test_chatter_alone_is_no_finding(language: Language) -> None:
    assert {text: signs(text) for text in CHATTER[language] if signs(text)} == {}


@cache
def dangers() -> tuple[str, ...]:
    knowledge = content()
    return tuple(code for code in sorted(prepared(knowledge).rules_about) if code in knowledge.symptoms)


def ruled(codes: list[str], age: int) -> int:
    """The most urgent level that a red flag gives; 4 without any.

    Not the level of the assessment: between clinics, likelier conditions may well be milder ones.
    """
    knowledge = content()
    findings = Findings().merged(Finding(code, Status.PRESENT, Source.WORDS) for code in codes)
    fired = {flag.rule for flag in assess(knowledge, Patient(age=age), findings, ()).red_flags}
    return min((int(flag.level) for flag in knowledge.red_flags if flag.code in fired), default=4)


def test_a_further_danger_never_lowers_the_level_of_the_red_flags() -> None:
    @settings(max_examples=250, deadline=None, derandomize=True)
    @given(
        st.lists(st.sampled_from(dangers()), max_size=4, unique=True),
        st.sampled_from(dangers()),
        st.sampled_from((0, 3, 10, 25, 45, 70)),
    )
    def check(known: list[str], further: str, age: int) -> None:
        assert ruled([*known, further], age) <= ruled(known, age), (known, further, age)

    check()


SAID_TWICE = (
    ("我发烧，不咳嗽", "I have a fever, no cough"),
    ("头疼两天了，没有吐", "I've had a headache for two days and I haven't vomited"),
    ("可能有点头晕", "maybe a bit dizzy"),
    ("胸口疼，没有气短", "chest pain but no shortness of breath"),
    ("肚子疼，拉肚子，不发烧", "tummy pain and diarrhoea, no fever"),
    ("没有糖尿病也没有高血压", "no diabetes and no high blood pressure"),
    ("嗓子疼，流鼻涕", "sore throat and a runny nose"),
    ("耳朵疼，听力没问题", "my ear hurts but my hearing is fine"),
    ("牙疼", "I have toothache"),
    ("皮肤痒，没有皮疹", "itching but no rash"),
    ("腰疼，腿不麻", "back pain, no numbness in my legs"),
    ("膝盖疼", "my knee hurts"),
    ("晚上睡不着", "I can't sleep at night"),
    ("小便疼，没有血", "it hurts to pee, no blood in my urine"),
    ("尿频", "I need to pee all the time"),
    ("大便带血", "there is blood in my stool"),
    ("便秘，肚子胀", "constipated and bloated"),
    ("心慌，胸不疼", "palpitations, no chest pain"),
    ("不知道有没有发烧", "I don't know if I have a fever"),
    ("好像有皮疹", "there might be a rash"),
    ("眼睛红，不痒", "red eyes, not itchy"),
    ("看东西重影", "I see double"),
    ("右手没力气，嘴不歪", "my right arm is weak, no facial droop"),
    ("说话不清楚", "my speech is slurred"),
    ("晕倒了", "I fainted"),
    ("没有晕倒", "I didn't faint"),
    ("孩子抽搐了", "the child had a seizure"),
    ("可能是骨折", "it might be a fracture"),
    ("脚踝扭了", "I twisted my ankle"),
    ("被狗咬了", "I was bitten by a dog"),
    ("手烫伤了", "I burned my hand"),
    ("鼻子流血", "my nose is bleeding"),
    ("咳嗽，有痰，没有咳血", "coughing with phlegm, no blood when I cough"),
    ("体重下降，没胃口", "weight loss and no appetite"),
    ("夜里盗汗", "night sweats"),
    ("恶心但是没吐", "nausea but no vomiting"),
    ("反酸", "acid reflux"),
    ("皮肤发黄", "my skin is yellow"),
    ("乳房有肿块", "a lump in my breast"),
    ("月经没来，可能怀孕了", "I missed my period, I might be pregnant"),
    ("白带多", "vaginal discharge"),
    ("没有阴道出血", "no vaginal bleeding"),
    ("情绪低落，没有自杀的想法", "low mood, no suicidal thoughts"),
    ("焦虑", "I feel anxious"),
    ("手抖", "my hands are shaking"),
    ("脖子僵硬，头疼", "stiff neck and headache"),
    ("怕光", "light hurts my eyes"),
    ("耳鸣", "ringing in my ears"),
    ("声音嘶哑", "hoarse voice"),
    ("吞咽困难", "trouble swallowing"),
    ("小腿肿", "my calf is swollen"),
    ("全身乏力", "I feel tired all the time"),
    ("我妈有高血压，我头疼", "My mother has high blood pressure and I have a headache"),
    ("同事都在咳嗽，我不咳", "everyone at work is coughing, I am not coughing"),
    ("以前咳嗽，现在不咳了", "I used to cough, I don't cough any more"),
    ("患者否认发热、咳嗽和胸痛", "The patient denies fever, cough and chest pain"),
    ("无腹痛、腹泻", "no abdominal pain or diarrhoea"),
    ("发烧？没有。咳嗽？有。", "Fever? No. Cough? Yes."),
    ("我是不是发烧了？", "Do I have a fever?"),
    ("除了咳嗽没有别的", "nothing apart from a cough"),
    ("不发烧了", "I no longer have a fever"),
    ("也许抽搐过", "he may have had a seizure"),
    ("我对青霉素过敏", "I'm allergic to penicillin"),
    ("我吸烟", "I smoke"),
    ("我不吸烟", "I don't smoke"),
    ("我有哮喘", "I have asthma"),
    ("没有过敏", "no allergies"),
    ("口渴，尿多", "thirsty and passing a lot of urine"),
    ("脱发", "hair loss"),
    ("一喘气胸口就疼", "my chest hurts when I breathe in"),
    ("呕血", "vomiting blood"),
    ("大便发黑", "black stools"),
    ("视力下降", "my vision is getting worse"),
    ("生殖器痒", "genital itching"),
    ("肩膀疼", "my shoulder hurts"),
    ("手指麻", "my fingers are numb"),
)
"""The same in both languages."""


def meant(text: str) -> frozenset[str]:
    """The findings with all that they include; what names an illness may have words in one language alone."""
    implied = prepared(content()).implied
    read = signs(text)
    included = {f"+{code}" for sign in read if sign[0] == "+" for code in implied.get(sign[1:], ())}
    return frozenset(sign for sign in read | included if "named_" not in sign)


@pytest.mark.parametrize(("chinese", "english"), SAID_TWICE)
def test_both_languages_mean_the_same(chinese: str, english: str) -> None:
    assert meant(chinese) == meant(english)
    assert meant(chinese)


NAMES = {
    "fever": ("发烧", "a fever"),
    "cough": ("咳嗽", "a cough"),
    "headache": ("头疼", "a headache"),
    "dizziness": ("头晕", "dizziness"),
    "chest_pain": ("胸口疼", "chest pain"),
    "palpitations": ("心慌", "palpitations"),
    "abdominal_pain": ("肚子疼", "tummy pain"),
    "diarrhoea": ("拉肚子", "diarrhoea"),
    "nausea": ("恶心", "nausea"),
    "rash": ("皮疹", "a rash"),
    "itching": ("皮肤痒", "itching"),
    "back_pain": ("腰疼", "back pain"),
    "knee_pain": ("膝盖疼", "knee pain"),
    "sore_throat": ("嗓子疼", "a sore throat"),
    "runny_nose": ("流鼻涕", "a runny nose"),
    "ear_pain": ("耳朵疼", "earache"),
    "tinnitus": ("耳鸣", "tinnitus"),
    "toothache": ("牙疼", "toothache"),
    "insomnia": ("失眠", "insomnia"),
    "haemoptysis": ("咳血", "blood in his sputum"),
    "constipation": ("便秘", "constipation"),
    "night_sweats": ("盗汗", "night sweats"),
    "weight_loss": ("体重下降", "weight loss"),
    "seizure": ("抽搐", "a seizure"),
    "jaundice": ("黄疸", "jaundice"),
    "shortness_of_breath": ("气短", "shortness of breath"),
}
FRAMES = (
    ("我{}", "I have {}", "+"),
    ("最近一直{}", "lately there is {}", "+"),
    ("主要是{}", "it's mainly {}", "+"),
    ("没有{}", "I don't have {}", "-"),
    ("从来没有{}", "I've never had {}", "-"),
    ("患者否认{}", "the patient denies {}", "-"),
    ("{}？没有。", "{}? No.", "-"),
    ("{}倒没有", "as for {}, no", "-"),
    ("既不头痛，也没有{}", "neither a headache nor {}", "-"),
    ("可能{}", "maybe {}", "?"),
    ("不确定有没有{}", "not sure whether there is {}", "?"),
    ("说不好是不是{}", "I can't say if it's {}", "?"),
    ("{}，不太确定", "{}, I'm not sure", "?"),
    ("怀疑是{}", "I suspect {}", "?"),
    ("这算{}吗？", "does this count as {}?", "?"),
)


@pytest.mark.parametrize("code", NAMES)
def test_frames_mean_the_same_for_every_name(code: str) -> None:
    for chinese, english, sign in FRAMES:
        for text in (chinese.format(NAMES[code][0]), english.format(NAMES[code][1])):
            assert f"{sign}{code}" in meant(text), text
