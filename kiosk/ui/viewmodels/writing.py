"""Typing what is wrong: what is written, the letters not yet turned into Chinese, and the words on offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk import logs, paths
from kiosk.adapters.pinyin import Candidate, Completion, KeyboardWords
from kiosk.domain.dialogue.events import Event, Typed
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language
from kiosk.domain.visit import Screen, State
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

facts = logs.get(__name__)

LONGEST_TEXT = 200
"""Characters; more does not fit the field and is not needed."""


class WritingHelp(Protocol):
    """Where the words on offer come from."""

    def candidates(self, letters: str) -> Sequence[Candidate]: ...

    def completions(self, text: str, language: Language) -> Sequence[Completion]: ...


class NoHelp:
    """Letters stay letters: without word lists a patient can still type."""

    def candidates(self, letters: str) -> Sequence[Candidate]:
        return ()

    def completions(self, text: str, language: Language) -> Sequence[Completion]:
        return ()


def help_from_assets(knowledge: KnowledgeBase) -> WritingHelp:
    """The word lists of this kiosk; a broken list costs the words on offer, not the screen."""
    file = paths.assets() / "keyboard" / "words.txt"
    try:
        return KeyboardWords.load(file, knowledge)
    except (AssetError, OSError) as error:
        facts.error("keyboard_words_failed", file=file.name, kind=type(error).__name__)
        return NoHelp()


@dataclass(frozen=True, slots=True)
class Draft:
    """`letters` are pinyin that waits for a choice; it is only used when `chinese`."""

    text: str = ""
    letters: str = ""
    chinese: bool = True

    @property
    def language(self) -> Language:
        return Language.ZH if self.chinese else Language.EN


def keyed(draft: Draft, key: str, help_: WritingHelp) -> Draft:
    """One printable key. In Chinese a letter waits for a choice, anything else first takes the best word on offer."""
    if draft.chinese and key.isascii() and key.isalpha():
        return replace(draft, letters=(draft.letters + key.lower())[:LONGEST_TEXT])
    if draft.letters and key == " ":
        return settled(draft, help_)
    taken = settled(draft, help_)
    return replace(taken, text=(taken.text + key)[:LONGEST_TEXT])


def erased(draft: Draft) -> Draft:
    """Delete the last letter, or the last character when no letter waits."""
    if draft.letters:
        return replace(draft, letters=draft.letters[:-1])
    return replace(draft, text=draft.text[:-1])


def chosen(draft: Draft, candidate: Candidate) -> Draft:
    text = (draft.text + candidate.text)[:LONGEST_TEXT]
    return replace(draft, text=text, letters=draft.letters[candidate.used :])


def settled(draft: Draft, help_: WritingHelp) -> Draft:
    """Turn every waiting letter into the best words; letters that mean nothing stay as they are."""
    while draft.letters:
        best = next(iter(help_.candidates(draft.letters)), None)
        draft = chosen(draft, best or Candidate(draft.letters, len(draft.letters)))
    return draft


def completed(draft: Draft, completion: Completion) -> Draft:
    kept = draft.text[: len(draft.text) - completion.replaces]
    after = "" if draft.chinese else " "
    return replace(draft, text=(kept + completion.text + after)[:LONGEST_TEXT])


@dataclass(frozen=True, slots=True)
class WritingProps:
    """`candidates` stand for the waiting letters, `suggestions` go on from the text; both are shown by their words."""

    text: str = ""
    letters: str = ""
    chinese: bool = True
    candidates: tuple[Candidate, ...] = ()
    suggestions: tuple[Completion, ...] = ()
    problem: str = ""
    can_finish: bool = False


def derive(draft: Draft, state: State, tr: Translate, help_: WritingHelp) -> WritingProps:
    return WritingProps(
        text=draft.text,
        letters=draft.letters,
        chinese=draft.chinese,
        candidates=tuple(help_.candidates(draft.letters)) if draft.letters else (),
        suggestions=() if draft.letters else tuple(help_.completions(draft.text, draft.language)),
        problem=tr("Please write a few words first.") if state.input_problem == "empty" else "",
        can_finish=bool(draft.text.strip() or draft.letters),
    )


@QmlElement
@QmlUncreatable("made by the kiosk")
class TypingViewModel(ViewModel):
    """Keeps the draft only while the typing screen is shown; `help_` is read from the assets when it is not given."""

    blank = WritingProps
    _props: WritingProps

    textChanged = Signal()
    lettersChanged = Signal()
    chineseChanged = Signal()
    candidatesChanged = Signal()
    suggestionsChanged = Signal()
    problemChanged = Signal()
    canFinishChanged = Signal()

    def __init__(
        self,
        send: Callable[[Event], None],
        clock: Callable[[], float],
        wall: Callable[[], datetime],
        parent: QObject | None = None,
        *,
        help_: WritingHelp | None = None,
    ) -> None:
        super().__init__(send, clock, wall, parent)
        self._help = help_
        self._draft = Draft()
        self._inputs: Inputs | None = None

    def show(self, inputs: Inputs) -> None:
        state = inputs.state
        if state.screen is not Screen.TYPING:
            self.clear()
            return
        if self._inputs is None:
            self._draft = Draft(text=state.heard, chinese=state.language is Language.ZH)
        elif self._inputs.state.language is not state.language:
            self._draft = replace(self._settled(), chinese=state.language is Language.ZH)
        self._inputs = inputs
        self._refresh()

    def clear(self) -> None:
        """Nothing that was typed outlives the screen."""
        self._inputs, self._draft = None, Draft()
        super().clear()

    def _words(self) -> WritingHelp:
        if self._help is None:
            self._help = help_from_assets(self._inputs.state.clinic.knowledge) if self._inputs else NoHelp()
        return self._help

    def _settled(self) -> Draft:
        return settled(self._draft, self._words())

    def _refresh(self) -> None:
        if self._inputs is not None:
            self.swap(derive(self._draft, self._inputs.state, self._inputs.tr, self._words()))

    def _change(self, draft: Draft) -> None:
        self._draft = draft
        self._refresh()

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self._props.text

    @Property(str, notify=lettersChanged)
    def letters(self) -> str:
        return self._props.letters

    @Property(bool, notify=chineseChanged)
    def chinese(self) -> bool:
        return self._props.chinese

    @Property("QVariantList", notify=candidatesChanged)
    def candidates(self) -> list[dict[str, Any]]:
        """[{text, used}]"""
        return [asdict(candidate) for candidate in self._props.candidates]

    @Property("QVariantList", notify=suggestionsChanged)
    def suggestions(self) -> list[dict[str, Any]]:
        """[{text, replaces}]"""
        return [asdict(suggestion) for suggestion in self._props.suggestions]

    @Property(str, notify=problemChanged)
    def problem(self) -> str:
        return self._props.problem

    @Property(bool, notify=canFinishChanged)
    def canFinish(self) -> bool:
        return self._props.can_finish

    @Slot(str)
    def key(self, key: str) -> None:
        """One printable character, from the screen or from a real keyboard."""
        if key.isprintable() and key:
            self._change(keyed(self._draft, key, self._words()))

    @Slot()
    def erase(self) -> None:
        self._change(erased(self._draft))

    @Slot()
    def switchLanguage(self) -> None:
        taken = self._settled()
        self._change(replace(taken, chinese=not taken.chinese))

    @Slot(int)
    def choose(self, index: int) -> None:
        """Take the candidate with that place in `candidates`."""
        if 0 <= index < len(self._props.candidates):
            self._change(chosen(self._draft, self._props.candidates[index]))

    @Slot(int)
    def complete(self, index: int) -> None:
        """Take the suggestion with that place in `suggestions`."""
        if 0 <= index < len(self._props.suggestions):
            self._change(completed(self._draft, self._props.suggestions[index]))

    @Slot()
    def done(self) -> None:
        """Waiting letters become words, then the text goes to the dialogue."""
        self._change(self._settled())
        self.send(Typed(at=self.clock(), text=self._draft.text))
