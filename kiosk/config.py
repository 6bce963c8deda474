"""Settings from one TOML file: frozen, typed, each with a default; a wrong value names its key and what is allowed."""

from __future__ import annotations

import dataclasses
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk import paths
from kiosk.domain.appointments import CheckInRules
from kiosk.domain.errors import ConfigError
from kiosk.domain.language import Language
from kiosk.domain.level_scale import LevelScale
from kiosk.wire.hl7v2 import Encoding
from kiosk.wire.hl7v2_site import AckMode


class PrinterKind(StrEnum):
    NONE = "none"
    FILE = "file"
    TCP = "tcp"


class HisKind(StrEnum):
    NONE = "none"
    FILE = "file"
    FHIR = "fhir"
    HL7V2 = "hl7v2"
    GNUHEALTH = "gnuhealth"


class VoiceKind(StrEnum):
    OFF = "off"
    ESPEAK = "espeak"
    COMMAND = "command"


class LookupKind(StrEnum):
    """How the hospital system is asked for a patient's record: not at all, by a search, or by FHIR's $match."""

    OFF = "off"
    SEARCH = "search"
    MATCH = "match"


class PromptForm(StrEnum):
    """How a language model is asked for findings: as an instruct model, or in the form of one made for it."""

    AUTO = "auto"
    CHAT = "chat"
    INTAKE = "intake"


class ThemeName(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


def setting(default: Any, description: str, *, low: float | None = None, high: float | None = None) -> Any:
    """One key: its default, what it means, and for numbers the range."""
    return field(default=default, metadata={"description": description, "low": low, "high": high})


@dataclass(frozen=True, slots=True)
class KioskSettings:
    name: str = setting("K01", "name of this machine on slips and at the desk")
    series: str = setting("", "letter of this kiosk in its numbers (A: 骨 A017); another one on every kiosk")
    language: Language = setting(Language.ZH, "language of the first screen")
    languages: str = setting("zh-Hans, en", "languages a patient can choose, by folder name under locales")
    timezone: str = setting("Asia/Shanghai", "IANA zone of the hospital")
    hospital: str = setting("", "hospital file; empty is the demonstration hospital")
    state: str = setting("", "folder for database and keys; empty is the service's own")
    models: str = setting("", "folder of models that `kiosk models` fetched; empty is the service's own")


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    windowed: bool = setting(False, "a window on a desk PC instead of the full screen")
    theme: ThemeName = setting(ThemeName.LIGHT, "colours until a patient chooses others")
    diagonal_mm: float = setting(0.0, "panel diagonal in mm; 0 trusts the panel", low=0, high=3000)
    reduce_motion: bool = setting(False, "no movement between screens")


@dataclass(frozen=True, slots=True)
class SessionSettings:
    idle_s: float = setting(45.0, "seconds without a touch before the question 'are you there?'", low=10, high=600)
    warning_s: float = setting(20.0, "seconds to answer it before everything is wiped", low=20, high=120)
    max_questions: int = setting(8, "most questions asked in one visit", low=0, high=20)


@dataclass(frozen=True, slots=True)
class TriageSettings:
    scale: LevelScale = setting(LevelScale.CN4, "names, colours and times of the levels shown to staff")


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    enabled: bool = setting(True, "listen at all")
    zh: str = setting("speech-zh", "Chinese model, a name of models/manifest.toml or a folder")
    en: str = setting("speech-en", "English model, a name of models/manifest.toml or a folder")
    device: str = setting("", "microphone, by name or id (kiosk listen --devices); empty is the system's default")
    pause_s: float = setting(1.5, "seconds of silence that end what was begun with a tap", low=0.5, high=5)
    noise_gate: bool = setting(True, "keep sound without a voice from the recogniser, which makes words of it")
    memory_mb: int = setting(0, "most memory in MB; 0 is four fifths of what is free", low=0, high=1_000_000)


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """`command` reads one sentence from its standard input and writes a 16-bit WAV to its standard output."""

    kind: VoiceKind = setting(VoiceKind.ESPEAK, "what reads the screens aloud")
    zh: str = setting("cmn-latn-pinyin", "Chinese voice, a name of the engine")
    en: str = setting("en-gb", "English voice, a name of the engine")
    command: str = setting("", "for kind = command: program and arguments; {voice} and {speed} are filled in")
    speed: float = setting(1.0, "how fast; 0.7 is slow", low=0.5, high=2)
    volume: int = setting(6, "loudness at the beginning of every visit", low=1, high=10)
    at_start: bool = setting(False, "read aloud without being asked")
    headset: str = setting("", "output that only the patient hears; empty finds headphones by their kind")
    loudspeaker: str = setting("", "output that the lobby hears; empty is the system's default")


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """A model on this machine, or, with `server`, one that the hospital serves to many kiosks."""

    model: str = setting("builtin", "language model: off, builtin, a name of models/manifest.toml or a GGUF file")
    form: PromptForm = setting(PromptForm.AUTO, "how it is asked; auto: chat where its file has a template for it")
    timeout_s: float = setting(4.0, "seconds before its answer is not waited for", low=0.1, high=60)
    threads: int = setting(0, "processor cores it may use; 0 leaves one to the window", low=0, high=256)
    gpu_layers: int = setting(-1, "layers on a graphics card; -1 is all where there is one", low=-1, high=1000)
    context: int = setting(2048, "most tokens of prompt and answer together", low=128, high=131072)
    memory_mb: int = setting(0, "most memory in MB; 0 is four fifths of what is free", low=0, high=1_000_000)
    silence_s: float = setting(20.0, "seconds without progress before it is started anew", low=1, high=600)
    libraries: str = setting("", "folders with other builds of llama.cpp, tried when the installed one cannot run here")
    server: str = setting("", "address of an OpenAI-compatible server, such as http://127.0.0.1:8080")
    server_model: str = setting("", "the server's name of the model; empty is its first")
    token_file: str = setting("", "file with the server's bearer token")


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    kind: PrinterKind = setting(PrinterKind.NONE, "where slips go")
    folder: str = setting("", "for kind = file: the folder")
    host: str = setting("127.0.0.1", "for kind = tcp: the printer's address")
    port: int = setting(9100, "for kind = tcp: the printer's port", low=1, high=65535)
    dots: int = setting(576, "width in dots: 576 for 80 mm paper, 384 for 58 mm", low=384, high=832)


@dataclass(frozen=True, slots=True)
class HisSettings:
    kind: HisKind = setting(HisKind.NONE, "where visits are registered")
    folder: str = setting("", "for kind = file: the folder")
    url: str = setting("", "for kind = fhir or gnuhealth: the base address of the server")
    token_file: str = setting("", "for kind = fhir: file with the bearer token")
    database: str = setting("health", "for kind = gnuhealth: the name of the database")
    user: str = setting("", "for kind = gnuhealth: login of the kiosk's user")
    password_file: str = setting("", "for kind = gnuhealth: file with its password")
    timeout_s: float = setting(10.0, "seconds to wait for the hospital system", low=1, high=120)
    mapping: str = setting("", "TOML file with the hospital's own codes; empty sends the kiosk's")
    client_id: str = setting("", "for SMART Backend Services: what the hospital calls this kiosk")
    client_key_file: str = setting("", "for SMART Backend Services: private key, PEM, RSA or P-384")
    client_key_id: str = setting("", "name (kid) of that key; empty is its RFC 7638 thumbprint")
    token_url: str = setting("", "token endpoint; empty asks the server's .well-known/smart-configuration")
    scope: str = setting("", "rights to ask for; empty is creating and finding what a visit consists of")
    ca_file: str = setting("", "certificates to trust instead of the system's, PEM")
    certificate_file: str = setting("", "certificate that this kiosk shows to the server, PEM")
    certificate_key_file: str = setting("", "its private key, PEM; empty when it lies in the same file")
    host: str = setting("", "for kind = hl7v2: the address of the MLLP listener")
    port: int = setting(2575, "for kind = hl7v2: its port", low=1, high=65535)
    tls: bool = setting(False, "for kind = hl7v2: speak TLS to it")
    encoding: Encoding = setting(Encoding.UTF_8, "for kind = hl7v2: characters of the messages")
    acknowledgement: AckMode = setting(AckMode.ORIGINAL, "for kind = hl7v2: enhanced asks for commit acknowledgements")
    sending_application: str = setting("DAOZHEN", "for kind = hl7v2: MSH-3, what this machine is called")
    sending_facility: str = setting("", "for kind = hl7v2: MSH-4")
    receiving_application: str = setting("", "for kind = hl7v2: MSH-5, what the hospital system is called")
    receiving_facility: str = setting("", "for kind = hl7v2: MSH-6, also the facility of every place")
    schedules: bool = setting(
        False, "for kind = fhir or gnuhealth: offer the hospital system's times and book them there"
    )
    schedule_days: int = setting(7, "days ahead, besides today, that are looked at for free times", low=0, high=60)
    schedule_minutes: int = setting(10, "how often all schedules are read again, in minutes", low=1, high=720)
    stale_minutes: int = setting(240, "age in minutes from which a copy of a schedule is not shown", low=1, high=720)
    booking_timeout_s: float = setting(4.0, "seconds a patient waits for the hospital system's yes", low=0.5, high=20)


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    card_reader: str = setting("", "serial device of a reader for identity cards, such as /dev/ttyUSB0; empty is none")
    lookup: LookupKind = setting(LookupKind.OFF, "look for the patient's record in the hospital system")
    timeout_s: float = setting(5.0, "seconds to wait for the answer", low=1, high=60)
    phone_lookups: int = setting(
        5, "most different pairs of phone and birth date looked for in a while", low=1, high=1000
    )
    phone_minutes: float = setting(10.0, "minutes of that while", low=1, high=1440)


@dataclass(frozen=True, slots=True)
class StoreSettings:
    retention_days: int = setting(7, "days a delivered visit stays on this machine", low=0, high=3650)


@dataclass(frozen=True, slots=True)
class AppointmentSettings:
    """Visits that exist already. Patterns are regular expressions for the whole of a code; an empty one knows none."""

    entry: bool = setting(True, "the first screen has an entry for whoever has a slip or an appointment")
    early_minutes: int = setting(90, "minutes before its time from which a visit can be checked in", low=0, high=1440)
    late_minutes: int = setting(
        15, "minutes after its time until which it can; later the desk decides", low=0, high=1440
    )
    appointment_pattern: str = setting("", "codes of the hospital's own appointments, scanned or typed")
    record_pattern: str = setting("", "medical record numbers, only ever scanned")
    insurance_pattern: str = setting("", "insurance codes, which stay opaque")
    slip_keys: str = setting("", "file with the public keys of other kiosks, whose slips are taken too")

    def rules(self) -> CheckInRules:
        """The window of minutes in which a visit can be checked in."""
        return CheckInRules(timedelta(minutes=self.early_minutes), timedelta(minutes=self.late_minutes))


@dataclass(frozen=True, slots=True)
class Config:
    kiosk: KioskSettings = KioskSettings()
    display: DisplaySettings = DisplaySettings()
    session: SessionSettings = SessionSettings()
    triage: TriageSettings = TriageSettings()
    speech: SpeechSettings = SpeechSettings()
    voice: VoiceSettings = VoiceSettings()
    llm: LlmSettings = LlmSettings()
    printer: PrinterSettings = PrinterSettings()
    his: HisSettings = HisSettings()
    identity: IdentitySettings = IdentitySettings()
    appointments: AppointmentSettings = AppointmentSettings()
    store: StoreSettings = StoreSettings()

    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.kiosk.timezone)

    def finds_his_appointments(self) -> bool:
        """Whether codes of the hospital's own are asked for there; else only the desk looks into its books."""
        codes = self.appointments
        can_be_asked = self.his.kind in (HisKind.FHIR, HisKind.GNUHEALTH)
        return can_be_asked and codes.entry and bool(codes.appointment_pattern or codes.record_pattern)

    def state_folder(self) -> Path:
        """Where database and keys lie."""
        return Path(self.kiosk.state) if self.kiosk.state else paths.state_dir()

    def models_folder(self) -> Path:
        """Where fetched models lie."""
        return Path(self.kiosk.models) if self.kiosk.models else paths.fetched_models()

    def hospital_file(self) -> Path:
        """Rooms, ways and people; the demonstration hospital unless the settings name another."""
        given = self.kiosk.hospital
        return Path(given) if given else paths.assets() / "demo-hospital" / "hospital.yaml"


def load_config(path: Path | None) -> Config:
    """Read a TOML file; None gives every default. ConfigError names the file's key and the allowed values."""
    if path is None:
        return Config()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"is not TOML: {error}") from error
    return parse_config(document)


def parse_config(document: Mapping[str, Any]) -> Config:
    """Build a Config from parsed TOML; unknown sections and keys are errors, so that a typing slip is found."""
    sections = {section.name: section for section in fields(Config)}
    for name in document:
        if name not in sections:
            raise ConfigError(name, f"unknown section; allowed: {', '.join(sections)}")
    kinds = typing.get_type_hints(Config)
    config = Config(**{name: _section(kinds[name], name, document[name]) for name in document})
    _check_together(config)
    return config


def _section(kind: type[Any], name: str, values: object) -> Any:
    if not isinstance(values, dict):
        raise ConfigError(name, f"must be a section, written [{name}]")
    known = {item.name: item for item in fields(kind)}
    hints = typing.get_type_hints(kind)
    for key in values:
        if key not in known:
            raise ConfigError(f"{name}.{key}", f"unknown key; allowed: {', '.join(known)}")
    return kind(**{key: _value(f"{name}.{key}", known[key], hints[key], value) for key, value in values.items()})


def _value(key: str, item: dataclasses.Field[Any], kind: type[Any], value: object) -> object:
    if issubclass(kind, StrEnum):
        if not isinstance(value, str) or value not in list(kind):
            raise ConfigError(key, f"{value!r} is not allowed; allowed: {', '.join(kind)}")
        return kind(value)
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        names: Mapping[type[Any], str] = types.MappingProxyType(
            {str: "a text in quotes", int: "a whole number", float: "a number", bool: "true or false"}
        )
        raise ConfigError(key, f"{value!r} is not allowed; it must be {names[kind]}")
    low, high = item.metadata["low"], item.metadata["high"]
    if isinstance(value, int | float) and low is not None and not low <= value <= high:
        raise ConfigError(key, f"{value} is not allowed; it must be from {low:g} to {high:g}")
    return value


def _check_together(config: Config) -> None:
    try:
        config.zone()
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(
            "kiosk.timezone", f"{config.kiosk.timezone!r} is not an IANA zone such as Asia/Shanghai"
        ) from error
    if not re.fullmatch("[A-Z]{0,2}", config.kiosk.series):
        raise ConfigError("kiosk.series", f"{config.kiosk.series!r} is not allowed; it must be one or two of A to Z")
    if config.voice.kind is VoiceKind.COMMAND and not config.voice.command.strip():
        raise ConfigError("voice.command", 'is needed for voice.kind = "command"')
    if config.llm.server and not config.llm.server.startswith(("http://", "https://")):
        raise ConfigError("llm.server", f"{config.llm.server!r} is not allowed; it must start with http:// or https://")
    if config.printer.kind is PrinterKind.FILE and not config.printer.folder:
        raise ConfigError("printer.folder", 'is needed for printer.kind = "file"')
    if config.printer.dots % 8:
        raise ConfigError("printer.dots", f"{config.printer.dots} is not allowed; it must be a multiple of 8")
    if config.his.kind is HisKind.FILE and not config.his.folder:
        raise ConfigError("his.folder", 'is needed for his.kind = "file"')
    if config.his.kind is HisKind.FHIR and not config.his.url.startswith(("http://", "https://")):
        raise ConfigError("his.url", 'is needed for his.kind = "fhir" and starts with http:// or https://')
    if config.his.kind is HisKind.HL7V2 and not config.his.host:
        raise ConfigError("his.host", 'is needed for his.kind = "hl7v2"')
    if config.his.kind is HisKind.GNUHEALTH:
        _check_gnuhealth(config.his)
    if config.his.schedules and config.his.kind not in {HisKind.FHIR, HisKind.GNUHEALTH}:
        raise ConfigError("his.schedules", "needs his.kind = fhir or gnuhealth")
    _check_access(config.his)
    if config.identity.lookup is not LookupKind.OFF:
        _check_lookup(config)
    _check_patterns(config.appointments)


def _check_lookup(config: Config) -> None:
    if config.his.kind not in (HisKind.FHIR, HisKind.GNUHEALTH):
        raise ConfigError("identity.lookup", "is for his.kind = fhir or gnuhealth; set it to off")
    if config.identity.lookup is LookupKind.MATCH and config.his.kind is not HisKind.FHIR:
        raise ConfigError("identity.lookup", "match is for his.kind = fhir; set it to search or off")


def _check_patterns(appointments: AppointmentSettings) -> None:
    for name in ("appointment_pattern", "record_pattern", "insurance_pattern"):
        pattern = getattr(appointments, name)
        try:
            re.compile(pattern)
        except (re.error, OverflowError, RecursionError) as error:
            raise ConfigError(f"appointments.{name}", f"is no regular expression: {error}") from error


def _check_gnuhealth(his: HisSettings) -> None:
    if not his.url.startswith(("http://", "https://")):
        raise ConfigError("his.url", 'is needed for his.kind = "gnuhealth" and starts with http:// or https://')
    for key in ("database", "user", "password_file"):
        if not getattr(his, key):
            raise ConfigError(f"his.{key}", 'is needed for his.kind = "gnuhealth"')


def _check_access(his: HisSettings) -> None:
    if bool(his.client_id) != bool(his.client_key_file):
        missing = "his.client_key_file" if his.client_id else "his.client_id"
        raise ConfigError(missing, "is needed: SMART Backend Services takes both client_id and client_key_file")
    if his.client_id and his.token_file:
        raise ConfigError("his.token_file", "has no use beside his.client_id: take one of them away")
    if his.token_url and not his.token_url.startswith(("http://", "https://")):
        raise ConfigError("his.token_url", f"{his.token_url!r} is not allowed; it must start with http:// or https://")
    if his.certificate_key_file and not his.certificate_file:
        raise ConfigError("his.certificate_file", "is needed beside his.certificate_key_file")
    if (his.ca_file or his.certificate_file) and his.url.startswith("http://"):
        raise ConfigError("his.url", "must start with https:// where certificates are set")
