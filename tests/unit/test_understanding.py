"""Patients' sentences in both languages to findings, with the content that ships."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.hints import PatientHints, patient_hints, pregnancy_weeks
from kiosk.domain.language import Language, language_of
from kiosk.domain.matching import MAX_CHARACTERS
from kiosk.domain.patient import Sex
from tests.unit.shipped_clinic import content, signs, understood


def read(text: str, language: Language | None = None) -> dict[str, Finding]:
    return {finding.code: finding for finding in understood(text, language)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没有发烧但是咳嗽", "-fever +cough"),
        ("没有 发烧 但是 咳嗽", "-fever +cough"),
        ("没有发烧、咳嗽", "-fever -cough"),
        ("没有发烧和咳嗽，头痛三天", "-fever -cough +headache"),
        ("没有发烧咳嗽", "-fever -cough"),
        ("没发烧咳嗽了三天", "-fever +cough"),
        ("没有发烧，咳嗽", "-fever +cough"),
        ("不发烧", "-fever"),
        ("不咳嗽", "-cough"),
        ("不发烧，咳嗽两个星期了", "-fever +cough"),
        ("不发烧也不咳嗽，就是流鼻涕", "-fever -cough +runny_nose"),
        ("发烧咳嗽都没有", "-fever -cough"),
        ("发烧没有，咳嗽有", "-fever +cough"),
        ("否认高血压，糖尿病，心脏病", "-hypertension_history -diabetes_history -heart_disease_history"),
        ("心慌，胸闷，没有胸痛", "+palpitations +chest_tightness -chest_pain"),
        ("头不痛，肚子痛", "-headache +abdominal_pain"),
        ("头很痛", "+headache"),
        ("头不是很痛", "+headache"),
        ("肚子一直隐隐作痛", "+abdominal_pain"),
        ("我晚上睡不着", "+insomnia"),
        ("昨晚没睡好，头痛", "+headache +bad_night"),
        ("头痛，没吃药", "+headache"),
        ("头痛，不知道怎么办", "+headache"),
        ("好像有点发烧", "?fever"),
        ("不知道有没有发烧", "?fever"),
        ("咳嗽，不确定发不发烧", "+cough ?fever"),
        ("可能发烧，咳嗽三天", "?fever +cough"),
        ("我同事感冒了，我开始咳嗽", "+cough +infection_contact"),
        ("我妈妈有糖尿病，我头晕", "+dizziness +family_diabetes"),
        ("我爷爷胸口痛", "+chest_pain"),
        ("以前得过肺炎，现在咳嗽", "+cough"),
        ("去年有过胸痛", ""),
        ("我有过不想活的念头", "+suicidal_thoughts"),
        ("以前想过自杀", "+suicidal_thoughts"),
        ("从来没有过自杀的念头", "-suicidal_thoughts"),
        ("小时候有过哮喘", "+asthma_history"),
        ("孩子发烧，不吃奶", "+fever +poor_feeding"),
        ("体温三十八度五", "+fever"),
        ("量了体温36.5度", "-fever"),
        ("ＦＥＶＥＲ和咳嗽", "+fever +cough"),
        ("<b>头痛</b>\x00没有发烧😀", "+headache -fever"),
        ("头痛\n没有\n咳嗽", "+headache +cough"),
        ("腿没有肿", "-leg_swelling_both"),
        ("no fever or cough but headache", "-fever -cough +headache"),
        ("I do not have a fever", "-fever"),
        ("I don't have a fever", "-fever"),
        ("No fever, cough or chills", "-fever -cough -chills"),
        ("no fever, chills, nausea, vomiting.", "-fever -chills -nausea -vomiting"),
        ("denies fever, chills, nausea and vomiting", "-fever -chills -nausea -vomiting"),
        ("no fever, cough for three days", "-fever +cough"),
        ("I have no fever, but a cough for two weeks", "-fever +cough"),
        ("no fever and a headache", "-fever +headache"),
        ("no nausea and vomiting", "-nausea -vomiting"),
        ("No chest pain, no palpitations, no sweating.", "-chest_pain -palpitations -sweating"),
        ("neither fever nor cough", "-fever -cough"),
        ("I don't think I have a fever", "-fever"),
        ("the chest does not hurt", "-chest_pain"),
        ("headache is gone", "-headache"),
        ("my throat is sore, no better after three days", "+sore_throat"),
        ("I didn't go to work because of a headache", "+headache"),
        ("I cannot sleep", "+insomnia"),
        ("I have chest pain and I can't breathe", "+chest_pain +shortness_of_breath"),
        ("I might have a fever", "?fever"),
        ("not sure if I have a fever", "?fever"),
        ("fever, not sure", "?fever"),
        ("I used to have chest pain", ""),
        ("my mother had a heart attack, I have palpitations", "+palpitations +family_heart_disease"),
        ("my roommate has a fever and I have a cough", "+cough +infection_contact"),
        ("My son has a fever and a rash", "+fever +rash"),
        ("dizzyness and vommiting for 2 days", "+dizziness +vomiting"),
        ("COUGHING, SNEEZES", "+cough +sneezing"),
        ("fever of 102", "+fever"),
        ("temperature is 36.6", "-fever"),
        ("i have a fever cough and sore throat", "+fever +cough +sore_throat"),
        ("", ""),
        ("你好", ""),
    ],
)
def test_signs(text: str, expected: str) -> None:
    assert signs(text) == set(expected.split())


@pytest.mark.parametrize(
    ("text", "code", "hours"),
    [
        ("头痛三天", "headache", 72),
        ("头痛，三天了", "headache", 72),
        ("三天前开始头痛", "headache", 72),
        ("咳嗽两个星期", "cough", 336),
        ("咳嗽一个多月", "cough", 900),
        ("嗓子疼半天了", "sore_throat", 12),
        ("胸口痛半小时", "chest_pain", 0.5),
        ("咳嗽了两三天", "cough", 60),
        ("腰痛半年", "back_pain", 4380),
        ("昨天开始发烧", "fever", 24),
        ("拉肚子两天，一天五六次", "diarrhoea", 48),
        ("咳 嗽 三 天", "cough", 72),
        ("cough for two weeks", "cough", 336),
        ("cough for a couple of weeks", "cough", 336),
        ("3 days of fever", "fever", 72),
        ("headache since yesterday", "headache", 24),
        ("I have had a cough for the past 10 days", "cough", 240),
        ("chest pain for half an hour", "chest_pain", 0.5),
        ("diarrhea 3 times a day for 2 days", "diarrhoea", 48),
        ("a 3-year-old with a cough", "cough", None),
        ("宝宝三个月大，咳嗽", "cough", None),
        ("怀孕三个月，头痛", "headache", None),
    ],
)
def test_durations(text: str, code: str, hours: float | None) -> None:
    assert read(text)[code].duration_hours == (None if hours is None else pytest.approx(hours, rel=0.01))


def test_each_duration_goes_with_its_finding() -> None:
    found = read("咳嗽三天发烧一天")
    assert (found["cough"].duration_hours, found["fever"].duration_hours) == (72, 24)
    found = read("cough for 3 days and fever since yesterday")
    assert (found["cough"].duration_hours, found["fever"].duration_hours) == (72, 24)


@pytest.mark.parametrize(
    ("text", "code", "hours"),
    [
        ("退休两年了，头疼", "headache", None),
        ("咳嗽，上次体检是一年前", "cough", None),
        ("咳嗽，想开一个月的药", "cough", None),
        ("搬家以后到现在两个月，一直咳嗽", "cough", 1440),
        ("头疼，两个月了", "headache", 1440),
        ("去年十月查过，头疼两天", "headache", 48),
        ("I retired two years ago. A cough", "cough", None),
        ("A cough. My last tetanus was five years ago", "cough", None),
        ("A cough ever since I moved two months ago", "cough", 1440),
        ("A cough, it started two months ago", "cough", 1440),
    ],
)
def test_a_length_of_something_else_in_a_life_is_no_complaints(text: str, code: str, hours: float | None) -> None:
    assert read(text)[code].duration_hours == (None if hours is None else pytest.approx(hours, rel=0.05))


def test_a_duration_alone_is_for_everything() -> None:
    found = read("发烧，咳嗽，头痛。三天了。")
    assert {finding.duration_hours for finding in found.values()} == {72}


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("头痛，疼痛7分", "headache", 7),
        ("肚子痛，满分十分我打八分", "abdominal_pain", 8),
        ("headache 8 out of 10", "headache", 8),
        ("back pain 3/10", "back_pain", 3),
        ("肚子剧烈疼痛", "abdominal_pain", 9),
        ("severe headache and a cough", "headache", 8),
        ("severe headache and a cough", "cough", None),
        ("头不是很痛", "headache", 2),
        ("my headache is not very bad", "headache", 2),
        ("咳嗽两分钟", "cough", None),
    ],
)
def test_severity(text: str, code: str, severity: int | None) -> None:
    assert read(text)[code].severity == severity


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("体温38.5", 38.5),
        ("三十八度五", 38.5),
        ("三十九度", 39.0),
        ("三十八点五度", 38.5),
        ("38度", 38.0),
        ("39度2", 39.2),
        ("发烧到40℃", 40.0),
        ("最低37.5度最高39度", 39.0),
        ("101F", 38.3),
        ("fever of 101", 38.3),
        ("temperature 39.4 celsius", 39.4),
        ("fever, thirty eight point five", 38.5),
        ("a hundred and two degrees", 38.9),
    ],
)
def test_temperature(text: str, celsius: float) -> None:
    fever = read(text)["fever"]
    assert (fever.value, fever.status) == (celsius, Status.PRESENT)


@pytest.mark.parametrize("text", ["体重38.5公斤，头痛", "headache, 38.5 kg", "没到38度，头痛", "喝了85度的水，头痛"])
def test_other_numbers_are_no_temperature(text: str) -> None:
    assert "fever" not in read(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("男，35岁，腰痛", PatientHints(35, None, Sex.MALE)),
        ("我今年六十五岁了", PatientHints(65)),
        ("女儿28个月，发烧三天", PatientHints(2, None, Sex.FEMALE)),
        ("宝宝出生10天，不吃奶", PatientHints(0, 10)),
        ("七个月大的男宝宝", PatientHints(0, 213, Sex.MALE)),
        ("我怀孕20周", PatientHints(sex=Sex.FEMALE, pregnant=True)),
        ("我没有怀孕", PatientHints(sex=Sex.FEMALE, pregnant=False)),
        ("可能怀孕了", PatientHints(sex=Sex.FEMALE)),
        ("头痛三天", PatientHints()),
        ("I am a 45 year old woman", PatientHints(45, None, Sex.FEMALE)),
        ("8 month old boy", PatientHints(0, 243, Sex.MALE)),
        ("62M with chest pain", PatientHints(62, None, Sex.MALE)),
        ("I'm 12 weeks pregnant", PatientHints(sex=Sex.FEMALE, pregnant=True)),
        ("I am not pregnant", PatientHints(sex=Sex.FEMALE, pregnant=False)),
        ("I might be pregnant", PatientHints(sex=Sex.FEMALE)),
        ("fever 99F", PatientHints()),
        ("my wife says I snore", PatientHints()),
        ("999岁", PatientHints()),
        ("宝宝二十天发烧", PatientHints(0, 20)),
        ("宝宝两个月，拉肚子", PatientHints(0, 60)),
        ("宝宝三天没拉大便", PatientHints()),
        ("孩子发烧三天", PatientHints()),
        ("今年10月11号摔的", PatientHints()),
        ("我6岁起哮喘，今年40岁", PatientHints(40)),
        ("10岁的时候得过肺炎", PatientHints()),
        ("asthma since I was six years old", PatientHints()),
        ("pneumonia at the age of 10 years", PatientHints()),
    ],
)
def test_patient_hints(text: str, expected: PatientHints) -> None:
    assert patient_hints(text, language_of(text)) == expected


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("怀孕30周", 30),
        ("孕12+3周", 12),
        ("怀孕五个月", 21.7),
        ("32 weeks pregnant", 32),
        ("怀孕了", None),
        ("孕999周", None),
    ],
)
def test_pregnancy_weeks(text: str, weeks: float | None) -> None:
    found = pregnancy_weeks(text, language_of(text))
    assert found == (None if weeks is None else pytest.approx(weeks, abs=0.1))


def test_weeks_decide_about_the_later_half() -> None:
    assert "+pregnancy_over_20w" in signs("我怀孕30周，头痛")
    assert not any("over_20w" in sign for sign in signs("I am 12 weeks pregnant and bleeding"))
    assert {"+pregnant", "+pregnancy_over_20w"} <= set(signs("孕三十周，头痛"))
    assert "+pregnancy_over_20w" in signs("contractions since this morning, 37 weeks")
    assert not any("over_20w" in sign for sign in signs("bleeding since I got pregnant 30 weeks ago"))


@pytest.mark.parametrize(
    ("text", "code", "hours"),
    [
        ("哺乳三个月，左边乳房红肿，发烧", "fever", None),
        ("breastfeeding for six weeks, fever", "fever", None),
        ("34 weeks pregnant with a headache", "headache", None),
        ("37 weeks and bleeding", "bleeding", None),
        ("headache for 3 weeks", "headache", 504),
        ("下面痒两天，去年也有过", "genital_itching", 48),
    ],
)
def test_weeks_of_pregnancy_and_of_nursing_are_no_length(text: str, code: str, hours: float | None) -> None:
    assert read(text)[code].duration_hours == hours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("37 weeks and bleeding", "+pregnant +pregnancy_over_20w"),
        ("二十八周了，手脚心痒", "+pregnant +pregnancy_over_20w"),
        ("painless left breast mass", "+breast_lump +lump_painless"),
        ("打了水痘疫苗", "+recent_vaccination"),
        ("she is still drinking and playing", "-less_active_child"),
        ("奶也吃得好", "-poor_feeding"),
        ("spots on my chin", "+rash"),
    ],
)
def test_mothers_and_children(text: str, expected: str) -> None:
    assert set(expected.split()) <= signs(text)


def test_who_minds_no_call_of_the_name() -> None:
    assert "+unconscious" in signs("我爸突然倒地，叫名字没反应")
    assert "+unconscious" in signs("my husband doesn't respond to his name")
    assert "+unconscious" not in signs("两岁半了还不会说话，喊名字没反应")
    assert "+unconscious" not in signs("he doesn't respond to his name and lines up his toys")


def test_spans_are_places_in_the_given_text() -> None:
    text = "您好，我 胸 口 很 痛，Ｆever也有"
    found = read(text)
    assert {text[slice(*f.span)] for f in found.values() if f.span} == {"胸 口 很 痛", "Ｆever"}
    assert all(f.text == text[slice(*f.span)] and f.source is Source.WORDS for f in found.values() if f.span)


def test_only_the_beginning_of_a_huge_text_is_read() -> None:
    filler = "。" * MAX_CHARACTERS
    assert signs(f"头痛{filler}咳嗽") == {"+headache"}


@pytest.mark.parametrize(
    "unit",
    ["没有", "no ", "no fever, ", ", cough", "<b>", "😀", "1", "三", "\u202e", "not sure ", "三天", "(((", "3 days "],
)
def test_a_megabyte_of_anything_is_only_text(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    found = read(text)
    assert len(found) <= 2


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    for language in Language:
        for finding in read(text, language).values():
            assert finding.code in content().symptoms
            assert finding.span is not None
            assert finding.text == text[slice(*finding.span)]
        patient_hints(text, language)


PLAIN = {
    Language.ZH: ["发烧", "咳嗽", "头痛", "流鼻涕", "胸痛", "拉肚子", "皮疹", "头晕", "便秘", "耳鸣"],
    Language.EN: ["fever", "cough", "headache", "runny nose", "chest pain", "diarrhea", "rash", "constipation"],
}
DENIALS = {
    Language.ZH: ["没有{}", "我没有{}", "没有{}。", "从来没有{}", "也没有{}"],
    Language.EN: ["no {}", "I do not have {}", "No {}.", "without {}", "I don't have any {}"],
}


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(Language))
def test_a_denied_symptom_is_never_present(data: st.DataObject, language: Language) -> None:
    symptom = data.draw(st.sampled_from(PLAIN[language]))
    denied = data.draw(st.sampled_from(DENIALS[language])).format(symptom)
    other = data.draw(st.sampled_from(["", *PLAIN[language]]))
    tail = {Language.ZH: "。{}", Language.EN: ". {}"}[language].format(other) if other != symptom else ""
    code = next(iter(read(symptom, language)))
    assert read(denied + tail, language)[code].status is Status.ABSENT
