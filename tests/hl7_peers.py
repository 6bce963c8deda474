"""Hospital systems that take HL7 v2 over MLLP: two made with well-known libraries, one that does what a test says."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import hl7
from hl7.mllp import HL7StreamReader, HL7StreamWriter, InvalidBlockError, start_hl7_server
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.core import Message as StrictMessage
from hl7apy.exceptions import HL7apyException
from hl7apy.mllp import AbstractErrorHandler, AbstractHandler, MLLPRequestHandler, MLLPServer
from hl7apy.parser import parse_message

from kiosk.wire.hl7v2 import Encoding, Message, read_message, write_message, write_segment
from kiosk.wire.hl7v2_site import STRUCTURES, MessageKind
from kiosk.wire.mllp import MllpDecoder, encode_block

_PATIENCE_S = 10.0


class Inbox:
    """What a hospital system has taken; a control id that is there already changes nothing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.messages: dict[str, str] = {}
        self.receptions = 0

    def take(self, text: str) -> None:
        with self._lock:
            self.receptions += 1
            self.messages.setdefault(text.split("\r", 1)[0].split("|")[9], text)

    def of_kind(self, kind: MessageKind) -> list[str]:
        return [text for text in self.messages.values() if f"|{kind}^" in text.split("\r", 1)[0]]

    def visits(self) -> int:
        return len(self.of_kind(MessageKind.REGISTER))


class PythonHl7Peer:
    """python-hl7's asyncio server: many messages a connection, AE without PID-3, AR for unknown types."""

    def __init__(self, encoding: Encoding = Encoding.UTF_8, port: int = 0) -> None:
        self.inbox = Inbox()
        self.port = port
        self._encoding = encoding
        self._loop = asyncio.new_event_loop()
        self._writers: set[HL7StreamWriter] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.bring_back()

    def bring_back(self) -> None:
        self._server = self._run(
            start_hl7_server(self._serve, "127.0.0.1", self.port, limit=2**22, encoding=self._encoding.value)
        )
        self.port = self._server.sockets[0].getsockname()[1]

    def take_away(self) -> None:
        self._run(self._stop())

    def close(self) -> None:
        self.take_away()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE_S)

    async def _stop(self) -> None:
        self._server.close()
        for writer in tuple(self._writers):
            writer.close()
        await self._server.wait_closed()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: HL7StreamReader, writer: HL7StreamWriter) -> None:
        self._writers.add(writer)
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, InvalidBlockError, ConnectionError):
                while True:
                    message = await reader.readmessage()
                    writer.writemessage(message.create_ack(self._answer(message)))
                    await writer.drain()
        finally:
            self._writers.discard(writer)
            writer.close()

    def _answer(self, message: hl7.Message) -> str:
        if f"{message['MSH.F9.R1.C1']}^{message['MSH.F9.R1.C2']}" == MessageKind.PROBE:
            return "AR"
        if not str(message.segment("PID")(3)):
            return "AE"
        self.inbox.take(str(message))
        self.taken(str(message["MSH.F10"]))
        return "AA"

    def taken(self, control_id: str) -> None:
        """Called before the answer goes out."""


class StrictPeer:
    """hl7apy's server with strict validation: one message a connection, and AE with what its validator says."""

    def __init__(self, encoding: Encoding = Encoding.UTF_8) -> None:
        self.inbox = Inbox()
        self._encoding = encoding
        self._server: MLLPServer | None = None
        self.port = 0
        self.bring_back()

    def bring_back(self) -> None:
        handlers: dict[str, Any] = {
            f"{kind}^{structure}": (_StrictHandler, self.inbox)
            for kind, structure in STRUCTURES.items()
            if kind is not MessageKind.PROBE
        }
        handlers["ERR"] = (_RefusingHandler,)
        requests = type("Requests", (MLLPRequestHandler,), {"encoding": self._encoding.value})
        self._server = MLLPServer("127.0.0.1", self.port, handlers, request_handler_class=requests)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def take_away(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None

    def close(self) -> None:
        self.take_away()


def strict_ack(received: str, code: str, text: str = "") -> str:
    """A valid ACK in its block."""
    ack = StrictMessage("ACK", version="2.5.1", validation_level=VALIDATION_LEVEL.STRICT)
    ack.msh.msh_9 = "ACK"
    ack.msh.msh_10 = "ACK1"
    ack.msh.msh_11 = "P"
    ack.msa.msa_1 = code
    ack.msa.msa_2 = received.split("\r", 1)[0].split("|")[9]
    if text:
        ack.msa.msa_3 = text.replace("^", " ")[:80]
    assert ack.validate()
    return str(ack.to_mllp())


class _StrictHandler(AbstractHandler):
    def __init__(self, message: str, inbox: Inbox) -> None:
        super().__init__(message)
        self._inbox = inbox

    def reply(self) -> str:
        try:
            parse_message(self.incoming_message, VALIDATION_LEVEL.STRICT).validate()
        except (HL7apyException, ValueError) as error:
            return strict_ack(self.incoming_message, "AE", str(error))
        self._inbox.take(self.incoming_message)
        return strict_ack(self.incoming_message, "AA")


class _RefusingHandler(AbstractErrorHandler):
    def reply(self) -> str:
        return strict_ack(self.incoming_message, "AR", str(self.exc))


def ack(received: Message, code: str, *errors: str, text: str = "", control_id: str | None = None) -> bytes:
    """The content of an ACK; `errors` are whole ERR segments."""
    answered = received.header.value(10) if control_id is None else control_id
    segments = [
        write_segment("MSH", {9: "ACK", 10: "A1", 11: "P", 12: "2.5.1"}),
        write_segment("MSA", {1: code, 2: answered, 3: text}),
        *errors,
    ]
    return write_message(segments, Encoding.UTF_8)


Behaviour = Callable[["ScriptedPeer", socket.socket, Message], bool]
"""Answers one message; False when the connection is to be closed."""


def answers(code: str, *errors: str, text: str = "") -> Behaviour:
    def behave(peer: ScriptedPeer, connection: socket.socket, message: Message) -> bool:
        connection.sendall(encode_block(ack(message, code, *errors, text=text)))
        return True

    return behave


def sends(made: Callable[[bytes, Message], bytes], *, then_close: bool = False) -> Behaviour:
    """`made` gets the whole block of a good answer and the message."""

    def behave(peer: ScriptedPeer, connection: socket.socket, message: Message) -> bool:
        connection.sendall(made(encode_block(ack(message, "AA")), message))
        return not then_close

    return behave


def drips(peer: ScriptedPeer, connection: socket.socket, message: Message) -> bool:
    """One byte of the answer now and then, never the last."""
    for byte in encode_block(ack(message, "AA"))[:-1]:
        connection.sendall(bytes([byte]))
        if peer.closing.wait(0.05):
            return False
    return True


def resets(peer: ScriptedPeer, connection: socket.socket, message: Message) -> bool:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return False


accepts = answers("AA")
cuts: Behaviour = lambda peer, connection, message: False  # noqa: E731
keeps_silent: Behaviour = lambda peer, connection, message: True  # noqa: E731


class ScriptedPeer:
    """Does what `script` says, message by message, and `behaviour` when the script has ended."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.script: deque[Behaviour] = deque()
        self.behaviour: Behaviour = accepts
        self.received: list[bytes] = []
        self.connections = 0
        self.closing = threading.Event()
        self._tls = tls
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def close(self) -> None:
        self.closing.set()
        # Wakes accept().
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            pass
        self._thread.join()
        self._server.close()

    def _run(self) -> None:
        while True:
            connection, _ = self._server.accept()
            if self.closing.is_set():
                connection.close()
                return
            self.connections += 1
            with contextlib.suppress(OSError):
                self._serve(self._tls.wrap_socket(connection, server_side=True) if self._tls else connection)
            connection.close()

    def _serve(self, connection: socket.socket) -> None:
        decoder = MllpDecoder()
        with connection:
            while data := connection.recv(65536):
                for block in decoder.feed(data):
                    if not isinstance(block, bytes):
                        return
                    self.received.append(block)
                    behaviour = self.script.popleft() if self.script else self.behaviour
                    if not behaviour(self, connection, read_message(block)):
                        return


@contextlib.contextmanager
def running(peer: Any) -> Iterator[Any]:
    try:
        yield peer
    finally:
        peer.close()
