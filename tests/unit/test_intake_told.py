"""Told texts: marks become pieces, and a wrong one is named with its file and line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kiosk.adapters.intake_labels import Meaning
from kiosk.domain.errors import AssetError
from kiosk.domain.language import Language
from kiosk.training.intake.generate import Kind
from kiosk.training.intake.told import LASTING, LONGEST, Told, clause_of, lengths_marked, read_told
from tests.unit.shipped_clinic import content

CODES = frozenset(("cough", "fever"))


def test_marks_become_pieces_and_the_text_stays() -> None:
    clause = clause_of("昨晚[咳得睡不成|cough]，[没发烧|-fever]，我爸[也咳|~cough]，[怕是烧了|?fever]", CODES)
    assert "".join(piece.text for piece in clause) == "昨晚咳得睡不成,没发烧,我爸也咳,怕是烧了"
    assert [(p.text, p.code, p.meaning) for p in clause if p.kind is Kind.TOLD] == [
        ("咳得睡不成", "cough", Meaning.PRESENT),
        ("没发烧", "fever", Meaning.ABSENT),
        ("也咳", "cough", Meaning.VOID),
        ("怕是烧了", "fever", Meaning.UNSURE),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[咳|cogh]", "cogh"),
        ("[咳|cough", "a mark"),
        ("咳|cough]", "a mark"),
        ("[咳cough]", "a mark"),
        ("咳" * (LONGEST // 3 + 1), "longer"),
    ],
)
def test_a_wrong_mark_is_named_with_its_line(line: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "zh-try.txt").write_text(f"# heading\n\n{line}\n", encoding="utf-8")
    with pytest.raises(AssetError, match=problem) as wrong:
        list(read_told(Language.ZH, CODES, tmp_path))
    assert "zh-try.txt" in str(wrong.value)
    assert "line 3" in str(wrong.value)


@pytest.mark.parametrize("language", list(Language))
def test_the_told_texts_are_sound_and_not_repeated(language: Language) -> None:
    texts = Counter(one.text for one in read_told(language, content().symptoms))
    assert len(texts) > 1000
    assert [text for text, count in texts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("language", "line", "lengths"),
    [
        (Language.ZH, "[咳了两天了|cough]", 1),
        (Language.ZH, "[昨晚烧|fever]", 1),
        (Language.EN, "[two days of coughing|cough]", 1),
        (Language.EN, "[hot for three days|?fever]", 1),
        (Language.ZH, "[咳|cough]了两天了，昨晚[烧|fever]", 0),
        (Language.ZH, "[咳了两天没停|cough]", 0),
        (Language.ZH, "[去年咳过|~cough]", 0),
    ],
)
def test_a_length_of_time_at_the_edge_of_a_mark_is_found(language: Language, line: str, lengths: int) -> None:
    assert len(lengths_marked(Told("", 1, clause_of(line, CODES)), language)) == lengths


@pytest.mark.parametrize("language", list(Language))
def test_lengths_of_time_stand_beside_the_marks(language: Language) -> None:
    symptoms = content().symptoms
    assert symptoms.keys() >= LASTING
    assert [found for one in read_told(language, symptoms) for found in lengths_marked(one, language)] == []
