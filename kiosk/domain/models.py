"""Speech and language models as the manifest lists them, and which of them a machine should run, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import urlsplit

from kiosk.domain.errors import KioskError
from kiosk.domain.language import Language

GB = 1_000_000_000

_OF_MEMORY = 0.8
_FOR_THE_REST = 1 * GB
"""What the window, its services and the system keep."""
_SPEECH_TIMES = 8
"""Memory of a Vosk model in use by its archive: users of a 1.3 GB one report 8 to 12 GB (vosk-api #872, #1130)."""
_SPEECH_UNKNOWN = 50_000_000
_LLM_TIMES = 1.25
_LLM_BESIDE = 150_000_000
"""Weights that may be copied, the attention state of 2048 tokens, and the engine."""
_BIG_SPEECH_CORES = 8


class ModelKind(StrEnum):
    SPEECH = "speech"
    LLM = "llm"


class Profile(StrEnum):
    """The kind of machine that a language model is meant for."""

    CPU_SMALL = "cpu-small"
    CPU = "cpu"
    GPU = "gpu"


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of models/manifest.toml.

    `folder` is relative to models/ and empty for models that are fetched; `sha256` is of what lies at `url` (empty:
    whatever comes first is trusted and must stay the same), or, for a model that comes with Daozhen, of its folder's
    files. `size` counts bytes: exactly with a `sha256`, about without one, 0 when nobody knows. `language` is None for
    all the languages of the kiosk.
    """

    name: str
    language: Language | None
    licence: str
    sha256: str = ""
    size: int = 0
    kind: ModelKind = ModelKind.SPEECH
    folder: str = ""
    url: str = ""
    profiles: tuple[Profile, ...] = ()
    note: str = ""

    @property
    def built_in(self) -> bool:
        return bool(self.folder)

    @property
    def file(self) -> str:
        """The name of what is fetched: an archive of a Vosk model, or a GGUF file."""
        return PurePosixPath(urlsplit(self.url).path).name

    @property
    def memory(self) -> int:
        """Bytes it takes in use, about."""
        if self.kind is ModelKind.SPEECH:
            return _SPEECH_TIMES * (self.size or _SPEECH_UNKNOWN)
        return int(_LLM_TIMES * self.size) + _LLM_BESIDE


class PullProblem(StrEnum):
    """Why a model was not fetched; nothing that worked before was changed."""

    ROOM = "no room"
    SOURCE = "no such source"
    SERVER = "no answer"
    STATUS = "refused"
    REDIRECTS = "sent around"
    LENGTH = "wrong length"
    DIGEST = "wrong digest"
    NO_MODEL = "not a model"
    UNSAFE = "unsafe archive"
    BUSY = "busy"
    WRITE = "cannot write"


class PullFailed(KioskError):
    """A model was not fetched; `detail` is for IT."""

    def __init__(self, problem: PullProblem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else problem.value)
        self.problem = problem
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Machine:
    """What models can use. Bytes; `gpu` is a card's name, empty without one; `avx2` is None where nobody tells."""

    memory: int
    cores: int
    avx2: bool | None = None
    gpu: str = ""
    gpu_memory: int = 0

    @property
    def for_models(self) -> int:
        """Bytes that all models together may take."""
        return max(0, int(_OF_MEMORY * self.memory) - _FOR_THE_REST)


@dataclass(frozen=True, slots=True)
class Advice:
    """Models by setting, why these, and the lines for the settings file by section."""

    models: Mapping[str, str]
    reasons: tuple[str, ...]
    settings: Mapping[str, Mapping[str, str | float | int]]


_PROFILES: tuple[tuple[Profile, int, Mapping[str, float | int]], ...] = (
    (Profile.GPU, 1, MappingProxyType({"timeout_s": 4.0, "gpu_layers": -1})),
    (Profile.CPU, 8, MappingProxyType({"timeout_s": 10.0, "gpu_layers": 0})),
    (Profile.CPU_SMALL, 4, MappingProxyType({"timeout_s": 8.0, "gpu_layers": 0})),
)
"""From the most able: fewest cores, and settings. An answer of some 60 tokens has to come in time."""


def advise(machine: Machine, models: Iterable[Model]) -> Advice:
    """Choose speech models and a language model that fit together into a machine."""
    fetchable = [model for model in models if not model.built_in]
    reasons = [_about(machine)]
    small = {language: _speech(fetchable, language)[0] for language in Language if _speech(fetchable, language)}
    left = machine.for_models - sum(model.memory for model in small.values())
    llm, llm_settings, why = _llm(machine, fetchable, left)
    reasons.append(why)
    if llm is not None and not llm_settings["gpu_layers"]:
        left -= llm.memory
    chosen = {}
    for language, model in small.items():
        best = _largest(machine, _speech(fetchable, language), left + model.memory)
        left -= best.memory - model.memory
        chosen[f"speech.{language}"] = best.name
        reasons.append(_why_speech(machine, best, language, is_small=best is model))
    section: dict[str, str | float | int] = {"model": llm.name if llm else "builtin", **llm_settings}
    speech: dict[str, str | float | int] = {str(key).removeprefix("speech."): name for key, name in chosen.items()}
    return Advice({**chosen, "llm.model": str(section["model"])}, tuple(reasons), {"speech": speech, "llm": section})


def _about(machine: Machine) -> str:
    card = f"{machine.gpu} with {machine.gpu_memory / GB:.1f} GB" if machine.gpu else "no graphics card"
    return (
        f"This machine has {machine.memory / GB:.1f} GB of memory, {machine.cores} cores and {card}; "
        f"models may take {machine.for_models / GB:.1f} GB."
    )


def _speech(models: Iterable[Model], language: Language) -> list[Model]:
    """Smallest first."""
    found = (model for model in models if model.kind is ModelKind.SPEECH and model.language is language)
    return sorted(found, key=lambda model: model.memory)


def _largest(machine: Machine, models: list[Model], room: int) -> Model:
    if machine.cores < _BIG_SPEECH_CORES:
        return models[0]
    return [models[0], *(model for model in models if model.memory <= room)][-1]


def _why_speech(machine: Machine, model: Model, language: Language, *, is_small: bool) -> str:
    takes = f"takes about {model.memory / GB:.1f} GB"
    if not is_small:
        return f"speech.{language}: {model.name} {takes}, and {machine.cores} cores keep up with it."
    larger = f"the larger ones need {_BIG_SPEECH_CORES} cores and many times the memory"
    return f"speech.{language}: {model.name} {takes}; {larger}."


def _llm(machine: Machine, models: Iterable[Model], left: int) -> tuple[Model | None, Mapping[str, float | int], str]:
    """The most able model that fits, its settings and why."""
    because = ""
    if machine.avx2 is False:
        return None, {}, "llm.model: the built-in one; this processor has no AVX2, and larger ones would be too slow."
    for profile, cores, settings in _PROFILES:
        room, where = (machine.gpu_memory, "on the card") if profile is Profile.GPU else (left, "of memory")
        if profile is Profile.GPU and not machine.gpu:
            continue
        fitting = [model for model in models if model.kind is ModelKind.LLM and profile in model.profiles]
        for model in sorted(fitting, key=lambda model: -model.size):
            if model.memory <= room and machine.cores >= cores:
                takes = f"takes about {model.memory / GB:.1f} GB {where}"
                return model, settings, f"llm.model: {model.name} (profile {profile}) {takes}.{because}"
            lacks = f"{cores} cores" if machine.cores < cores else f"{model.memory / GB:.1f} GB {where}"
            because += f" {model.name} (profile {profile}) would need {lacks}."
    return None, {}, f"llm.model: the built-in one.{because}"
