"""Rules that put the lexicon and the model together: what each changes, and what none may change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

pytest.importorskip("llama_cpp")

from kiosk.adapters.intake_labels import FIRST_MEANING, FIRST_PLACE, SPECIALS, Meaning, Place
from kiosk.adapters.intake_marks import marks_of
from kiosk.adapters.intake_model import Reading
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.language import Language
from kiosk.evaluation.cases import Case, Expected, Kind, Part
from kiosk.evaluation.second_reader import RULES, Tally, Thresholds, choices, count
from tests.unit.shipped_clinic import content

CODES = ("cough", "fever", "other_complaint")
TEXT = "发烧，咳嗽"
AT = Thresholds(meant=0.9, own=0.7)


def reading(rows: Sequence[tuple[Place, str, Meaning]], strength: float = 9.0) -> Reading:
    logits = np.zeros((len(rows), SPECIALS + len(CODES)), np.float32)
    for at, (place, code, meaning) in enumerate(rows):
        logits[at, [FIRST_PLACE + place, SPECIALS + CODES.index(code), FIRST_MEANING + meaning]] = strength
    return Reading(TEXT, Language.ZH, marks_of(logits, [(at, at + 1) for at in range(len(rows))], CODES))


def read(meaning: Meaning, code: str = "cough", strength: float = 9.0) -> Reading:
    outside = (Place.OUTSIDE, "fever", Meaning.PRESENT)
    return reading([outside] * 3 + [(Place.BEGIN, code, meaning), (Place.INSIDE, code, meaning)], strength)


COUGH = Finding("cough", Status.PRESENT, Source.WORDS, "咳嗽", (3, 5))


def statuses(name: str, said: Sequence[Finding], by: Reading) -> dict[str, Status]:
    return {f.code: f.status for f in RULES[name](said, by, content(), AT).findings}


@pytest.mark.parametrize("name", sorted(RULES))
def test_no_rule_changes_what_both_readers_say(name: str) -> None:
    assert statuses(name, [COUGH], read(Meaning.PRESENT)) == {"cough": Status.PRESENT}


@pytest.mark.parametrize(
    ("name", "meaning", "expected"),
    [
        ("lexicon", Meaning.ABSENT, {"cough": Status.PRESENT}),
        ("own asked", Meaning.ABSENT, {"cough": Status.PRESENT}),
        ("own counted", Meaning.VOID, {"cough": Status.PRESENT}),
        ("status replaced", Meaning.ABSENT, {"cough": Status.ABSENT}),
        ("status replaced", Meaning.VOID, {}),
        ("status asked", Meaning.ABSENT, {"cough": Status.UNSURE}),
        ("status asked", Meaning.VOID, {"cough": Status.UNSURE}),
    ],
)
def test_who_is_heard_on_status(name: str, meaning: Meaning, expected: dict[str, Status]) -> None:
    assert statuses(name, [COUGH], read(meaning)) == expected


@pytest.mark.parametrize("name", ["status replaced", "status asked", "own asked", "own counted"])
def test_a_model_that_is_not_sure_changes_nothing(name: str) -> None:
    assert statuses(name, [COUGH], read(Meaning.ABSENT, strength=1.0)) == {"cough": Status.PRESENT}
    assert statuses(name, [], read(Meaning.PRESENT, strength=1.0)) == {}


def test_its_own_findings_are_asked_about_or_counted() -> None:
    merged = RULES["own asked"]([], read(Meaning.PRESENT), content(), AT)
    assert merged.findings == ()
    assert [(f.code, f.source, f.text) for f in merged.asked] == [("cough", Source.MODEL, "咳嗽")]
    assert statuses("own counted", [], read(Meaning.ABSENT)) == {"cough": Status.ABSENT}
    assert RULES["own asked"]([], read(Meaning.PRESENT, "other_complaint"), content(), AT).asked == ()
    assert RULES["own asked"]([], read(Meaning.VOID), content(), AT).asked == ()


def test_words_that_the_lexicon_has_read_are_not_read_again() -> None:
    fever = Finding("fever", Status.PRESENT, Source.WORDS, "咳嗽", (3, 5))
    assert RULES["own asked"]([fever], read(Meaning.PRESENT), content(), AT).asked == ()


def test_a_question_is_right_where_the_lexicon_was_wrong() -> None:
    expected = Expected(findings={Status.PRESENT: (frozenset(["cough"]),), Status.ABSENT: (), Status.UNSURE: ()})
    case = Case("zh-1", Kind.STATEMENTS, Part.TUNING, TEXT, Language.ZH, expected)
    merged = RULES["own asked"]([], read(Meaning.PRESENT), content(), AT)
    missed, known = Tally(), Tally()
    count(missed, case, merged, {}, content(), frozenset())
    count(known, case, merged, {"cough": Status.PRESENT}, content(), frozenset())
    assert (missed.asked, missed.asked_rightly) == (1, 1)
    assert (known.asked, known.asked_rightly) == (1, 0)
    assert missed.by_status[Status.PRESENT].missed == 1
    assert missed.figures()["asked"] == [1, 1]


def test_a_line_stands_for_every_choice() -> None:
    assert choices(["# no", "", "a {b|c} d {e|f}", "plain"]) == ["a b d e", "a b d f", "a c d e", "a c d f", "plain"]
