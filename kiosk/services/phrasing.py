"""Wording by a language model: a plainer question, a note, an answer from given texts, a translation.

Whatever is refused is replaced by what rules or people wrote, so that there is always something to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.domain.generation import Cancellation, Finish, Generated, ModelError, Prompt, Request
from kiosk.domain.guard_meaning import Reads
from kiosk.domain.guard_rails import LONGEST_WORDING, Guard, Refusal
from kiosk.domain.guard_translation import translation_refusals
from kiosk.domain.language import Language
from kiosk.services.ports import TextGenerator
from kiosk.services.reading import PROBLEM_OF
from kiosk.wire import text_grammars
from kiosk.wire.prompt_sheet import CONTROL, PromptSheet

REWORD, NOTE, FAQ, TRANSLATE = "reword", "note", "faq", "translate"
_NOTE_TIMES = 2
_LONGEST_TRANSLATION = {Language.ZH: 2, Language.EN: 6}

Alarms = Callable[[str, Language], bool]
"""Whether words alone are an emergency, by the rules."""


@dataclass(frozen=True, slots=True)
class Phrased:
    """`text` may be shown; it is the model's where `refusals` is empty. `written` is what the model wrote.

    `sources` are, for an answer from given texts, their places in the list.
    """

    text: str = field(repr=False)
    refusals: tuple[Refusal, ...] = ()
    written: str = field(default="", repr=False)
    sources: tuple[int, ...] = ()
    tokens: int = 0
    seconds: float = 0.0


class Phrasing:
    """The tasks of assets/prompts that write for people. `read` is the lexicon. Raises ModelError."""

    def __init__(
        self,
        generator: TextGenerator,
        sheets: Mapping[str, PromptSheet],
        guard: Guard,
        read: Reads,
        alarms: Alarms,
        seed: int = 1,
    ) -> None:
        self._generator = generator
        self._sheets = sheets
        self._guard = guard
        self._read = read
        self._alarms = alarms
        self._seed = seed

    def reword(self, question: str, language: Language, cancellation: Cancellation | None = None) -> Phrased:
        """The same question in plainer words, or the question as it is."""
        grammar = text_grammars.question(language, LONGEST_WORDING[language])
        written = self._written(REWORD, language, question, grammar, cancellation)
        return _kept(written, self._guard.question_refusals(written.text, language, question, self._read), question)

    def note(self, sentences: str, language: Language, cancellation: Cancellation | None = None) -> Phrased:
        """The rule's sentences (domain/note_sentence.py) so that they read well, or as they are."""
        most = _NOTE_TIMES * max(len(sentences), LONGEST_WORDING[language] // _NOTE_TIMES)
        written = self._written(NOTE, language, sentences, text_grammars.sentences(language, most), cancellation)
        return _kept(written, self._guard.note_refusals(written.text, language, sentences, self._read), sentences)

    def answer(
        self, question: str, passages: Sequence[str], language: Language, cancellation: Cancellation | None = None
    ) -> Phrased:
        """The passages that answer a question, word for word; an empty text hands over to staff.

        An emergency, a dose and a diagnosis are theirs without asking a model.
        """
        if not passages or self._guard.is_for_staff(question) or self._alarms(question, language):
            return Phrased("")
        listed = "\n".join(f"{number}. {passage.translate(CONTROL)}" for number, passage in enumerate(passages, 1))
        grammar = text_grammars.pointing(len(passages))
        written = self._written(FAQ, language, question, grammar, cancellation, passages=listed)
        sources = _pointed_at(written.text, len(passages))
        text = "\n".join(passages[place] for place in sources)
        return Phrased(text, (), written.text, sources, written.tokens, written.seconds)

    def translate(self, text: str, language: Language, cancellation: Cancellation | None = None) -> Phrased:
        """A patient's text in the other language, or no text; whoever shows it shows the original beside it."""
        target = Language.EN if language is Language.ZH else Language.ZH
        most = max(LONGEST_WORDING[target], _LONGEST_TRANSLATION[target] * len(text))
        grammar = text_grammars.free_text(target, min(most, 1500))
        written = self._written(TRANSLATE, language, text, grammar, cancellation)
        return _kept(written, translation_refusals(text, written.text, target, self._guard, self._read), "")

    def _written(
        self,
        task: str,
        language: Language,
        text: str,
        grammar: str,
        cancellation: Cancellation | None,
        **fields: str,
    ) -> Generated:
        sheet = self._sheets[task]
        prompt: Prompt = sheet.prompt(language, text, **fields)
        request = Request(prompt, grammar, sheet.limits.most_tokens, sheet.limits.most_s, seed=self._seed)
        written = self._generator.generate(request, cancellation or Cancellation())
        if written.finish is not Finish.STOP:
            raise ModelError(PROBLEM_OF[written.finish], f"{written.tokens} tokens")
        return written


def _kept(written: Generated, refusals: Iterable[Refusal], instead: str) -> Phrased:
    found = tuple(refusals)
    text = instead if found else written.text
    return Phrased(text, found, written.text, (), written.tokens, written.seconds)


def _pointed_at(untrusted: str, count: int) -> tuple[int, ...]:
    """Places from 0, each once; anything else than at most three numbers of the list is nothing."""
    places = {str(number): number - 1 for number in range(1, count + 1)}
    parts = untrusted.split(",", text_grammars.MOST_POINTED_AT)
    if len(parts) > text_grammars.MOST_POINTED_AT or not all(part in places for part in parts):
        return ()
    return tuple(dict.fromkeys(places[part] for part in parts))
