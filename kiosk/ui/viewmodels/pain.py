"""How strong the pain is: eleven numbers, or six faces for young children and whoever prefers pictures."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.dialogue import pain_scale
from kiosk.domain.dialogue.events import PainScored, TalkPressed, TalkReleased, TalkTapped
from kiosk.domain.pain import NUMBERS_FROM_AGE, WORST
from kiosk.domain.visit import Speech, State
from kiosk.ui.viewmodels.listening import hearing_problem
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

NO_IDEA = -1
_NOT_ANSWERED = -2
_FACES = (0, 2, 4, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class ScoreTile:
    """`icon` is empty for a number; `said` is what a screen reader says."""

    score: int
    text: str
    icon: str
    said: str


@dataclass(frozen=True, slots=True)
class PainProps:
    """`chosen` is the answer given before: a score, -1 for "no idea", -2 for none yet."""

    title: str = ""
    helper: str = ""
    faces: bool = False
    tiles: tuple[ScoreTile, ...] = ()
    other: str = ""
    chosen: int = _NOT_ANSWERED
    has_speech: bool = False
    listening: bool = False
    recognising: bool = False
    live_words: str = ""
    problem: str = ""


def derive(inputs: Inputs, faces: bool | None = None) -> PainProps:
    """`faces` is what the patient asked for, None follows the age."""
    state, tr = inputs.state, inputs.tr
    if not pain_scale.is_shown(state):
        return PainProps()
    young = state.patient.age is not None and state.patient.age < NUMBERS_FROM_AGE
    by_face = young if faces is None else faces
    return PainProps(
        title=tr("How strong is the pain now?"),
        helper=tr("Tap the face that feels the same.")
        if by_face
        else tr("0 is no pain, 10 is the worst you can think of."),
        faces=by_face,
        tiles=_faces(tr) if by_face else _numbers(tr),
        other=tr("Numbers instead") if by_face else tr("Faces instead"),
        chosen=_chosen(state),
        has_speech=state.can_hear,
        listening=state.speech is Speech.LISTENING,
        recognising=state.speech is Speech.RECOGNISING,
        live_words=inputs.kept(state.live_words),
        problem=hearing_problem(state, tr),
    )


def _helper(by_face: bool, tr: Translate) -> str:
    if by_face:
        return tr("Tap the face that feels the same.")
    return tr("0 is no pain, 10 is the worst you can think of.")


def _numbers(tr: Translate) -> tuple[ScoreTile, ...]:
    said = tr("Pain {score} of 10")
    return tuple(ScoreTile(score, str(score), "", said.format(score=score)) for score in range(WORST + 1))


def _faces(tr: Translate) -> tuple[ScoreTile, ...]:
    words = (
        tr("No pain"),
        tr("A tiny bit"),
        tr("A little more"),
        tr("It hurts"),
        tr("It hurts a lot"),
        tr("The worst pain"),
    )
    return tuple(ScoreTile(score, text, f"pain{score}", text) for score, text in zip(_FACES, words, strict=True))


def _chosen(state: State) -> int:
    if not state.pains_scored:
        return _NOT_ANSWERED
    return NO_IDEA if state.pain_score is None else state.pain_score


@QmlElement
@QmlUncreatable("made by the kiosk")
class PainViewModel(ViewModel):
    blank = PainProps
    derive = staticmethod(derive)
    _props: PainProps
    _faces: bool | None = None
    _inputs: Inputs | None = None

    titleChanged = Signal()
    helperChanged = Signal()
    facesChanged = Signal()
    tilesChanged = Signal()
    otherChanged = Signal()
    chosenChanged = Signal()
    hasSpeechChanged = Signal()
    listeningChanged = Signal()
    recognisingChanged = Signal()
    liveWordsChanged = Signal()
    problemChanged = Signal()

    def show(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self.swap(derive(inputs, self._faces))

    def clear(self) -> None:
        """The next patient's age decides again."""
        self._faces, self._inputs = None, None
        super().clear()

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self._props.title

    @Property(str, notify=helperChanged)
    def helper(self) -> str:
        return self._props.helper

    @Property(bool, notify=facesChanged)
    def faces(self) -> bool:
        return self._props.faces

    @Property("QVariantList", notify=tilesChanged)
    def tiles(self) -> list[dict[str, Any]]:
        """[{score, text, icon, said}], weakest first."""
        return [asdict(tile) for tile in self._props.tiles]

    @Property(str, notify=otherChanged)
    def other(self) -> str:
        return self._props.other

    @Property(int, notify=chosenChanged)
    def chosen(self) -> int:
        return self._props.chosen

    @Property(bool, notify=hasSpeechChanged)
    def hasSpeech(self) -> bool:
        return self._props.has_speech

    @Property(bool, notify=listeningChanged)
    def listening(self) -> bool:
        return self._props.listening

    @Property(bool, notify=recognisingChanged)
    def recognising(self) -> bool:
        return self._props.recognising

    @Property(str, notify=liveWordsChanged)
    def liveWords(self) -> str:
        return self._props.live_words

    @Property(str, notify=problemChanged)
    def problem(self) -> str:
        return self._props.problem

    @Slot(int)
    def score(self, score: int) -> None:
        """A number from 0 to 10, or -1 for "no idea"."""
        self.send(PainScored(at=self.clock(), score=None if score == NO_IDEA else score))

    @Slot()
    def switchScale(self) -> None:
        """Faces instead of numbers and back."""
        self._faces = not self._props.faces
        if self._inputs is not None:
            self.swap(derive(self._inputs, self._faces))

    @Slot()
    def talkPressed(self) -> None:
        self.send(TalkPressed(at=self.clock()))

    @Slot()
    def talkTapped(self) -> None:
        self.send(TalkTapped(at=self.clock()))

    @Slot()
    def talkReleased(self) -> None:
        self.send(TalkReleased(at=self.clock()))
