"""Typing what is wrong: what is written, the letters not yet turned into Chinese, and the words on offer."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.adapters.pinyin import Candidate, Completion
from kiosk.domain.dialogue.events import Event, Typed
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language
from kiosk.domain.visit import Screen, State
from kiosk.ui.viewmodels.draft import (
    LONGEST_TEXT,
    Draft,
    Shift,
    chosen,
    completed,
    emptied,
    erased,
    erased_after,
    erased_syllable,
    keyed,
    moved,
    printable,
    settled,
    shifted,
)
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel
from kiosk.ui.viewmodels.writing_help import HelpLoader, NoHelp, WritingHelp

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

PAGE = 9
"""Words handed to the screen at once; it shows those that fit."""
MACHINE_KEYS = 12
MACHINE_S = 0.3
"""So many keys within so many seconds come from a scanner; the Enter that ends them is nobody's "done"."""


@dataclass(frozen=True, slots=True)
class Typing:
    """All that this screen knows beside the state: the draft, what "delete all" took, and where each page began."""

    draft: Draft
    deleted: Draft | None = None
    pages: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class WritingProps:
    """`text` and `after` stand on the two sides of the cursor, `letters` between them.

    `candidates` stand for the letters and begin with number `first_candidate` of all; `suggestions` go on from the
    text. Both are shown by their words.
    """

    text: str = ""
    letters: str = ""
    after: str = ""
    chinese: bool = True
    candidates: tuple[Candidate, ...] = ()
    first_candidate: int = 0
    more_candidates: bool = False
    suggestions: tuple[Completion, ...] = ()
    problem: str = ""
    can_finish: bool = False
    can_delete_all: bool = False
    can_undo: bool = False
    capitals: bool = False
    capitals_locked: bool = False


def derive(typing: Typing, state: State, tr: Translate, help_: WritingHelp) -> WritingProps:
    draft, first = typing.draft, typing.pages[-1]
    words = tuple(help_.candidates(draft.letters)) if draft.letters else ()
    suggest = draft.room > 0 and not draft.letters and not draft.after
    written = bool((draft.text + draft.after).strip() or draft.letters)
    return WritingProps(
        text=draft.text,
        letters=draft.letters,
        after=draft.after,
        chinese=draft.chinese,
        candidates=words[first : first + PAGE],
        first_candidate=first,
        more_candidates=len(words) > 1,
        suggestions=tuple(help_.completions(draft.text, draft.language)) if suggest else (),
        problem=_problem(state, draft, tr),
        can_finish=written,
        can_delete_all=written,
        can_undo=typing.deleted is not None and not written,
        capitals=draft.shift is not Shift.OFF,
        capitals_locked=draft.shift is Shift.LOCKED,
    )


def _problem(state: State, draft: Draft, tr: Translate) -> str:
    if draft.room <= 0:
        return tr("That is all that fits. Please press Done.")
    return tr("Please write a few words first.") if state.input_problem == "empty" else ""


@QmlElement
@QmlUncreatable("made by the kiosk")
class TypingViewModel(ViewModel):
    """Keeps the draft only while the typing screen is shown; `help_` is read from the assets when it is not given."""

    blank = WritingProps
    _props: WritingProps

    textChanged = Signal()
    lettersChanged = Signal()
    afterChanged = Signal()
    chineseChanged = Signal()
    candidatesChanged = Signal()
    firstCandidateChanged = Signal()
    moreCandidatesChanged = Signal()
    suggestionsChanged = Signal()
    problemChanged = Signal()
    canFinishChanged = Signal()
    canDeleteAllChanged = Signal()
    canUndoChanged = Signal()
    capitalsChanged = Signal()
    capitalsLockedChanged = Signal()

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
        self._loader = HelpLoader()
        self._typing = Typing(Draft())
        self._inputs: Inputs | None = None
        self._key_times: deque[float] = deque(maxlen=MACHINE_KEYS)

    def prepare(self, knowledge: KnowledgeBase) -> None:
        """Begin to read the word lists, so that nobody waits for them at the keyboard."""
        if self._help is None:
            self._loader.start(knowledge)

    def show(self, inputs: Inputs) -> None:
        state = inputs.state
        if state.screen is not Screen.TYPING:
            self.clear()
            return
        chinese = state.language is Language.ZH
        if self._inputs is None:
            self._typing = Typing(Draft(text=printable(state.heard)[:LONGEST_TEXT], chinese=chinese))
        elif self._inputs.state.language is not state.language:
            self._typing = Typing(replace(self._settled(), chinese=chinese))
        self._inputs = inputs
        self._refresh()

    def clear(self) -> None:
        """Nothing that was typed outlives the screen."""
        if self._inputs is not None:
            self._words().forget()
            self._key_times.clear()
        self._inputs, self._typing = None, Typing(Draft())
        super().clear()

    def _words(self) -> WritingHelp:
        if self._help is None and self._inputs is not None:
            self._help = self._loader.get(self._inputs.state.clinic.knowledge)
        return self._help or NoHelp()

    def _settled(self) -> Draft:
        return settled(self._typing.draft, self._words())

    def _refresh(self) -> None:
        if self._inputs is not None:
            self.swap(derive(self._typing, self._inputs.state, self._inputs.tr, self._words()))

    def _change(self, draft: Draft) -> None:
        """A new draft begins at the first page; what was deleted comes back only as long as nothing is written."""
        if draft == self._typing.draft:
            return
        nothing = not draft.text and not draft.letters and not draft.after
        self._typing = Typing(draft, self._typing.deleted if nothing else None)
        self._refresh()

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self._props.text

    @Property(str, notify=lettersChanged)
    def letters(self) -> str:
        return self._props.letters

    @Property(str, notify=afterChanged)
    def after(self) -> str:
        return self._props.after

    @Property(bool, notify=chineseChanged)
    def chinese(self) -> bool:
        return self._props.chinese

    @Property("QVariantList", notify=candidatesChanged)
    def candidates(self) -> list[dict[str, Any]]:
        """[{text, used}]"""
        return [asdict(candidate) for candidate in self._props.candidates]

    @Property(int, notify=firstCandidateChanged)
    def firstCandidate(self) -> int:
        return self._props.first_candidate

    @Property(bool, notify=moreCandidatesChanged)
    def moreCandidates(self) -> bool:
        return self._props.more_candidates

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

    @Property(bool, notify=canDeleteAllChanged)
    def canDeleteAll(self) -> bool:
        return self._props.can_delete_all

    @Property(bool, notify=canUndoChanged)
    def canUndo(self) -> bool:
        return self._props.can_undo

    @Property(bool, notify=capitalsChanged)
    def capitals(self) -> bool:
        """Keys write capital letters now."""
        return self._props.capitals

    @Property(bool, notify=capitalsLockedChanged)
    def capitalsLocked(self) -> bool:
        return self._props.capitals_locked

    @Slot(str)
    def key(self, key: str) -> None:
        """What a key writes, on the screen or on a real keyboard; a scanner or a paste may bring much at once."""
        draft = self._typing.draft
        for character in printable(key)[:LONGEST_TEXT]:
            draft = keyed(draft, character, self._words())
        self._key_times.append(self.clock())
        self._change(draft)

    @Slot()
    def erase(self) -> None:
        self._change(erased(self._typing.draft))

    @Slot()
    def eraseAfter(self) -> None:
        self._change(erased_after(self._typing.draft))

    @Slot()
    def eraseSyllable(self) -> None:
        """The last syllable of pinyin, or the word before the cursor."""
        self._change(erased_syllable(self._typing.draft))

    @Slot()
    def deleteAll(self) -> None:
        if self._props.can_delete_all:
            self._typing = Typing(emptied(self._typing.draft), deleted=self._typing.draft)
            self._refresh()

    @Slot()
    def undo(self) -> None:
        """Bring back what "delete all" took."""
        if self._typing.deleted is not None:
            self._change(self._typing.deleted)

    @Slot(int)
    def move(self, steps: int) -> None:
        """The cursor by that many characters; a large number is an end of the text."""
        self._change(moved(self._typing.draft, steps, self._words()))

    @Slot()
    def shift(self) -> None:
        self._change(shifted(self._typing.draft))

    @Slot(int)
    def nextPage(self, shown: int) -> None:
        """The words after the `shown` ones; after the last ones the first again."""
        pages, first = self._typing.pages, self._typing.pages[-1] + max(1, shown)
        known = len(self._words().candidates(self._typing.draft.letters))
        self._typing = replace(self._typing, pages=(*pages, first) if first < known else (0,))
        self._refresh()

    @Slot()
    def previousPage(self) -> None:
        self._typing = replace(self._typing, pages=self._typing.pages[:-1] or (0,))
        self._refresh()

    @Slot()
    def switchLanguage(self) -> None:
        taken = self._settled()
        self._change(replace(taken, chinese=not taken.chinese))

    @Slot(int)
    def choose(self, index: int) -> None:
        """Take the candidate with that place in `candidates`."""
        if 0 <= index < len(self._props.candidates):
            self._change(chosen(self._typing.draft, self._props.candidates[index]))

    @Slot(int)
    def complete(self, index: int) -> None:
        """Take the suggestion with that place in `suggestions`."""
        if 0 <= index < len(self._props.suggestions):
            self._change(completed(self._typing.draft, self._props.suggestions[index]))

    @Slot()
    def enter(self) -> None:
        """Enter on a real keyboard; a scanner's Enter is left alone."""
        times = self._key_times
        by_machine = len(times) == MACHINE_KEYS and self.clock() - times[0] < MACHINE_S
        if not by_machine:
            self.done()

    @Slot()
    def done(self) -> None:
        """Waiting letters become words, then the text goes to the dialogue."""
        self._change(self._settled())
        self.send(Typed(at=self.clock(), text=self._typing.draft.text + self._typing.draft.after))
