"""Random texts against understanding: no crash, spans inside the text, and never more time than length explains.

`python tests/fuzz/fuzz_understanding.py --seconds 600` ends with exit code 1 and the seed of the first text that fails;
`--seed N --rounds 1` plays that text again. Times are ratios of processor time to plain texts measured in the same run.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.lexicon import build_matcher
from kiosk.adapters.pinyin import read_words
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language
from kiosk.domain.matching import MAX_CHARACTERS
from kiosk.domain.understanding import understand

SLOWEST = 40.0
"""Times as long as a usual text of the same length; a quadratic reader is hundreds of times slower at full length."""

_JUNK = "０１２３。，！?;\n\t\u200b\ufeff\ud800👩‍⚕️é‘’'\"()[]{}<>%/\\-—~零一二三四五六七八九十百岁天个月度mgx "


def pieces(knowledge: KnowledgeBase, language: Language) -> list[str]:
    """Everything that means something in a language: forms, cues, words of sites, senses and combinations."""
    table = knowledge.composition
    found = [form for symptom in knowledge.symptoms.values() for form in symptom.forms[language]]
    cues = knowledge.cues[language]
    found += [*cues.negation, *cues.negation_after, *cues.doubt, *cues.other_person, *cues.past, *cues.scope_end]
    found += [word for part in (*table.sites.values(), *table.senses.values()) for word in part.words[language]]
    found += [word for c in table.combinations if c.language is language for group in c.groups for word in group]
    return found


def random_text(chance: random.Random, words: Sequence[str], language: Language) -> str:
    """A mixture, or one short pattern over and over, which is what makes careless readers quadratic."""
    length = int(10 ** chance.uniform(0.5, 4.3))
    glue = "" if language is Language.ZH else " "
    if chance.random() < 0.4:
        pattern = glue.join(chance.choices(words, k=chance.randint(1, 4))) + chance.choice(["", *_JUNK])
        return (pattern * (length // max(1, len(pattern)) + 1))[:length]
    parts: list[str] = []
    size = 0
    while size < length:
        part = chance.choice(words) if chance.random() < 0.7 else "".join(chance.choices(_JUNK, k=chance.randint(1, 9)))
        parts.append(part)
        size += len(part) + len(glue)
    return glue.join(parts)[:length]


def seconds_for(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=0, help="texts to play; 0 is as many as the time allows")
    given = parser.parse_args()
    knowledge = load_knowledge(paths.assets() / "knowledge")
    match = build_matcher(knowledge, read_words(paths.assets() / "keyboard" / "words.txt"))
    gc.freeze()  # a collection of the whole content would count as some text's time
    words = {language: pieces(knowledge, language) for language in Language}
    usual = {Language.ZH: "我今天有点头疼，没有发烧。" * 80, Language.EN: "I have a headache today but no fever. " * 30}
    per_character = {
        language: statistics.median(
            seconds_for(lambda: understand(text, language, knowledge, match)) / len(text)  # noqa: B023
            for _ in range(15)
        )
        for language, text in usual.items()
    }
    slowest = 0.0
    seed, end = given.seed, time.monotonic() + given.seconds
    while time.monotonic() < end and (not given.rounds or seed < given.seed + given.rounds):
        chance = random.Random(seed)  # noqa: S311
        language = chance.choice(list(Language))
        text = random_text(chance, words[language], language)
        began = time.process_time()
        found = understand(text, language, knowledge, match)
        took = time.process_time() - began
        ratio = took / (per_character[language] * max(len(text), 400))
        slowest = max(slowest, ratio)
        for finding in found:
            start, stop = finding.span or (0, 0)
            if not 0 <= start <= stop <= min(len(text), MAX_CHARACTERS) or text[start:stop] != finding.text:
                return _failed(seed, f"span of {finding.code}")
        if ratio > SLOWEST:
            return _failed(seed, f"{took:.2f} s for {len(text)} characters, {ratio:.0f} times the usual")
        seed += 1
    sys.stdout.write(f"{seed - given.seed} texts, slowest {slowest:.1f} times a usual text of its length\n")
    return 0


def _failed(seed: int, what: str) -> int:
    sys.stdout.write(f"seed {seed}: {what}\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
