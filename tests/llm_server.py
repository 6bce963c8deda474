"""llama-cpp-python's own OpenAI-compatible server as a real process."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

PATIENCE_S = 60


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class LlmServer:
    """Serves one model file on 127.0.0.1; `stop` kills it, `start` brings it back at the same address."""

    def __init__(self, model: Path, context: int = 1024) -> None:
        self._model, self._context = model, context
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        options = {"model": self._model, "model_alias": "tiny", "host": "127.0.0.1", "port": self.port}
        options |= {"n_ctx": self._context, "n_threads": 1, "verbose": "false"}
        arguments = [str(part) for name, value in options.items() for part in (f"--{name}", value)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "llama_cpp.server", *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            assert self.process.poll() is None, "the server ended"
            try:
                if httpx.get(f"{self.url}/v1/models", trust_env=False).is_success:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def ensure(self) -> None:
        """Bring it back if it died: unlike the worker's engine it does so over a grammar that cannot be kept."""
        try:
            if httpx.get(f"{self.url}/v1/models", trust_env=False).is_success:
                return
        except httpx.HTTPError:
            pass
        self.stop()
        self.start()

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(PATIENCE_S)
