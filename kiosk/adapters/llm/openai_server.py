"""A language model on a server of the hospital that speaks OpenAI's completions: llama-server, vLLM and others.

Nothing is sent but the prompt; nothing is kept here. What the server keeps is the hospital's to decide.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from kiosk.domain.errors import ConfigError
from kiosk.domain.generation import (
    Cancellation,
    EngineFacts,
    Finish,
    Generated,
    ModelError,
    ModelProblem,
    Request,
    Role,
)
from kiosk.wire.completion_stream import CompletionStream

CONNECT_S = 2.0
_LONGEST_LIST = 1_000_000
_FINISHED = {"stop": Finish.STOP, "length": Finish.TOKENS}
# A server reads these as control tokens wherever they stand. One letter becomes one letter.
_CONTROL = str.maketrans("<>|[]", "‹›¦()")
_END = b""


class OpenAiServer:
    """services.ports.TextGenerator over `url`/v1/completions. An empty `model` is the first that the server names."""

    def __init__(self, url: str, model: str = "", token_file: Path | None = None) -> None:
        base = url.rstrip("/").removesuffix("/v1")
        self._url = f"{base}/v1"
        self._model = model
        self._token_file = token_file
        try:
            httpx.URL(self._url)
        except httpx.InvalidURL as error:
            raise ConfigError("llm.server", f"is no address: {error}") from error
        # The server is in the house: proxies and passwords of the environment do not apply.
        self._client = httpx.Client(timeout=httpx.Timeout(60.0, connect=CONNECT_S), trust_env=False)
        self.facts = EngineFacts(kind="server", model=model or "its first model")

    def warm_up(self) -> None:
        """Ask which models there are: it answers, and the token is good."""
        try:
            with self._client.stream("GET", f"{self._url}/models", headers=self._headers(), timeout=5.0) as response:
                _check_status(response.status_code)
                body = bytearray()
                for data in response.iter_bytes():
                    body += data
                    if len(body) > _LONGEST_LIST:
                        raise ModelError(ModelProblem.NONSENSE, "a list without end")
                names = _names(httpx.Response(200, content=bytes(body)))
        except httpx.HTTPError as error:
            raise ModelError(ModelProblem.SERVER, type(error).__name__) from error
        if self._model and self._model not in names:
            raise ModelError(ModelProblem.MISSING, self._model)
        self.facts = replace(self.facts, model=self._model or names[0])

    def generate(
        self, request: Request, cancellation: Cancellation, beat: Callable[[], None] = lambda: None
    ) -> Generated:
        began = time.monotonic()
        address = f"{self._url}/{'chat/' if request.prompt.turns else ''}completions"
        exchange = _Exchange(self._client, address, self._headers(), self._body(request))
        stream, first = CompletionStream(), 0.0
        try:
            with cancellation.listening(exchange.wake):
                while not stream.finish:
                    data = exchange.next(began + request.most_s - time.monotonic())
                    if cancellation.cancelled or data is None:
                        finish = Finish.CANCELLED if cancellation.cancelled else Finish.TIME
                        return _generated(stream, finish, began, first)
                    if data is _END:
                        stream.end()
                        raise ModelError(ModelProblem.SERVER, "ends in the middle")
                    beat()
                    if stream.feed(data) and not first:
                        first = time.monotonic()
        except ValueError as error:
            raise ModelError(ModelProblem.NONSENSE, str(error)) from error
        finally:
            exchange.close()
        if stream.finish not in _FINISHED:
            raise ModelError(ModelProblem.NONSENSE, "ends for an unknown reason")
        return _generated(stream, _FINISHED[stream.finish], began, first)

    def forget(self) -> None:
        """Nothing is kept between two requests."""

    def close(self) -> None:
        self._client.close()

    def _body(self, request: Request) -> dict[str, Any]:
        prompt = request.prompt
        text = prompt.prefix + prompt.text.translate(_CONTROL) + prompt.suffix
        asked: dict[str, Any] = {"prompt": text}
        if prompt.turns:
            messages = [{"role": turn.role, "content": turn.text} for turn in prompt.turns]
            asked = {"messages": [*messages, {"role": Role.USER, "content": text}]}
            # llama-server and vLLM hand this on to the template.
            asked["chat_template_kwargs"] = {"enable_thinking": False}
        body: dict[str, Any] = asked | {
            "max_tokens": request.most_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            "stream": True,
        }
        if request.grammar:
            # llama-server and llama-cpp-python read the first, vLLM the second; each ignores the other.
            body |= {"grammar": request.grammar, "structured_outputs": {"grammar": request.grammar}}
        return body | ({"model": self.facts.model} if self.facts.model != "its first model" else {})

    def _headers(self) -> dict[str, str]:
        if self._token_file is None:
            return {}
        try:
            token = self._token_file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(ModelProblem.SERVER, "the token file cannot be read") from error
        return {"Authorization": f"Bearer {token}"}


class _Exchange:
    """One request in a thread of its own: whoever waits for it can be woken, whatever the network does."""

    def __init__(self, client: httpx.Client, url: str, headers: dict[str, str], body: dict[str, Any]) -> None:
        self._came: queue.Queue[bytes | ModelError | None] = queue.Queue()
        self._over = threading.Event()
        self._socket: socket.socket | None = None
        self._thread = threading.Thread(target=self._run, args=(client, url, headers, body), daemon=True)
        self._thread.start()

    def next(self, most_s: float) -> bytes | None:
        """The next bytes; _END at the end, None when time is up or somebody woke. Raises ModelError."""
        try:
            came = self._came.get(timeout=max(0.0, most_s))
        except queue.Empty:
            return None
        if isinstance(came, ModelError):
            raise came
        return came

    def wake(self) -> None:
        self._came.put(None)

    def close(self) -> None:
        """Hang up; the server sees it and stops."""
        self._over.set()
        with contextlib.suppress(OSError):
            if self._socket is not None:
                self._socket.shutdown(socket.SHUT_RDWR)

    def _run(self, client: httpx.Client, url: str, headers: dict[str, str], body: dict[str, Any]) -> None:
        try:
            with client.stream("POST", url, json=body, headers=headers) as response:
                self._socket = response.extensions["network_stream"].get_extra_info("socket")
                _check_status(response.status_code)
                for data in response.iter_bytes():
                    if self._over.is_set():
                        return
                    if data:
                        self._came.put(data)
        except ModelError as error:
            self._came.put(error)
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            self._came.put(ModelError(ModelProblem.SERVER, type(error).__name__))
        else:
            self._came.put(_END)


def _generated(stream: CompletionStream, finish: Finish, began: float, first: float) -> Generated:
    now = time.monotonic()
    return Generated(
        stream.text, finish, tokens=stream.pieces, first_token_s=(first or now) - began, seconds=now - began
    )


def _check_status(status: int) -> None:
    if status == httpx.codes.OK:
        return
    loading = status == httpx.codes.SERVICE_UNAVAILABLE
    raise ModelError(ModelProblem.LOADING if loading else ModelProblem.SERVER, f"HTTP {status}")


def _names(response: httpx.Response) -> list[str]:
    try:
        untrusted = response.json()
        names = [one["id"] for one in untrusted["data"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(ModelProblem.NONSENSE, "no list of models") from error
    if not names or not all(isinstance(name, str) for name in names):
        raise ModelError(ModelProblem.NONSENSE, "no list of models")
    return names
