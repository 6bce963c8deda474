"""The gallery's clinic and visit, as the tests of the screens call them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from kiosk.domain.language import ENGLISH, OWN_LOCALE, Language, Words
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
from kiosk.i18n import Catalogue
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
    "untranslated",
]


WAYS = MappingProxyType({"orthopaedics": Words("2 楼 东侧", "Floor 2, east")})


english = Catalogue(ENGLISH).tr


def untranslated(language: Language) -> Translate:
    """The program's texts in English, those of the content in the language."""
    return Catalogue(OWN_LOCALE[language]).tr


def inputs(state: State, tr: Translate | None = None, **changes: object) -> Inputs:
    return replace(Inputs(state, tr or untranslated(state.language), 100.0, WALL, HOSPITAL, WAYS), **changes)
