"""Reads what patients choose from or are asked first: complaints, pictures of dangers, a nurse's questions."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.adapters.knowledge_entries import Entry
from kiosk.adapters.knowledge_routing import known_code
from kiosk.domain.knowledge import Complaint, Danger, FirstQuestions, Symptom

FIRST_QUESTIONS = "first_questions.yaml"
DANGERS = "dangers.yaml"
_FEWEST_EASE = 0.5
"""A question that most people cannot answer is not among the first ones."""


def read_complaint(entry: Entry, symptoms: Mapping[str, Symptom]) -> Complaint:
    entry.only(Complaint.__slots__)
    findings = entry.strings("findings")
    for code in findings:
        known_code(entry, "findings", code, symptoms)
    return Complaint(entry.name, entry.words("name"), entry.text("icon"), findings)


def read_danger(entry: Entry, symptoms: Mapping[str, Symptom]) -> Danger:
    entry.only(Danger.__slots__)
    findings = entry.strings("findings")
    for code in findings:
        known_code(entry, "findings", code, symptoms)
    return Danger(entry.name, entry.words("name"), entry.text("icon"), findings, entry.applies(), entry.review())


def read_first_questions(entry: Entry, symptoms: Mapping[str, Symptom]) -> FirstQuestions:
    entry.only(FirstQuestions.__slots__)
    about, ask = entry.text("about"), entry.strings("ask")
    known_code(entry, "about", about, symptoms)
    for code in ask:
        known_code(entry, "ask", code, symptoms)
        if code == about:
            entry.fail("ask", f"asks about {code!r} itself")
        if symptoms[code].ease < _FEWEST_EASE:
            entry.fail("ask", f"{code!r} is too hard to answer (ease {symptoms[code].ease:g})")
    return FirstQuestions(entry.name, about, ask, entry.applies(), entry.review())
