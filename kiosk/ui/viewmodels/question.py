"""One question at a time, with the answer given before shown as chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.dialogue.events import Answered, TalkPressed, TalkReleased, TalkTapped
from kiosk.domain.findings import Source, Status
from kiosk.domain.visit import Speech, State
from kiosk.ui.viewmodels.listening import hearing_problem
from kiosk.ui.viewmodels.view_model import Inputs, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class QuestionProps:
    """`chosen` is the status already answered: present, absent, unsure or empty; `said` quotes the patient."""

    code: str = ""
    title: str = ""
    said: str = ""
    hint: str = ""
    icon: str = ""
    chosen: str = ""
    has_speech: bool = False
    listening: bool = False
    recognising: bool = False
    live_words: str = ""
    problem: str = ""


def derive(inputs: Inputs) -> QuestionProps:
    state, tr = inputs.state, inputs.tr
    symptom = state.clinic.knowledge.symptoms.get(state.question)
    if symptom is None:
        return QuestionProps()
    return QuestionProps(
        code=symptom.code,
        title=tr(symptom.question),
        said=_words(inputs),
        hint=tr(symptom.hint),
        icon=symptom.icon,
        chosen=_chosen(state),
        has_speech=state.can_hear,
        listening=state.speech is Speech.LISTENING,
        recognising=state.speech is Speech.RECOGNISING,
        live_words=inputs.kept(state.live_words),
        problem=hearing_problem(state, tr),
    )


def _words(inputs: Inputs) -> str:
    """The patient's words that a model took for what is asked; without them the question would come out of nowhere."""
    state, tr = inputs.state, inputs.tr
    words = next((finding.text for finding in state.proposed if finding.code == state.question), "")
    return tr('You said "{words}"').format(words=inputs.kept(words)) if words else ""


def _chosen(state: State) -> str:
    finding = state.findings.get(state.question)
    return finding.status.value if finding and finding.source is Source.ANSWER else ""


@QmlElement
@QmlUncreatable("made by the kiosk")
class QuestionViewModel(ViewModel):
    blank = QuestionProps
    derive = staticmethod(derive)
    _props: QuestionProps

    codeChanged = Signal()
    titleChanged = Signal()
    saidChanged = Signal()
    hintChanged = Signal()
    iconChanged = Signal()
    chosenChanged = Signal()
    hasSpeechChanged = Signal()
    listeningChanged = Signal()
    recognisingChanged = Signal()
    liveWordsChanged = Signal()
    problemChanged = Signal()

    @Property(str, notify=codeChanged)
    def code(self) -> str:
        return self._props.code

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self._props.title

    @Property(str, notify=saidChanged)
    def said(self) -> str:
        return self._props.said

    @Property(str, notify=hintChanged)
    def hint(self) -> str:
        return self._props.hint

    @Property(str, notify=iconChanged)
    def icon(self) -> str:
        return self._props.icon

    @Property(str, notify=chosenChanged)
    def chosen(self) -> str:
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

    @Slot(str, str)
    def answer(self, code: str, status: str) -> None:
        """`code` is the question that was on the screen, so that a late tap cannot answer the next one."""
        self.send(Answered(at=self.clock(), code=code, status=Status(status)))

    @Slot()
    def talkPressed(self) -> None:
        self.send(TalkPressed(at=self.clock()))

    @Slot()
    def talkTapped(self) -> None:
        self.send(TalkTapped(at=self.clock()))

    @Slot()
    def talkReleased(self) -> None:
        self.send(TalkReleased(at=self.clock()))
