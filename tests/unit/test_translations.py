"""The catalogues: English is the source, a broken translation is worse than none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polib
import pytest

from kiosk import i18n, paths
from kiosk.domain.errors import ConfigError
from kiosk.domain.language import OWN_LOCALE, Language, Locale, Words


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


SPANISH = Locale("es", "Español", Language.EN, is_understood=False)
CONTENT = {
    ("头痛", "headache"): "dolor de cabeza",
    ("{when}开", "opens {when}"): "abre {when}",
    ("明天", "tomorrow"): "mañana",
    ("{day} {time}", "{day} at {time}"): "{day} a las {time}",
}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (Words("头痛", "headache"), "dolor de cabeza"),
        (Words("头疼", "headache"), "headache"),
        (Words("明天开", "opens tomorrow"), "abre mañana"),
        (Words("明天 08:00开", "opens tomorrow at 08:00"), "abre mañana a las 08:00"),
        (Words("没译过", "nobody translated this"), "nobody translated this"),
        (Words("开始时硬", "hard to move at first"), "hard to move at first"),
    ],
)
def test_content_is_translated_by_both_its_texts_and_sentences_with_fields_are_filled_again(
    words: Words, shown: str
) -> None:
    assert i18n.Catalogue(SPANISH, content=CONTENT).tr(words) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (Words("头痛\n明天", "headache\ntomorrow"), "dolor de cabeza\nmañana"),
        (Words("头痛\n明天开", "headache\nopens tomorrow"), "dolor de cabeza\nabre mañana"),
        (Words("头痛\n没译过", "headache\nnobody translated this"), "headache\nnobody translated this"),
        (Words("头痛\n明天", "headache"), "dolor de cabeza"),
        (Words("一行\n两行", "one line\ntwo\nthree"), "one line\ntwo\nthree"),
    ],
)
def test_a_way_is_translated_line_by_line_as_a_whole_or_not_at_all(words: Words, shown: str) -> None:
    content = {**CONTENT, ("头痛\n明天", "headache"): "dolor de cabeza"}
    assert i18n.Catalogue(SPANISH, content=content).tr(words) == shown


def test_chinese_and_english_show_the_content_as_written() -> None:
    words = Words("头痛", "headache")
    assert [i18n.load_catalogue(language).tr(words) for language in Language] == ["头痛", "headache"]


def test_every_language_of_the_content_is_installed_under_its_tag() -> None:
    installed = i18n.installed()
    assert {locale.tag: locale for locale in OWN_LOCALE.values()}.items() <= installed.items()
    assert [tag for tag, locale in installed.items() if locale.right_to_left] == ["ar"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('name = "Français"', "language"),
        ('name = "Français"\nlanguage = "fr"', "fr"),
        ('name = "Français"\nlanguage = "en"\ndirection = "rtl"', "direction"),
        ('name = 3\nlanguage = "en"', "a text as name"),
        ('name = "Français', "language"),
    ],
)
def test_a_broken_description_of_a_language_names_its_file(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "fr" / "locale.toml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        i18n.read_locale(file)
    assert caught.value.key == str(file)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("tag", "long", "short"),
    [
        ("zh-Hans", "11月24日周二", "11月24日"),
        ("zh-Hant", "11月24日週二", "11月24日"),
        ("en", "Tuesday 24 November", "24 Nov"),
        ("es", "mar, 24 de noviembre", "24 nov"),
        ("ar", "الثلاثاء، 24 نوفمبر", "24 نوفمبر"),
        ("tlh-Piqd", "Tuesday 24 November", "24 Nov"),
        ("no tag", "Tuesday 24 November", "24 Nov"),
    ],
)
def test_a_day_as_people_say_it(tag: str, long: str, short: str) -> None:
    on = date(2026, 11, 24)
    assert (i18n.day(on, tag), i18n.day(on, tag, weekday=False)) == (long, short)
