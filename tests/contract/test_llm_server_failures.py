"""A language model server that is gone, slow, refuses or talks nonsense: the worker answers every question."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.generation import ModelProblem
from kiosk.domain.language import Language
from kiosk.wire.worker_messages import FROM_LLM, Ask, ForgetVisit, ModelState, NoModel, Proposal, Start
from tests.llm_server import LlmServer, free_port
from tests.worker_client import WorkerClient

MODELS = b'{"object":"list","data":[{"id":"tiny","object":"model"}]}'
EVENT = b'data: {"choices":[{"text":"none","finish_reason":null}]}\n\n'
LONG = "我胸口疼了三天，晚上更厉害，没有发烧，有点咳嗽。" * 40


def http(body: bytes, status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 " + status + b"\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def received(connection: socket.socket) -> bytes:
    """A whole request: hanging up with half of it unread would take the answer away as well."""
    data = b""
    while b"\r\n\r\n" not in data and (more := connection.recv(65536)):
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    while length and len(body) < int(length[1]) and (more := connection.recv(65536)):
        body += more
    return data


class Peer:
    """A TCP server that answers /v1/models properly and everything else with given bytes, then hangs up or holds."""

    def __init__(self, answer: bytes, *, hold: bool = False, drip: bytes = b"") -> None:
        self._answer, self._hold, self._drip = answer, hold, drip
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            asked = received(connection)
            if asked.startswith(b"GET /v1/models"):
                connection.sendall(http(MODELS))
                return
            connection.sendall(self._answer)
            while self._drip and not self._over.wait(0.02):
                connection.sendall(self._drip)
            if self._hold:
                self._over.wait(60)


@pytest.fixture
def peer() -> Iterator[Callable[..., Peer]]:
    peers: list[Peer] = []

    def listen(answer: bytes = b"", **options: Any) -> Peer:
        peers.append(Peer(answer, **options))
        return peers[-1]

    yield listen
    for one in peers:
        one.close()


class Llm(WorkerClient):
    def __init__(self, url: str, **settings: Any) -> None:
        super().__init__("llm", FROM_LLM)
        config = {"server": url, "timeout_s": 0.5, **settings}
        self.model = ModelProblem.LOADING
        self.send(Start({"llm": config, "codes": ["fever", "cough", "chest_pain"]}))

    def state(self) -> ModelProblem:
        return self.until(ModelState, lambda state: state.problem is not ModelProblem.LOADING).problem

    def read(self, text: str = "发烧", visit: str = "v1") -> ModelProblem:
        self.send(Ask(visit, text, Language.ZH))
        while (message := self.receive()) is not None:
            if isinstance(message, ModelState):
                self.model = message.problem
            if isinstance(message, Proposal):
                return ModelProblem.NONE
            if isinstance(message, NoModel):
                return message.problem
        raise AssertionError("the worker ended without an answer")


@pytest.fixture
def worker() -> Iterator[Callable[..., Llm]]:
    workers: list[Llm] = []

    def start(url: str, **settings: Any) -> Llm:
        workers.append(Llm(url, **settings))
        return workers[-1]

    yield start
    for one in workers:
        one.end()


NONSENSE = {
    "a page": http(b"<html><body>Welcome to nginx!</body></html>"),
    "noise": http(bytes(range(256)) * 20),
    "no choices": http(b'data: {"choices":null}\n\n'),
    "a list": http(b"data: [1,2,3]\n\n"),
    "a number for text": http(b'data: {"choices":[{"text":5,"finish_reason":null}]}\n\n'),
    "half a letter": http(b'data: {"choices":[{"text":"\\ud800","finish_reason":"stop"}]}\n\n'),
    "an error": http(b'data: {"error":{"message":"out of memory"}}\n\n'),
    "a strange end": http(b'data: {"choices":[{"text":"x","finish_reason":"content_filter"}]}\n\n'),
    "a deep hole": http(b"data: " + b"[" * 100_000 + b"\n\n"),
    "an event without end": http(b"data: " + b"x" * 400_000),
}
NO_SERVER = {
    "hangs up": b"",
    "ends in the middle": b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + EVENT,
    "ends without a reason": http(EVENT + b"data: [DONE]\n\n"),
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "an error of its own": http(b"{}", b"500 Internal Server Error"),
    "not allowed": http(b"{}", b"401 Unauthorized"),
    "elsewhere": http(b"", b"302 Found\r\nLocation: http://192.0.2.1/"),
}


@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_told_and_the_next_question_answered(
    worker: Callable[..., Llm], peer: Callable[..., Peer], answer: bytes
) -> None:
    llm = worker(peer(answer).url, timeout_s=10)
    assert llm.state() is ModelProblem.NONE
    assert llm.read() is ModelProblem.NONSENSE
    assert llm.read("咳嗽", "v2") is ModelProblem.NONSENSE


@pytest.mark.parametrize("answer", NO_SERVER.values(), ids=NO_SERVER)
def test_a_server_that_gives_up_is_told(worker: Callable[..., Llm], peer: Callable[..., Peer], answer: bytes) -> None:
    llm = worker(peer(answer).url, timeout_s=10)
    assert llm.state() is ModelProblem.NONE
    assert llm.read() is ModelProblem.SERVER
    assert llm.model is ModelProblem.SERVER


def test_words_outside_the_grammar_are_no_findings(worker: Callable[..., Llm], peer: Callable[..., Peer]) -> None:
    said = (
        b'data: {"choices":[{"text":"You have cancer. fever+=\\u53d1\\u70e7 take 500 mg","finish_reason":"stop"}]}\n\n'
    )
    llm = worker(peer(http(said)).url, timeout_s=10)
    assert llm.state() is ModelProblem.NONE
    llm.send(Ask("v1", "发烧", Language.ZH))
    answer = llm.until(Proposal | NoModel)
    assert answer == Proposal("v1", ())


@pytest.mark.parametrize("drip", [b"", b": wait\n"], ids=["silent", "dripping"])
def test_a_slow_server_costs_its_time_and_after_three_times_there_is_none(
    worker: Callable[..., Llm], peer: Callable[..., Peer], drip: bytes
) -> None:
    llm = worker(peer(b"HTTP/1.1 200 OK\r\n\r\n", hold=True, drip=drip).url, timeout_s=0.3)
    assert llm.state() is ModelProblem.NONE
    for number in range(3):
        assert llm.read(visit=f"v{number}") is ModelProblem.TOO_SLOW
        assert (llm.model is ModelProblem.TOO_SLOW) is (number == 2)


def test_a_question_to_a_silent_server_is_given_up_long_before_its_time(
    worker: Callable[..., Llm], peer: Callable[..., Peer]
) -> None:
    llm = worker(peer(b"", hold=True).url, timeout_s=30)
    assert llm.state() is ModelProblem.NONE
    for number in range(3):
        llm.send(Ask(f"v{number}", "发烧", Language.ZH))
        llm.send(ForgetVisit(f"v{number}"))
        assert llm.until(NoModel).problem is ModelProblem.CANCELLED


def test_a_server_that_comes_back_is_used_again(worker: Callable[..., Llm], tiny_model: Path) -> None:
    server = LlmServer(tiny_model)
    try:
        llm = worker(server.url, timeout_s=20)
        assert llm.state() is ModelProblem.NONE
        assert llm.read() is ModelProblem.NONE
        llm.send(Ask("v2", LONG, Language.ZH))
        server.stop()
        assert llm.until(NoModel).problem is ModelProblem.SERVER
        assert llm.read(visit="v3") is ModelProblem.SERVER
        server.start()
        assert llm.read(visit="v4") is ModelProblem.NONE
        assert llm.model is ModelProblem.NONE
    finally:
        server.stop()


def test_nobody_there_is_told_at_the_start(worker: Callable[..., Llm]) -> None:
    llm = worker(f"http://127.0.0.1:{free_port()}")
    assert llm.state() is ModelProblem.SERVER
    assert llm.read() is ModelProblem.SERVER


def test_a_model_that_the_server_does_not_have_is_missing(
    worker: Callable[..., Llm], peer: Callable[..., Peer]
) -> None:
    assert worker(peer().url, server_model="large").state() is ModelProblem.MISSING


def test_a_token_file_that_is_not_there_is_told(worker: Callable[..., Llm], peer: Callable[..., Peer]) -> None:
    assert worker(peer().url, token_file="/nowhere").state() is ModelProblem.SERVER  # noqa: S106 - a path
