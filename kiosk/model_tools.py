"""What `kiosk models` does, with what IT reads: one line a fact, and for every problem the command that mends it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from kiosk.adapters.llm.model_files import BUILT_IN, BUILT_IN_NAME
from kiosk.adapters.machine import look_at_machine
from kiosk.adapters.models import Shelf, place_of, problems_of
from kiosk.adapters.models.pull import Pull
from kiosk.config import Config
from kiosk.domain.errors import ModelMissing
from kiosk.domain.models import Advice, Model, ModelKind, PullFailed, PullProblem, advise

EXIT_INTERRUPTED = 130
FIXES = {
    PullProblem.ROOM: "free some room, or name another folder in kiosk.models; what has come is kept",
    PullProblem.SOURCE: "correct --from or --proxy",
    PullProblem.SERVER: "look at the network and --proxy, and run the same command again: it goes on where it was",
    PullProblem.STATUS: "try a mirror: kiosk models pull {name} --from ADDRESS",
    PullProblem.REDIRECTS: "look at the proxy, or try a mirror: kiosk models pull {name} --from ADDRESS",
    PullProblem.LENGTH: "this is another version of the file: try a mirror with --from",
    PullProblem.DIGEST: "do not use the file: try another network or a mirror with --from; nothing was changed here",
    PullProblem.NO_MODEL: "correct --from; nothing was changed here",
    PullProblem.UNSAFE: "do not unpack the file elsewhere either, and tell whoever runs the source",
    PullProblem.BUSY: "wait until the other command has ended",
    PullProblem.WRITE: "run it as the user of the service, or name another folder in kiosk.models",
}
_NEW_DIGEST = "if you know why it changed: kiosk models pull {name} --trust-anew"
_PLAIN_STEPS = 10


@dataclass(frozen=True, slots=True)
class ModelTools:
    """The commands, each returning its exit code."""

    config: Config
    manifest: Mapping[str, Model]

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.config.models_folder())

    def list(self, *, as_json: bool) -> int:
        rows = [self._row(model) for model in self.manifest.values()]
        if as_json:
            _say(json.dumps(rows, indent=1, ensure_ascii=False))
            return 0
        table = Table("name", "kind", "language", "size", "on this machine", "named by", "licence", box=None)
        for row in rows:
            cells = (row["name"], row["kind"], row["language"], _mb(row["bytes"]), row["state"])
            table.add_row(*map(str, cells), ", ".join(row["settings"]), str(row["licence"]))
        Console(width=None if sys.stdout.isatty() else 160).print(table)
        _say(f"fetched models lie in {self.shelf.folder}")
        return 0

    def pull(self, names: Sequence[str], mirror: str, proxy: str | None, *, trust_anew: bool) -> int:
        code = 0
        for model in self._known(names):
            if isinstance(model, str):
                code = 1
            elif model.built_in:
                _say(f"{model.name} comes with Daozhen")
            else:
                code = max(code, self._pull(model, mirror, proxy, trust_anew=trust_anew))
            if code == EXIT_INTERRUPTED:
                return code
        return code

    def _pull(self, model: Model, mirror: str, proxy: str | None, *, trust_anew: bool) -> int:
        try:
            with _Bar(model.name) as bar:
                pull = Pull(self.shelf, mirror, proxy, trust_anew=trust_anew, watch=bar.show)
                pulled = pull(model)
        except PullFailed as error:
            _say(f"{model.name} was not fetched: {error}")
            fix = FIXES[error.problem].format(name=model.name)
            if error.problem is PullProblem.DIGEST and not model.sha256:
                fix = f"{fix}; {_NEW_DIGEST.format(name=model.name)}"
            _say(f"  -> {fix}")
            return 1
        except KeyboardInterrupt:
            _say(f"stopped; kiosk models pull {model.name} goes on where it was")
            return EXIT_INTERRUPTED
        _say(f"{model.name} {'is' if pulled.fetched else 'was already'} in {pulled.folder}")
        if pulled.first_seen:
            _say(f"  nobody vouches for its SHA-256, which must be the same from now on: {pulled.sha256}")
        named = self._named_by(model)
        if not named:
            _say(f"  to use it: {_setting_line(model)}")
        return 0

    def verify(self, names: Sequence[str]) -> int:
        chosen = self._known(names) if names else [model for model in self.manifest.values() if self._matters(model)]
        failed = 0
        for model in chosen:
            if isinstance(model, str):
                failed = 1
                continue
            try:
                with _Bar(model.name) as bar:
                    problems = problems_of(model, self.shelf, lambda done, size, bar=bar: bar.show("", done, size))
            except ModelMissing:
                problems = ["is not on this machine"]
            for problem in problems:
                _say(f"FAIL {model.name}: {problem}")
            if problems:
                failed = 1
                _say(f"  -> {'install Daozhen again' if model.built_in else f'kiosk models pull {model.name}'}")
            else:
                _say(f"ok   {model.name}")
        return failed

    def remove(self, names: Sequence[str], *, force: bool) -> int:
        code = 0
        for model in self._known(names):
            if isinstance(model, str):
                code = 1
                continue
            named = self._named_by(model)
            if model.built_in:
                _say(f"{model.name} comes with Daozhen and stays")
                code = 1
            elif named and not force:
                _say(f"{model.name} is named by {', '.join(named)} and stays")
                _say("  -> name another one in the settings first, or add --force")
                code = 1
            else:
                code = max(code, self._remove(model))
        return code

    def _remove(self, model: Model) -> int:
        shelf = self.shelf
        if not shelf.folder.is_dir():
            _say(f"{model.name} was not here")
            return 0
        try:
            with shelf.lock(model.name):
                removed = shelf.remove(model.name)
        except (PullFailed, OSError) as error:
            _say(f"{model.name} was not removed: {error}")
            return 1
        _say(f"{model.name} {'was removed' if removed else 'was not here'}")
        return 0

    def recommend(self, *, as_json: bool) -> int:
        advice = advise(look_at_machine(), self.manifest.values())
        if as_json:
            plain = {"models": dict(advice.models), "reasons": advice.reasons}
            _say(json.dumps(plain | {"settings": {name: dict(lines) for name, lines in advice.settings.items()}}))
            return 0
        for reason in advice.reasons:
            _say(reason)
        _say("")
        for line in settings_lines(advice):
            _say(line)
        wanted = [name for name in advice.models.values() if name in self.manifest]
        missing = [name for name in wanted if not place_of(self.manifest[name], self.shelf).is_dir()]
        _say("")
        if missing:
            size = sum(self.manifest[name].size for name in missing)
            _say(f"kiosk models pull {' '.join(missing)}    # {_mb(size)}")
        if advice.models["llm.model"] in self.manifest:
            _say("kiosk llm bench    # whether it is quick enough here; what it reads counts only as a proposal")
        return 0

    def _known(self, names: Iterable[str]) -> Iterable[Model | str]:
        """Models by name; a name that nobody knows is told and comes back as it is."""
        for name in names:
            model = self.manifest.get(name) or self.manifest.get(name.removesuffix(".gguf"))
            if model is None:
                _say(f"{name} is not in the manifest; kiosk models list shows what is")
            yield model or name

    def _named_by(self, model: Model) -> Sequence[str]:
        """The settings that name a model, by its name or by a place inside it."""
        named = {"speech.zh": self.config.speech.zh, "speech.en": self.config.speech.en}
        if not self.config.llm.server:
            named["llm.model"] = self.config.llm.model
        place = place_of(model, self.shelf)
        return [setting for setting, value in named.items() if _is(value, model, place)]

    def _matters(self, model: Model) -> bool:
        return place_of(model, self.shelf).is_dir() or bool(self._named_by(model))

    def _row(self, model: Model) -> dict[str, object]:
        kept = {key: asdict(model)[key] for key in ("name", "kind", "profiles", "licence", "sha256", "url", "note")}
        language = model.language.value if model.language else "all"
        row = {"bytes": model.size, "language": language, "state": self._state(model)}
        return kept | row | {"settings": self._named_by(model)}

    def _state(self, model: Model) -> str:
        if model.built_in:
            return "built in"
        if place_of(model, self.shelf).is_dir():
            return "here" if self.shelf.record(model.name) else "here, put by hand"
        part = self.shelf.part(model.name)
        if part.is_file():
            return f"{part.stat().st_size / model.size:.0%} fetched" if model.size else "partly fetched"
        return ""


def settings_lines(advice: Advice) -> Iterable[str]:
    """The advice as TOML."""
    for section, lines in advice.settings.items():
        yield f"[{section}]"
        for key, value in lines.items():
            yield f"{key} = {json.dumps(value)}"


def _is(value: str, model: Model, place: Path) -> bool:
    if value == BUILT_IN:
        return model.name == BUILT_IN_NAME
    return value.removesuffix(".gguf") == model.name or place in (Path(value), *Path(value).parents)


def _setting_line(model: Model) -> str:
    section, key = ("llm", "model") if model.kind is ModelKind.LLM else ("speech", str(model.language))
    return f'{key} = "{model.name}" under [{section}] in the settings'


class _Bar:
    """How far it is: a bar on a terminal, else a line now and then."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._said = ("", 0)
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        console = Console(stderr=True)
        self._bar = Progress(
            *columns, TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> _Bar:
        self._bar.start()
        return self

    def __exit__(self, *what: object) -> None:
        self._bar.stop()

    def show(self, what: str, done: int, size: int) -> None:
        if self._bar.disable:
            step = _PLAIN_STEPS * done // max(1, size)
            if what and (what, step) != self._said:
                self._said = (what, step)
                print(f"{self._name}: {what} {_mb(done)} of {_mb(size)}", file=sys.stderr, flush=True)  # noqa: T201
            return
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(f"{what or 'checking'} {self._name}", total=size)
        self._bar.update(self._tasks[what], completed=done, total=size)


def _mb(size: object) -> str:
    return f"{size / 1e6:,.0f} MB" if isinstance(size, int) and size else ""


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
