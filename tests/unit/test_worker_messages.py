from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from kiosk.domain.appointments import Appointment, AppointmentProblem, AppointmentStatus, Change
from kiosk.domain.booking import BookingOutcome
from kiosk.domain.errors import SpeakerProblem
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.generation import ModelProblem
from kiosk.domain.language import Language, Words
from kiosk.domain.outbox import Lane
from kiosk.domain.scanned import Code, CodeKind
from kiosk.wire import sound_messages as sound
from kiosk.wire import speech_messages as speech
from kiosk.wire import voice_messages as voice
from kiosk.wire import worker_messages as messages
from kiosk.wire.checked_fields import MessageError
from kiosk.wire.delivery_messages import (
    FROM_DELIVERY,
    TO_DELIVERY,
    ChangeHisAppointment,
    FindHisAppointment,
    HisAppointment,
)
from kiosk.wire.speech_messages import FROM_SPEECH, TO_SPEECH
from kiosk.wire.worker_messages import FROM_LLM, TO_LLM, Kinds, Message, decode

FINDING = Finding("fever", Status.PRESENT, Source.MODEL, "三天", (2, 4), severity=7, duration_hours=72.0, value=39.5)

THEIRS = Appointment(
    reference="Appointment/12",
    ours=False,
    status=AppointmentStatus.BOOKED,
    department="orthopaedics",
    department_name=Words("骨科", "Orthopaedics"),
    practitioner=Words("周岚", "Zhou Lan"),
    number="",
    room="206",
    start=datetime(2026, 11, 30, 10, 20, tzinfo=timezone(timedelta(hours=8))),
)

SAMPLES: list[tuple[Message, Kinds]] = [
    (messages.Ping(1), TO_SPEECH),
    (messages.Stop(), TO_LLM),
    (messages.Pong(1), FROM_LLM),
    (messages.Busy(60), FROM_SPEECH),
    (messages.Refused("not UTF-8"), FROM_DELIVERY),
    (speech.Load(Language.ZH, "/models/zh"), TO_SPEECH),
    (speech.Begin(3, Language.EN, ("yes", "no")), TO_SPEECH),
    (speech.Begin(4, Language.ZH), TO_SPEECH),
    (speech.Load(Language.ZH, "/models/zh", 800), TO_SPEECH),
    (speech.Begin(5, Language.EN, gated=False, pause_ms=900, timed=True), TO_SPEECH),
    (speech.EndByPause(3, 1200), TO_SPEECH),
    (speech.Ready((Language.ZH,), gate=False), FROM_SPEECH),
    (speech.Transcript(3, "no", True, (speech.HeardWord("no", 0.25, 0.5, 0.75),), 320), FROM_SPEECH),
    (speech.End(3), TO_SPEECH),
    (speech.Cancel(3), TO_SPEECH),
    (speech.Ready((Language.ZH, Language.EN)), FROM_SPEECH),
    (speech.Begun(3, 1), FROM_SPEECH),
    (speech.Failed(Language.ZH, speech.SpeechProblem.MODEL_MISSING), FROM_SPEECH),
    (speech.Failed(None, speech.SpeechProblem.NOT_BEGUN, 3), FROM_SPEECH),
    (speech.Transcript(3, "我头痛", final=True), FROM_SPEECH),
    (speech.Transcript(3, "有", final=True, early=True), FROM_SPEECH),
    (speech.Transcript(3, "", final=False), FROM_SPEECH),
    (messages.Start({"printer": {"kind": "none"}}), TO_DELIVERY),
    (messages.Wake(), TO_DELIVERY),
    (messages.Delivered(Lane.HIS, "visit/1"), FROM_DELIVERY),
    (messages.DeliveryFailed(Lane.PRINTER, "slip/1", "paper_out"), FROM_DELIVERY),
    (messages.LaneState(Lane.HIS, up=False), FROM_DELIVERY),
    (messages.LaneState(Lane.HIS, up=False, locked_out=True), FROM_DELIVERY),
    (messages.ReadSchedule("orthopaedics"), TO_DELIVERY),
    (messages.ScheduleRead("orthopaedics", fresh=True), FROM_DELIVERY),
    (messages.BookSlot("v1", "orthopaedics", "[]"), TO_DELIVERY),
    (messages.SlotAnswered("v1", BookingOutcome.TAKEN), FROM_DELIVERY),
    (FindHisAppointment(1, Code(CodeKind.RECORD, "MR00000007")), TO_DELIVERY),
    (ChangeHisAppointment(2, "Appointment/12", THEIRS.start, Change.ARRIVED, "骨 A017"), TO_DELIVERY),
    (HisAppointment(1, appointment=THEIRS), FROM_DELIVERY),
    (HisAppointment(1, number="骨 A017"), FROM_DELIVERY),
    (HisAppointment(1, AppointmentProblem.HIS_DOWN), FROM_DELIVERY),
    (messages.Ask("v1", "头痛", Language.ZH), TO_LLM),
    (messages.Proposal("v1", (FINDING, Finding("cough", Status.ABSENT, Source.MODEL))), FROM_LLM),
    (messages.Ask("v1", "头痛", Language.ZH, request=7), TO_LLM),
    (messages.ForgetVisit("v1"), TO_LLM),
    (messages.NoModel("v1"), FROM_LLM),
    (messages.NoModel("v1", ModelProblem.TOO_SLOW, request=7), FROM_LLM),
    (messages.ModelState(ModelProblem.LOADING, 40), FROM_LLM),
    (messages.ModelNamed("intake.gguf", "0f" * 32), FROM_LLM),
    (messages.ModelNamed(""), FROM_LLM),
    (messages.Start({"voice": {"kind": "espeak"}}), voice.TO_VOICE),
    (voice.Say(1, Language.ZH, "请坐"), voice.TO_VOICE),
    (voice.Hush(), voice.TO_VOICE),
    (voice.Spoken(1, 22_050, b"\x00\x01", last=True), voice.FROM_VOICE),
    (voice.Unspoken(1, SpeakerProblem.TOO_SLOW), voice.FROM_VOICE),
    (voice.Outputs("", ()), voice.FROM_VOICE),
    (sound.FindMicrophone("desk"), sound.TO_SOUND),
    (sound.FindOutputs(), sound.TO_SOUND),
    (sound.Listen(1), sound.TO_SOUND),
    (sound.EndListening(1), sound.TO_SOUND),
    (sound.Play(1, 22_050, "lobby", 6), sound.TO_SOUND),
    (sound.Silence(), sound.TO_SOUND),
    (sound.MicrophoneState(available=True), sound.FROM_SOUND),
    (sound.RoomMeasured(-61.5), sound.FROM_SOUND),
    (sound.Captured(1, b"\x00\x01"), sound.FROM_SOUND),
    (sound.ListeningEnded(1), sound.FROM_SOUND),
    (sound.MicrophoneFailed(1, sound.MicrophoneProblem.SOUNDLESS), sound.FROM_SOUND),
    (sound.PieceTaken(1), sound.FROM_SOUND),
    (sound.Played(1), sound.FROM_SOUND),
    (
        voice.Outputs("a", (voice.Output("a", "Speakers"), voice.Output("b", "", "Jack", "headset", plugged=True))),
        voice.FROM_VOICE,
    ),
]


@pytest.mark.parametrize(("message", "accepted"), SAMPLES, ids=lambda value: getattr(value, "kind", ""))
def test_every_message_survives_json(message: Message, accepted: Kinds) -> None:
    assert decode(json.loads(json.dumps(message.to_json())), accepted) == message


def test_every_message_has_a_sample_above() -> None:
    everything = {*TO_SPEECH, *FROM_SPEECH, *TO_DELIVERY, *FROM_DELIVERY, *TO_LLM, *FROM_LLM}
    everything |= {*voice.TO_VOICE, *voice.FROM_VOICE, *sound.TO_SOUND, *sound.FROM_SOUND}
    everything -= {kind for kind in everything if kind.is_framed}
    assert {type(sample) for sample, _ in SAMPLES} == everything


@pytest.mark.parametrize(
    ("untrusted", "problem"),
    [
        ({}, "message: type: unknown"),
        ({"type": 7}, "message: type: unknown"),
        ({"type": "delivered", "lane": "his", "key": "k"}, "message: type: unknown"),
        ({"type": "transcript", "utterance": 1, "text": "x"}, "transcript: final: not true or false"),
        ({"type": "transcript", "utterance": 1, "text": "x", "final": 1}, "transcript: final: not true or false"),
        ({"type": "transcript", "utterance": True, "text": "x", "final": True}, "transcript: utterance: not a whole"),
        ({"type": "transcript", "utterance": -1, "text": "x", "final": True}, "transcript: utterance: out of range"),
        ({"type": "transcript", "utterance": 1, "text": None, "final": True}, "transcript: text: not text"),
        ({"type": "transcript", "utterance": 1, "text": "x" * 4001, "final": True}, "transcript: text: too long"),
        ({"type": "transcript", "utterance": 1, "text": "\ud800", "final": True}, "transcript: text: not valid text"),
        ({"type": "transcript", "utterance": 1, "text": "a\0", "final": True}, "transcript: text: not valid text"),
        ({"type": "ready", "languages": "zh"}, "ready: languages: not a list"),
        ({"type": "ready", "languages": ["zh", "fr"]}, "ready: languages: not one of the choices"),
        ({"type": "ready", "languages": ["zh"] * 3}, "ready: languages: too many"),
        ({"type": "failed", "problem": "tired"}, "failed: problem: not one of the choices"),
        ({"type": "busy", "seconds": 601}, "busy: seconds: out of range"),
        ({"type": "begun", "utterance": 1, "missing": 1.0}, "begun: missing: not a whole number"),
    ],
)
def test_unsound_speech_messages_are_refused_by_field(untrusted: dict[str, Any], problem: str) -> None:
    with pytest.raises(MessageError) as refused:
        decode(untrusted, FROM_SPEECH)
    assert str(refused.value).startswith(problem)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"code": "Fever!"}, "code: not an identifier"),
        ({"status": "maybe"}, "status: not one of the choices"),
        ({"text": 5}, "text: not text"),
        ({"span": [3, 1]}, "span: ends before it starts"),
        ({"span": [1]}, "span: not a pair"),
        ({"severity": 11}, "severity: out of range"),
        ({"severity": 7.5}, "severity: not a whole number"),
        ({"duration_hours": -1}, "duration_hours: out of range"),
        ({"duration_hours": 10**400}, "duration_hours: out of range"),
        ({"value": float("nan")}, "value: out of range"),
        ({"value": "39"}, "value: not a number"),
    ],
)
def test_unsound_findings_of_a_model_are_refused(change: dict[str, Any], problem: str) -> None:
    untrusted = messages.Proposal("v1", (FINDING,)).to_json()
    untrusted["findings"][0] |= change
    with pytest.raises(MessageError) as refused:
        decode(untrusted, FROM_LLM)
    assert str(refused.value) == f"proposal.findings: {problem}"


def test_a_model_cannot_claim_more_trust_than_a_model_has() -> None:
    untrusted = messages.Proposal("v1", (FINDING,)).to_json()
    untrusted["findings"][0]["source"] = "staff"
    proposal = decode(untrusted, FROM_LLM)
    assert isinstance(proposal, messages.Proposal)
    assert proposal.findings[0].source is Source.MODEL


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"start": "2026-11-30T10:20:00"}, "start: without a zone"),
        ({"start": "soon"}, "start: not a time"),
        ({"start": None}, "start: not text"),
        ({"status": "noshow"}, "status: not one of the choices"),
        ({"room": "x" * 121}, "room: too long"),
        ({"number": "x" * 21}, "number: too long"),
        ({"department_name": "骨科"}, "department_name: not an object"),
        ({"practitioner": {"zh": "周岚"}}, "en: not text"),
        ({"reference": ""}, "reference: empty"),
    ],
)
def test_unsound_appointments_are_refused_by_field(change: dict[str, Any], problem: str) -> None:
    untrusted = HisAppointment(1, appointment=THEIRS).to_json()
    untrusted["appointment"] |= change
    with pytest.raises(MessageError) as refused:
        decode(untrusted, FROM_DELIVERY)
    assert str(refused.value).endswith(problem)


def test_an_appointment_of_the_hospital_system_is_never_one_of_ours() -> None:
    untrusted = HisAppointment(1, appointment=replace(THEIRS, ours=True)).to_json()
    assert decode(untrusted, FROM_DELIVERY) == HisAppointment(1, appointment=THEIRS)


def test_audio_is_no_line() -> None:
    with pytest.raises(MessageError, match="message: type: unknown"):
        decode({"type": "audio", "utterance": 8, "pcm": "AAA="}, TO_SPEECH)


@pytest.mark.parametrize("pcm", [None, 5, "not base64!", "AAA", "é", "A" * 400_000])
def test_sound_of_a_voice_that_cannot_be_read_names_its_utterance(pcm: object) -> None:
    with pytest.raises(MessageError) as refused:
        decode({"type": "spoken", "utterance": 8, "rate": 16_000, "pcm": pcm, "last": True}, voice.FROM_VOICE)
    assert (refused.value.kind, refused.value.field, refused.value.utterance) == ("spoken", "pcm", 8)


def test_neither_problems_nor_representations_show_what_was_said() -> None:
    canary = "canary"
    with pytest.raises(MessageError) as refused:
        decode({"type": "begin", "utterance": 1, "language": canary}, TO_SPEECH)
    shown = [
        str(refused.value),
        repr(speech.Transcript(1, canary, final=True)),
        repr(messages.Ask("v1", canary, Language.EN)),
        repr(speech.Begin(1, Language.EN, (canary,))),
        repr(messages.Start({"token": canary})),
    ]
    assert not any(canary in text for text in shown)
