"""Every way a FHIR server can fail, on a real socket, and what becomes of the visits: later, locked out, or dead."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

import pytest

from kiosk.adapters.his import make_his
from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.his.http_exchange import LONGEST_ANSWER
from kiosk.config import HisKind, HisSettings
from kiosk.domain.outbox import DeliveryState, Lane
from kiosk.services.delivery import DeliveryReport, Outcome, deliver_due
from kiosk.wire import fhir
from tests import visits
from tests import whole_visits as whole
from tests.fakes import FakeClock, FakeStore
from tests.faulty_peer import Conversation, FaultyPeer, Reply, answer, entries, http, only_post, outcome, taken

TIMEOUT_S = 0.6
VISITS = 2


class Fate(StrEnum):
    """What becomes of the first message: it waits, everything waits for staff, or it is for a person to look at."""

    LATER = "later"
    LOCKED_OUT = "locked_out"
    DEAD = "dead"


def entry(status: str, code: str = "structure", text: str = "") -> Reply:
    odd = {"status": status, "outcome": json.loads(outcome(code, text))}
    return only_post(lambda asked: asked.send(http(200, entries(asked, "201", odd))))


def half(asked: Conversation) -> None:
    asked.send(http(200, b'{"resourceType":"Bundle"', length=1000))


def reset_in_the_middle(asked: Conversation) -> None:
    asked.send(http(200, b'{"resourceType":"Bundle"', length=1000))
    asked.reset()


def drip_body(asked: Conversation) -> None:
    asked.send(http(200, b"", length=10_000_000))
    asked.drip(b" ")


def drip_head(asked: Conversation) -> None:
    asked.drip(b"HTTP/1.1 200 OK\r\nX-Y: 1\r\n")


def endless(asked: Conversation) -> None:
    asked.send(http(200, b"", length=100 * LONGEST_ANSWER))
    while not asked.ended.is_set():
        asked.send(b" " * 65536)


def too_few_entries(asked: Conversation) -> None:
    document = json.loads(entries(asked, "201"))
    document["entry"].pop()
    asked.send(http(200, json.dumps(document).encode()))


def there_twice(asked: Conversation) -> None:
    found = json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": [{}, {}]}).encode()
    asked.send(http(200, entries(asked, "200")) if asked.method == "POST" else http(200, found))


LATER, LOCKED_OUT, DEAD = Fate.LATER, Fate.LOCKED_OUT, Fate.DEAD
NO_JSON = "不是".encode("gb18030")
FAULTS: dict[str, tuple[Reply, Fate, str]] = {
    "401": (answer(401, outcome("login")), LOCKED_OUT, "401 login"),
    "401 without a body": (answer(401), LOCKED_OUT, "401"),
    "403": (answer(403, outcome("forbidden")), LOCKED_OUT, "403 forbidden"),
    "403 for writing only": (only_post(answer(403, outcome("forbidden"))), LOCKED_OUT, "403"),
    "404: a wrong address": (answer(404, outcome("not-found")), LOCKED_OUT, "404"),
    "405": (answer(405), LOCKED_OUT, "405"),
    "407 of a proxy": (answer(407), LOCKED_OUT, "407"),
    "415": (answer(415), LOCKED_OUT, "415"),
    "408": (answer(408), LATER, "408"),
    "409": (answer(409, outcome("conflict")), LATER, "409 conflict"),
    "412: more than one is there": (only_post(answer(412, outcome("multiple-matches"))), DEAD, "412 multiple-matches"),
    "413: too long": (only_post(answer(413)), DEAD, "413"),
    "422": (only_post(answer(422, outcome("structure"))), DEAD, "422 structure"),
    "425": (answer(425), LATER, "425"),
    "429": (answer(429, outcome("throttled"), Retry_After="17"), LATER, "429 throttled"),
    "429 with a date long past": (answer(429, b"", Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), LATER, "429"),
    "429 with nonsense": (answer(429, b"", Retry_After="soon"), LATER, "429"),
    "500": (answer(500), LATER, "500"),
    "502 with a web page": (answer(502, b"<html>", Content_Type="text/html"), LATER, "502"),
    "503": (answer(503, outcome("transient"), Retry_After="17"), LATER, "503 transient"),
    "504": (answer(504), LATER, "504"),
    "302 to a page to log in": (answer(302, b"", Location="http://127.0.0.1:9/login"), LATER, "302"),
    "400 and all else works": (only_post(answer(400, outcome("invalid"))), DEAD, "400 invalid"),
    "400 and nothing else works": (answer(400, outcome("invalid")), LATER, "400 invalid, and a plain search"),
    "400 in details: no database": (answer(400, outcome("x", "connect ECONNREFUSED 127.0.0.1:5432")), LATER, "400 x"),
    "400 in diagnostics: no database": (
        only_post(answer(400, outcome("invalid", "", "connect ECONNREFUSED 127.0.0.1:5432"))),
        LATER,
        "400 invalid",
    ),
    "400: a lost race": (only_post(answer(400, outcome("x", "could not serialize access"))), LATER, "400"),
    "400: a savepoint": (only_post(answer(400, outcome("x", "ROLLBACK TO SAVEPOINT can only be used"))), LATER, "400"),
    "400 while searches fail": (
        lambda asked: asked.send(http(400 if asked.method == "POST" else 500, outcome("invalid"))),
        LATER,
        "500",
    ),
    "200 without a body": (answer(200), LATER, "not JSON"),
    "204": (answer(204), LATER, "not JSON"),
    "200 with a web page": (answer(200, b"<html>", Content_Type="text/html"), LATER, "not JSON"),
    "200 with half a document": (answer(200, b'{"resourceType":"Bun'), LATER, "not JSON"),
    "200 in another character set": (answer(200, b'{"text":"' + NO_JSON + b'"}'), LATER, "not JSON"),
    "200 with JSON nested without end": (answer(200, b"[" * 100_000), LATER, "not JSON"),
    "400 with JSON nested without end": (only_post(answer(400, b"[" * 100_000)), DEAD, "400"),
    "200 with JSON of something else": (answer(200, b'{"ok":true}'), LATER, "not the answer"),
    "200 with a list": (answer(200, b"[]"), LATER, "not the answer"),
    "200 with too few entries": (only_post(too_few_entries), LATER, "not the answer"),
    "200 with a body that ends early": (half, LATER, "RemoteProtocolError"),
    "reset in the middle of the body": (reset_in_the_middle, LATER, "ReadError"),
    "reset before the answer": (Conversation.reset, LATER, "ReadError"),
    "closed before the answer": (lambda asked: None, LATER, "RemoteProtocolError"),
    "no HTTP at all": (lambda asked: asked.send(b"\x15\x03\x01\x00\x02\x02\x50"), LATER, "RemoteProtocolError"),
    "a body that drips": (drip_body, LATER, "ReadTimeout"),
    "headers that drip": (drip_head, LATER, "ReadTimeout"),
    "a body without end": (endless, LATER, "does not end"),
    "an entry refused": (entry("422 Unprocessable"), DEAD, "entry 0: 422 structure"),
    "an entry not found": (entry("404"), DEAD, "entry 0: 404"),
    "an entry forbidden": (entry("403", "forbidden"), LOCKED_OUT, "entry 0: 403 forbidden"),
    "an entry too busy": (entry("503"), LATER, "entry 0: 503"),
    "an entry 400 for want of a database": (entry("400", "x", "ECONNREFUSED"), LATER, "entry 0: 400"),
    "an entry taken with a grave error": (entry("200"), DEAD, "entry 0: structure"),
    "taken but not found again": (
        only_post(lambda asked: asked.send(http(200, entries(asked, "201")))),
        LATER,
        "is not found after it was sent",
    ),
    "taken twice": (there_twice, DEAD, "more than once"),
}  # fmt: skip


@pytest.fixture
def peer() -> Iterator[FaultyPeer]:
    peer = FaultyPeer()
    yield peer
    peer.close()


@pytest.fixture
def his(peer: FaultyPeer) -> Iterator[FhirHis]:
    made = make_his(HisSettings(kind=HisKind.FHIR, url=peer.url, timeout_s=TIMEOUT_S))
    assert isinstance(made, FhirHis)
    yield made
    made.close()


class Ward:
    """An outbox with two visits and what is said of their delivery, each alone or both together."""

    def __init__(self, his: FhirHis, *, together: bool = False) -> None:
        self.store = FakeStore()
        self.clock = FakeClock()
        self.his = his
        self._together = together
        self.said: list[str] = []
        for number in range(1, VISITS + 1):
            payload = fhir.encode(fhir.visit_bundles(whole.encounter(whole.draft(number))))
            with self.store.transaction():
                self.store.add_message(visits.message(number, Lane.HIS, self.clock.now(), payload=payload))

    def deliver(self) -> DeliveryReport:
        def send(message):
            try:
                how = self.his.send if self._together else self.his.deliver
                return how(message.key, message.payload)
            except Exception as error:
                self.said.append(str(error))
                raise

        def confirm(receipts):
            said = self.his.confirm(receipts)
            self.said += [str(problem) for problem in said if problem is not None]
            return said

        return deliver_due(self.store, Lane.HIS, send, self.clock, lambda: 0.5, confirm=confirm)

    def states(self) -> list[DeliveryState]:
        stored = [self.store.message(f"{visits.visit_id(n)}-his") for n in range(1, VISITS + 1)]
        return [message.state for message in stored if message is not None]


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_has_its_fate(peer: FaultyPeer, his: FhirHis, name: str, together: bool) -> None:
    peer.reply, fate, reason = FAULTS[name]
    ward = Ward(his, together=together)
    report = ward.deliver()
    assert reason in ward.said[0]
    assert report.locked_out is (fate is LOCKED_OUT)
    if fate is DEAD:
        # The others have their turn; here they meet the same.
        assert [attempt.outcome for attempt in report.attempts] == [Outcome.DEAD] * VISITS
        assert ward.states() == [DeliveryState.DEAD] * VISITS
        stored = ward.store.message(f"{visits.visit_id(1)}-his")
        assert stored is not None
        assert stored.problem == f"rejected: {ward.said[0]}"
        assert fhir.decode(stored.payload)
    else:
        assert report.paused
        assert [attempt.outcome for attempt in report.attempts] == [Outcome.RETRY]
        assert ward.states() == [DeliveryState.WAITING] * VISITS
        peer.reply = taken
        ward.clock.advance(minutes=61)
        assert [attempt.outcome for attempt in ward.deliver().attempts] == [Outcome.DELIVERED] * VISITS


@pytest.mark.parametrize(
    ("name", "seconds"),
    [("429", 17.0), ("503", 17.0), ("429 with a date long past", 0.0), ("429 with nonsense", None), ("500", None)],
)
def test_the_time_that_a_server_asks_for_is_kept(
    peer: FaultyPeer, his: FhirHis, name: str, seconds: float | None
) -> None:
    peer.reply = FAULTS[name][0]
    assert Ward(his).deliver().no_sooner_s == seconds


def finds(found: Callable[[list[str]], list[str]]) -> Reply:
    """A server that takes everything; `found` are the tags of what a search for these tags shows."""

    def reply(asked: Conversation) -> None:
        if asked.method == "POST":
            asked.send(http(200, entries(asked, "201")))
            return
        tags = parse_qs(urlsplit(asked.target).query)["_tag"][0].split(",")
        shown = [tag.partition("|") for tag in found(tags)]
        entry = [{"resource": {"meta": {"tag": [{"system": system, "code": code}]}}} for system, _, code in shown]
        more = [{"relation": "next"}] if MORE in found(tags) else []
        asked.send(http(200, json.dumps({"type": "searchset", "entry": entry, "link": more}).encode()))

    return reply


MORE = "there is another page|"


SEARCHES: dict[str, tuple[Callable[[list[str]], list[str]], int, list[str]]] = {
    "all are there once": (lambda tags: tags, 2, ["delivered"] * 2),
    "lists of tags are not understood": (lambda tags: tags if len(tags) == 1 else [], 6, ["delivered"] * 2),
    "of a list only the first": (lambda tags: tags[:1], 4, ["delivered"] * 2),
    "the second is there twice": (
        lambda tags: [*tags, tags[-1]] if tags[-1].endswith("2-patient") else tags,
        3,
        ["dead", "delivered"],
    ),
    "of a list something else": (lambda tags: tags if len(tags) == 1 else ["a|b"] * 2, 6, ["delivered"] * 2),
    "of a list one twice and the other not": (lambda tags: tags[:1] * len(tags), 6, ["delivered"] * 2),
    "nothing": (lambda tags: [], 3, ["retry"]),
    "of a list a page that is not the last": (
        lambda tags: tags if len(tags) == 1 else [*tags, MORE],
        6,
        ["delivered"] * 2,
    ),
}
"""What searches show of two visits, how many searches that takes, and what becomes of the visits."""


@pytest.mark.parametrize("name", SEARCHES)
def test_visits_sent_together_are_looked_for_together(peer: FaultyPeer, his: FhirHis, name: str) -> None:
    found, searches, outcomes = SEARCHES[name]
    peer.reply = finds(found)
    report = Ward(his, together=True).deliver()
    assert [attempt.outcome for attempt in report.attempts] == outcomes
    assert [method for method, _ in peer.requests].count("GET") == searches


def test_one_refusal_asks_a_sound_server_twice_and_no_more(peer: FaultyPeer, his: FhirHis) -> None:
    peer.reply = FAULTS["400 and all else works"][0]
    ward = Ward(his)
    ward.deliver()
    assert [method for method, _ in peer.requests] == ["POST", "GET"] * VISITS


def test_no_reason_quotes_the_servers_prose(peer: FaultyPeer, his: FhirHis) -> None:
    peer.reply = only_post(answer(422, outcome("value", "birthDate of Zhang San is wrong", "Zhang San")))
    ward = Ward(his)
    ward.deliver()
    assert ward.said[0] == "422 value"
