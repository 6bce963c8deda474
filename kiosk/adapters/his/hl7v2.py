"""A hospital system that takes HL7 v2.5.1 messages over MLLP."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from kiosk.adapters.his.changes import change_in
from kiosk.adapters.his.hl7v2_check import NOT_OURS, examine
from kiosk.adapters.his.mllp import MllpConnection, PeerGone
from kiosk.adapters.his.previews import messages_shown
from kiosk.adapters.his.tls import TlsFiles, tls_context
from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable
from kiosk.domain.self_test import Check, Preview, Verdict
from kiosk.wire import fhir
from kiosk.wire.hl7v2 import Encoding
from kiosk.wire.hl7v2_ack import Ack, AckCode, AckError, read_ack
from kiosk.wire.hl7v2_ack import Verdict as Answered
from kiosk.wire.hl7v2_site import Site
from kiosk.wire.hl7v2_visit import OutgoingMessage, VisitWriter, patient_name, probe
from kiosk.wire.visit_reading import read_visit

_UNKNOWN_QUESTION = frozenset({"200", "201"})
_WRONG_HEADER = frozenset({"103", "202", "203", "204"})
"""A value of a table, processing id, version, a key: in a probe all of them stand in the header."""
_WRONG_FOR_ALL = frozenset({"202", "203"})
"""Processing id and version."""
_ABOUT_ADDRESSES = re.compile(
    r"facility|sender|sending|receiver|receiving|authori[sz]|permitted|allowed|机构|授权|发送|接收", re.IGNORECASE
)
_ABOUT_THE_QUESTION = re.compile(r"NMQ|type|event|support|handler|类型|事件", re.IGNORECASE)
_EVERY_HEADER = re.compile(r"MSH-(3|4|5|6|11|12|18)(\.|$)")
"""What stands in the header of every message alike: no visit is at fault."""
_SHOWN = "preview"
"""The key of a made-up visit."""


class Hl7His:
    """services.ports.His over an MLLP listener. A visit is a list of messages, each sent after the one before is taken.

    A visit that breaks off is sent again from its first message, with the control ids it had: receivers know those
    they have taken. `timeout_s` bounds each message with its answer. Only one visit is sent at a time. `site` is asked
    before each; certificates are read for each, so that a renewed one needs no restart.
    """

    def __init__(
        self,
        host: str,
        port: int,
        timeout_s: float,
        site: Callable[[], Site] = Site,
        tls: TlsFiles | None = None,
    ) -> None:
        self._host = host
        self._port = port
        self._timeout_s = timeout_s
        self._site = site
        self._tls = tls
        self._one_at_a_time = threading.Lock()
        self._answers = False
        """Whether the last message was answered: then a check need not ask."""

    def close(self) -> None:
        """Nothing is kept open between visits."""

    def check(self) -> None:
        """Connect, and unless messages were answered lately, ask something that is about nobody.

        That the question is not known there is an answer too; HisLockedOut when the answer is about who we are.
        """
        site = self._site()
        with self._conversation(site) as conversation:
            conversation.open()
            if not self._answers and site.codes.probe:
                self._ask(conversation, site)

    def deliver(self, key: str, payload: bytes) -> None:
        site = self._site()
        messages = _written(site, key, payload)
        with self._conversation(site) as conversation:
            for message in messages:
                ack = conversation.ask(message)
                self._answers = True
                verdict = ack.verdict(site.codes.retry_codes, site.codes.done_codes)
                if verdict is Answered.REFUSED and ack.errors and all(map(_is_about_every_header, ack.errors)):
                    raise HisLockedOut(f"{NOT_OURS}: {ack.reasons()}")
                if verdict is Answered.REFUSED:
                    raise HisRejected(f"{message.kind}: {ack.reasons()}")
                if verdict is Answered.LATER:
                    raise HisUnavailable(f"{message.kind}: {ack.reasons()}")

    def examine(self, payload: bytes) -> Iterator[Check]:
        """As services.ports.HisTools."""
        try:
            site = self._site()
            messages = _written(site, _SHOWN, payload)
        except (HisUnavailable, HisRejected) as error:
            yield Check("mapping", Verdict.FAIL, str(error), "correct the line that is named")
            return
        where = f"{self._host} port {self._port}"
        yield from examine(site, messages, where, lambda: self._asked(site), secured=self._tls is not None)

    def preview(self, payload: bytes) -> Preview:
        """As services.ports.HisTools."""
        site = self._site()
        return messages_shown(_written(site, _SHOWN, payload), site.addresses.encoding)

    def _ask(self, conversation: _Conversation, site: Site) -> Ack:
        ack = conversation.ask(probe(site, datetime.now(UTC)))
        if _is_about_us(ack):
            raise HisLockedOut(f"{NOT_OURS}: {ack.words()}")
        self._answers = True
        return ack

    def _asked(self, site: Site) -> Ack | None:
        """What is answered to a question; None, and only a connection, where the site wants none asked."""
        with self._conversation(site) as conversation:
            conversation.open()
            return self._ask(conversation, site) if site.codes.probe else None

    @contextmanager
    def _conversation(self, site: Site) -> Iterator[_Conversation]:
        """One at a time."""
        with self._one_at_a_time:
            conversation = _Conversation(self._connect, self._timeout_s, site.addresses.encoding)
            try:
                yield conversation
            except HisUnavailable:
                self._answers = False
                raise
            finally:
                conversation.close()

    def _connect(self, deadline: float) -> MllpConnection:
        tls = None if self._tls is None else tls_context(self._tls)
        return MllpConnection(self._host, self._port, tls, deadline)


class _Conversation:
    """Messages and their acknowledgements, over as many connections as the other side wants."""

    def __init__(self, connect: Callable[[float], MllpConnection], timeout_s: float, encoding: Encoding) -> None:
        self._connect = connect
        self._timeout_s = timeout_s
        self._encoding = encoding
        self._connection: MllpConnection | None = None
        self._answered: set[str] = set()

    def open(self) -> None:
        self._connection = self._connect(time.monotonic() + self._timeout_s)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def ask(self, message: OutgoingMessage) -> Ack:
        """Send one message and wait for its acknowledgement; HisUnavailable without one."""
        deadline = time.monotonic() + self._timeout_s
        if self._connection is not None:
            try:
                return self._ask(self._connection, message, deadline)
            except PeerGone:
                # Some listeners end the connection after every answer; the message was not looked at, or is known.
                self.close()
        self._connection = self._connect(deadline)
        return self._ask(self._connection, message, deadline)

    def _ask(self, connection: MllpConnection, message: OutgoingMessage, deadline: float) -> Ack:
        connection.send(message.content, deadline)
        while True:
            content = connection.receive(deadline)
            try:
                ack = read_ack(content, self._encoding)
            except ValueError as error:
                raise HisUnavailable(f"no ACK but {error}") from error
            if ack.control_id == message.control_id:
                self._answered.add(ack.control_id)
                return ack
            # An answer given twice is no answer to the next message.
            if ack.control_id not in self._answered:
                raise HisUnavailable(f"the ACK is for another message: {ack.reasons()}")


def _written(site: Site, key: str, payload: bytes) -> tuple[OutgoingMessage, ...]:
    change = change_in(payload)
    try:
        bundles = fhir.decode(payload) if change is None else change.visit
        writer = VisitWriter(site, key, read_visit(bundles), patient_name(bundles))
        return writer.messages() if change is None else writer.changed(change.change)
    except ValueError as error:
        raise HisRejected(f"the payload is no visit: {error}") from error


def _is_about_every_header(error: AckError) -> bool:
    return error.code in _WRONG_FOR_ALL or _EVERY_HEADER.match(error.location) is not None


def _is_about_us(ack: Ack) -> bool:
    """Whether a probe was refused for its header, and not only because the question is not known there."""
    if ack.code in {AckCode.ACCEPT, AckCode.COMMIT_ACCEPT}:
        return False
    for error in ack.errors:
        if error.code in _UNKNOWN_QUESTION:
            return False
        if error.code in _WRONG_HEADER or error.location.startswith("MSH-"):
            return True
    prose = " ".join((ack.prose, *(error.prose for error in ack.errors)))
    return _ABOUT_ADDRESSES.search(prose) is not None and _ABOUT_THE_QUESTION.search(prose) is None
