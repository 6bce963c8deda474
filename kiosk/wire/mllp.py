"""MLLP, the framing of HL7 version 2 over TCP: VT, the message, FS, CR. Any split of the bytes gives the same blocks.

After the HL7 Minimal Lower Layer Protocol, release 1: a block's content holds no VT and no FS. What lies between two
blocks is nobody's and is skipped.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_BLOCK = 1024 * 1024
"""Bytes; acknowledgements are some hundred bytes long."""

_START = 0x0B
_FILE_SEPARATOR = 0x1C
_END = b"\x1c\r"


@dataclass(frozen=True, slots=True)
class BrokenBlock:
    """A block that never became whole. `problem` never quotes it."""

    problem: str


Block = bytes | BrokenBlock


def encode_block(content: bytes) -> bytes:
    """ValueError when the content would end its own block or begin another."""
    if _START in content or _FILE_SEPARATOR in content:
        raise ValueError("VT and FS cannot be inside a block")
    return b"\x0b" + content + _END


class MllpDecoder:
    """Collects bytes until a block is whole; holds at most `longest` bytes (and the terminator) of one block."""

    def __init__(self, longest: int = LONGEST_BLOCK) -> None:
        self._longest = longest
        self._too_long = BrokenBlock(f"longer than {longest} bytes")
        self._pending: bytearray | None = None
        """What came since the block's VT; None between blocks."""
        self._searched = 0
        self._skipping = False

    def feed(self, data: bytes) -> list[Block]:
        """The blocks that `data` completes or breaks, in order."""
        blocks: list[Block] = []
        rest = memoryview(data)
        while rest:
            if self._pending is None:
                start = bytes(rest).find(_START)
                if start < 0:
                    break
                self._begin()
                rest = rest[start + 1 :]
            else:
                rest = self._collect(self._pending, rest, blocks)
        return blocks

    def close(self) -> list[Block]:
        """At the end of the stream: a block without its end is a problem too."""
        unfinished = self._pending is not None and not self._skipping
        self._pending = None
        return [BrokenBlock("cut off")] if unfinished else []

    def _begin(self) -> None:
        self._pending = bytearray()
        self._searched = 0
        self._skipping = False

    def _collect(self, pending: bytearray, rest: memoryview, blocks: list[Block]) -> memoryview:
        """Take `rest` into the block up to its end or the next VT; what comes after that."""
        before = len(pending)
        pending += rest
        again = pending.find(_START, self._searched)
        # The terminator's FS may have come with the bytes before.
        end = pending.find(_END, max(self._searched - 1, 0))
        if end >= 0 and not 0 <= again < end:
            self._tell(bytes(pending[:end]), end, blocks)
            self._pending = None
            return rest[end + len(_END) - before :]
        if again >= 0:
            self._tell(BrokenBlock("a block began inside it"), again, blocks)
            self._begin()
            return rest[again + 1 - before :]
        self._searched = len(pending)
        length = len(pending) - pending.endswith(b"\x1c")
        if self._skipping or length > self._longest:
            self._tell(self._too_long, length, blocks)
            self._skipping = True
            del pending[:-1]
            self._searched = 1
        return rest[:0]

    def _tell(self, block: Block, length: int, blocks: list[Block]) -> None:
        """A block is told once: as too long as soon as it is that, whatever becomes of it later."""
        if not self._skipping:
            blocks.append(block if length <= self._longest else self._too_long)
