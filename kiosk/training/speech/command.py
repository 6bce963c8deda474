"""The steps of the recipe as commands; what they make lies in one folder outside the repository."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kiosk.domain.language import Language

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Make models/speech."
)
Folder = Annotated[Path, typer.Option("--run", help="folder of the run's state")]
Which = Annotated[Language | None, typer.Option("--language", help="one language; both at once when left out")]
_RUN = Path("build/speech-run")
_MODELS = Path("models/speech")
_TESTS = Path("tests/data/speech")
_DEMO = Path("assets/demo-hospital/voice")
_LISTS = Path(__file__).parent
_PROGRAMS = {
    "espeak-ng": "espeak-ng",
    "flite": "flite",
    "festival": "festival festvox-us-slt-hts festvox-kallpc16k festvox-kdlpc16k",
    "fstconvert": "libfst-tools libfst22-plugins-base",
}


@app.command()
def words() -> None:
    """Make words-*.txt anew from the patterns, the content, the CMU dictionary and pypinyin; look at what changed."""
    from kiosk.training.speech.wordlists import write

    write(_LISTS)


@app.command()
def train(
    run: Folder = _RUN,
    language: Which = None,
    parts: Annotated[
        int, typer.Option(help="parts of 200 utterances to speak; 0: as many as for the shipped models")
    ] = 0,
    epochs: Annotated[int, typer.Option()] = 4,
    start: Annotated[
        Path | None, typer.Option(help="folder of models to go on from, models/speech for the shipped ones")
    ] = None,
    first: Annotated[int, typer.Option(help="number of the first part: from 170 on they are new to those")] = 0,
) -> None:
    """Speak the corpus and train the network; goes on where it was interrupted."""
    missing = " ".join(packages for program, packages in _PROGRAMS.items() if not shutil.which(program))
    if missing:
        typer.echo(f"Needed first: apt-get install {missing}", err=True)
        raise typer.Exit(1)
    if language is None:
        going_on = ["--start", str(start)] if start else []
        _both(
            "train", "--run", str(run), "--parts", str(parts), "--epochs", str(epochs), "--first", str(first), *going_on
        )
        return
    import torch

    from kiosk.training.speech.corpus import PARTS, make_part
    from kiosk.training.speech.train import GOING_ON_RATE, Plan, Trainer

    torch.set_num_threads(1)
    folder = run / language.value
    (folder / "parts").mkdir(parents=True, exist_ok=True)
    for number in range(first, first + (parts or PARTS[language])):
        make_part(language, number, folder / "parts")
    plan = Plan(epochs=epochs)
    if start:
        plan = replace(plan, start=start / language.value, realign=(0,), rate=GOING_ON_RATE)
    Trainer(language, folder, plan).run()


@app.command()
def export(run: Folder = _RUN, language: Which = None) -> None:
    """Write the model folders beside the state."""
    from kiosk.training.speech.export import export as write

    for one in [language] if language else Language:
        write(one, run / one.value / "state.pt", run / one.value / "model")


@app.command()
def renew(run: Folder = _RUN, language: Which = None) -> None:
    """Beside the state, the shipped models with today's words and sentences: seconds instead of a training."""
    from kiosk.training.speech.export import renew as write

    for one in [language] if language else Language:
        target = run / one.value / "model"
        shutil.copytree(_MODELS / one.value, target, dirs_exist_ok=True)
        typer.echo(f"{one.value}: without sounds, left out: {' '.join(write(one, target)) or 'none'}")


# The steps below load Vosk, which must not share a process with the graph's library: both carry OpenFst.


@app.command()
def measure(
    run: Folder = _RUN,
    language: Which = None,
    model: Annotated[Path | None, typer.Option(help="another model to measure on the same sounds")] = None,
    sounds: Annotated[
        Path | None, typer.Option(help="your own sounds: 16 kHz, and texts.tsv with file and text")
    ] = None,
) -> None:
    """Measure the models; figures.json and misheard.tsv beside the state."""
    from kiosk.training.speech.errors import report
    from kiosk.training.speech.measure import measure as measured

    for one in [language] if language else Language:
        folder = run / one.value
        figures = measured(one, model or folder / "model", folder / "tests", folder / "misheard.tsv", sounds)
        (folder / ("sounds.json" if sounds else "figures.json")).write_text(report(figures) + "\n", encoding="utf-8")
        typer.echo(f"{one.value}\n{report(figures)}")


@app.command()
def ship(run: Folder = _RUN) -> None:
    """Put the models and the tests' sounds in their place, and print what manifest.toml should say."""
    from kiosk.adapters.models import folder_sha256, folder_size
    from kiosk.training.speech.fixtures import make

    for language in Language:
        target = _MODELS / language.value
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(run / language.value / "model", target)
        lost = make(language, target, _TESTS / language.value, _DEMO)
        typer.echo(f'[speech-{language.value}]\nbytes = {folder_size(target)}\nsha256 = "{folder_sha256(target)}"')
        typer.echo(f"not heard exactly by any voice: {lost}")


def _both(*arguments: str) -> None:
    command = [sys.executable, "-m", "kiosk.training.speech", *arguments, "--language"]
    running = [subprocess.Popen([*command, language.value]) for language in Language]  # noqa: S603
    if sum(process.wait() != 0 for process in running):
        raise typer.Exit(1)
