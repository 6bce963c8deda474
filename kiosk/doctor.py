"""Self-test of one machine: every setting is tried, every problem comes with its fix."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Callable, Iterator

from kiosk import paths
from kiosk.config import Config, HisKind, PrinterKind, VoiceKind
from kiosk.domain.errors import AssetError, ConfigError, HisRejected, HisUnavailable, ModelMissing, PrinterError
from kiosk.domain.self_test import Check, Verdict

ROOM_BYTES = 2_000_000_000


def examine(config: Config) -> Iterator[Check]:
    """Run every check; none of them raises."""
    for name, look in _CHECKS.items():
        try:
            yield look(name, config)
        except Exception as error:
            yield Check(name, Verdict.FAIL, type(error).__name__, "please report this with the version of the kiosk")


def report(checks: Iterator[Check]) -> int:
    """Print the checks as they finish; 1 when one failed."""
    failed = 0
    for check in checks:
        failed += check.verdict is Verdict.FAIL
        print(f"{check.verdict:5} {check.name:12} {check.detail}", flush=True)  # noqa: T201
        if check.fix:
            print(f"      {'':12} -> {check.fix}", flush=True)  # noqa: T201
    return 1 if failed else 0


def _content(name: str, config: Config) -> Check:
    from kiosk.adapters.demo_hospital import load_hospital
    from kiosk.adapters.knowledge import load_knowledge

    try:
        base = load_knowledge(paths.assets() / "knowledge")
        hospital = load_hospital(config.hospital_file())
    except AssetError as error:
        return Check(name, Verdict.FAIL, str(error), "correct the entry that is named")
    homeless = sorted(base.departments.keys() - hospital.departments.keys())
    if homeless:
        return Check(name, Verdict.WARN, f"no room for {', '.join(homeless)}", "add them to the hospital file")
    return Check(name, Verdict.OK, f"{len(base.symptoms)} symptoms, {len(base.red_flags)} red-flag rules")


def _display(name: str, config: Config) -> Check:
    try:
        from PySide6.QtGui import QFontDatabase, QGuiApplication
    except ImportError as error:
        return Check(name, Verdict.FAIL, str(error), "install the packages of packaging/system-packages.txt")
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    if "Noto Sans CJK SC" not in QFontDatabase.families():
        return Check(name, Verdict.FAIL, "no Noto Sans CJK SC", "apt-get install fonts-noto-cjk")
    if "ar" in config.kiosk.languages and "Noto Sans Arabic UI" not in QFontDatabase.families():
        return Check(name, Verdict.WARN, "no Noto Sans Arabic UI", "apt-get install fonts-noto-ui-core")
    if "DejaVu Sans" not in QFontDatabase.families():
        return Check(name, Verdict.WARN, "no DejaVu Sans: lines stand unevenly", "apt-get install fonts-dejavu-core")
    if os.environ.get("QSG_RHI_BACKEND") == "vulkan":
        return Check(name, Verdict.FAIL, "QSG_RHI_BACKEND=vulkan", "unset it: without a driver the window crashes")
    return Check(name, Verdict.OK, "Qt loads, Chinese glyphs are there")


def _disk(name: str, config: Config) -> Check:
    folder = config.state_folder()
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    verdict = Verdict.OK if free >= ROOM_BYTES else Verdict.FAIL
    fix = "" if verdict is Verdict.OK else f"free at least {ROOM_BYTES / 1e9:.0f} GB at {folder}"
    return Check(name, verdict, f"{free / 1e9:.1f} GB free", fix)


def _store(name: str, config: Config) -> Check:
    from kiosk.adapters.store import open_store

    try:
        store = open_store(config.state_folder())
    except ConfigError as error:
        return Check(name, Verdict.FAIL, str(error), "restore the key from the backup, or move the database away")
    store.close()
    return Check(name, Verdict.OK, "encrypted database opens")


def _speech(name: str, config: Config) -> Check:
    from kiosk.adapters.models import Shelf, find_model
    from kiosk.adapters.speech.voice_activity import can_run

    if not config.speech.enabled:
        return Check(name, Verdict.WARN, "switched off: patients use touch", "")
    missing = []
    for model in (config.speech.zh, config.speech.en):
        try:
            find_model(model, Shelf(config.models_folder()))
        except ModelMissing:
            missing.append(model)
    if missing:
        fix = f"kiosk models pull {' '.join(missing)}, or correct speech.zh or speech.en"
        return Check(name, Verdict.FAIL, f"missing: {', '.join(missing)}", fix)
    if config.speech.noise_gate and not can_run():
        fix = "a processor with AVX2, or speech.noise_gate = false; then noises can be heard as words"
        return Check(name, Verdict.WARN, "this processor cannot tell a voice from a noise", fix)
    if "speech-zh" in (config.speech.zh, config.speech.en) or config.speech.en == "speech-en":
        return Check(
            name,
            Verdict.WARN,
            "the built-in models know synthetic voices only",
            "fetch real models with `kiosk models pull` and name them in speech.zh and speech.en; see "
            "`kiosk models recommend`",
        )
    return Check(name, Verdict.OK, f"{config.speech.zh}, {config.speech.en}")


def _voice(name: str, config: Config) -> Check:
    from kiosk.adapters.sound_outputs import PACTL
    from kiosk.adapters.speech.speaker import ESPEAK, make_speaker, missing_program
    from kiosk.domain.errors import SpeakerError
    from kiosk.domain.language import Language

    if config.voice.kind is VoiceKind.OFF:
        return Check(name, Verdict.WARN, "switched off: screens are not read aloud", "")
    missing = missing_program(config.voice)
    if missing:
        fix = f"apt-get install {ESPEAK}" if missing == ESPEAK else "correct voice.command"
        return Check(name, Verdict.FAIL, f"{missing} is not on this machine", fix)
    speaker = make_speaker(config.voice)
    for language, sentence in ((Language.ZH, "您好"), (Language.EN, "Hello")):
        try:
            silent = not any(speaker.speak(sentence, language).pcm)
        except SpeakerError as error:
            return Check(name, Verdict.FAIL, f"{language}: {error.kind}", f"correct voice.{language}")
        if silent:
            return Check(name, Verdict.FAIL, f"{language}: only silence", f"correct voice.{language}")
    if shutil.which(PACTL) is None:
        fix = "apt-get install pulseaudio-utils, or name the output in voice.headset"
        return Check(name, Verdict.WARN, "speaks; headphones are known by their name only", fix)
    return Check(name, Verdict.OK, f"{config.voice.kind} speaks {config.voice.zh} and {config.voice.en}")


def _microphone(name: str, config: Config) -> Check:
    from kiosk.adapters.sound.microphone import list_microphones

    devices = list_microphones()
    if not devices:
        return Check(name, Verdict.WARN, "none: patients use touch", "plug one in, and install libpulse0")
    wanted = config.speech.device
    names = [device for device, _, _ in devices]
    if wanted and all(wanted not in {device, identity} for device, identity, _ in devices):
        return Check(name, Verdict.FAIL, f"{wanted} is not there", f"speech.device can be: {', '.join(names)}")
    return Check(name, Verdict.OK, f"{wanted or names[0]}; hear it with `kiosk listen`")


def _printer(name: str, config: Config) -> Check:
    from kiosk.adapters.printing import make_printer

    if config.printer.kind is PrinterKind.NONE:
        return Check(name, Verdict.WARN, "none: the number stands on the screen", "set printer.kind")
    try:
        make_printer(config.printer).check()
    except PrinterError as error:
        return Check(name, Verdict.FAIL, str(error), "look at power, paper, cover and cable; check printer.host")
    return Check(name, Verdict.OK, f"{config.printer.kind} answers")


def _his(name: str, config: Config) -> Check:
    from kiosk.adapters.his import make_his

    if config.his.kind is HisKind.NONE:
        return Check(name, Verdict.WARN, "none: visits stay on this machine", "set his.kind")
    try:
        with contextlib.closing(make_his(config.his)) as his:
            his.check()
    except (ConfigError, HisUnavailable, HisRejected) as error:
        return Check(name, Verdict.FAIL, str(error), "kiosk his check tries it step by step and names the fix")
    return Check(name, Verdict.OK, f"{config.his.kind} answers")


def _card_reader(name: str, config: Config) -> Check:
    from kiosk.adapters.identity.sam_reader import SamReader
    from kiosk.domain.card_reading import ReaderError, ReaderProblem

    device = config.identity.card_reader
    if not device:
        return Check(name, Verdict.OK, "none")
    fixes = {
        ReaderProblem.ABSENT: "plug it in, and correct identity.card_reader",
        ReaderProblem.DENIED: "let the kiosk's user into the device's group (dialout)",
        ReaderProblem.BUSY: "the kiosk itself uses it while a card is wanted: try again",
        ReaderProblem.SILENT: "look at its power and cable; it must speak SAM_V at 115200 baud",
        ReaderProblem.GARBLED: "look at its cable; it must speak SAM_V at 115200 baud",
    }
    with contextlib.closing(SamReader(device)) as reader:
        try:
            reader.check()
        except ReaderError as error:
            return Check(name, Verdict.FAIL, f"{device}: {error.problem}", fixes[error.problem])
    return Check(name, Verdict.OK, f"{device} answers")


def _numbers(name: str, config: Config) -> Check:
    from collections import Counter

    from kiosk.adapters.knowledge import load_knowledge

    departments = load_knowledge(paths.assets() / "knowledge").departments.values()
    shared = sorted(prefix for prefix, count in Counter(one.prefix for one in departments).items() if count > 1)
    if shared:
        fix = "give each department its own in assets/knowledge/departments.yaml"
        return Check(name, Verdict.FAIL, f"departments share {', '.join(shared)}", fix)
    prefix = next(one.prefix for one in departments)
    if not config.kiosk.series:
        fix = "where there is another kiosk, give each its own letter in kiosk.series"
        return Check(name, Verdict.WARN, f"{prefix} 001, as on every kiosk without a letter", fix)
    return Check(name, Verdict.OK, f"{prefix} {config.kiosk.series}001")


def _slips(name: str, config: Config) -> Check:
    from pathlib import Path

    from kiosk.adapters.tokens import open_signer, read_slip_keys

    try:
        ours = open_signer(config.state_folder()).public_key().hex()
        others = read_slip_keys(Path(config.appointments.slip_keys)) if config.appointments.slip_keys else ()
    except ConfigError as error:
        return Check(name, Verdict.FAIL, str(error), "correct the line or the path that is named")
    return Check(name, Verdict.OK, f"key {ours}; takes slips of {len(others)} other kiosks")


def _clock(name: str, config: Config) -> Check:
    from datetime import datetime

    now = datetime.now(config.zone())
    newest = max(path.stat().st_mtime for path in (paths.assets() / "knowledge").rglob("*.yaml"))
    if now.timestamp() < newest - 86400:
        return Check(name, Verdict.FAIL, f"{now:%Y-%m-%d %H:%M} is before the content was made", "set the clock (NTP)")
    return Check(name, Verdict.OK, f"{now:%Y-%m-%d %H:%M} {config.kiosk.timezone}")


def _language_model(name: str, config: Config) -> Check:
    from kiosk.adapters.llm.model_files import with_file
    from kiosk.adapters.models import Shelf
    from kiosk.domain.generation import ModelError, ModelProblem
    from kiosk.llm_tools import FIXES
    from kiosk.workers.llm_models import try_out

    if config.llm.model == "off" and not config.llm.server:
        return Check(name, Verdict.OK, "off")
    try:
        return Check(name, Verdict.OK, f"{try_out(with_file(config.llm, Shelf(config.models_folder())))} answers")
    except ModelError as error:
        if error.problem is ModelProblem.OFF:
            return Check(name, Verdict.WARN, "no language model installed: the lexicon reads alone", "")
        return Check(name, Verdict.FAIL, f"{error}: the lexicon reads alone", FIXES.get(error.problem, ""))


_CHECKS: dict[str, Callable[[str, Config], Check]] = {
    "content": _content,
    "display": _display,
    "disk": _disk,
    "store": _store,
    "numbers": _numbers,
    "slips": _slips,
    "speech": _speech,
    "voice": _voice,
    "microphone": _microphone,
    "printer": _printer,
    "his": _his,
    "card_reader": _card_reader,
    "clock": _clock,
    "llm": _language_model,
}
