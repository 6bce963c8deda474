"""A reader for identity cards at the other end of a pseudo terminal: the protocol in real bytes, without a card."""

from __future__ import annotations

import os
import pty
import select
import threading
import tty
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import xor
from pathlib import Path

PREAMBLE = bytes.fromhex("AAAAAA9669")
PICTURE = b"\x57\x4c\x66\x00" + bytes(1020)
ADDRESS = "北京市朝阳区canary街道7号"
NAME = "欧阳小canary"
NUMBER = "11010519491231002X"


@dataclass(frozen=True)
class Card:
    """What lies on the reader. `mark` is empty, J, I or Y; `fails` names a step that goes wrong."""

    name: str = NAME
    latin: str = ""
    sex: str = "2"
    birth: str = "19491231"
    number: str = NUMBER
    until: str = "长期"
    mark: str = ""
    fails: str = ""

    def text(self) -> bytes:
        if self.mark == "I":
            parts = [(self.latin, 120), (self.sex, 2), (self.number, 30), ("USA", 6), (self.name, 30)]
            parts += [("20180101", 16), (self.until, 16), (self.birth, 16), ("01", 4), ("1500", 8), ("I", 2), ("", 6)]
        else:
            third = (self.latin, 70) if self.mark == "Y" else (ADDRESS, 70)
            parts = [(self.name, 30), (self.sex, 2), ("01", 4), (self.birth, 16), third, (self.number, 36)]
            parts += [("北京市公安局", 30), ("20180101", 16), (self.until, 16), ("", 28), (self.mark, 2), ("", 6)]
        return b"".join(text.ljust(width // 2).encode("utf-16-le") for text, width in parts)


def frame(status: int, data: bytes = b"") -> bytes:
    body = (4 + len(data)).to_bytes(2, "big") + bytes((0, 0, status)) + data
    return PREAMBLE + body + bytes((reduce(xor, body, 0),))


def card_frame(card: Card, picture: bytes = PICTURE) -> bytes:
    """The answer to the reading of a card, with its picture."""
    return frame(0x90, bytes((1, 0, 4, 0)) + card.text() + picture)


class CardReaderPeer:
    """Answers on a pseudo terminal, whose other end `device` names.

    `send` may be set to change the bytes on their way: cut short, garbled, or none at all. `asked` are the commands.
    """

    def __init__(self) -> None:
        self.card: Card | None = None
        self.asked: list[str] = []
        self.send: Callable[[bytes], bytes] = lambda answer: answer
        self._found = self._selected = False
        self._line, self._other = pty.openpty()
        tty.setraw(self._line)
        tty.setraw(self._other)
        self.device = os.ttyname(self._other)
        self._end, self._end_in = os.pipe()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def unplug(self) -> None:
        """As pulling the cable: the device hangs up and is gone."""
        os.write(self._end_in, b"!")
        self._thread.join()
        for descriptor in (self._line, self._other, self._end, self._end_in):
            os.close(descriptor)

    def hang_up_quietly(self) -> None:
        """The cable stays, the reader says nothing any more."""
        self.send = lambda answer: b""

    def put(self, card: Card) -> None:
        self._found = self._selected = False
        self.card = card

    def _serve(self) -> None:
        buffer = b""
        while True:
            ready, _, _ = select.select([self._line, self._end], [], [])
            if self._end in ready:
                return
            buffer += os.read(self._line, 4096)
            while len(buffer) >= 10:
                one, buffer = buffer[:10], buffer[10:]
                answer = self.send(self._answer(one))
                while answer:
                    answer = answer[os.write(self._line, answer[:100]) :]

    def _answer(self, asked: bytes) -> bytes:
        card = self.card
        match asked[7:9]:
            case b"\x11\xff":
                return frame(0x90)
            case b"\x20\x01":
                self.asked.append("find")
                self._found = card is not None and card.fails != "find"
                return frame(0x9F, bytes(4)) if self._found else frame(0x80)
            case b"\x20\x02":
                self.asked.append("select")
                self._selected = self._found and card is not None and card.fails != "select"
                return frame(0x90, bytes(8)) if self._selected else frame(0x81)
            case b"\x30\x01":
                self.asked.append("read")
                if not self._selected or card is None or card.fails == "read":
                    return frame(0x41)
                self.card = replace(card, fails="find")  # a card is found once, until it was lifted
                return card_frame(card)
            case _:
                return frame(0x21)


def link(peer: CardReaderPeer, path: Path) -> Path:
    """A name of the reader's device that outlives it, as udev gives one; plugging in again points it elsewhere."""
    path.unlink(missing_ok=True)
    path.symlink_to(peer.device)
    return path


TODAY = date(2026, 11, 23)
