"""What stands between the kiosks and the hospital system, and fails in every way that networks and servers do.

`python -m tests.chaos.proxy PORT PEER SEED RATE SLOW FILE FAULT...` spoils that share of the requests in these ways
and writes a line to FILE for each: the fault's name, or `passed`. SLOW is how many seconds is longer than kiosks wait.
It is made to be killed at any moment.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.faulty_peer import Conversation, FaultyPeer, Reply, answer, outcome
from tests.faulty_peer import http as http_answer

_CARRIED = ("content-type", "accept", "authorization")


@dataclass(frozen=True)
class Peer:
    """Where requests go, and how long is too long for who asked."""

    port: int
    slow_s: float


def forward(asked: Conversation, peer: Peer) -> tuple[int, bytes]:
    """The request as it came, to the hospital system; its status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", peer.port, timeout=60)
    try:
        headers = {name: asked.headers[name] for name in _CARRIED if name in asked.headers}
        connection.request(asked.method, asked.target, asked.body or None, headers)
        answered = connection.getresponse()
        return answered.status, answered.read()
    finally:
        connection.close()


def passed(asked: Conversation, peer: Peer) -> None:
    asked.send(http_answer(*forward(asked, peer)))


def lost_answer(asked: Conversation, peer: Peer) -> None:
    forward(asked, peer)
    asked.reset()


def cut_answer(asked: Conversation, peer: Peer) -> None:
    status, body = forward(asked, peer)
    asked.send(http_answer(status, body[: len(body) // 2], length=len(body)))
    asked.reset()


def short_answer(asked: Conversation, peer: Peer) -> None:
    status, body = forward(asked, peer)
    asked.send(http_answer(status, body[: len(body) // 2]))


def missing_entry(asked: Conversation, peer: Peer) -> None:
    """The server took everything and answers with less."""
    status, body = forward(asked, peer)
    document = json.loads(body)
    if document.get("entry"):
        document["entry"].pop()
    asked.send(http_answer(status, json.dumps(document).encode()))


def slow(asked: Conversation, peer: Peer) -> None:
    status, body = forward(asked, peer)
    asked.ended.wait(peer.slow_s)
    asked.send(http_answer(status, body))


def late(asked: Conversation, peer: Peer) -> None:
    """The hospital system hears it when the kiosk has long stopped waiting."""
    asked.ended.wait(peer.slow_s)
    forward(asked, peer)


def sent_twice(asked: Conversation, peer: Peer) -> None:
    """Something on the way repeats what it was told, at the same moment."""
    other = threading.Thread(target=forward, args=(asked, peer))
    other.start()
    passed(asked, peer)
    other.join()


def half_request(asked: Conversation, peer: Peer) -> None:
    """The hospital system hears the beginning only."""
    connection = http.client.HTTPConnection("127.0.0.1", peer.port, timeout=60)
    connection.putrequest(asked.method, asked.target)
    connection.putheader("Content-Length", str(len(asked.body)))
    connection.endheaders(asked.body[: len(asked.body) // 2])
    connection.close()
    asked.reset()


def said(reply: Reply) -> Callable[[Conversation, Peer], None]:
    return lambda asked, _peer: reply(asked)


NO_DATABASE = outcome("invalid", "connect ECONNREFUSED 127.0.0.1:5432")
FAULTS: dict[str, Callable[[Conversation, Peer], None]] = {
    "reset": said(Conversation.reset),
    "half_request": half_request,
    "lost_answer": lost_answer,
    "cut_answer": cut_answer,
    "short_answer": short_answer,
    "missing_entry": missing_entry,
    "slow": slow,
    "late": late,
    "sent_twice": sent_twice,
    "400": said(answer(400, NO_DATABASE)),
    "401": said(answer(401, outcome("login"))),
    "403": said(answer(403, outcome("forbidden"))),
    "409": said(answer(409, outcome("conflict"))),
    "412": said(answer(412, outcome("multiple-matches"))),
    "429": said(answer(429, outcome("throttled"), Retry_After="1")),
    "500": said(answer(500)),
    "wrong_json": said(answer(200, b'{"resourceType":"Patient"}')),
    "web_page": said(answer(200, b"<html>Please accept the terms</html>", Content_Type="text/html")),
}


class Spoiler:
    """Decides from its seed what becomes of each request, and writes it down before it happens."""

    def __init__(self, peer: Peer, seed: str, rate: float, file: Path, faults: Sequence[str]) -> None:
        self._peer = peer
        self._random = random.Random(seed)
        self._rate = rate
        self._faults = faults
        self._lock = threading.Lock()
        self._file = file.open("a")

    def __call__(self, asked: Conversation) -> None:
        with self._lock:
            spoiled = self._random.random() < self._rate
            name = self._random.choice(self._faults) if spoiled else "passed"
            self._file.write(f"{name}\n")
            self._file.flush()
        act = FAULTS.get(name, passed)
        try:
            act(asked, self._peer)
        except (http.client.HTTPException, ValueError):
            asked.reset()


def main(port: str, peer: str, seed: str, rate: str, slow: str, file: str, *faults: str) -> None:
    proxy = FaultyPeer(int(port))
    proxy.reply = partial(Spoiler(Peer(int(peer), float(slow)), seed, float(rate), Path(file), faults))
    sys.stdout.write(f"{proxy.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    proxy.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
