"""The whole patient dialogue: advance(state, event) -> (state, effects).

Pure and total: every event is answered in every state, what makes no sense there changes nothing. After every event
that brings findings the red flags are judged again, so an emergency is caught on the words that tell of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.domain.dialogue import (
    appointments,
    directory,
    identification,
    interview,
    pointing,
    registration,
    spoken,
)
from kiosk.domain.dialogue.effects import (
    AlertDesk,
    ChangeLanguage,
    Effect,
    Forget,
    ReadAloud,
    ReleaseSlots,
    StopListening,
)
from kiosk.domain.dialogue.events import (
    AnotherPlace,
    Answered,
    AppointmentFound,
    AppointmentMissed,
    ArrivalTapped,
    Back,
    BodyOpened,
    BodyTurned,
    BookingAccepted,
    CancelTapped,
    CardChanged,
    CardRead,
    CheckedIn,
    CheckInFailed,
    CodeScanned,
    ComplaintPicked,
    Confirmed,
    ConsentGiven,
    ConsentRefused,
    DangerPicked,
    DepartmentChosen,
    DestinationChosen,
    Dictated,
    ElsewhereChosen,
    Ended,
    Event,
    FindingTapped,
    Heard,
    HisChanged,
    InsuranceGiven,
    KeepTapped,
    Keyed,
    LanguageChosen,
    LanguagesOpened,
    ModelAnswered,
    ModelChanged,
    MoveTapped,
    Next,
    NoDanger,
    NurseArrived,
    NurseCalled,
    OfferArrived,
    PainScored,
    PaperChosen,
    PatientFound,
    PlaceChosen,
    PrinterChanged,
    RepeatAsked,
    SayAgain,
    ServiceChosen,
    SexChosen,
    SideChosen,
    SlipFailed,
    SlipPrinted,
    SlipTaken,
    SlotChosen,
    SlotLost,
    SpeechChanged,
    Started,
    StillHere,
    TalkPressed,
    TalkReleased,
    TalkTapped,
    Tick,
    Touched,
    Typed,
    TypingOpened,
    WingChosen,
    WithCard,
    WithDocument,
    WithoutName,
    WithPhone,
)
from kiosk.domain.dialogue.step import Step, go
from kiosk.domain.hearing import Hearing
from kiosk.domain.scanned import CodeKind, recognised
from kiosk.domain.visit import Delivery, DeskReason, Screen, Speech, State

Handler = Callable[[State, Any], Step]

_RESTING = frozenset({Screen.ATTRACT, Screen.LANGUAGES})
_FINISHED = frozenset({Screen.FAREWELL, Screen.DESK, *directory.FINDING})
_NO_WAY_BACK = frozenset({Screen.ATTRACT, Screen.EMERGENCY, Screen.SLIP, Screen.FAREWELL, Screen.DESK})
_MACHINE_EVENTS = (
    Tick,
    SpeechChanged,
    HisChanged,
    PrinterChanged,
    OfferArrived,
    SlotLost,
    CheckedIn,
    CheckInFailed,
    AppointmentFound,
    AppointmentMissed,
    SlipPrinted,
    SlipFailed,
    ModelAnswered,
    ModelChanged,
    CardChanged,
    PatientFound,
)


def advance(state: State, event: Event) -> tuple[State, list[Effect]]:
    """One step of the dialogue; the given state is never changed."""
    if not isinstance(event, _MACHINE_EVENTS):
        state = replace(state, last_touch=event.at, warned_at=None)
    handler = _HANDLERS.get(type(event))
    if handler is None:
        return state, []
    after, effects = handler(state, event)
    if _spoke_to_another_page(state, event, after):
        effects = [*effects, StopListening(wanted=False)]
        after = replace(after, speech=Speech.READY, live_words="")
    after, alarms = _watched(state, after)
    after, reading = identification.reader_followed(state, after)
    return after, [*effects, *alarms, *reading]


def _spoke_to_another_page(before: State, event: Event, after: State) -> bool:
    """Words for one question must not answer the next, nor words in one language be read in another."""
    if before.speech not in (Speech.LISTENING, Speech.RECOGNISING) or (isinstance(event, Heard) and event.final):
        return False
    if after.speech is Speech.OFF:
        return False
    return (before.screen, before.question, before.language) != (after.screen, after.question, after.language)


def _watched(before: State, after: State) -> Step:
    """Judge what is new at once, whatever screen it came from."""
    if not after.visit_id or after.checked_in is not None or after.screen is Screen.EMERGENCY:
        return after, []
    if after.findings is not before.findings or after.patient != before.patient:
        after = replace(after, assessment=interview.judged(after))
    alarmed, effects = registration.emergency(after)
    return (alarmed, effects) if effects else registration.tell_staff(alarmed)


def fresh(state: State) -> State:
    """The first screen, with nothing of the last patient; what is known about the machine stays."""
    speech = Speech.OFF if state.speech is Speech.OFF else Speech.READY
    return State(
        clinic=state.clinic,
        language=state.clinic.default_language,
        speech=speech,
        his_up=state.his_up,
        his_locked_out=state.his_locked_out,
        printer_up=state.printer_up,
        model_up=state.model_up,
        last_touch=state.last_touch,
        misses=state.misses,
        missed_at=state.missed_at,
    )


def _forget(state: State, *, farewell: bool = False) -> Step:
    clean = fresh(state)
    if farewell:
        clean = replace(clean, screen=Screen.FAREWELL, language=state.language, tag=state.tag)
    effects: list[Effect] = [ReleaseSlots(state.visit_id)] if state.visit_id and state.checked_in is None else []
    effects.append(Forget(state.visit_id))
    if (clean.language, clean.tag) != (state.language, state.tag):
        effects.append(ChangeLanguage(clean.language, clean.tag))
    return clean, effects


def _tick(state: State, event: Tick) -> Step:
    timing = state.clinic.timing
    if state.screen in _RESTING:
        if state.screen is Screen.LANGUAGES and event.at - state.last_touch > timing.idle_s:
            return _forget(state)
        if (state.language, state.tag) != (
            state.clinic.default_language,
            "",
        ) and event.at - state.last_touch > timing.idle_s:
            return _forget(state)
        return state, []
    if state.screen is Screen.FAREWELL:
        if event.at - state.last_touch <= timing.farewell_s:
            return state, []
        return _forget(state)
    if state.screen is Screen.EMERGENCY:
        return _forget(state) if event.at - state.last_touch > timing.emergency_s else (state, [])
    if state.speech is Speech.LISTENING:
        return replace(state, last_touch=event.at, warned_at=None), []
    if state.warned_at is not None:
        return _forget(state) if event.at - state.warned_at >= timing.warning_s else (state, [])
    if event.at - state.last_touch >= timing.idle_s:
        return replace(state, warned_at=event.at), []
    return state, []


def _language_chosen(state: State, event: LanguageChosen) -> Step:
    if state.screen is Screen.LANGUAGES:
        state = replace(state, screen=Screen.ATTRACT, trail=())
    if (event.language, event.tag) == (state.language, state.tag):
        return state, []
    if event.tag and event.tag not in {locale.tag for locale in state.clinic.locales}:
        return state, []
    changed = replace(state, language=event.language, tag=event.tag)
    return changed, [ChangeLanguage(event.language, event.tag)]


def _languages_opened(state: State, event: LanguagesOpened) -> Step:
    if state.screen is not Screen.ATTRACT:
        return state, []
    return go(state, Screen.LANGUAGES), []


def _started(state: State, event: Started) -> Step:
    if state.screen is not Screen.ATTRACT:
        return state, []
    return go(replace(state, visit_id=event.visit_id, today=event.today), Screen.CONSENT), []


def _consent_given(state: State, event: ConsentGiven) -> Step:
    if state.screen is not Screen.CONSENT:
        return state, []
    return go(replace(state, consented_at=event.wall), Screen.WHO), []


def _consent_refused(state: State, event: ConsentRefused) -> Step:
    if state.screen is not Screen.CONSENT:
        return state, []
    return replace(state, screen=Screen.DESK, desk_reason=DeskReason.CONSENT_REFUSED, trail=()), []


def _back(state: State, event: Back) -> Step:
    asked_for_a_time = state.booking and state.screen is Screen.BOOKING
    if state.screen in _NO_WAY_BACK or not state.trail or asked_for_a_time:
        return state, []
    if state.screen is Screen.QUESTION and len(state.asked) > 1:
        return interview.previous_question(state), []
    previous = state.trail[-1]
    if previous is Screen.ATTRACT and state.screen in (Screen.CONSENT, Screen.CODE):
        return _forget(state)
    after = pointing.back_from(state, replace(state, screen=previous, trail=state.trail[:-1], input_problem=""))
    after = appointments.back_from(state, directory.back_from(state, after))
    if state.screen is Screen.QUESTION:
        return replace(after, asked=(), question=""), []
    if previous is Screen.QUESTION:
        return interview.last_question(after), []
    if state.screen is Screen.BOOKING:
        return replace(after, slot=None, offer=None, lost_slot=None), [ReleaseSlots(state.visit_id)]
    return after, []


def _ended(state: State, event: Ended) -> Step:
    if state.screen in _RESTING:
        return _forget(state)
    return _forget(state, farewell=state.screen not in _FINISHED)


def _still_here(state: State, event: StillHere) -> Step:
    return state, []


def _nurse_called(state: State, event: NurseCalled) -> Step:
    alert = AlertDesk(state.visit_id, 0, ("nurse_called",))
    if state.screen in (Screen.EMERGENCY, Screen.NURSE):
        return state, [] if state.nurse_called else [alert]
    return go(replace(state, nurse_called=True), Screen.NURSE), [alert]


def _nurse_arrived(state: State, event: NurseArrived) -> Step:
    if state.screen is Screen.EMERGENCY:
        return _forget(state)
    if state.screen is Screen.NURSE and state.trail:
        return replace(state, screen=state.trail[-1], trail=state.trail[:-1]), []
    return state, []


def _heard(state: State, event: Heard) -> Step:
    """Words do what a finger would where they name something on the screen; what else they can be is said there."""
    if state.speech not in (Speech.LISTENING, Speech.RECOGNISING):
        return state, []
    if not event.final:
        return replace(state, live_words=event.text.strip()[: interview.LONGEST_COMPLAINT]), []
    done = replace(state, speech=Speech.READY, live_words="")
    whole = event.hearing not in (Hearing.CUT_OFF, Hearing.TOO_LONG)
    if event.hearing is Hearing.EARLY and spoken.may_be_another(event.text, done, event.at, event.wall):
        return interview.not_heard(done, Hearing.UNCLEAR), []
    wanted = spoken.event_for(event.text, done, event.at, event.wall) if whole else None
    handler = _HANDLERS.get(type(wanted))  # type: ignore[arg-type]
    if wanted is None or handler is None:
        return interview.heard(done, event)
    return handler(replace(done, misheard=0), wanted)


def _repeat_asked(state: State, event: RepeatAsked) -> Step:
    return state, [ReadAloud()]


def _speech_changed(state: State, event: SpeechChanged) -> Step:
    if event.available:
        return (replace(state, speech=Speech.READY), []) if state.speech is Speech.OFF else (state, [])
    return replace(state, speech=Speech.OFF, live_words=""), []


def _his_changed(state: State, event: HisChanged) -> Step:
    return replace(state, his_up=event.up, his_locked_out=event.locked_out), []


def _printer_changed(state: State, event: PrinterChanged) -> Step:
    return replace(state, printer_up=event.up), []


def _model_changed(state: State, event: ModelChanged) -> Step:
    return replace(state, model_up=event.up), []


def _touched(state: State, event: Touched) -> Step:
    return state, []


def _next(state: State, event: Next) -> Step:
    match state.screen:
        case Screen.CARD:
            return identification.card_given(state)
        case Screen.DOCUMENT:
            return identification.document_given(state)
        case Screen.PHONE:
            return identification.phone_given(state)
        case Screen.BIRTH:
            return identification.birth_given(state)
        case Screen.AGE:
            return identification.age_given(state)
        case Screen.CODE:
            return appointments.code_given(state, event.at)
        case Screen.PICK | Screen.BODY | Screen.PLACE:
            return interview.picks_given(state)
        case Screen.SUMMARY:
            return go(state, Screen.RESULT), []
        case _:
            return state, []


def _code_scanned(state: State, event: CodeScanned) -> Step:
    """Insurance belongs to a visit that was consented to; everything else opens a visit that exists already."""
    code = recognised(event.text, state.clinic.codes)
    if code.kind is CodeKind.INSURANCE and (state.consented_at is not None or state.screen is Screen.CONSENT):
        return identification.insurance_given(state, InsuranceGiven(at=event.at, reference=code.text))
    return appointments.code_scanned(state, event)


def _slip_taken(state: State, event: SlipTaken) -> Step:
    if state.screen is not Screen.SLIP:
        return state, []
    if event.taken:
        return _forget(state, farewell=True)
    return replace(state, delivery=Delivery.FAILED), []


_HANDLERS: dict[type[Event], Handler] = {
    Tick: _tick,
    Touched: _touched,
    LanguageChosen: _language_chosen,
    LanguagesOpened: _languages_opened,
    ServiceChosen: directory.service_chosen,
    WingChosen: directory.wing_chosen,
    DestinationChosen: directory.destination_chosen,
    CodeScanned: _code_scanned,
    AppointmentFound: appointments.appointment_found,
    AppointmentMissed: appointments.appointment_missed,
    ArrivalTapped: appointments.arrival_tapped,
    MoveTapped: appointments.move_tapped,
    CancelTapped: appointments.cancel_tapped,
    KeepTapped: appointments.keep_tapped,
    Started: _started,
    ConsentGiven: _consent_given,
    ConsentRefused: _consent_refused,
    WithCard: identification.with_card,
    CardChanged: identification.card_changed,
    CardRead: identification.card_read,
    WithDocument: identification.with_document,
    PaperChosen: identification.paper_chosen,
    PatientFound: identification.patient_found,
    InsuranceGiven: identification.insurance_given,
    WithPhone: identification.with_phone,
    WithoutName: identification.without_name,
    Keyed: identification.keyed,
    Dictated: identification.dictated,
    Next: _next,
    SexChosen: identification.sex_chosen,
    TalkPressed: interview.talk_pressed,
    TalkReleased: interview.talk_released,
    TalkTapped: interview.talk_tapped,
    Heard: _heard,
    RepeatAsked: _repeat_asked,
    SpeechChanged: _speech_changed,
    TypingOpened: interview.typing_opened,
    Typed: interview.typed,
    ComplaintPicked: interview.complaint_picked,
    DangerPicked: interview.danger_picked,
    NoDanger: interview.no_danger,
    FindingTapped: interview.finding_tapped,
    BodyOpened: pointing.body_opened,
    BodyTurned: pointing.body_turned,
    PlaceChosen: pointing.place_chosen,
    SideChosen: pointing.side_chosen,
    AnotherPlace: pointing.another_place,
    ElsewhereChosen: pointing.elsewhere_chosen,
    Confirmed: interview.confirmed,
    SayAgain: interview.say_again,
    Answered: interview.answered,
    PainScored: interview.pain_scored,
    ModelAnswered: interview.model_answered,
    DepartmentChosen: registration.department_chosen,
    OfferArrived: registration.offer_arrived,
    SlotChosen: registration.slot_chosen,
    SlotLost: registration.slot_lost,
    BookingAccepted: registration.booking_accepted,
    CheckedIn: registration.checked_in,
    CheckInFailed: registration.check_in_failed,
    SlipPrinted: registration.slip_printed,
    SlipFailed: registration.slip_failed,
    SlipTaken: _slip_taken,
    HisChanged: _his_changed,
    PrinterChanged: _printer_changed,
    ModelChanged: _model_changed,
    NurseCalled: _nurse_called,
    NurseArrived: _nurse_arrived,
    Back: _back,
    Ended: _ended,
    StillHere: _still_here,
}
