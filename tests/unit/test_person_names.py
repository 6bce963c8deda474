"""Family and given names, in the scripts they are written in."""

from __future__ import annotations

import pytest

from kiosk.wire.person_names import names


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("张三", [("I", "张", "三")]),
        ("欧阳小", [("I", "欧阳", "小")]),
        ("阿卜杜拉·买买提", [("I", "阿卜杜拉·买买提", "")]),
        ("SMITH, JOHN PAUL", [("A", "SMITH", "JOHN PAUL")]),
        ("John Smith", [("A", "Smith", "John")]),
        ("史密斯 SMITH, JOHN", [("I", "史", "密斯"), ("A", "SMITH", "JOHN")]),
        ("周岚 Zhou Lan", [("I", "周", "岚"), ("A", "Zhou", "Lan")]),
        ("", []),
    ],
)
def test_a_name_is_taken_apart(name: str, parts: list[tuple[str, str, str]]) -> None:
    assert names(name) == parts
