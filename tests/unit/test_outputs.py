"""Who hears the voice, told from what the sound server says."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

import pytest

from kiosk.adapters.sound_outputs import OutputWatch, list_outputs, read_outputs
from kiosk.ui.reading.outputs import Hearing, Place, choose
from kiosk.wire.voice_messages import Output, Outputs

SPEAKER = Output("alsa.pci", "Built-in Audio Analog Stereo", "analog-output-speaker Speakers Speaker", plugged=None)
JACK = Output("alsa.pci", "Built-in Audio Analog Stereo", "analog-output-headphones Headphones", plugged=True)
PULLED = Output("alsa.pci", "Built-in Audio Analog Stereo", "analog-output-headphones Headphones", plugged=False)
BLIND_JACK = Output("alsa.pci", "Built-in Audio Analog Stereo", "analog-output-headphones Headphones", plugged=None)
USB = Output("alsa.usb", "Jabra Link", "analog-output Analog Output", "headset", None)
NAMED = Output("alsa.usb2", "USB Headphones", "", "", None)
HANDSET = Output("alsa.usb3", "USB PnP Sound Device", "", "", None)


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        ((), Place(Hearing.NOBODY)),
        ((SPEAKER,), Place(Hearing.LOBBY, "alsa.pci")),
        ((JACK,), Place(Hearing.PRIVATE, "alsa.pci")),
        ((PULLED,), Place(Hearing.LOBBY, "alsa.pci")),
        ((BLIND_JACK,), Place(Hearing.LOBBY, "alsa.pci")),
        ((SPEAKER, USB), Place(Hearing.PRIVATE, "alsa.usb")),
        ((SPEAKER, NAMED), Place(Hearing.PRIVATE, "alsa.usb2")),
        ((HANDSET, SPEAKER), Place(Hearing.LOBBY, "alsa.pci")),
    ],
)
def test_only_headphones_that_are_certainly_there_are_private(outputs: tuple[Output, ...], expected: Place) -> None:
    assert choose(outputs, "alsa.pci") == expected


def test_the_hospital_names_its_handset_and_its_loudspeaker() -> None:
    handset = "USB PnP Sound Device"
    assert choose((SPEAKER, HANDSET), "alsa.pci", handset) == Place(Hearing.PRIVATE, "alsa.usb3")
    assert choose((SPEAKER,), "alsa.pci", handset) == Place(Hearing.LOBBY, "alsa.pci")
    assert choose((SPEAKER, HANDSET), "alsa.pci", "", handset) == Place(Hearing.LOBBY, "alsa.usb3")
    # Once a handset is named, nothing else is taken for one.
    assert choose((SPEAKER, NAMED), "alsa.pci", handset).hearing is Hearing.LOBBY
    assert choose((PULLED,), "alsa.pci", "alsa.pci").hearing is Hearing.LOBBY


def sink(port: str, availability: str) -> dict[str, object]:
    ports = [
        {
            "name": "analog-output-speaker",
            "description": "Speakers",
            "type": "Speaker",
            "availability": "not available",
        },
        {"name": "analog-output-headphones", "description": "Headphones", "type": "Headphones"},
    ]
    ports[1]["availability"] = availability
    properties = {"device.form_factor": "internal"}
    return {
        "name": "alsa.pci",
        "description": "Built-in",
        "ports": ports,
        "active_port": port,
        "properties": properties,
    }


def test_the_sound_servers_answer_is_read() -> None:
    found = read_outputs([sink("analog-output-headphones", "available"), {"name": "null"}], "null")
    jack = "analog-output-headphones Headphones Headphones"
    assert found == Outputs(
        "null", (Output("alsa.pci", "Built-in", jack, "internal", True), Output("null", "", "", "", None))
    )
    unknown = read_outputs([sink("analog-output-headphones", "availability unknown")], "")
    assert unknown.outputs[0].plugged is None
    assert choose(unknown.outputs, "").hearing is Hearing.LOBBY


@pytest.mark.parametrize("answer", ["", "{}", "[1]", "[{}]", "not json", '[{"name": "a", "ports": 3}]'])
def test_an_answer_that_makes_no_sense_is_no_answer(tmp_path: Path, answer: str) -> None:
    assert list_outputs(str(fake_pactl(tmp_path, answer))) is None


def fake_pactl(folder: Path, answer: str) -> Path:
    """A sound server that says one thing, and on `subscribe` one event for each line of the file `events`."""
    program = folder / "pactl"
    (folder / "answer").write_text(answer, encoding="utf-8")
    program.write_text(
        f"#!{sys.executable}\n"
        "import sys, pathlib\n"
        f"folder = pathlib.Path({str(folder)!r})\n"
        "if sys.argv[1] == 'subscribe':\n"
        "    for line in (folder / 'events').open():\n"
        "        print(line.rstrip(), flush=True)\n"
        "elif 'sinks' in sys.argv:\n"
        "    print((folder / 'answer').read_text())\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return program


def test_the_watch_tells_what_is_there_and_what_changes_and_that_the_server_is_gone(tmp_path: Path) -> None:
    program = fake_pactl(tmp_path, json.dumps([sink("analog-output-speaker", "not available")]))
    (tmp_path / "events").write_text("Event 'change' on client #1\nEvent 'change' on sink #0\n", encoding="utf-8")
    told: list[Outputs] = []
    over = threading.Event()

    def changed(outputs: Outputs) -> None:
        told.append(outputs)
        if len(told) == 1:
            answer = json.dumps([sink("analog-output-headphones", "available")])
            (tmp_path / "answer").write_text(answer, encoding="utf-8")
        if not outputs.outputs:
            over.set()

    watch = OutputWatch(changed, str(program))
    watch.start()
    assert over.wait(20)
    watch.stop()
    assert [choose(one.outputs, "").hearing for one in told] == [Hearing.LOBBY, Hearing.PRIVATE, Hearing.NOBODY]


def test_without_a_sound_server_the_watch_waits_and_ends_when_told(tmp_path: Path) -> None:
    told: list[Outputs] = []
    program = fake_pactl(tmp_path, "")
    (tmp_path / "events").write_text("", encoding="utf-8")
    watch = OutputWatch(told.append, str(program))
    watch.start()
    watch.stop()
    assert told == []


def test_without_anybody_to_ask_the_watch_says_so_once(tmp_path: Path) -> None:
    told: list[Outputs] = []
    arrived = threading.Event()

    def changed(outputs: Outputs) -> None:
        told.append(outputs)
        arrived.set()

    watch = OutputWatch(changed, str(tmp_path / "nothing"))
    watch.start()
    assert arrived.wait(20)
    watch.stop()
    assert told == [Outputs("", ())]
    assert list_outputs(str(tmp_path / "nothing")) is None
