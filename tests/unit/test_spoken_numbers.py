from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain import spoken_numbers as numbers
from kiosk.domain.language import Language

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("text", "language", "figures"),
    [
        ("one three eight", EN, "138"),
        ("oh two one", EN, "021"),
        ("double three seven", EN, "337"),
        ("triple five", EN, "555"),
        ("thirty eight", EN, "38"),
        ("thirty zero", EN, "300"),
        ("fifteen twenty", EN, "1520"),
        ("一三八零零", ZH, "13800"),
        ("幺三八", ZH, "138"),
        ("two hundred", EN, ""),
        ("double", EN, ""),
        ("double thirty", EN, ""),
        ("one and three", EN, ""),
        ("三十八", ZH, ""),
        ("nurse", EN, ""),
        ("", ZH, ""),
    ],
)
def test_figures_one_by_one(text: str, language: Language, figures: str) -> None:
    assert numbers.digits_said(text, language) == figures


@pytest.mark.parametrize(
    ("text", "language", "figures"),
    [
        ("一九六八年三月五号", ZH, "19680305"),
        ("二零零三年十二月三十一日", ZH, "20031231"),
        ("一九六八零三零五", ZH, "19680305"),
        ("六八年三月五号", ZH, ""),
        ("二零零三年二月三十号", ZH, ""),
        ("一九六八年三月", ZH, ""),
        ("march fifth nineteen sixty eight", EN, "19680305"),
        ("the fifth of march nineteen sixty eight", EN, "19680305"),
        ("march twenty first two thousand and three", EN, "20030321"),
        ("may one nineteen oh five", EN, "19050501"),
        ("one nine six eight zero three oh five", EN, "19680305"),
        ("march fifth sixty eight", EN, ""),
        ("february thirtieth nineteen sixty eight", EN, ""),
        ("march nineteen sixty eight", EN, ""),
        ("yes", EN, ""),
    ],
)
def test_a_date_is_whole_or_none(text: str, language: Language, figures: str) -> None:
    assert numbers.date_said(text, language) == figures


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_date_is_understood_as_it_is_said(day: date) -> None:
    written = f"{day:%Y%m%d}"
    year = "".join(numbers.zh_number(int(figure)) for figure in f"{day.year}")
    zh = f"{year}年{numbers.zh_number(day.month)}月{numbers.zh_number(day.day)}日"
    assert numbers.date_said(zh, ZH) == written
    assert numbers.date_said(" ".join(numbers.en_number(int(figure)) for figure in written), EN) == written


@given(st.integers(0, numbers.OLDEST), st.sampled_from(Language))
def test_every_age_has_its_own_words(age: int, language: Language) -> None:
    said = {ZH: numbers.zh_number, EN: numbers.en_number}[language](age)
    assert numbers.ages(language)[said] == age


@pytest.mark.parametrize(
    ("text", "language", "age"),
    [
        ("我今年五十六岁", ZH, 56),
        ("两岁", ZH, 2),
        ("一百零三", ZH, 103),
        ("i am fifty six years old", EN, 56),
        ("one hundred", EN, 100),
    ],
)
def test_ages_in_the_usual_ways(text: str, language: Language, age: int) -> None:
    assert numbers.ages(language)[text] == age


@given(st.text(st.sampled_from("0123456789"), min_size=1, max_size=15), st.sampled_from(Language))
def test_every_telephone_number_is_understood(figures: str, language: Language) -> None:
    word = {ZH: numbers.zh_number, EN: numbers.en_number}[language]
    joint = "" if language is ZH else " "
    assert numbers.digits_said(joint.join(word(int(figure)) for figure in figures), language) == figures


@given(st.text(), st.sampled_from(Language))
def test_anything_said_is_figures_or_nothing(text: str, language: Language) -> None:
    for said in (numbers.digits_said(text, language), numbers.date_said(text, language)):
        assert said == "" or (said.isascii() and said.isdigit())


@pytest.mark.parametrize(
    ("hour", "minute", "language", "phrase"),
    [
        (9, 0, ZH, "九点"),
        (14, 30, ZH, "两点半"),
        (14, 30, ZH, "十四点三十分"),
        (10, 5, ZH, "十点零五分"),
        (9, 0, EN, "nine o'clock"),
        (14, 30, EN, "half past two"),
        (10, 20, EN, "ten twenty"),
        (10, 5, EN, "ten oh five"),
    ],
)
def test_a_time_is_said_in_the_usual_ways(hour: int, minute: int, language: Language, phrase: str) -> None:
    assert phrase in numbers.clock_phrases(hour, minute, language)
