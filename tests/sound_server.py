"""A PulseAudio of our own with microphones that play what a test gives them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = ("pulseaudio", "pactl", "paplay")
MISSING = [name for name in PROGRAMS if shutil.which(name) is None]
PATIENCE_S = 60


class SoundServer:
    """`environment` is what its clients need; `forbidden` lets nobody in, as a system without rights to it does."""

    def __init__(self, folder: Path, *, forbidden: bool = False) -> None:
        self._socket = socket = folder / "pulse.sock"
        home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PATH": os.environ["PATH"]}
        cookie = folder / "cookie"
        cookie.write_bytes(os.urandom(256))
        rights = f"auth-cookie={cookie}" if forbidden else "auth-anonymous=1"
        self.environment = {**home, "PULSE_SERVER": f"unix:{socket}"}
        # A machine that stood still for a moment makes it work long at once, for which it would end itself.
        settings = folder / ".config" / "pulse" / "daemon.conf"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text("rlimit-rttime = -1\n", encoding="ascii")
        command = [
            "pulseaudio",
            "-n",
            "--no-cpu-limit=yes",
            "--exit-idle-time=-1",
            "--daemonize=no",
            "--use-pid-file=no",
        ]
        modules = [f"module-native-protocol-unix socket={socket} {rights}", "module-null-sink sink_name=lobby"]
        self._command = [*command, *(part for module in modules for part in ("-L", module))]
        self._own_environment = {**home, **({"PULSE_COOKIE": str(cookie)} if forbidden else {})}
        self._forbidden = forbidden
        self.start()

    def start(self) -> None:
        """Once more, after kill(): without the microphones that were plugged in."""
        self._server = subprocess.Popen(self._command, env=self._own_environment, stderr=subprocess.DEVNULL)
        for _ in range(200):
            welcome = self._ask("pactl", "info") is not None
            if welcome or (self._forbidden and self._socket.exists()):
                break

    def kill(self) -> None:
        """As when it crashes."""
        self._server.kill()
        self._server.wait(PATIENCE_S)
        self._socket.unlink(missing_ok=True)

    def plug(self, name: str, sound: str = "rate=16000 channels=1") -> Microphone:
        """A new microphone, the default from now on."""
        sink = self.load(f"module-null-sink sink_name={name}_in {sound}")
        description = f"source_properties=device.description={name}"
        source = self.load(f"module-remap-source master={name}_in.monitor source_name={name} {description}")
        self._ask("pactl", "set-default-source", name)
        return Microphone(self, name, (source, sink))

    def load(self, module: str) -> str:
        number = self._ask("pactl", "load-module", *module.split())
        assert number is not None, module
        return number.strip()

    def default_output(self, sink: str) -> None:
        assert self._ask("pactl", "set-default-sink", sink) is not None, sink

    def child_environment(self) -> dict[str, str]:
        """For a Python program that is started as this one was."""
        return {**self.environment, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}

    def unload(self, number: str) -> None:
        assert self._ask("pactl", "unload-module", number) is not None

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(PATIENCE_S)

    def _ask(self, *command: str) -> str | None:
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
        return done.stdout if done.returncode == 0 else None


class Microphone:
    def __init__(self, server: SoundServer, name: str, modules: tuple[str, ...]) -> None:
        self._server = server
        self.name = name
        self.sink = f"{name}_in"
        """What is played there is said into the microphone."""
        self._modules = modules

    def speak(self, wav: Path) -> subprocess.Popen[bytes]:
        """Somebody says it into the microphone; ends when it was said."""
        return subprocess.Popen(["paplay", f"--device={self.sink}", str(wav)], env=self._server.environment)

    @contextmanager
    def speaking(self, wav: Path) -> Iterator[None]:
        """Somebody says it again and again, with pauses in which a listener can stop."""
        loop = f'while paplay --device={self.sink} "$0"; do sleep 3; done'
        speaker = subprocess.Popen(["sh", "-c", loop, str(wav)], env=self._server.environment, start_new_session=True)
        try:
            yield
        finally:
            os.killpg(speaker.pid, signal.SIGKILL)
            speaker.wait(PATIENCE_S)

    def pull(self) -> None:
        for number in self._modules:
            self._server.unload(number)
