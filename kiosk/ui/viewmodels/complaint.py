"""What is wrong: by voice, by a tile of common complaints, or by choosing symptoms of one tile."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.dialogue import on_offer
from kiosk.domain.dialogue.events import (
    BodyOpened,
    ComplaintPicked,
    FindingTapped,
    Next,
    TalkPressed,
    TalkReleased,
    TalkTapped,
    TypingOpened,
)
from kiosk.domain.dialogue.interview import picked_danger
from kiosk.domain.hearing import Hearing
from kiosk.domain.knowledge import Complaint
from kiosk.domain.visit import Speech, State
from kiosk.ui.viewmodels.listening import advice_said, hearing_problem
from kiosk.ui.viewmodels.phrasing import begun
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel
from kiosk.ui.viewmodels.writing import TypingViewModel

__all__ = ["ComplaintViewModel", "PickViewModel", "TypingViewModel"]

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

TILES_PER_PAGE = 8
METER_BARS = 30


@dataclass(frozen=True, slots=True)
class ComplaintTileProps:
    code: str
    text: str
    icon: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ComplaintProps:
    """`status` says what the microphone does, `advice` how loud it is; `tiles` are one page of complaints."""

    has_speech: bool = False
    can_type: bool = True
    listening: bool = False
    recognising: bool = False
    status: str = ""
    advice: str = ""
    live_words: str = ""
    problem: str = ""
    levels: tuple[float, ...] = ()
    tiles: tuple[ComplaintTileProps, ...] = ()
    has_more: bool = False
    has_body: bool = False
    touch_first: bool = False


def derive_complaint(inputs: Inputs, page: int = 0) -> ComplaintProps:
    state, tr = inputs.state, inputs.tr
    complaints = state.clinic.knowledge.complaints
    listening = state.speech is Speech.LISTENING
    return ComplaintProps(
        has_speech=state.can_hear,
        can_type=state.locale.is_understood,
        listening=listening,
        recognising=state.speech is Speech.RECOGNISING,
        status=_speech_status(state, tr),
        advice=advice_said(inputs.advice, tr) if listening else "",
        live_words=inputs.kept(state.live_words),
        problem=hearing_problem(state, tr),
        levels=_meter(inputs.levels if listening else ()),
        tiles=_tiles(state, complaints, page, tr),
        has_more=len(complaints) > TILES_PER_PAGE,
        has_body=bool(state.clinic.knowledge.body.places),
        touch_first=state.touch_first,
    )


def _speech_status(state: State, tr: Translate) -> str:
    match state.speech:
        case Speech.LISTENING:
            return tr("Listening")
        case Speech.RECOGNISING:
            return tr("One moment, understanding…")
        case _ if state.input_problem in (Hearing.MUTE, Hearing.NO_MICROPHONE):
            return ""
        case _:
            return tr("Say it in your own words")


def _meter(levels: tuple[float, ...]) -> tuple[float, ...]:
    """Always the same number of bars; silence before the first sound."""
    shown = tuple(min(1.0, max(0.0, level)) for level in levels[-METER_BARS:])
    return (0.0,) * (METER_BARS - len(shown)) + shown


def _tiles(state: State, complaints: tuple[Complaint, ...], page: int, tr: Translate) -> tuple[ComplaintTileProps, ...]:
    pages = max(1, -(-len(complaints) // TILES_PER_PAGE))
    start = page % pages * TILES_PER_PAGE
    return tuple(
        ComplaintTileProps(
            complaint.code,
            tr(complaint.name),
            complaint.icon,
            any(code in state.picked for code in complaint.findings),
        )
        for complaint in complaints[start : start + TILES_PER_PAGE]
    )


@dataclass(frozen=True, slots=True)
class PickRow:
    code: str
    text: str
    icon: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PickProps:
    """`group` is the name of the tile or danger; symptoms that cannot apply to this patient are left out."""

    group: str = ""
    icon: str = ""
    rows: tuple[PickRow, ...] = ()
    chosen_count: int = 0
    done: str = ""
    problem: str = ""


def derive_pick(inputs: Inputs) -> PickProps:
    state, tr = inputs.state, inputs.tr
    danger = picked_danger(state)
    complaint = next((c for c in state.clinic.knowledge.complaints if c.code == state.picking), None)
    group = danger or complaint
    if group is None:
        return PickProps()
    rows = _pick_rows(state, tr)
    chosen = sum(row.chosen for row in rows) if danger else len(state.picked)
    return PickProps(
        group=tr(group.name),
        icon=group.icon,
        rows=rows,
        chosen_count=chosen,
        done=tr("Something like it, not quite") if danger and not chosen else tr("That is all, go on"),
        problem=tr("Please tap what fits, one is enough.") if state.input_problem == "pick" else "",
    )


def _pick_rows(state: State, tr: Translate) -> tuple[PickRow, ...]:
    symptoms = state.clinic.knowledge.symptoms
    return tuple(
        PickRow(code, begun(tr(symptoms[code].name)), symptoms[code].icon, code in state.picked)
        for code in on_offer.picks(state)
    )


@QmlElement
@QmlUncreatable("made by the kiosk")
class ComplaintViewModel(ViewModel):
    blank = ComplaintProps
    derive = staticmethod(derive_complaint)
    _props: ComplaintProps
    _page = 0
    _inputs: Inputs | None = None

    hasSpeechChanged = Signal()
    canTypeChanged = Signal()
    listeningChanged = Signal()
    recognisingChanged = Signal()
    statusChanged = Signal()
    adviceChanged = Signal()
    liveWordsChanged = Signal()
    problemChanged = Signal()
    levelsChanged = Signal()
    tilesChanged = Signal()
    hasMoreChanged = Signal()
    hasBodyChanged = Signal()
    touchFirstChanged = Signal()

    def show(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self.swap(derive_complaint(inputs, self._page))

    def clear(self) -> None:
        """The next visit to the screen begins with the first page of tiles."""
        self._page, self._inputs = 0, None
        super().clear()

    @Property(bool, notify=hasSpeechChanged)
    def hasSpeech(self) -> bool:
        return self._props.has_speech

    @Property(bool, notify=canTypeChanged)
    def canType(self) -> bool:
        return self._props.can_type

    @Property(bool, notify=listeningChanged)
    def listening(self) -> bool:
        return self._props.listening

    @Property(bool, notify=recognisingChanged)
    def recognising(self) -> bool:
        return self._props.recognising

    @Property(str, notify=statusChanged)
    def status(self) -> str:
        return self._props.status

    @Property(str, notify=adviceChanged)
    def advice(self) -> str:
        return self._props.advice

    @Property(str, notify=liveWordsChanged)
    def liveWords(self) -> str:
        return self._props.live_words

    @Property(str, notify=problemChanged)
    def problem(self) -> str:
        return self._props.problem

    @Property("QVariantList", notify=levelsChanged)
    def levels(self) -> list[float]:
        """Loudness from 0 to 1, one number a bar, newest last."""
        return list(self._props.levels)

    @Property("QVariantList", notify=tilesChanged)
    def tiles(self) -> list[dict[str, Any]]:
        """[{code, text, icon, chosen}], at most eight."""
        return [asdict(tile) for tile in self._props.tiles]

    @Property(bool, notify=hasMoreChanged)
    def hasMore(self) -> bool:
        return self._props.has_more

    @Property(bool, notify=hasBodyChanged)
    def hasBody(self) -> bool:
        return self._props.has_body

    @Property(bool, notify=touchFirstChanged)
    def touchFirst(self) -> bool:
        return self._props.touch_first

    @Slot()
    def talkPressed(self) -> None:
        self.send(TalkPressed(at=self.clock()))

    @Slot()
    def talkTapped(self) -> None:
        self.send(TalkTapped(at=self.clock()))

    @Slot()
    def talkReleased(self) -> None:
        self.send(TalkReleased(at=self.clock()))

    @Slot()
    def openTyping(self) -> None:
        self.send(TypingOpened(at=self.clock()))

    @Slot()
    def showWhere(self) -> None:
        self.send(BodyOpened(at=self.clock()))

    @Slot(str)
    def pick(self, code: str) -> None:
        self.send(ComplaintPicked(at=self.clock(), code=code))

    @Slot()
    def more(self) -> None:
        """The next page of tiles; after the last comes the first."""
        self._page += 1
        if self._inputs is not None:
            self.swap(derive_complaint(self._inputs, self._page))


@QmlElement
@QmlUncreatable("made by the kiosk")
class PickViewModel(ViewModel):
    blank = PickProps
    derive = staticmethod(derive_pick)
    _props: PickProps

    groupChanged = Signal()
    iconChanged = Signal()
    rowsChanged = Signal()
    chosenCountChanged = Signal()
    doneChanged = Signal()
    problemChanged = Signal()

    @Property(str, notify=groupChanged)
    def group(self) -> str:
        return self._props.group

    @Property(str, notify=iconChanged)
    def icon(self) -> str:
        return self._props.icon

    @Property("QVariantList", notify=rowsChanged)
    def rows(self) -> list[dict[str, Any]]:
        """[{code, text, icon, chosen}]"""
        return [asdict(row) for row in self._props.rows]

    @Property(int, notify=chosenCountChanged)
    def chosenCount(self) -> int:
        """Of all tiles together; of a danger its own."""
        return self._props.chosen_count

    @Property(str, notify=doneChanged)
    def done(self) -> str:
        """The words of the button that goes on."""
        return self._props.done

    @Property(str, notify=problemChanged)
    def problem(self) -> str:
        return self._props.problem

    @Slot(str)
    def toggle(self, code: str) -> None:
        self.send(FindingTapped(at=self.clock(), code=code))

    @Slot()
    def next(self) -> None:
        self.send(Next(at=self.clock()))
