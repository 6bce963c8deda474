"""HL7 v2 over MLLP: what arrives at real systems, and everything that can go wrong on the way."""

from __future__ import annotations

import json
import random
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import hl7
import pytest

from kiosk import paths
from kiosk.adapters.his import make_his
from kiosk.adapters.his.hl7v2 import Hl7His
from kiosk.config import HisKind, HisSettings, parse_config
from kiosk.domain.errors import ConfigError, HisLockedOut, HisRejected, HisUnavailable
from kiosk.domain.outbox import DeliveryState, Lane, OutboxMessage
from kiosk.services.delivery import deliver_due
from kiosk.wire import fhir
from kiosk.wire.hl7v2 import Encoding, Message, read_message
from kiosk.wire.hl7v2_site import AckMode, Addresses, CodeMap, MessageKind, Site
from kiosk.wire.mllp import encode_block
from tests import hl7_peers, whole_visits
from tests.fakes import NOON, FakeClock, FakeStore
from tests.hl7_peers import PythonHl7Peer, ScriptedPeer, StrictPeer, ack, answers, running, sends

pytestmark = pytest.mark.peer

KEY = "visit-1-his"
EXAMPLE = paths.assets() / "demo-hospital" / "his-mapping.toml"
KINDS = [MessageKind.REGISTER, MessageKind.BOOK, MessageKind.FINDINGS, MessageKind.NOTE]
GB18030 = Site(Addresses(encoding=Encoding.GB18030))
COMPLAINT = "膝盖疼 𠮷 😀 乗亅乛亊 | ^ & ~ \\ \\F\\"


def payload(complaint: str = COMPLAINT) -> bytes:
    return fhir.encode(fhir.visit_bundles(whole_visits.encounter(replace(whole_visits.draft(), complaint=complaint))))


def his_of(peer: ScriptedPeer | StrictPeer | PythonHl7Peer, site: Site | None = None, timeout_s: float = 5) -> Hl7His:
    return Hl7His("127.0.0.1", peer.port, timeout_s, lambda: site or Site())


@pytest.fixture
def peer() -> Iterator[ScriptedPeer]:
    with running(ScriptedPeer()) as made:
        yield made


def received(peer: ScriptedPeer) -> list[Message]:
    return [read_message(content) for content in peer.received]


def queued(number: int) -> OutboxMessage:
    encounter = whole_visits.encounter(whole_visits.draft(number))
    return OutboxMessage(
        key=f"{encounter.visit_id}-his",
        lane=Lane.HIS,
        visit_id=encounter.visit_id,
        payload=fhir.encode(fhir.visit_bundles(encounter)),
        created_at=NOON,
        due_at=NOON,
    )


def control_ids(peer: ScriptedPeer) -> list[str]:
    return [message.header.value(10) for message in received(peer)]


class TestRealPeers:
    @pytest.mark.parametrize("make", [PythonHl7Peer, StrictPeer])
    @pytest.mark.parametrize("encoding", Encoding)
    def test_chinese_arrives_as_it_was(
        self, make: Callable[[Encoding], PythonHl7Peer | StrictPeer], encoding: Encoding
    ) -> None:
        with running(make(encoding)) as peer:
            his_of(peer, Site(Addresses(encoding=encoding))).deliver(KEY, payload())
            taken = [text for kind in KINDS for text in peer.inbox.of_kind(kind)]
        assert len(taken) == len(peer.inbox.messages) == 4
        (registration,) = (hl7.parse(text) for text in peer.inbox.of_kind(MessageKind.REGISTER))
        assert registration["PV2.F3.R1.C2"] == COMPLAINT
        assert registration["PV1.F7.R1.C2"] == "周"
        assert registration["PV1.F50.R1.C1"] == "骨 027"

    @pytest.mark.parametrize("make", [PythonHl7Peer, StrictPeer])
    def test_what_is_sent_again_is_the_same_bytes(self, make: Callable[[], PythonHl7Peer | StrictPeer]) -> None:
        with running(make()) as peer:
            his = his_of(peer)
            his.deliver(KEY, payload())
            first = dict(peer.inbox.messages)
            peer.inbox.messages.clear()
            his.deliver(KEY, payload())
            assert peer.inbox.messages == first

    def test_the_strict_system_refuses_with_its_reason_unsaid(self) -> None:
        bundles = json.loads(payload())
        bundles[0]["entry"][1]["resource"]["identifier"][0]["value"] = "x" * 500
        site = Site(codes=CodeMap(identifier_length=500))
        with running(StrictPeer()) as peer:
            with pytest.raises(HisRejected) as caught:
                his_of(peer, site).deliver(KEY, fhir.encode(bundles))
            assert str(caught.value) == "ADT^A04: AE"

    @pytest.mark.parametrize("make", [PythonHl7Peer, StrictPeer])
    def test_a_question_that_is_not_known_there_is_an_answer(
        self, make: Callable[[], PythonHl7Peer | StrictPeer]
    ) -> None:
        with running(make()) as peer:
            his_of(peer).check()
            assert peer.inbox.messages == {}


class TestOrder:
    def test_one_connection_one_message_after_the_other(self, peer: ScriptedPeer) -> None:
        his_of(peer).deliver(KEY, payload())
        assert [f"{m.header.value(9)}^{m.header.value(9, 2)}" for m in received(peer)] == KINDS
        assert peer.connections == 1

    def test_nothing_is_sent_after_a_refusal(self, peer: ScriptedPeer) -> None:
        peer.script.extend([hl7_peers.accepts, answers("AE", "ERR||SCH^1^25|103|E")])
        with pytest.raises(HisRejected) as caught:
            his_of(peer).deliver(KEY, payload())
        assert str(caught.value) == "SIU^S12: AE; 103 table value not found in SCH-25"
        assert len(peer.received) == 2

    def test_a_visit_that_broke_off_is_sent_whole_with_the_same_ids(self, peer: ScriptedPeer) -> None:
        peer.script.extend([hl7_peers.accepts, hl7_peers.accepts, answers("AE", "ERR|||207|E")])
        his = his_of(peer)
        with pytest.raises(HisUnavailable):
            his.deliver(KEY, payload())
        his.deliver(KEY, payload())
        identifiers = control_ids(peer)
        assert identifiers[:3] == identifiers[3:6]
        assert len(set(identifiers[3:])) == 4

    def test_a_listener_that_ends_every_connection(self, peer: ScriptedPeer) -> None:
        peer.behaviour = sends(lambda good, message: good, then_close=True)
        his_of(peer).deliver(KEY, payload())
        assert len(set(control_ids(peer))) == 4
        assert peer.connections >= 4

    def test_commit_acknowledgements(self, peer: ScriptedPeer) -> None:
        peer.behaviour = answers("CA")
        his = his_of(peer, Site(Addresses(acknowledgement=AckMode.ENHANCED)))
        his.deliver(KEY, payload())
        assert [(m.header.value(15), m.header.value(16)) for m in received(peer)] == [("AL", "NE")] * 4
        for code in ("CE", "CR"):
            peer.behaviour = answers(code)
            with pytest.raises(HisRejected, match=code):
                his.deliver(KEY, payload())


def two_frames(good: bytes, message: Message) -> bytes:
    return encode_block(ack(message, "AA", control_id="SOMEBODY")) + good


UNAVAILABLE = {
    "cut before the answer": (hl7_peers.cuts, "before an ACK"),
    "reset": (hl7_peers.resets, "before an ACK"),
    "half an answer": (sends(lambda good, m: good[:-9], then_close=True), "in the middle"),
    "no end of the block": (sends(lambda good, m: good[:-1], then_close=True), "in the middle"),
    "half an answer and silence": (sends(lambda good, m: good[:9]), "half an ACK"),
    "silence": (hl7_peers.keeps_silent, "no ACK in time"),
    "dripping": (hl7_peers.drips, "half an ACK"),
    "garbage": (sends(lambda good, m: b"HTTP/1.1 400 Bad Request\r\n\r\n"), "half an ACK"),
    "no HL7": (sends(lambda good, m: encode_block(b"hello")), "no ACK but"),
    "no MSA": (sends(lambda good, m: encode_block(b"MSH|^~\\&|\r")), "without MSA"),
    "our own message back": (sends(lambda good, m: encode_block(m.segments[0].text.encode())), "without MSA"),
    "another message's": (sends(lambda good, m: encode_block(ack(m, "AA", control_id="X"))), "another message: AA"),
    "no message's": (sends(lambda good, m: encode_block(ack(m, "AR", control_id=""))), "another message: AR"),
    "another message's first": (sends(two_frames), "another message: AA"),
    "a block inside a block": (sends(lambda good, m: b"\x0bMSH" + good), "broken ACK"),
    "endless": (sends(lambda good, m: b"\x0b" + b"x" * 3_000_000), "broken ACK"),
    "record locked": (answers("AE", "ERR|||206|E"), "206 application record locked"),
    "internal error": (answers("AR", "ERR|||207^busy|E"), "207 application internal error"),
}


class TestFaults:
    @pytest.mark.parametrize("fault", UNAVAILABLE)
    def test_worth_another_try(self, peer: ScriptedPeer, fault: str) -> None:
        behaviour, words = UNAVAILABLE[fault]
        peer.script.append(behaviour)
        his = his_of(peer, timeout_s=0.5)
        with pytest.raises(HisUnavailable, match=words):
            his.deliver(KEY, payload())
        his.deliver(KEY, payload())
        identifiers = control_ids(peer)
        assert identifiers[0] == identifiers[1]
        assert len(set(identifiers)) == 4

    @pytest.mark.parametrize(
        ("behaviour", "words"),
        [
            (answers("AE", "ERR||PID^1^3|101|E", text="PID-3"), "ADT^A04: AE; 101 required field missing in PID-3"),
            (answers("AR", "ERR||MSH^1^9|201|E"), "ADT^A04: AR; 201 unsupported event code in MSH-9"),
            (
                answers("AE", "ERR||MSH^1^4|103|E", "ERR||PID^1^3|101|E"),
                "ADT^A04: AE; 103 table value not found in MSH-4; 101 required field missing in PID-3",
            ),
            (answers("AE", "ERR|PID^1^5^102"), "ADT^A04: AE; 102 data type error in PID-5"),
            (answers("AR", text="no"), "ADT^A04: AR"),
            (answers("AE", "ERR|||205|E"), "ADT^A04: AE; 205 duplicate key identifier"),
        ],
    )
    def test_for_a_person(self, peer: ScriptedPeer, behaviour: hl7_peers.Behaviour, words: str) -> None:
        peer.behaviour = behaviour
        with pytest.raises(HisRejected) as caught:
            his_of(peer).deliver(KEY, payload())
        assert str(caught.value) == words

    @pytest.mark.parametrize(
        ("behaviour", "words"),
        [
            (answers("AR", "ERR||MSH^1^12|203|E"), "203 unsupported version id in MSH-12"),
            (answers("AR", "ERR|||202|E"), "202 unsupported processing id"),
            (answers("AE", "ERR||MSH^1^4^1^1|103|E"), "103 table value not found in MSH-4.1"),
        ],
    )
    def test_a_header_that_is_refused_is_no_visits_fault(
        self, peer: ScriptedPeer, behaviour: hl7_peers.Behaviour, words: str
    ) -> None:
        peer.script.append(behaviour)
        his = his_of(peer)
        with pytest.raises(HisLockedOut, match=f"does not take messages of this machine: A[RE]; {words}"):
            his.deliver(KEY, payload())
        his.deliver(KEY, payload())
        assert len(peer.received) == 5

    def test_a_site_rule_for_a_visit_that_is_there(self, peer: ScriptedPeer) -> None:
        peer.script.append(answers("AE", "ERR|||205|E"))
        his_of(peer, Site(codes=CodeMap(done_codes=frozenset({"205"})))).deliver(KEY, payload())
        assert len(peer.received) == 4

    def test_harmless_noise(self, peer: ScriptedPeer) -> None:
        peer.script.extend(
            [
                sends(lambda good, m: b"\r\n\x00noise\x1c\r" + good + b"noise"),
                sends(lambda good, m: good + good),
                sends(lambda good, m: encode_block(good[1:-2].replace(b"\r", b"\r\n") + b"ZZZ|more\r")),
            ]
        )
        his_of(peer).deliver(KEY, payload())
        assert len(peer.received) == 4

    def test_a_connection_that_ends_between_messages_is_opened_again(self, peer: ScriptedPeer) -> None:
        peer.script.extend([hl7_peers.accepts, hl7_peers.cuts])
        his_of(peer).deliver(KEY, payload())
        identifiers = control_ids(peer)
        assert identifiers[1] == identifiers[2]
        assert len(identifiers) == 5

    def test_errors_carry_no_personal_data(self, peer: ScriptedPeer) -> None:
        said = f"{whole_visits.PHONE} 膝盖疼"
        peer.behaviour = answers("AE", f"ERR||PID^1^13|102^{said}|E|||{said}|{said}", text=said)
        with pytest.raises(HisRejected) as caught:
            his_of(peer).deliver(KEY, payload())
        assert whole_visits.PHONE not in str(caught.value)
        assert "膝" not in str(caught.value)

    def test_a_payload_without_what_a_visit_needs(self, peer: ScriptedPeer) -> None:
        bundles = json.loads(payload())
        del bundles[0]["entry"][1]["resource"]["serviceType"]
        with pytest.raises(HisRejected, match="department"):
            his_of(peer).deliver(KEY, fhir.encode(bundles))
        assert peer.received == []


class TestMapping:
    def his(self, peer: ScriptedPeer | StrictPeer, file: Path) -> Hl7His:
        settings = HisSettings(kind=HisKind.HL7V2, host="127.0.0.1", port=peer.port, mapping=str(file))
        his = make_his(settings)
        assert isinstance(his, Hl7His)
        return his

    def test_the_example_reaches_a_strict_system(self) -> None:
        with running(StrictPeer()) as peer:
            self.his(peer, EXAMPLE).deliver(KEY, payload())
            assert len(peer.inbox.messages) == 4
            (registration,) = (hl7.parse(text) for text in peer.inbox.of_kind(MessageKind.REGISTER))
            (findings,) = peer.inbox.of_kind(MessageKind.FINDINGS)
        assert registration["PV1.F10"] == "0405"
        assert [str(registration[f"PV1.F3.R1.C{number}"]) for number in (1, 2)] == ["0405", "OPD-2-06"]
        assert registration["PV1.F7.R1.C1"] == "D1024"
        assert registration["PID.F5.R1.C1"] == "无名氏"
        assert len(str(registration["PID.F3.R1.C1"])) == 20
        assert "|3^三级 Level III^99QH|" in findings

    def test_only_what_the_system_takes_is_sent_in_its_order(self, peer: ScriptedPeer, tmp_path: Path) -> None:
        file = tmp_path / "mapping.toml"
        file.write_text('[hl7v2]\nmessages = ["MDM^T02", "ADT^A04"]\nprobe = false\ndone_codes = ["205"]\n')
        his = self.his(peer, file)
        his.check()
        assert peer.received == []
        peer.script.append(answers("AE", "ERR|||205|E"))
        his.deliver(KEY, payload())
        assert [message.header.value(9) for message in received(peer)] == ["MDM", "ADT"]

    def test_a_wrong_file_locks_out_and_a_corrected_one_delivers(self, peer: ScriptedPeer, tmp_path: Path) -> None:
        file = tmp_path / "mapping.toml"
        file.write_text('[departments]\northopaedics = "B"\n[hl7v2]\nmessages = ["ADT^A01"]\n')
        his = self.his(peer, file)
        for attempt in (his.check, lambda: his.deliver(KEY, payload())):
            with pytest.raises(HisLockedOut, match=r"mapping\.toml, line 4: hl7v2\.messages 'ADT\^A01'"):
                attempt()
        assert peer.connections == 0
        file.write_text('[departments]\northopaedics = "B"\n')
        his.deliver(KEY, payload())
        assert received(peer)[0].named("PV1")[0].value(10) == "B"


class TestSettings:
    def test_they_reach_the_messages(self, peer: ScriptedPeer) -> None:
        chosen = {
            "kind": "hl7v2",
            "host": "127.0.0.1",
            "port": peer.port,
            "encoding": "gb18030",
            "acknowledgement": "enhanced",
            "sending_facility": "LOBBY",
            "receiving_application": "HIS",
            "receiving_facility": "QINGHE",
        }
        make_his(parse_config({"his": chosen}).his).deliver(KEY, payload())
        header = read_message(peer.received[0], Encoding.GB18030).header
        assert [header.value(number) for number in (3, 4, 5, 6)] == ["DAOZHEN", "LOBBY", "HIS", "QINGHE"]
        assert (header.value(15), header.value(18)) == ("AL", "GB 18030-2000")

    @pytest.mark.parametrize(
        ("wrong", "key"), [({}, "his.host"), ({"host": "his", "encoding": "big5"}, "his.encoding")]
    )
    def test_wrong_ones_are_named(self, wrong: dict[str, str], key: str) -> None:
        with pytest.raises(ConfigError) as caught:
            parse_config({"his": {"kind": "hl7v2", **wrong}})
        assert caught.value.key == key


class TestOutbox:
    @pytest.mark.parametrize("seed", range(3))
    def test_a_bad_line_neither_loses_nor_doubles(self, peer: ScriptedPeer, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - the same every time
        faults = [
            hl7_peers.cuts,
            hl7_peers.resets,
            sends(lambda good, m: good[:9], then_close=True),
            sends(lambda good, m: encode_block(ack(m, "AA", control_id="X"))),
            answers("AE", "ERR|||207|E"),
        ]
        peer.script.extend(chance.choice(faults) if chance.random() < 0.15 else hl7_peers.accepts for _ in range(2000))
        store, clock, his = FakeStore(), FakeClock(), his_of(peer)
        messages = [queued(number) for number in range(20)]
        with store.transaction():
            for message in messages:
                store.add_message(message)
        while store.due_messages(Lane.HIS, clock.now(), 1):
            deliver_due(
                store, Lane.HIS, lambda message: his.deliver(message.key, message.payload), clock, chance.random
            )
            clock.advance(minutes=10)
        found = [store.message(message.key) for message in messages]
        assert [one.state for one in found if one is not None] == [DeliveryState.SENT] * 20
        arrived: dict[str, set[bytes]] = {}
        for identifier, content in zip(control_ids(peer), peer.received, strict=True):
            arrived.setdefault(identifier, set()).add(content)
        assert len(arrived) == 20 * len(KINDS)
        assert all(len(contents) == 1 for contents in arrived.values())
        assert len(peer.received) > len(arrived)


class TestCheck:
    def test_nobody_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        with pytest.raises(HisUnavailable, match="no TCP connection"):
            Hl7His("127.0.0.1", port, 2).check()

    @pytest.mark.parametrize("name", ["his.invalid", "a..b", "x" * 80])
    def test_a_name_that_is_none(self, name: str) -> None:
        with pytest.raises(HisUnavailable, match="is not known"):
            Hl7His(name, 2575, 2).check()

    @pytest.mark.parametrize(
        ("behaviour", "words"),
        [
            (hl7_peers.keeps_silent, "no ACK in time"),
            (hl7_peers.cuts, "before an ACK"),
            (sends(lambda good, m: b"SSH-2.0-OpenSSH\r\n", then_close=True), "in the middle"),
        ],
    )
    def test_somebody_listens_and_does_not_answer(
        self, peer: ScriptedPeer, behaviour: hl7_peers.Behaviour, words: str
    ) -> None:
        peer.behaviour = behaviour
        with pytest.raises(HisUnavailable, match=words):
            his_of(peer, timeout_s=0.5).check()

    @pytest.mark.parametrize(
        "behaviour",
        [
            answers("AR", text="Unknown sending facility LOBBY"),
            answers("AE", "ERR||MSH^1^4|103|E|||facility"),
            answers("AR", "ERR||MSH^1^11|202|E"),
            answers("AR", text="发送机构未登记"),
        ],
    )
    def test_it_does_not_take_messages_of_this_machine(
        self, peer: ScriptedPeer, behaviour: hl7_peers.Behaviour
    ) -> None:
        peer.behaviour = behaviour
        his = his_of(peer)
        for _ in range(2):
            with pytest.raises(HisLockedOut, match=r"does not take messages of this machine: A[RE]"):
                his.check()

    @pytest.mark.parametrize(
        "behaviour",
        [
            answers("AA"),
            answers("AR", text="Unsupported message type"),
            answers("AE", "ERR||MSH^1^9|200|E"),
            answers("AE", "ERR||NCK^1|100|E"),
            answers("AE", "ERR|||207^Application internal error|E"),
            answers("AR", text="Receiving application does not support NMQ"),
        ],
    )
    def test_any_other_answer_will_do(self, peer: ScriptedPeer, behaviour: hl7_peers.Behaviour) -> None:
        peer.behaviour = behaviour
        his = his_of(peer)
        his.check()
        assert [m.header.value(9) for m in received(peer)] == ["NMQ"]

    def test_it_asks_once_and_again_after_a_failure(self, peer: ScriptedPeer) -> None:
        his = his_of(peer)
        for _ in range(3):
            his.check()
        peer.script.append(hl7_peers.cuts)
        with pytest.raises(HisUnavailable):
            his.deliver(KEY, payload())
        his.check()
        assert [message.header.value(9) for message in received(peer)] == ["NMQ", "ADT", "NMQ"]
        assert peer.connections == 5

    def test_a_site_without_the_question(self, peer: ScriptedPeer) -> None:
        his_of(peer, Site(codes=CodeMap(probe=False))).check()
        assert peer.received == []
