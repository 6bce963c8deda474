"""What was understood, said back; then how urgent it is and where to go, with the patient's own words as the reason."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.assessment import DepartmentScore
from kiosk.domain.dialogue import on_offer
from kiosk.domain.dialogue.events import DepartmentChosen, Next, NurseCalled, SayAgain
from kiosk.domain.findings import Finding, Status
from kiosk.domain.knowledge import Level
from kiosk.domain.visit import State
from kiosk.ui.viewmodels.phrasing import (
    begun,
    duration_said,
    finding_name,
    listed,
    mid_sentence,
    reason_said,
    shortened,
    width,
)
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_LONGEST_PLACE = 36
"""A way that is longer than one line belongs on the slip."""
_LONGEST_QUOTE = 160

_GLYPHS = {Level.I: "nurse", Level.II: "sit", Level.III: "clock", Level.IV: "clock"}


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """`kind` is present, absent, unsure or fact, which gives the line its icon."""

    kind: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class SummaryProps:
    quote: str = ""
    lines: tuple[SummaryLine, ...] = ()


def derive_summary(inputs: Inputs) -> SummaryProps:
    state, tr = inputs.state, inputs.tr
    findings = tuple(state.findings.values())
    lines = (
        SummaryLine("present", tr("You have"), _names(state, findings, Status.PRESENT, tr)),
        SummaryLine("fact", tr("For how long"), _durations(state, findings, tr)),
        SummaryLine("absent", tr("You do not have"), _names(state, findings, Status.ABSENT, tr)),
        SummaryLine("unsure", tr("Not sure about"), _names(state, findings, Status.UNSURE, tr)),
    )
    said = tuple(line for line in lines if line.text)
    return SummaryProps(quote=inputs.kept(shortened(state.complaint, _LONGEST_QUOTE)), lines=said)


def _names(state: State, findings: tuple[Finding, ...], status: Status, tr: Translate) -> str:
    names = [finding_name(state, finding.code, tr) for finding in findings if finding.status is status]
    return listed([begun(names[0]), *map(mid_sentence, names[1:])], tr) if names else ""


def _durations(state: State, findings: tuple[Finding, ...], tr: Translate) -> str:
    """One duration stands alone; different ones say what they belong to."""
    lasting = [f for f in findings if f.duration_hours is not None and f.status is Status.PRESENT]
    said = [(f.code, duration_said(f.duration_hours, tr)) for f in lasting if f.duration_hours is not None]
    if len({duration for _, duration in said}) == 1:
        return said[0][1]
    named = [
        tr("{finding}: {duration}").format(finding=finding_name(state, code, tr), duration=duration)
        for code, duration in said
    ]
    return begun(listed(named, tr))


@dataclass(frozen=True, slots=True)
class Door:
    """One department to choose; `reason`, `place` and `wait` are empty when there is nothing to say."""

    code: str
    name: str
    icon: str
    reason: str
    place: str
    wait: str
    best: bool


@dataclass(frozen=True, slots=True)
class ResultProps:
    """`level` gives colour and shape, `glyph` its picture; a patient never reads the numeral."""

    title: str = ""
    level: int = int(Level.IV)
    glyph: str = ""
    level_text: str = ""
    level_hint: str = ""
    staff_check: bool = False
    doors: tuple[Door, ...] = ()
    choose_text: str = ""


def derive_result(inputs: Inputs) -> ResultProps:
    state, tr = inputs.state, inputs.tr
    assessment = state.assessment
    if assessment is None:
        return ResultProps()
    doors = _doors(inputs)
    hidden = bool(doors) and state.clinic.knowledge.departments[doors[0].code].sensitive
    text, hint = _level_said(assessment.level, _is_night_door(state, doors), tr)
    return ResultProps(
        title=_title(doors, hidden, tr),
        level=int(assessment.level),
        glyph=_GLYPHS[assessment.level],
        level_text=text,
        level_hint=hint,
        staff_check=assessment.staff_check,
        doors=doors,
        choose_text=_choose_text(doors, hidden, tr),
    )


def _title(doors: tuple[Door, ...], hidden: bool, tr: Translate) -> str:
    """From behind, a sensitive department must not be readable."""
    if not doors:
        return tr("Please ask a nurse")
    return tr("We suggest going here") if hidden else tr("We suggest {department}").format(department=doors[0].name)


def _choose_text(doors: tuple[Door, ...], hidden: bool, tr: Translate) -> str:
    if not doors:
        return ""
    return tr("Choose this one") if hidden else tr("Choose {department}").format(department=doors[0].name)


def _is_night_door(state: State, doors: tuple[Door, ...]) -> bool:
    """True when emergency stands first although nothing is urgent: no clinic that suits is open."""
    return bool(doors) and state.clinic.knowledge.departments[doors[0].code].emergency


def _level_said(level: Level, can_wait_for_clinic: bool, tr: Translate) -> tuple[str, str]:
    """The level as something to do, and what to do when it gets worse."""
    match level:
        case Level.I:
            return tr("Please stay here. A nurse is coming."), tr("If it gets worse, call out loudly.")
        case Level.II:
            return tr("Please sit down. A nurse will see you now."), tr("If it gets worse, call out loudly.")
        case Level.III:
            return tr("Seen today: please stay in the hospital"), tr("If it gets worse, call a nurse at once.")
        case Level.IV if can_wait_for_clinic:
            text = tr("Not urgent: wait for the clinic to open, or be seen in emergency now")
            return text, tr("If it gets worse, call a nurse at once.")
        case Level.IV:
            return tr("Not urgent: today is soon enough"), tr("If it gets worse, call a nurse at once.")


def _doors(inputs: Inputs) -> tuple[Door, ...]:
    """The three best departments this hospital has; general practice when triage names none."""
    scores = on_offer.departments(inputs.state)
    return tuple(_door(inputs, score, best=index == 0) for index, score in enumerate(scores))


def _door(inputs: Inputs, score: DepartmentScore, *, best: bool) -> Door:
    state, tr = inputs.state, inputs.tr
    department = state.clinic.knowledge.departments[score.code]
    place = _where(inputs, score.code)
    return Door(
        code=score.code,
        name=tr(department.name),
        icon=department.icon,
        reason=inputs.kept(_reason(state, score, tr)),
        place=place if width(place) <= _LONGEST_PLACE else "",
        wait=_wait(state, score.code, tr),
        best=best,
    )


def _where(inputs: Inputs, department: str) -> str:
    """Floor and room; the way itself where the hospital names no more and it is one line."""
    listed = (found.where for found in inputs.state.clinic.directory if found.code == department)
    where = next(listed, None) or inputs.ways.get(department)
    said = inputs.tr(where) if where else ""
    return "" if "\n" in said else said


def _reason(state: State, score: DepartmentScore, tr: Translate) -> str:
    """A routing rule decides before words do, so it is named first."""
    if score.reason is not None:
        return tr(score.reason)
    return reason_said(state, score.findings, tr) or tr("They see this kind of complaint too")


def _wait(state: State, department: str, tr: Translate) -> str:
    """Known once the free times of a department have arrived; never guessed."""
    if state.offer is None or state.offer.department != department or state.offer.wait_minutes is None:
        return ""
    return tr("about {minutes} min").format(minutes=state.offer.wait_minutes)


@QmlElement
@QmlUncreatable("made by the kiosk")
class SummaryViewModel(ViewModel):
    blank = SummaryProps
    derive = staticmethod(derive_summary)
    _props: SummaryProps

    quoteChanged = Signal()
    linesChanged = Signal()

    @Property(str, notify=quoteChanged)
    def quote(self) -> str:
        return self._props.quote

    @Property("QVariantList", notify=linesChanged)
    def lines(self) -> list[dict[str, Any]]:
        """[{kind, label, text}]"""
        return [asdict(line) for line in self._props.lines]

    @Slot()
    def next(self) -> None:
        self.send(Next(at=self.clock()))

    @Slot()
    def change(self) -> None:
        self.send(SayAgain(at=self.clock()))


@QmlElement
@QmlUncreatable("made by the kiosk")
class ResultViewModel(ViewModel):
    blank = ResultProps
    derive = staticmethod(derive_result)
    _props: ResultProps

    titleChanged = Signal()
    levelChanged = Signal()
    glyphChanged = Signal()
    levelTextChanged = Signal()
    levelHintChanged = Signal()
    staffCheckChanged = Signal()
    doorsChanged = Signal()
    chooseTextChanged = Signal()

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self._props.title

    @Property(int, notify=levelChanged)
    def level(self) -> int:
        return self._props.level

    @Property(str, notify=glyphChanged)
    def glyph(self) -> str:
        return self._props.glyph

    @Property(str, notify=levelTextChanged)
    def levelText(self) -> str:
        return self._props.level_text

    @Property(str, notify=levelHintChanged)
    def levelHint(self) -> str:
        return self._props.level_hint

    @Property(bool, notify=staffCheckChanged)
    def staffCheck(self) -> bool:
        return self._props.staff_check

    @Property("QVariantList", notify=doorsChanged)
    def doors(self) -> list[dict[str, Any]]:
        """[{code, name, icon, reason, place, wait, best}], the best first, at most three."""
        return [asdict(door) for door in self._props.doors]

    @Property(str, notify=chooseTextChanged)
    def chooseText(self) -> str:
        return self._props.choose_text

    @Slot(str)
    def choose(self, code: str) -> None:
        self.send(DepartmentChosen(at=self.clock(), code=code))

    @Slot()
    def chooseBest(self) -> None:
        if self._props.doors:
            self.choose(self._props.doors[0].code)

    @Slot()
    def askNurse(self) -> None:
        self.send(NurseCalled(at=self.clock()))
