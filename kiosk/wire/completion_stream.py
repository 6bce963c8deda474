"""The answer of an OpenAI-compatible server while it is being written: server-sent events, sans-io.

Any split of the bytes gives the same text. Whatever is no such answer raises ValueError.
"""

from __future__ import annotations

import json
from typing import Any

LONGEST_EVENT = 256 * 1024
LONGEST_TEXT = 64 * 1024


class CompletionStream:
    """`text` is what was written so far; `finish` why it ended, empty while it goes on; `pieces` how many events."""

    def __init__(self) -> None:
        self._pending = b""
        self.text = ""
        self.finish = ""
        self.pieces = 0

    def feed(self, data: bytes) -> bool:
        """Take bytes; whether text came with them. Raises ValueError."""
        *lines, self._pending = (self._pending + data).replace(b"\r\n", b"\n").split(b"\n")
        if len(self._pending) > LONGEST_EVENT:
            raise ValueError("an event without end")
        before = len(self.text)
        for line in lines:
            self._line(line)
        return len(self.text) > before

    def end(self) -> None:
        """No more bytes come; raises ValueError when the last ones make no sense."""
        self.feed(b"\n")

    def _line(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        if not line or name in (b"", b"id", b"event", b"retry"):
            return
        if name != b"data":
            raise ValueError("no event")
        if value.strip() == b"[DONE]":
            return
        try:
            untrusted = json.loads(value)
        except (ValueError, RecursionError) as error:
            raise ValueError("no JSON") from error
        self._event(untrusted)

    def _event(self, untrusted: Any) -> None:
        if not isinstance(untrusted, dict) or "error" in untrusted:
            raise ValueError("an error instead of an answer")
        untrusted_choices = untrusted.get("choices")
        if untrusted_choices == []:
            # Figures of use, at the end.
            return
        if not isinstance(untrusted_choices, list) or not isinstance(untrusted_choices[0], dict):
            raise ValueError("no choices")
        choice = untrusted_choices[0]
        # Chats come as deltas, the first of which says only who speaks.
        delta = choice.get("delta", {})
        written = delta.get("content") if isinstance(delta, dict) else None
        text, finish = choice.get("text", written or ""), choice.get("finish_reason")
        if not isinstance(text, str) or not (finish is None or isinstance(finish, str)):
            raise ValueError("no text")
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise ValueError("not valid text")
        self.pieces += 1
        self.text += text
        self.finish = finish or self.finish
        if len(self.text) > LONGEST_TEXT:
            raise ValueError("an answer without end")
