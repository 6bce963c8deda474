"""What was heard against what was said: error rates, what the visit took of it, and how listening began and ended."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from kiosk.domain.language import Language
from kiosk.training.speech.errors import distance
from kiosk.training.speech.lexicon import lexicon
from kiosk.training.speech.sentences import Sentences
from tests.heard.said import Kind, Said

Row = Mapping[str, Any]
EARLY_S = 0.1
_OPPOSITE = {"present": "absent", "absent": "present"}


@dataclass(slots=True)
class Words:
    """`errors` of `words`, and of `characters` without spaces; `exact` of `utterances`."""

    utterances: int = 0
    exact: int = 0
    words: int = 0
    errors: int = 0
    characters: int = 0
    character_errors: int = 0

    def add(self, language: Language, said: str, heard: str) -> None:
        cut = Sentences(language, {}, lexicon(language).words).cut
        wanted, got = cut(said), cut(heard)
        plain, plain_got = "".join(wanted), "".join(got)
        self.utterances += 1
        self.exact += wanted == got
        self.words += len(wanted)
        self.errors += distance(wanted, got)
        self.characters += len(plain)
        self.character_errors += distance(list(plain), list(plain_got))


@dataclass(slots=True)
class Slots:
    """Of what the visit should hold: `right`, the `opposite` of it, or nothing. `invented`: what nobody said."""

    wanted: int = 0
    right: int = 0
    opposite: int = 0
    invented: int = 0
    typed: int = 0
    """Right when the same words are typed: more cannot be expected of the voice."""


@dataclass(slots=True)
class Answers:
    """Answers taken as they were meant, taken as another one, or asked for again."""

    said: int = 0
    right: int = 0
    wrong: int = 0
    again: int = 0


@dataclass(slots=True)
class Figures:
    """One language in one condition. `early`: the words were not over; `held_open`: listening did not end by itself;
    `holes` and `lost_s`: sound that the virtual microphone lost."""

    language: str
    condition: str
    seen: Words = field(default_factory=Words)
    new: Words = field(default_factory=Words)
    seen_slots: Slots = field(default_factory=Slots)
    new_slots: Slots = field(default_factory=Slots)
    phrases: Answers = field(default_factory=Answers)
    more_words: Answers = field(default_factory=Answers)
    scores: Answers = field(default_factory=Answers)
    early: int = 0
    held_open: int = 0
    silent: int = 0
    story_end_s: float | None = None
    answer_end_s: float | None = None
    holes: int = 0
    lost_s: float = 0.0


def figures_of(language: Language, condition: str, said: Iterable[Said], rows: Sequence[Row]) -> Figures:
    figures = Figures(language.value, condition)
    by_id = {row["id"]: row for row in rows if row["condition"] == condition}
    ends: dict[bool, list[float]] = {True: [], False: []}
    for one in said:
        row = by_id.get(one.id)
        if row is None:
            continue
        figures.early += row["early_s"] > EARLY_S
        figures.held_open += row["late"]
        figures.silent += not row["transcript"]
        figures.holes += row["holes"]
        figures.lost_s += max(0.0, row["lost_s"] or 0.0)
        if not row["late"]:
            ends[one.kind is Kind.COMPLAINT].append(row["after_words_s"])
        if one.kind is Kind.COMPLAINT:
            (figures.seen if one.seen else figures.new).add(language, one.text, row["transcript"])
            _count_slots(figures.seen_slots if one.seen else figures.new_slots, one, row)
        else:
            of = figures.scores if one.kind is Kind.SCORE else figures.phrases if one.seen else figures.more_words
            _count_answer(of, one, row)
    figures.story_end_s, figures.answer_end_s = (_median(ends[story]) for story in (True, False))
    figures.lost_s = round(figures.lost_s, 2)
    return figures


def _median(values: Sequence[float]) -> float | None:
    return round(statistics.median(values), 2) if values else None


def _count_slots(slots: Slots, one: Said, row: Row) -> None:
    for code, status in one.expected.items():
        slots.wanted += 1
        slots.right += row["findings"].get(code) == status
        slots.opposite += row["findings"].get(code) == _OPPOSITE.get(status)
        slots.typed += row["typed"].get(code) == status
    slots.invented += len(row["findings"].keys() - row["typed"].keys() - one.expected.keys())


def _count_answer(answers: Answers, one: Said, row: Row) -> None:
    answers.said += 1
    if row["answered"] is None:
        answers.again += 1
    elif row["answered"] == one.expected[""]:
        answers.right += 1
    else:
        answers.wrong += 1


def table(all_figures: Sequence[Figures]) -> str:
    """Markdown: what was heard of complaints, then answers, and how listening began and ended."""
    return "\n".join(
        [
            "| | wrong words: seen | new | wrong characters: seen | new | findings: seen | new | invented | opposite |",
            "|---|---|---|---|---|---|---|---|---|",
            *map(_complaints, all_figures),
            "",
            "| | answers: right | wrong | again | more than an answer: taken for one | asked again | ended too early "
            "| did not end by itself | nothing heard | a story ends after | an answer ends after | holes |",
            "|---|---|---|---|---|---|---|---|---|---|---|---|",
            *map(_answers, all_figures),
            "",
        ]
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def _complaints(figures: Figures) -> str:
    seen, new, seen_slots, new_slots = figures.seen, figures.new, figures.seen_slots, figures.new_slots
    cells = [
        f"`{figures.language}` {figures.condition}",
        *(_share(words.errors, words.words) for words in (seen, new)),
        *(_share(words.character_errors, words.characters) for words in (seen, new)),
        *(f"{slots.right}/{slots.wanted}" for slots in (seen_slots, new_slots)),
        str(seen_slots.invented + new_slots.invented),
        str(seen_slots.opposite + new_slots.opposite),
    ]
    return f"| {' | '.join(cells)} |"


def _answers(figures: Figures) -> str:
    phrases, scores = figures.phrases, figures.scores
    known = Answers(*(getattr(phrases, name) + getattr(scores, name) for name in ("said", "right", "wrong", "again")))
    ends = (figures.story_end_s, figures.answer_end_s)
    cells = [
        f"`{figures.language}` {figures.condition}",
        f"{known.right}/{known.said} | {known.wrong} | {known.again}",
        f"{figures.more_words.wrong}/{figures.more_words.said} | {figures.more_words.again}",
        *(str(count) for count in (figures.early, figures.held_open, figures.silent)),
        *("–" if end is None else f"{end:.1f} s" for end in ends),
        str(figures.holes),
    ]
    return f"| {' | '.join(cells)} |"


def as_json(all_figures: Sequence[Figures]) -> list[dict[str, Any]]:
    return [asdict(figures) for figures in all_figures]
