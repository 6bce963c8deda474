"""You said this. Right? The patient's words, and what was understood as chips that can be corrected by a tap."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.dialogue.events import Confirmed, FindingTapped, SayAgain, TypingOpened
from kiosk.domain.findings import Finding
from kiosk.domain.visit import State
from kiosk.ui.viewmodels.listening import incomplete
from kiosk.ui.viewmodels.phrasing import begun, duration_said, finding_said, shortened
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

MOST_CHIPS = 10
LONGEST_QUOTE = 240
"""Half of it in Chinese characters; more would push the chips off the screen."""


@dataclass(frozen=True, slots=True)
class UnderstoodChip:
    """`kind` is present, absent, unsure or fact; a fact (how long, how high) has no code and cannot be tapped."""

    code: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class ConfirmProps:
    quote: str = ""
    chips: tuple[UnderstoodChip, ...] = ()
    understood: bool = False
    has_speech: bool = False
    note: str = ""


def derive(inputs: Inputs) -> ConfirmProps:
    state = inputs.state
    chips = _chips(state, inputs.tr)
    return ConfirmProps(
        quote=inputs.kept(shortened(state.heard, LONGEST_QUOTE)),
        chips=chips,
        understood=bool(chips),
        has_speech=state.can_hear,
        note=incomplete(state.input_problem, inputs.tr),
    )


def _chips(state: State, tr: Translate) -> tuple[UnderstoodChip, ...]:
    """Findings in the order they were said, each followed by its new facts."""
    chips: list[UnderstoodChip] = []
    for finding in sorted(state.findings.values(), key=_said_at):
        chips.append(UnderstoodChip(finding.code, begun(finding_said(state, finding, tr)), finding.status.value))
        for fact in _facts(finding, tr):
            if fact not in chips:
                chips.append(fact)
    return tuple(chips[:MOST_CHIPS])


def _said_at(finding: Finding) -> int:
    return finding.span[0] if finding.span else len(finding.text) + 10_000


def _facts(finding: Finding, tr: Translate) -> tuple[UnderstoodChip, ...]:
    facts = []
    if finding.duration_hours is not None:
        facts.append(UnderstoodChip("", duration_said(finding.duration_hours, tr), "fact"))
    if finding.value is not None and finding.code == "fever":
        facts.append(UnderstoodChip("", f"{finding.value:.1f} °C", "fact"))
    return tuple(facts)


@QmlElement
@QmlUncreatable("made by the kiosk")
class ConfirmViewModel(ViewModel):
    blank = ConfirmProps
    derive = staticmethod(derive)
    _props: ConfirmProps

    quoteChanged = Signal()
    chipsChanged = Signal()
    understoodChanged = Signal()
    hasSpeechChanged = Signal()
    noteChanged = Signal()

    @Property(str, notify=quoteChanged)
    def quote(self) -> str:
        return self._props.quote

    @Property("QVariantList", notify=chipsChanged)
    def chips(self) -> list[dict[str, Any]]:
        """[{code, text, kind}]"""
        return [asdict(chip) for chip in self._props.chips]

    @Property(bool, notify=understoodChanged)
    def understood(self) -> bool:
        return self._props.understood

    @Property(bool, notify=hasSpeechChanged)
    def hasSpeech(self) -> bool:
        return self._props.has_speech

    @Property(str, notify=noteChanged)
    def note(self) -> str:
        """Why the words may not be all of them; usually empty."""
        return self._props.note

    @Slot()
    def confirm(self) -> None:
        self.send(Confirmed(at=self.clock()))

    @Slot()
    def sayAgain(self) -> None:
        self.send(SayAgain(at=self.clock()))

    @Slot()
    def edit(self) -> None:
        self.send(TypingOpened(at=self.clock()))

    @Slot(str)
    def toggle(self, code: str) -> None:
        if code:
            self.send(FindingTapped(at=self.clock(), code=code))
