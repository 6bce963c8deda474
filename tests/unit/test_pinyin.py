"""Letters become the words of a complaint: whole phrases first, nothing learned, broken lists named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.adapters.pinyin import (
    LONGEST_INPUT,
    Completion,
    Completions,
    Entry,
    KeyboardWords,
    Pinyin,
    phrases_of,
    read_words,
)
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language

KEYBOARD = paths.assets() / "keyboard"
WORDS = KEYBOARD / "words.txt"


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
    assert (first.text, first.used) == (word, len(letters))


def test_a_word_is_offered_before_its_letters_are_complete(pinyin: Pinyin) -> None:
    assert pinyin.candidates("tout")[0].text in ("头痛", "头疼")
    assert "三天" in [candidate.text for candidate in pinyin.candidates("sant")]


def test_initials_are_enough(pinyin: Pinyin) -> None:
    assert {"头痛", "头疼"} <= {candidate.text for candidate in pinyin.candidates("tt")}


def test_shorter_words_follow_and_say_how_many_letters_they_use(pinyin: Pinyin) -> None:
    used = {candidate.text: candidate.used for candidate in pinyin.candidates("toutong")}
    assert used["头痛"] == 7
    assert used["头"] == 3


def test_letters_that_fit_no_word_give_nothing() -> None:
    one_word = Pinyin([Entry("头", ("tou",), 9)])
    assert one_word.candidates("") == ()
    assert one_word.candidates("xxx") == ()
    assert one_word.candidates("touxxx")[0].text == "头xxx"


def test_a_long_input_is_cut_and_answered(pinyin: Pinyin) -> None:
    assert pinyin.candidates("toutong" * 40, limit=3)[0].used == LONGEST_INPUT


def test_asking_twice_changes_nothing(pinyin: Pinyin) -> None:
    before = pinyin.candidates("tong")
    pinyin.candidates("toutong")
    assert pinyin.candidates("tong") == before


def test_letters_deleted_and_typed_again_mean_the_same(whole: KeyboardWords) -> None:
    straight = whole.candidates("xigaiteng")
    whole.forget()
    for letters in ("xigaitong", "xigait", "xigaitengg", "xig", "xigaiteng"):
        detour = whole.candidates(letters)
    assert detour == straight


def test_a_symptoms_form_is_spelled_by_its_longest_words() -> None:
    words = [Entry("睡不着", ("shui", "bu", "zhao"), 5), Entry("着", ("zhe",), 9), Entry("觉", ("jiao",), 5)]
    assert Pinyin(words, ["睡不着觉"]).candidates("shuibuzhaojiao")[0].text == "睡不着觉"


@pytest.fixture(scope="module")
def whole(shipped: KnowledgeBase) -> KeyboardWords:
    """The keyboard as the kiosk has it."""
    return KeyboardWords.load(KEYBOARD, shipped)


@pytest.mark.parametrize(
    ("letters", "meant"),
    [
        ("toutongsantian", "头痛三天"),
        ("wofashaosantianle", "我发烧三天了"),
        ("sangziteng", "嗓子疼"),
        ("meiyoufashao", "没有发烧"),
        ("tengdelihai", "疼得厉害"),
        ("xianshitoutong", "先是头痛"),
        ("fangan", "反感"),
        ("gaoxueya", "高血压"),
        ("zuogect", "做个CT"),
        ("bchao", "B超"),
        ("paixguang", "拍X光"),
    ],
)
def test_a_phrase_is_offered_as_a_whole(whole: KeyboardWords, letters: str, meant: str) -> None:
    assert meant in [candidate.text for candidate in whole.candidates(letters)[:3]]


@pytest.mark.parametrize(
    ("letters", "meant", "slip"),
    [
        ("zuizhong", "嘴肿", "nothing wrong"),
        ("zuizong", "嘴肿", "z for zh"),
        ("sangziten", "嗓子疼", "en for eng"),
        ("lailai", "奶奶", "l for n"),
        ("liulaitou", "流奶头", "l for n in the middle"),
        ("fuxikunnan", "呼吸困难", "f for h"),
        ("toutng", "头痛", "a missing letter"),
        ("touttong", "头痛", "a doubled letter"),
        ("routong", "头痛", "a neighbour's key"),
        ("duziten", "肚子疼", "a missing last letter"),
        ("fsahao", "发烧", "two letters exchanged"),
    ],
)
def test_slips_and_accents_are_understood(whole: KeyboardWords, letters: str, meant: str, slip: str) -> None:
    assert meant in [candidate.text for candidate in whole.candidates(letters)[:9]], slip


@pytest.mark.parametrize(("letters", "meant"), [("tt", "头疼"), ("fs", "发烧"), ("ks", "咳嗽"), ("dzt", "肚子疼")])
def test_first_letters_are_enough_for_what_patients_say(whole: KeyboardWords, letters: str, meant: str) -> None:
    assert meant in [candidate.text for candidate in whole.candidates(letters)[:5]]


def test_a_mark_parts_two_syllables(whole: KeyboardWords) -> None:
    assert whole.candidates("xi'an")[0].text != whole.candidates("xian")[0].text
    assert whole.candidates("'")[:1] == ()


def test_every_character_of_a_sound_can_be_reached(whole: KeyboardWords) -> None:
    offered = {candidate.text for candidate in whole.candidates("teng")}
    assert {"疼", "藤", "腾", "滕"} <= offered


def test_nothing_is_learned(shipped: KnowledgeBase, whole: KeyboardWords) -> None:
    before = whole.candidates("tong")
    for _ in range(50):
        whole.candidates("tongxue")
    whole.forget()
    assert whole.candidates("tong") == before
    assert whole.candidates("tong") == KeyboardWords.load(KEYBOARD, shipped).candidates("tong")


def test_every_chinese_form_of_the_knowledge_base_can_be_typed(
    entries: tuple[Entry, ...], shipped: KnowledgeBase
) -> None:
    characters = {entry.word for entry in entries if len(entry.word) == 1}
    forms = phrases_of(shipped, Language.ZH)
    missing = {c for form in forms for c in form if "\u4e00" <= c <= "\u9fff"} - characters
    assert missing == set()


def test_knowledge_forms_are_offered_by_their_whole_sound(whole: KeyboardWords) -> None:
    assert whole.candidates("xigaiteng")[0].text == "膝盖疼"
    assert whole.completions("my kn", Language.EN)


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


def test_a_symptoms_name_goes_on_before_its_other_forms() -> None:
    names = {Language.EN: frozenset({"knee pain"})}
    phrases = {Language.EN: ("my knee op", "knee op", "Knee pain")}
    offered = [completion.text for completion in Completions(phrases, names).after("my kn", Language.EN)]
    assert offered == ["Knee pain", "my knee op", "knee op"]


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
