"""The catalogues: English is the source, a broken translation is worse than none."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from kiosk import i18n, paths
from kiosk.domain.language import Language


def test_english_is_the_source() -> None:
    assert i18n.load_catalogue(Language.EN).tr("Please stay here") == "Please stay here"


def test_chinese_is_read_and_what_is_unknown_stays_english() -> None:
    catalogue = i18n.load_catalogue(Language.ZH)
    assert catalogue.tr("Please stay here") == "请留在这里"
    assert catalogue.tr("nobody translated this") == "nobody translated this"


@pytest.mark.parametrize(
    ("source", "translation"),
    [("Question {number}", "第 {nummer} 题"), ("In %1 seconds", "几秒后"), ("Back", "{oops}")],
)
def test_a_translation_with_other_fields_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, translation: str
) -> None:
    file = tmp_path / "locales" / "zh-Hans" / "LC_MESSAGES" / "kiosk.po"
    file.parent.mkdir(parents=True)
    written = polib.POFile()
    written.append(polib.POEntry(msgid=source, msgstr=translation))
    written.append(polib.POEntry(msgid="End", msgstr="结束"))
    written.append(polib.POEntry(msgid="Nurse", msgstr="也许", flags=["fuzzy"]))
    written.save(str(file))
    monkeypatch.setenv("DAOZHEN_CONTENT", str(tmp_path))
    assert paths.locales() == tmp_path / "locales"
    catalogue = i18n.load_catalogue(Language.ZH)
    assert [catalogue.tr(text) for text in (source, "End", "Nurse")] == [source, "结束", "Nurse"]
