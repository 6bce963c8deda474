"""Chinese words stay whole at the end of a line, and the text stays the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import paths
from kiosk.domain.language import ENGLISH, SIMPLIFIED_CHINESE
from kiosk.i18n import installed, load_catalogue
from kiosk.ui.line_breaks import JOINER, LineBreaks, cut, line_breaks, plain, read_words

BREAKS = line_breaks(SIMPLIFIED_CHINESE)
HOSTILE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x9FFF, exclude_characters=[JOINER]))


def pieces(text: str) -> list[str]:
    """What may stand on two lines, of a text without spaces and punctuation."""
    found = [""]
    for before, here in zip(JOINER + text, text, strict=False):
        if here == JOINER:
            continue
        if before != JOINER and found != [""]:
            found.append("")
        found[-1] += here
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("皮肤科", ["皮肤科"]),
        ("服务台可以办", ["服务台", "可以办"]),
        ("请拍下这个二维码", ["请", "拍", "下", "这个", "二维码"]),
        ("现在取号", ["现在", "取号"]),
        ("已经从屏幕上清除了", ["已经", "从", "屏幕", "上", "清除了"]),
        ("或者点一点", ["或者", "点一点"]),
        ("不吃不喝", ["不吃不喝"]),
    ],
)
def test_words_stay_whole(text: str, expected: list[str]) -> None:
    assert pieces(BREAKS.kept(text)) == expected


def test_traditional_words_stay_whole() -> None:
    breaks = line_breaks(installed()["zh-Hant"])
    assert pieces(breaks.kept("請拍下這個二維碼")) == ["請", "拍", "下", "這個", "二維碼"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1962 03 15", "1962\u00a003\u00a015"),
        ("2 楼", "2\u00a0楼"),
        ("{count} 天", "{count}\u00a0天"),
        ("坐 2 号", "坐 2\u00a0号"),
        ("Take lift 2 to floor 3", "Take lift 2 to floor\u00a03"),
        ("No steps, about 3 minutes", "No steps, about 3\u00a0minutes"),
        ("{count} people before you", "{count}\u00a0people before you"),
        ("Floor 2, east side, room 230", "Floor 2, east side, room\u00a0230"),
        ("Very loud here. Tapping works too", "Very loud here. Tapping works\u00a0too"),
        ("Turn right, to the end\nGo in on the left", "Turn right, to the\u00a0end\nGo in on the\u00a0left"),
        ("Your doctor reads it", "Your doctor reads\u00a0it"),
        ("Go to the service desk and turn left", "Go to the service desk and turn\u00a0left"),
        ("We will show you where to go.", "We will show you where to\u00a0go."),
        ("Tap the face that is so", "Tap the face that is\u00a0so"),
        ("Poisoned, bitten or badly allergic", "Poisoned, bitten or badly allergic"),
        ("Bleeding a lot, or blood from inside", "Bleeding a lot, or blood from inside"),
        ("Tap a name or the body. More than one is fine.", "Tap a name or the body. More than one is\u00a0fine."),
        ("Or tap it", "Or tap it"),
    ],
)
def test_a_figure_stays_with_what_it_counts(text: str, kept: str) -> None:
    assert LineBreaks().kept(text) == kept


@given(HOSTILE)
def test_nothing_is_added_but_joiners_and_spaces_that_do_not_break(text: str) -> None:
    assert plain(BREAKS.kept(text)) == text.replace("\u00a0", " ")


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1), st.data())
def test_a_cut_loses_no_character(run: str, data: st.DataObject) -> None:
    words = data.draw(
        st.dictionaries(st.sampled_from(sorted({run[:2], run[1:4], run[-3:]} - {""})), st.integers(1, 200))
    )
    assert "".join(cut(run, words)) == run
    assert "".join(LineBreaks(words).units(run)) == run


def test_every_text_of_the_screen_has_its_words_in_the_list() -> None:
    words = read_words(paths.locales() / "zh-Hans" / "words.txt")
    texts = load_catalogue(SIMPLIFIED_CHINESE).texts.values()
    unknown = {letter for text in texts for letter in text if "\u4e00" <= letter <= "\u9fff"} - set("".join(words))
    assert unknown == set()


def test_a_language_without_a_list_breaks_where_qt_does() -> None:
    assert line_breaks(ENGLISH).kept("头疼 and fever") == "头疼 and fever"


def test_a_list_that_is_damaged_says_so(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("膝盖 abc\n", encoding="utf-8")
    with pytest.raises(ValueError, match="abc"):
        read_words(tmp_path / "words.txt")
