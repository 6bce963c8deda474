"""Letters become the words of a complaint: whole phrases first, nothing learned, broken lists named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.adapters.pinyin import Completion, Completions, Entry, KeyboardWords, Pinyin, phrases_of, read_words
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language

WORDS = paths.assets() / "keyboard" / "words.txt"


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    return read_words(WORDS)


@pytest.fixture(scope="module")
def pinyin(entries: tuple[Entry, ...]) -> Pinyin:
    return Pinyin(entries)


@pytest.mark.parametrize(
    ("letters", "word"),
    [
        ("toutong", "头痛"),
        ("fashaosantian", "发烧三天"),
        ("woxigaitengliangzhoule", "我膝盖疼两周了"),
        ("shuibuzhao", "睡不着"),
        ("nver", "女儿"),
        ("teng", "疼"),
        ("wode", "我的"),
        ("TouTong", "头痛"),
        ("tou'tong", "头痛"),
    ],
)
def test_the_first_candidate_uses_every_letter(pinyin: Pinyin, letters: str, word: str) -> None:
    first = pinyin.candidates(letters)[0]
    assert (first.text, first.used) == (word, len(letters.replace("'", "")))


def test_a_word_is_offered_before_its_letters_are_complete(pinyin: Pinyin) -> None:
    assert pinyin.candidates("tout")[0].text in ("头痛", "头疼")
    assert "三天" in [candidate.text for candidate in pinyin.candidates("sant")]


def test_initials_are_enough(pinyin: Pinyin) -> None:
    assert {"头痛", "头疼"} <= {candidate.text for candidate in pinyin.candidates("tt")}


def test_shorter_words_follow_and_say_how_many_letters_they_use(pinyin: Pinyin) -> None:
    used = {candidate.text: candidate.used for candidate in pinyin.candidates("toutong")}
    assert used["头痛"] == 7
    assert used["头"] == 3


def test_letters_that_are_no_chinese_give_nothing(pinyin: Pinyin) -> None:
    assert pinyin.candidates("") == ()
    assert pinyin.candidates("vvv") == ()


def test_a_long_input_is_cut_and_answered(pinyin: Pinyin) -> None:
    assert pinyin.candidates("toutong" * 40, limit=3)


def test_asking_twice_changes_nothing(pinyin: Pinyin) -> None:
    before = pinyin.candidates("tong")
    pinyin.candidates("toutong")
    assert pinyin.candidates("tong") == before


def test_a_symptoms_form_is_spelled_by_its_longest_words() -> None:
    words = [Entry("睡不着", ("shui", "bu", "zhao"), 5), Entry("着", ("zhe",), 9), Entry("觉", ("jiao",), 5)]
    assert Pinyin(words, ["睡不着觉"]).candidates("shuibuzhaojiao")[0].text == "睡不着觉"


def test_every_chinese_form_of_the_knowledge_base_can_be_typed(
    entries: tuple[Entry, ...], shipped: KnowledgeBase
) -> None:
    characters = {entry.word for entry in entries if len(entry.word) == 1}
    forms = phrases_of(shipped, Language.ZH)
    missing = {c for form in forms for c in form if "\u4e00" <= c <= "\u9fff"} - characters
    assert missing == set()


def test_knowledge_forms_are_offered_by_their_whole_sound(shipped: KnowledgeBase) -> None:
    help_ = KeyboardWords.load(WORDS, shipped)
    assert help_.candidates("xigaiteng")[0].text == "膝盖疼"
    assert help_.completions("my kn", Language.EN)


COMPLETIONS = Completions({Language.EN: ("knee pain", "knee swelling", "pain"), Language.ZH: ("膝盖疼", "膝盖肿")})


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("My kn", Language.EN, [Completion("knee pain", 2), Completion("knee swelling", 2)]),
        ("knee p", Language.EN, [Completion("knee pain", 6)]),
        ("knee pain", Language.EN, []),
        ("k", Language.EN, []),
        ("我膝盖", Language.ZH, [Completion("膝盖疼", 2), Completion("膝盖肿", 2)]),
        ("", Language.ZH, []),
    ],
)
def test_phrases_go_on_from_the_end_of_the_text(text: str, language: Language, found: list[Completion]) -> None:
    assert list(COMPLETIONS.after(text, language)) == found


@pytest.mark.parametrize(
    ("line", "field"),
    [("头痛\ttou tong", "word"), ("头痛\ttou\t5", "pinyin"), ("头痛\ttou t0ng\t5", "pinyin"), ("头\ttou\t0", "weight")],
)
def test_a_broken_list_names_its_line(tmp_path: Path, line: str, field: str) -> None:
    file = tmp_path / "words.txt"
    file.write_text(f"# list\n{line}\n", encoding="utf-8")
    with pytest.raises(AssetError) as caught:
        read_words(file)
    assert (caught.value.entry, caught.value.field) == ("line 2", field)
