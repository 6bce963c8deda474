"""The `kiosk` command. Each command imports what it needs only when it runs, so that `kiosk run` is quick."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kiosk.domain.errors import AssetError, ConfigError

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
knowledge = typer.Typer(no_args_is_help=True, help="Check and count the clinical content.")
bench = typer.Typer(no_args_is_help=True, help="Measure this machine; the last line holds the figures.")
app.add_typer(knowledge, name="knowledge")
app.add_typer(bench, name="bench")

ConfigOption = Annotated[Path | None, typer.Option("--config", help="settings file (TOML); without it the defaults")]


class DemoLanguage(StrEnum):
    ZH = "zh"
    EN = "en"


class EvaluatedPart(StrEnum):
    ALL = "all"
    TUNING = "tuning"
    HELD = "held"


def _or_exit_2(error: ConfigError | AssetError) -> typer.Exit:
    print(f"kiosk: {error}", file=sys.stderr)
    return typer.Exit(2)


@app.command()
def run(
    config: ConfigOption = None,
    windowed: Annotated[bool, typer.Option(help="a window on a desk PC; F11 switches")] = False,
) -> None:
    """Start the patient's kiosk with the configured or the demonstration hospital."""
    from kiosk.app import run_kiosk
    from kiosk.config import load_config

    try:
        raise typer.Exit(run_kiosk(load_config(config), windowed=windowed))
    except (ConfigError, AssetError) as error:
        raise _or_exit_2(error) from error


@app.command()
def demo(
    lang: Annotated[DemoLanguage, typer.Option(help="the patient's language")] = DemoLanguage.ZH,
    wav: Annotated[Path | None, typer.Option(help="what the patient says, 16 kHz mono 16-bit WAV")] = None,
    text: Annotated[str | None, typer.Option(help="what the patient types instead of speaking")] = None,
    emergency: Annotated[bool, typer.Option(help="a patient who must be seen at once")] = False,
    out: Annotated[Path, typer.Option(help="folder for pictures, slip and bundle")] = Path("build/demo"),
    config: ConfigOption = None,
) -> None:
    """Play one patient against the real application, without a display, and keep what came out."""
    from kiosk.config import load_config
    from kiosk.demo import Script, play

    try:
        raise typer.Exit(play(Script(lang.value, wav, text, emergency), out, load_config(config)))
    except (ConfigError, AssetError) as error:
        raise _or_exit_2(error) from error


@app.command()
def assess(
    file: Annotated[str, typer.Argument(help="file of JSON lines, or - for standard input")] = "-",
    lang: Annotated[DemoLanguage | None, typer.Option(help="language of lines that do not say theirs")] = None,
    model: Annotated[str, typer.Option(help="language model that takes part: off, builtin or a name")] = "off",
) -> None:
    """Triage complaints from JSON lines, for back-testing on a hospital's own records."""
    from kiosk.assess import assess_file

    try:
        raise typer.Exit(assess_file(file, lang.value if lang else None, model))
    except AssetError as error:
        raise _or_exit_2(error) from error


@app.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(help="files or folders of cases (JSON lines)")],
    out: Annotated[Path, typer.Option(help="folder for figures, pictures and mistakes")] = Path("build/evaluation"),
    part: Annotated[EvaluatedPart, typer.Option(help="which half of each set")] = EvaluatedPart.ALL,
    reveal: Annotated[bool, typer.Option(help="list the mistakes of the held-back half too")] = False,
) -> None:
    """Measure triage, departments, findings, differential and questions on cases with known answers."""
    from kiosk.evaluation.cases import Part
    from kiosk.evaluation.command import evaluate as measure

    parts = list(Part) if part is EvaluatedPart.ALL else [Part(part.value)]
    try:
        raise typer.Exit(measure(files, out, parts=parts, reveal=reveal))
    except AssetError as error:
        raise _or_exit_2(error) from error


@app.command()
def doctor(config: ConfigOption = None) -> None:
    """Test every setting before the kiosk is left alone, and name the fix for what is wrong."""
    from kiosk.config import load_config
    from kiosk.doctor import examine, report

    try:
        settings = load_config(config)
    except ConfigError as error:
        raise _or_exit_2(error) from error
    raise typer.Exit(report(examine(settings)))


@app.command(hidden=True)
def worker(name: str) -> None:
    """Run one worker in this process, as a frozen build starts itself."""
    from kiosk.workers.__main__ import run_worker

    raise typer.Exit(run_worker(name))


@knowledge.command("lint")
def knowledge_lint() -> None:
    """Check every content file; the first problem is named by file, entry and field."""
    from kiosk import paths
    from kiosk.adapters.knowledge import load_knowledge

    try:
        base = load_knowledge(paths.assets() / "knowledge")
    except AssetError as error:
        raise _or_exit_2(error) from error
    print(
        f"{len(base.symptoms)} symptoms, {len(base.conditions)} conditions, {len(base.departments)} departments, "
        f"{len(base.red_flags)} red-flag rules: ok"
    )


@knowledge.command("compile")
def knowledge_compile() -> None:
    """Write the copy of the content that loads quickly, for packages; used only while its sources are unchanged."""
    from kiosk import paths
    from kiosk.adapters.knowledge_files import compile_folder

    try:
        print(compile_folder(paths.assets() / "knowledge"))
    except AssetError as error:
        raise _or_exit_2(error) from error


@bench.command("start")
def bench_start(runs: Annotated[int, typer.Option(min=1, help="how often to start")] = 10) -> None:
    """Time to the first frame and to a screen that takes a touch, and memory without models."""
    from kiosk.bench import measure_start

    raise typer.Exit(measure_start(runs))
