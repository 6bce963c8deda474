"""The names of the levels on a hospital's own scale."""

from __future__ import annotations

import pytest

from kiosk.config import parse_config
from kiosk.domain.errors import ConfigError
from kiosk.domain.knowledge import Level
from kiosk.domain.level_scale import LevelScale, level_name
from kiosk.wire.fhir_keys import Terms


@pytest.mark.parametrize(
    ("scale", "codes", "minutes"),
    [
        (LevelScale.CN4, ["I", "II", "III", "IV"], [0, 10, 30, 60]),
        (LevelScale.ESI5, ["1", "2", "3", "4"], [0, None, None, None]),
        (LevelScale.MTS, ["1", "2", "3", "4"], [0, 10, 60, 120]),
    ],
)
def test_every_level_has_its_name(scale: LevelScale, codes: list[str], minutes: list[int | None]) -> None:
    shown = [level_name(level, scale) for level in Level]
    assert [name.code for name in shown] == codes
    assert [name.target_minutes for name in shown] == minutes
    assert [name.colour.en for name in shown] == ["red", "orange", "yellow", "green"]


def test_the_note_names_the_level_on_the_scale() -> None:
    assert Terms().level(Level.II) == "Ⅱ级 急重 Level II, severe"
    assert Terms(scale=LevelScale.MTS).level(Level.II) == "非常紧急 very urgent"


def test_the_scale_is_a_setting() -> None:
    assert parse_config({}).triage.scale is LevelScale.CN4
    assert parse_config({"triage": {"scale": "mts"}}).triage.scale is LevelScale.MTS
    with pytest.raises(ConfigError, match="cn4, esi5, mts"):
        parse_config({"triage": {"scale": "ats"}})
