"""What is wrong: words, tiles and answers become findings; questions follow until triage has heard enough."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain import dangers, proposals
from kiosk.domain.assessment import Assessment
from kiosk.domain.dialogue import pain_scale, pointing, spoken
from kiosk.domain.dialogue.effects import AskModel, EndByPause, Listen, StopListening
from kiosk.domain.dialogue.events import (
    Answered,
    ComplaintPicked,
    Confirmed,
    DangerPicked,
    FindingTapped,
    Heard,
    ModelAnswered,
    NoDanger,
    PainScored,
    SayAgain,
    TalkPressed,
    TalkReleased,
    TalkTapped,
    Typed,
    TypingOpened,
)
from kiosk.domain.dialogue.step import Step, go
from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.guard_rails import sound_findings
from kiosk.domain.hearing import Hearing
from kiosk.domain.knowledge import Danger
from kiosk.domain.pain import SEVERE_PAIN, WORST
from kiosk.domain.visit import Screen, Speech, State

LONGEST_COMPLAINT = 2000
"""Characters of a complaint that are kept; a person types or says far less."""

_TELLING = frozenset(
    {
        Screen.COMPLAINT,
        Screen.TYPING,
        Screen.PICK,
        *pointing.POINTING,
        Screen.CONFIRM,
        Screen.DANGERS,
        Screen.QUESTION,
    }
)
_CYCLE = {Status.PRESENT: Status.ABSENT, Status.ABSENT: Status.UNSURE, Status.UNSURE: Status.PRESENT}


def talk_pressed(state: State, event: TalkPressed) -> Step:
    if state.speech is not Speech.READY or not state.can_hear or not spoken.listens(state):
        return state, []
    listening = replace(state, speech=Speech.LISTENING, live_words="", input_problem="")
    return listening, [Listen(state.language, spoken.phrases(state))]


def talk_released(state: State, event: TalkReleased) -> Step:
    if state.speech is not Speech.LISTENING:
        return state, []
    return replace(state, speech=Speech.RECOGNISING), [StopListening(wanted=True)]


def talk_tapped(state: State, event: TalkTapped) -> Step:
    return state, [EndByPause()] if state.speech is Speech.LISTENING else []


def heard(state: State, event: Heard) -> Step:
    """Words that stand for no choice on the screen: a complaint, or nothing that was asked for."""
    text = event.text.strip()[:LONGEST_COMPLAINT]
    if not text:
        return not_heard(state, event.hearing), []
    if state.screen is Screen.COMPLAINT:
        told, effects = _complaint_given(state, text)
        incomplete = event.hearing in (Hearing.CUT_OFF, Hearing.TOO_LONG)
        return replace(told, input_problem=event.hearing.value if incomplete else ""), effects
    if state.screen is Screen.QUESTION and event.hearing is not Hearing.CUT_OFF:
        found = state.clinic.understand(text, state.language)
        state = replace(state, findings=state.findings.merged(found))
    # Half an answer may be the opposite of the whole.
    return not_heard(state, Hearing.LOST if event.hearing is Hearing.CUT_OFF else Hearing.UNCLEAR), []


def not_heard(state: State, hearing: Hearing) -> State:
    problem = Hearing.UNCLEAR if hearing in (Hearing.WORDS, Hearing.EARLY) else hearing
    return replace(state, misheard=state.misheard + 1, input_problem=problem.value)


def typing_opened(state: State, event: TypingOpened) -> Step:
    if state.screen not in (Screen.COMPLAINT, Screen.CONFIRM) or not state.locale.is_understood:
        return state, []
    return go(state, Screen.TYPING), []


def typed(state: State, event: Typed) -> Step:
    if state.screen is not Screen.TYPING:
        return state, []
    text = event.text.strip()[:LONGEST_COMPLAINT]
    if not text:
        return replace(state, input_problem="empty"), []
    return _complaint_given(state, text)


def _complaint_given(state: State, text: str) -> Step:
    """New words replace what was read from earlier words; what was tapped or answered stays."""
    kept = Findings().merged(_without_words(f) for f in state.findings.values() if f.source is not Source.WORDS)
    found = kept.merged(state.clinic.understand(text, state.language))
    said = replace(state, heard=text, findings=found, proposed=())
    return go(said, Screen.CONFIRM), [AskModel(state.visit_id, text, state.language)]


def _without_words(finding: Finding) -> Finding:
    """A tap or an answer alone, where the words that it confirmed are replaced by others."""
    if finding.span is None:
        return finding
    return Finding(finding.code, finding.status, finding.source, sites=finding.sites)


def complaint_picked(state: State, event: ComplaintPicked) -> Step:
    known = {complaint.code for complaint in state.clinic.knowledge.complaints}
    if state.screen is not Screen.COMPLAINT or event.code not in known:
        return state, []
    return go(replace(state, picking=event.code), Screen.PICK), []


def finding_tapped(state: State, event: FindingTapped) -> Step:
    if event.code not in state.clinic.knowledge.symptoms:
        return state, []
    if state.screen is Screen.PICK:
        return _pick_toggled(state, event.code), []
    if state.screen is Screen.PLACE:
        return pointing.place_toggled(state, event.code), []
    if state.screen in (Screen.CONFIRM, Screen.SUMMARY) and event.code in state.findings:
        known = state.findings[event.code]
        changed = replace(known, status=_CYCLE[known.status], source=Source.TAP)
        trusted = state.findings.without([event.code]).merged([changed])
        return replace(state, findings=trusted), []
    return state, []


def _pick_toggled(state: State, code: str) -> State:
    """What words told stays told when a pick of it is taken back."""
    known, others = state.findings.get(code), state.findings.without([code])
    if code in state.picked:
        left = tuple(other for other in state.picked if other != code)
        told = [replace(known, source=Source.WORDS)] if known is not None and known.text else []
        return replace(state, picked=left, findings=others.merged(told), input_problem="")
    finding = Finding(code, Status.PRESENT, Source.TAP).supplemented(known)
    return replace(state, picked=(*state.picked, code), findings=others.merged([finding]), input_problem="")


def picks_given(state: State) -> Step:
    danger = picked_danger(state)
    if danger is not None:
        known, patient = state.clinic.knowledge, state.patient
        if not any(code in state.picked for code in dangers.choices(known, danger, patient)):
            state = replace(state, findings=dangers.in_doubt(known, danger, patient, state.findings))
        return begin_questions(replace(state, dangers_answered=True))
    if not state.picked:
        return replace(state, input_problem="pick"), []
    return begin_questions(state)


def picked_danger(state: State) -> Danger | None:
    """The danger whose findings PICK shows, None where it shows those of a complaint."""
    if state.screen is not Screen.PICK:
        return None
    return next((danger for danger in state.clinic.knowledge.dangers if danger.code == state.picking), None)


def danger_picked(state: State, event: DangerPicked) -> Step:
    pictures = dangers.offered(state.clinic.knowledge, state.patient)
    if state.screen is not Screen.DANGERS or event.code not in {danger.code for danger in pictures}:
        return state, []
    return go(replace(state, picking=event.code), Screen.PICK), []


def no_danger(state: State, event: NoDanger) -> Step:
    if state.screen is not Screen.DANGERS:
        return state, []
    answered = replace(state, dangers_answered=True)
    return begin_questions(answered) if _can_be_asked(state) else _not_understood(answered)


def confirmed(state: State, event: Confirmed) -> Step:
    if state.screen is not Screen.CONFIRM:
        return state, []
    if not _can_be_asked(state):
        failed = replace(state, misheard=state.misheard + 1)
        return (go(failed, Screen.DANGERS), []) if _dangers_come_first(state) else _not_understood(failed)
    return begin_questions(replace(state, complaint=state.heard, misheard=0))


def _can_be_asked(state: State) -> bool:
    """True when something was understood, or when a model took the words for something that can be asked."""
    if state.findings.present():
        return True
    question = judged(state).next_question
    return question is not None and any(finding.code == question.code for finding in state.proposed)


def _not_understood(state: State) -> Step:
    return replace(_at_complaint(state), input_problem="not_understood"), []


def say_again(state: State, event: SayAgain) -> Step:
    match state.screen:
        case Screen.CONFIRM:
            return _at_complaint(replace(state, misheard=state.misheard + 1)), []
        case Screen.SUMMARY:
            return _at_complaint(state), []
        case _:
            return state, []


def _at_complaint(state: State) -> State:
    trail = state.trail
    while trail and trail[-1] in _TELLING:
        trail = trail[:-1]
    return replace(state, screen=Screen.COMPLAINT, trail=trail, asked=(), question="", input_problem="")


def begin_questions(state: State) -> Step:
    """The pictures of dangers once a visit, whatever was understood; then the questions."""
    if _dangers_come_first(state):
        return go(state, Screen.DANGERS), []
    return _next_question(replace(state, asked=(), question=""))


def _dangers_come_first(state: State) -> bool:
    return not state.dangers_answered and bool(dangers.offered(state.clinic.knowledge, state.patient))


def answered(state: State, event: Answered) -> Step:
    if state.screen is not Screen.QUESTION or event.code != state.question:
        return state, []
    return _answer(state, event.status)


def pain_scored(state: State, event: PainScored) -> Step:
    if state.screen is not Screen.QUESTION or not pain_scale.is_shown(state):
        return state, []
    if event.score is not None and not 0 <= event.score <= WORST:
        return state, []
    return _next_question(pain_scale.answered(state, event.score))


def _answer(state: State, status: Status) -> Step:
    finding = proposals.answered(state.question, status, state.proposed)
    return _next_question(replace(state, findings=state.findings.merged([finding]), misheard=0, input_problem=""))


def _next_question(state: State) -> Step:
    assessment = judged(state)
    assessed = replace(state, assessment=assessment)
    if pain_scale.comes_next(assessed):
        return _ask(assessed, SEVERE_PAIN)
    if assessment.next_question is not None:
        return _ask(assessed, assessment.next_question.code)
    if all(finding.status is Status.ABSENT for finding in state.findings.values()):
        return _not_understood(assessed)
    return go(replace(assessed, question=""), Screen.SUMMARY), []


def _ask(state: State, code: str) -> Step:
    asking = replace(state, question=code, asked=(*state.asked, code), input_problem="")
    asking = replace(asking, questions_expected=_still_to_come(asking))
    return (asking if state.screen is Screen.QUESTION else go(asking, Screen.QUESTION)), []


def _still_to_come(state: State) -> int:
    """How many questions follow the present one when the answers are all "no", the commonest answer."""
    findings, asked, question = state.findings, state.asked, state.question
    count = 0
    while count < state.clinic.max_questions:
        findings = findings.merged([Finding(question, Status.ABSENT, Source.ANSWER)])
        upcoming = state.clinic.assess(state.patient, findings, asked, state.proposed).next_question
        if upcoming is None:
            break
        count, question, asked = count + 1, upcoming.code, (*asked, upcoming.code)
    return count


def previous_question(state: State) -> State:
    """Back inside the questions: the answer given before is kept and shown as chosen."""
    asked = state.asked[:-1]
    return replace(state, asked=asked, question=asked[-1], input_problem="")


def last_question(state: State) -> State:
    """Back from the summary to the last question that was asked."""
    if not state.asked:
        return state
    return replace(state, question=state.asked[-1])


def model_answered(state: State, event: ModelAnswered) -> Step:
    waited_for = (Screen.CONFIRM, Screen.DANGERS, Screen.PICK, Screen.QUESTION)
    if event.visit_id != state.visit_id or state.screen not in waited_for:
        return state, []
    sound = sound_findings(event.findings, state.heard, state.clinic.knowledge.symptoms)
    return replace(state, proposed=tuple(replace(f, source=Source.MODEL) for f in sound)), []


def judged(state: State) -> Assessment:
    """The assessment of what is known now."""
    return state.clinic.assess(state.patient, state.findings, state.asked, state.proposed)
