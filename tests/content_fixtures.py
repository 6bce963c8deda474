"""The content that ships, for tests that take it as an argument."""

from __future__ import annotations

import pytest

from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.matching import Matcher
from tests.unit import shipped_clinic


@pytest.fixture(scope="session")
def shipped() -> KnowledgeBase:
    return shipped_clinic.content()


@pytest.fixture(scope="session")
def match() -> Matcher:
    return shipped_clinic.matcher()
