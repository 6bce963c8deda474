"""The content that ships, read once, and what is understood with it, as signs: +there, -denied, ?open."""

from __future__ import annotations

from functools import cache

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.lexicon import build_matcher
from kiosk.domain.findings import Finding, Status
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language, language_of
from kiosk.domain.matching import Matcher
from kiosk.domain.understanding import understand

SIGN = {Status.PRESENT: "+", Status.ABSENT: "-", Status.UNSURE: "?"}


@cache
def content() -> KnowledgeBase:
    return load_knowledge(paths.assets() / "knowledge")


@cache
def matcher() -> Matcher:
    return build_matcher(content())


def understood(text: str, language: Language | None = None) -> tuple[Finding, ...]:
    return understand(text, language or language_of(text), content(), matcher())


@cache
def signs(text: str) -> frozenset[str]:
    return frozenset(SIGN[finding.status] + finding.code for finding in understood(text))
