"""Numbers of identity papers: what they carry, and why some are refused."""

from __future__ import annotations

import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.identity_numbers import (
    NumberProblem,
    NumberRefused,
    PaperForm,
    check_digit,
    plain,
    read_number,
)
from kiosk.domain.patient import DocumentKind, IdentityDocument, Sex

TODAY = date(2026, 11, 23)
BIRTHS = st.dates(date(1900, 1, 1), TODAY)
REGIONS = st.integers(110000, 839999).map(str)
SEQUENCES = st.integers(0, 999).map("{:03d}".format)


def number(region: str, born: date, sequence: str) -> str:
    seventeen = f"{region}{born:%Y%m%d}{sequence}"
    return seventeen + check_digit(seventeen)


NUMBERS = st.builds(number, REGIONS, BIRTHS, SEQUENCES)


def problem_of(form: PaperForm, text: str) -> NumberProblem:
    with pytest.raises(NumberRefused) as refused:
        read_number(form, text, TODAY)
    return refused.value.problem


@given(REGIONS, BIRTHS, SEQUENCES)
def test_a_number_carries_birth_date_and_sex(region: str, born: date, sequence: str) -> None:
    found = read_number(PaperForm.CARD, number(region, born, sequence), TODAY)
    assert found.birth_date == born
    assert found.sex is (Sex.MALE if sequence[2] in "13579" else Sex.FEMALE)


@given(NUMBERS)
def test_the_check_digit_is_that_of_iso_7064(valid: str) -> None:
    """By the standard's own definition: the weighted sum over all 18 characters leaves 1."""
    values = [10 if character == "X" else int(character) for character in valid]
    assert sum(value * pow(2, 17 - place, 11) for place, value in enumerate(values)) % 11 == 1


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_never_taken(valid: str, place: int, by: int) -> None:
    wrong = str((int(valid[place]) + by) % 10)
    assert problem_of(PaperForm.CARD, valid[:place] + wrong + valid[place + 1 :]) in {
        NumberProblem.CHECK_DIGIT,
        NumberProblem.FORM,
    }


@given(NUMBERS, st.integers(0, 15))
def test_two_digits_exchanged_are_never_taken(valid: str, place: int) -> None:
    swapped = valid[:place] + valid[place + 1] + valid[place] + valid[place + 2 :]
    if swapped != valid:
        assert problem_of(PaperForm.CARD, swapped) in {NumberProblem.CHECK_DIGIT, NumberProblem.FORM}


@given(st.sampled_from(PaperForm), st.text(max_size=40))
def test_any_text_is_a_number_or_refused(form: PaperForm, text: str) -> None:
    try:
        found = read_number(form, text, TODAY)
    except NumberRefused as refused:
        assert str(refused) == refused.problem
    else:
        assert found.document.number == plain(found.document.number)
        assert set(found.document.number) <= set(string.ascii_uppercase + string.digits)


@pytest.mark.parametrize(
    ("text", "kind", "born", "sex"),
    [
        ("11010519491231002X", DocumentKind.RESIDENT_ID, date(1949, 12, 31), Sex.FEMALE),
        ("110105 19491231 002x", DocumentKind.RESIDENT_ID, date(1949, 12, 31), Sex.FEMALE),
        ("１１０１０５１９４９１２３１００２Ｘ", DocumentKind.RESIDENT_ID, date(1949, 12, 31), Sex.FEMALE),
        # A region that was abolished in 1983.
        (number("440524", date(1980, 1, 1), "001"), DocumentKind.RESIDENT_ID, date(1980, 1, 1), Sex.MALE),
        (number("810000", date(1990, 5, 6), "122"), DocumentKind.RESIDENCE_PERMIT, date(1990, 5, 6), Sex.FEMALE),
        (number("820000", date(1990, 5, 6), "121"), DocumentKind.RESIDENCE_PERMIT, date(1990, 5, 6), Sex.MALE),
        (number("830000", date(1990, 5, 6), "121"), DocumentKind.RESIDENCE_PERMIT, date(1990, 5, 6), Sex.MALE),
        (number("911124", date(1985, 7, 8), "101"), DocumentKind.PERMANENT_RESIDENCE, date(1985, 7, 8), Sex.MALE),
        ("USA110085070801", None, None, None),
        ("FRA110085070803", None, None, None),
    ],
)
def test_each_card_is_known_by_its_number(
    text: str, kind: DocumentKind | None, born: date | None, sex: Sex | None
) -> None:
    found = read_number(PaperForm.CARD, text, TODAY)
    assert found.document == IdentityDocument(kind or DocumentKind.PERMANENT_RESIDENCE, plain(text))
    assert (found.birth_date, found.sex) == (born, sex)


@pytest.mark.parametrize(
    ("form", "text", "kind", "value"),
    [
        (PaperForm.TRAVEL_PERMIT, "h12345678", DocumentKind.TRAVEL_PERMIT, "H12345678"),
        (PaperForm.TRAVEL_PERMIT, "M1234567801", DocumentKind.TRAVEL_PERMIT, "M12345678"),
        (PaperForm.TRAVEL_PERMIT, "01234567", DocumentKind.TRAVEL_PERMIT, "01234567"),
        (PaperForm.PASSPORT, "ej 1234567", DocumentKind.PASSPORT, "EJ1234567"),
        (PaperForm.PASSPORT, "L898902C3", DocumentKind.PASSPORT, "L898902C3"),
    ],
)
def test_papers_without_a_birth_date(form: PaperForm, text: str, kind: DocumentKind, value: str) -> None:
    found = read_number(form, text, TODAY)
    assert found.document == IdentityDocument(kind, value)
    assert found.birth_date is None
    assert found.sex is None


TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("form", "text", "problem"),
    [
        (PaperForm.CARD, "", NumberProblem.FORM),
        (PaperForm.CARD, "110105491231002", NumberProblem.OLD),
        (PaperForm.CARD, "110105194912310021", NumberProblem.CHECK_DIGIT),
        (PaperForm.CARD, "1101051949123100", NumberProblem.FORM),
        (PaperForm.CARD, "X1010519491231002X", NumberProblem.FORM),
        (PaperForm.CARD, "01010519491231002X", NumberProblem.FORM),
        (PaperForm.CARD, number("110105", TOMORROW, "002"), NumberProblem.BIRTH_DATE),
        (PaperForm.CARD, number("110105", date(1890, 1, 1), "002"), NumberProblem.BIRTH_DATE),
        (PaperForm.CARD, "11010519490231002" + check_digit("11010519490231002"), NumberProblem.BIRTH_DATE),
        (PaperForm.CARD, "E12345678", NumberProblem.FORM),
        (PaperForm.TRAVEL_PERMIT, "T12345678", NumberProblem.FORM),
        (PaperForm.PASSPORT, "ABCDEF", NumberProblem.FORM),
        (PaperForm.PASSPORT, "E123456789", NumberProblem.FORM),
        (PaperForm.PASSPORT, "١٢٣٤٥٦", NumberProblem.FORM),
    ],
)
def test_what_is_no_such_number_is_refused_with_its_reason(form: PaperForm, text: str, problem: NumberProblem) -> None:
    assert problem_of(form, text) is problem


def test_a_number_is_not_shown_where_a_document_is() -> None:
    assert "11010519491231002X" not in repr(read_number(PaperForm.CARD, "11010519491231002X", TODAY))
