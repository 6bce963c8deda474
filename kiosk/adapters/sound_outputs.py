"""Where sound can go on this machine, told by PulseAudio or PipeWire: sinks, their sockets, what is plugged in."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable
from typing import Any

from kiosk.wire.voice_messages import MOST_OUTPUTS, Output, Outputs

PACTL = "pactl"
ASK_S = 5.0
AGAIN_S = 5.0
"""How long to wait before the sound server is looked for again."""
_MATTERS = ("sink ", "server", "card")
_AVAILABLE = {"available": True, "not available": False}


def list_outputs(program: str = PACTL) -> Outputs | None:
    """What the sound server knows; None when there is none to ask."""
    sinks, default = _ask(program, "-f", "json", "list", "sinks"), _ask(program, "get-default-sink")
    if sinks is None:
        return None
    try:
        return read_outputs(json.loads(sinks), (default or "").strip())
    except (ValueError, TypeError, AttributeError, LookupError):
        return None


def read_outputs(untrusted: Any, default: str) -> Outputs:
    """The answer of `pactl -f json list sinks`; an unsound one raises what reading it meets."""
    return Outputs(default, tuple(_output(sink) for sink in untrusted[:MOST_OUTPUTS]))


def _output(sink: dict[str, Any]) -> Output:
    port = next((one for one in sink.get("ports") or () if one.get("name") == sink.get("active_port")), {})
    words = " ".join(str(port.get(key) or "") for key in ("name", "description", "type")).strip()
    form = (sink.get("properties") or {}).get("device.form_factor") or ""
    plugged = _AVAILABLE.get(str(port.get("availability") or ""))
    return Output(
        str(sink["name"])[:300], str(sink.get("description") or "")[:300], words[:300], str(form)[:80], plugged
    )


class OutputWatch:
    """Calls `changed` from a thread of its own with every new list, first with the present one.

    Where nobody can be asked because the program is missing the list is empty, once.
    """

    def __init__(self, changed: Callable[[Outputs], None], program: str = PACTL) -> None:
        self._changed = changed
        self._program = program
        self._over = threading.Event()
        self._is_missing = False
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        process = self._process
        if process is not None:
            process.kill()
        self._thread.join(ASK_S)

    def _run(self) -> None:
        while not self._over.is_set():
            self._follow()
            self._over.wait(AGAIN_S)

    def _follow(self) -> None:
        """Until the sound server goes away."""
        try:
            process = subprocess.Popen(  # noqa: S603
                [self._program, "subscribe"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        except OSError:
            if not self._is_missing:
                self._is_missing = True
                self._changed(Outputs("", ()))
            return
        self._process = process
        last = self._tell(None)
        with process:
            for line in process.stdout or ():
                if any(word in line for word in _MATTERS):
                    last = self._tell(last)
                if self._over.is_set():
                    process.kill()
        if last is not None and not self._over.is_set():
            self._changed(Outputs("", ()))

    def _tell(self, last: Outputs | None) -> Outputs | None:
        now = list_outputs(self._program)
        if now is not None and now != last:
            self._changed(now)
        return now or last


def _ask(program: str, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603
            [program, *arguments], capture_output=True, text=True, timeout=ASK_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
