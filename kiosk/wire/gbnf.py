"""Pieces of grammars in GBNF, the notation of llama.cpp. Whatever a text holds, it only ever becomes letters."""

from __future__ import annotations

from collections.abc import Iterable

NOTHING = "[b-a]"
"""Matches no letter. A class of all letters turned round would still take bytes that are no letter."""


def literal(text: str) -> str:
    """A terminal that matches exactly this text."""
    return f'"{"".join(_letter(character) for character in text)}"'


def one_of(words: Iterable[str]) -> str:
    """An expression that matches one of the words, as a tree: few alternatives at each step keep it quick."""
    return _branches(sorted(set(words)), 0)


def part_of(text: str, name: str) -> list[str]:
    """Rules by which `name` matches any part of the text that is not empty, and nothing else.

    One rule a character: its letter, then perhaps the rest. Control characters and blanks at an end are left out.
    """
    rules = []
    starts = []
    for index, character in enumerate(text):
        if not character.isprintable():
            continue
        follows = index + 1 < len(text) and text[index + 1].isprintable()
        rules.append(f"{name}-{index} ::= {literal(character)}{f' {name}-{index + 1}?' if follows else ''}")
        if not character.isspace():
            starts.append(f"{name}-{index}")
    if not starts:
        return [f"{name} ::= {NOTHING}"]
    return [f"{name} ::= {' | '.join(starts)}", *rules]


def _branches(words: list[str], depth: int) -> str:
    by_letter: dict[str, list[str]] = {}
    for word in words:
        if len(word) > depth:
            by_letter.setdefault(word[depth], []).append(word)
    branches = []
    for group in by_letter.values():
        end = depth + 1
        while len({word[end : end + 1] for word in group}) == 1 and len(group[0]) > end:
            end += 1
        piece = literal(group[0][depth:end])
        longer = [word for word in group if len(word) > end]
        if longer:
            piece += f" ({_branches(group, end)})" + ("?" if len(longer) < len(group) else "")
        branches.append(piece)
    return " | ".join(branches)


def _letter(character: str) -> str:
    if character.isascii() and character.isalnum():
        return character
    code = ord(character)
    return f"\\U{code:08X}" if code > 0xFFFF else f"\\u{code:04X}"
