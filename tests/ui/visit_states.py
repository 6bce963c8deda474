"""The gallery's clinic and visit, as the tests of the screens call them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from kiosk.domain.language import Words
from kiosk.domain.visit import State
from kiosk.gallery.clinic import (
    ASSESSMENT,
    CLINIC,
    FINDINGS,
    HE,
    HOSPITAL,
    KNOWLEDGE,
    LI,
    OFFER,
    QUOTE,
    TIMES,
    WALL,
    ZHOU,
    ZONE,
    at,
    department,
    doctor,
    symptom,
    time,
)
from kiosk.ui.viewmodels.view_model import Inputs, Translate

__all__ = [
    "ASSESSMENT",
    "CLINIC",
    "FINDINGS",
    "HE",
    "HOSPITAL",
    "KNOWLEDGE",
    "LI",
    "OFFER",
    "QUOTE",
    "TIMES",
    "WALL",
    "WAYS",
    "ZHOU",
    "ZONE",
    "at",
    "department",
    "doctor",
    "english",
    "inputs",
    "symptom",
    "time",
]


WAYS = MappingProxyType({"orthopaedics": Words("2 楼 东侧", "Floor 2, east")})


def english(text: str) -> str:
    return text


def inputs(state: State, tr: Translate = english, **changes: object) -> Inputs:
    return replace(Inputs(state, tr, 100.0, WALL, HOSPITAL, WAYS), **changes)
