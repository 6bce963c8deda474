"""What holds whatever is said: denials deny, order and chatter hardly matter, both languages mean the same."""

from __future__ import annotations

from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.lexicon import build_matcher
from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import KnowledgeBase, SymptomKind
from kiosk.domain.language import Language, language_of
from kiosk.domain.matching import Matcher
from kiosk.domain.patient import Patient
from kiosk.domain.prepared import prepared
from kiosk.domain.triage import assess
from kiosk.domain.understanding import understand

CONTENT = Path(__file__).parents[2] / "assets" / "knowledge"
SIGN = {Status.PRESENT: "+", Status.ABSENT: "-", Status.UNSURE: "?"}
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


@cache
def content() -> tuple[KnowledgeBase, Matcher]:
    knowledge = load_knowledge(CONTENT)
    return knowledge, build_matcher(knowledge)


@cache
def signs(text: str) -> frozenset[str]:
    knowledge, matcher = content()
    return frozenset(
        SIGN[finding.status] + finding.code for finding in understand(text, language_of(text), knowledge, matcher)
    )


@cache
def forms(language: Language) -> tuple[tuple[str, str], ...]:
    """Names and forms of complaints, with their code."""
    knowledge, _ = content()
    return tuple(
        (code, form)
        for code, symptom in knowledge.symptoms.items()
        if symptom.kind is SymptomKind.SYMPTOM and not code.startswith("named_")
        for form in (symptom.name.in_language(language), *symptom.forms.get(language, ()))
        if language_of(form) is language and not any(part in form.lower() for part in NEGATING[language])
    )


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


@pytest.mark.parametrize("language", list(Language))
def test_a_denied_finding_is_never_present(language: Language) -> None:
    @settings(max_examples=400, deadline=None)
    @given(st.sampled_from(forms(language)), st.sampled_from(DENIALS[language]))
    def check(named: tuple[str, str], denial: str) -> None:
        code, form = named
        assert f"+{code}" not in signs(denial.format(form)), denial.format(form)

    check()


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
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from(SENTENCES[language]), min_size=2, max_size=3, unique=True))
    def check(sentences: list[str]) -> None:
        read = {signs(" ".join(order)) for order in permutations(sentences)}
        assert len(read) == 1, (sentences, read)

    check()


@pytest.mark.parametrize("language", list(Language))
def test_sentences_together_say_what_they_say_alone(language: Language) -> None:
    @settings(max_examples=60, deadline=None)
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
    @settings(max_examples=120, deadline=None)
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
    knowledge, _ = content()
    return tuple(code for code in sorted(prepared(knowledge).rules_about) if code in knowledge.symptoms)


def ruled(codes: list[str], age: int) -> int:
    """The most urgent level that a red flag gives; 4 without any.

    Not the level of the assessment: between clinics, likelier conditions may well be milder ones.
    """
    knowledge, _ = content()
    findings = Findings().merged(Finding(code, Status.PRESENT, Source.WORDS) for code in codes)
    fired = {flag.rule for flag in assess(knowledge, Patient(age=age), findings, ()).red_flags}
    return min((int(flag.level) for flag in knowledge.red_flags if flag.code in fired), default=4)


def test_a_further_danger_never_lowers_the_level_of_the_red_flags() -> None:
    @settings(max_examples=250, deadline=None)
    @given(
        st.lists(st.sampled_from(dangers()), max_size=4, unique=True),
        st.sampled_from(dangers()),
        st.sampled_from((0, 3, 10, 25, 45, 70)),
    )
    def check(known: list[str], further: str, age: int) -> None:
        assert ruled([*known, further], age) <= ruled(known, age), (known, further, age)

    check()
