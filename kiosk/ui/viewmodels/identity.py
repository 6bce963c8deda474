"""Who the visit is for: by a card, a document's number, phone and birth date, or without a name; sex."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.appointments import AppointmentProblem
from kiosk.domain.card_reading import CardState
from kiosk.domain.dialogue.events import (
    Keyed,
    Next,
    PaperChosen,
    SexChosen,
    WithCard,
    WithDocument,
    WithoutName,
    WithPhone,
)
from kiosk.domain.dialogue.identification import BIRTH_DIGITS
from kiosk.domain.identity_numbers import PaperForm
from kiosk.domain.patient import Sex, valid_phone
from kiosk.domain.scanned import grouped
from kiosk.domain.visit import Screen, State
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_PHONE_CUTS = (0, 3, 7, 11, 15)
_CARD_CUTS = (0, 6, 10, 14, 18)
_BIRTH_CUTS = (0, 4, 6, 8)
_OPEN_DIGIT = "_"


@dataclass(frozen=True, slots=True)
class WhoProps:
    can_use_card: bool = False


def derive_who(inputs: Inputs) -> WhoProps:
    return WhoProps(can_use_card=inputs.state.clinic.card_reader)


@dataclass(frozen=True, slots=True)
class CardProps:
    """`done`: a card was read. Nothing on the page says whose."""

    title: str = ""
    hint: str = ""
    done: bool = False


def derive_card(inputs: Inputs) -> CardProps:
    tr = inputs.tr
    match inputs.state.card:
        case CardState.WAITING:
            return CardProps(tr("Put the ID card on the reader"), tr("Leave it there until this page changes."))
        case CardState.READING:
            return CardProps(tr("Reading the card…"), tr("Please leave it where it is."))
        case CardState.FAILED:
            return CardProps(tr("The card could not be read"), tr("Lift it and put it back flat, or type the number."))
        case CardState.NO_READER:
            return CardProps(tr("The reader does not answer"), tr("Type the number, or go back for another way."))
        case CardState.DONE:
            return CardProps(tr("The card was read"), tr("Please take it back."), done=True)


@dataclass(frozen=True, slots=True)
class PapersProps:
    """Nothing: the papers are the same for everybody."""


def derive_papers(inputs: Inputs) -> PapersProps:
    return PapersProps()


@dataclass(frozen=True, slots=True)
class PadProps:
    """One number to type. `digits` is grouped for reading, `problem` says what to do, empty when all is well."""

    title: str = ""
    helper: str = ""
    digits: str = ""
    placeholder: bool = True
    problem: str = ""
    can_go_on: bool = False
    can_skip: bool = False


def derive_pad(inputs: Inputs) -> PadProps:
    state, tr = inputs.state, inputs.tr
    match state.screen:
        case Screen.PHONE:
            return PadProps(
                title=tr("What is the phone number?"),
                helper=tr("The hospital uses it to find the records."),
                digits=_grouped(state.phone, _PHONE_CUTS),
                placeholder=not state.phone,
                problem=_problem(state, tr),
                can_go_on=valid_phone(state.phone),
                can_skip=True,
            )
        case Screen.BIRTH:
            return PadProps(
                title=tr("When was the patient born?"),
                helper=tr("Year, month, day, for example 1962 03 15"),
                digits=_birth_shown(state.birth_digits, tr),
                placeholder=not state.birth_digits,
                problem=_problem(state, tr),
                can_go_on=len(state.birth_digits) == BIRTH_DIGITS,
            )
        case Screen.AGE:
            return PadProps(
                title=tr("How old is the patient?"),
                helper=tr("For a baby under one year, type 0."),
                digits=state.age_digits,
                placeholder=not state.age_digits,
                problem=_problem(state, tr),
                can_go_on=bool(state.age_digits),
            )
        case Screen.DOCUMENT:
            return PadProps(
                title=_paper_title(state, tr),
                helper=_paper_helper(state, tr),
                digits=_grouped(state.document_number, _CARD_CUTS),
                placeholder=not state.document_number,
                problem=_problem(state, tr),
                can_go_on=bool(state.document_number),
            )
        case Screen.CODE:
            return PadProps(
                title=tr("Show your code to the scanner"),
                helper=tr("Or type the number on the slip."),
                digits=grouped(state.code_digits),
                placeholder=not state.code_digits,
                problem=_code_problem(state, tr),
                can_go_on=bool(state.code_digits) and not state.looking,
            )
        case _:
            return PadProps()


def _paper_title(state: State, tr: Translate) -> str:
    match state.paper:
        case PaperForm.CARD:
            return tr("What is the number on the card?")
        case PaperForm.TRAVEL_PERMIT:
            return tr("What is the number of the travel permit?")
        case PaperForm.PASSPORT:
            return tr("What is the number of the passport?")


def _paper_helper(state: State, tr: Translate) -> str:
    match state.paper:
        case PaperForm.CARD:
            return tr("18 digits, the last may be an X")
        case PaperForm.TRAVEL_PERMIT:
            return tr("H or M and 8 digits, or 8 digits")
        case PaperForm.PASSPORT:
            return tr("Letters and digits, for example E12345678")


def _code_problem(state: State, tr: Translate) -> str:
    """What happened to the code, and what to do next."""
    if state.looking:
        return tr("Looking it up…")
    match state.appointment_problem:
        case None:
            return ""
        case AppointmentProblem.INSURANCE:
            return tr("This is an insurance code. Start a visit, then show it once you have agreed.")
        case AppointmentProblem.NOT_FOUND:
            return tr("Nothing is found for this. Look again or ask the desk.")
        case AppointmentProblem.EXPIRED:
            return tr("This slip is over. Start a new visit or ask the desk.")
        case AppointmentProblem.HIS_DOWN:
            return tr("This cannot be looked up now. The desk can.")
        case AppointmentProblem.NOT_NOW:
            return tr("This cannot be looked up now. The desk can.")
        case _:
            return tr("This is no code of this hospital. Try another or ask the desk.")


def _problem(state: State, tr: Translate) -> str:
    match state.input_problem:
        case "phone":
            return tr("The number looks too short. Please look again.")
        case "birth":
            return tr("Please give year, month and day, eight digits.")
        case "age":
            return tr("Please type the age in years.")
        case "number_old":
            return tr("That is an old number. Please type the 18 digits.")
        case "number_form":
            return tr("That does not look like such a number. Please look again.")
        case "number_check_digit" | "number_birth_date":
            return tr("One digit seems wrong. Please look again.")
        case _:
            return ""


def _grouped(digits: str, cuts: tuple[int, ...]) -> str:
    return " ".join(part for start, end in pairwise(cuts) if (part := digits[start:end]))


def _birth_shown(digits: str, tr: Translate) -> str:
    padded = digits.ljust(BIRTH_DIGITS, _OPEN_DIGIT)
    year, month, day = (padded[start:end] for start, end in pairwise(_BIRTH_CUTS))
    return tr("{year} / {month} / {day}").format(year=year, month=month, day=day)


@dataclass(frozen=True, slots=True)
class SexProps:
    """`chosen` is female, male, or empty."""

    chosen: str = ""


def derive_sex(inputs: Inputs) -> SexProps:
    sex = inputs.state.patient.sex
    return SexProps(chosen=sex.value if sex else "")


@QmlElement
@QmlUncreatable("made by the kiosk")
class WhoViewModel(ViewModel):
    blank = WhoProps
    derive = staticmethod(derive_who)
    _props: WhoProps

    canUseCardChanged = Signal()

    @Property(bool, notify=canUseCardChanged)
    def canUseCard(self) -> bool:
        return self._props.can_use_card

    @Slot()
    def withCard(self) -> None:
        self.send(WithCard(at=self.clock()))

    @Slot()
    def withPhone(self) -> None:
        self.send(WithPhone(at=self.clock()))

    @Slot()
    def withoutName(self) -> None:
        self.send(WithoutName(at=self.clock()))


@QmlElement
@QmlUncreatable("made by the kiosk")
class CardViewModel(ViewModel):
    blank = CardProps
    derive = staticmethod(derive_card)
    _props: CardProps

    titleChanged = Signal()
    hintChanged = Signal()
    doneChanged = Signal()

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self._props.title

    @Property(str, notify=hintChanged)
    def hint(self) -> str:
        return self._props.hint

    @Property(bool, notify=doneChanged)
    def done(self) -> bool:
        return self._props.done

    @Slot()
    def goOn(self) -> None:
        """On with the card that was read, or to typing where there is none."""
        self.send(Next(at=self.clock()) if self._props.done else WithDocument(at=self.clock()))


@QmlElement
@QmlUncreatable("made by the kiosk")
class PapersViewModel(ViewModel):
    blank = PapersProps
    derive = staticmethod(derive_papers)
    _props: PapersProps

    @Slot(str)
    def choose(self, form: str) -> None:
        """A PaperForm."""
        self.send(PaperChosen(at=self.clock(), form=PaperForm(form)))


@QmlElement
@QmlUncreatable("made by the kiosk")
class PadViewModel(ViewModel):
    """Serves the PHONE, BIRTH, AGE, DOCUMENT and CODE screens."""

    blank = PadProps
    derive = staticmethod(derive_pad)
    _props: PadProps

    titleChanged = Signal()
    helperChanged = Signal()
    digitsChanged = Signal()
    placeholderChanged = Signal()
    problemChanged = Signal()
    canGoOnChanged = Signal()
    canSkipChanged = Signal()

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self._props.title

    @Property(str, notify=helperChanged)
    def helper(self) -> str:
        return self._props.helper

    @Property(str, notify=digitsChanged)
    def digits(self) -> str:
        return self._props.digits

    @Property(bool, notify=placeholderChanged)
    def placeholder(self) -> bool:
        """Nothing was typed yet."""
        return self._props.placeholder

    @Property(str, notify=problemChanged)
    def problem(self) -> str:
        return self._props.problem

    @Property(bool, notify=canGoOnChanged)
    def canGoOn(self) -> bool:
        return self._props.can_go_on

    @Property(bool, notify=canSkipChanged)
    def canSkip(self) -> bool:
        """The visit can go on without a name from here."""
        return self._props.can_skip

    @Slot(str)
    def key(self, digit: str) -> None:
        self.send(Keyed(at=self.clock(), digit=digit))

    @Slot()
    def deleteDigit(self) -> None:
        self.send(Keyed(at=self.clock(), digit=""))

    @Slot()
    def next(self) -> None:
        self.send(Next(at=self.clock()))

    @Slot()
    def skip(self) -> None:
        self.send(WithoutName(at=self.clock()))


@QmlElement
@QmlUncreatable("made by the kiosk")
class SexViewModel(ViewModel):
    blank = SexProps
    derive = staticmethod(derive_sex)
    _props: SexProps

    chosenChanged = Signal()

    @Property(str, notify=chosenChanged)
    def chosen(self) -> str:
        return self._props.chosen

    @Slot(str)
    def choose(self, sex: str) -> None:
        """female, male, or empty for "rather not say"."""
        self.send(SexChosen(at=self.clock(), sex=Sex(sex) if sex else None))
