"""The steps of the recipe as commands; each reads and writes one folder of state outside the repository."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.domain.language import Language

if TYPE_CHECKING:
    from kiosk.training.intake.encode import Encoder
    from kiosk.training.intake.network import Network

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Make models/intake."
)
Folder = Annotated[Path, typer.Option("--run", help="folder of the run's state")]
_RUN = Path("build/intake-run")
_MODEL = Path("models/intake")
_TOKENIZER_TEXTS = 40_000
_MEASURED = 80
_COMPARED = 250
SHIPPED = "Q8_0"


@app.command()
def train(
    run: Folder = _RUN,
    minutes: Annotated[float, typer.Option(help="time to train")] = 60.0,
    seed: Annotated[int, typer.Option()] = 1,
    layers: Annotated[int, typer.Option()] = 4,
    threads: Annotated[int, typer.Option()] = 2,
    resume: Annotated[bool, typer.Option(help="go on with the state in the folder")] = False,
    start: Annotated[
        Path | None, typer.Option(help="model file (GGUF) or run whose words and weights to begin with")
    ] = None,
) -> None:
    """Learn the tokenizer and the network from the knowledge base."""
    import torch

    from kiosk.training.intake.corpus import gather
    from kiosk.training.intake.encode import Encoder
    from kiosk.training.intake.network import Shape
    from kiosk.training.intake.shipped import tokenizer_of
    from kiosk.training.intake.tokenizer import learnt, read_tokenizer
    from kiosk.training.intake.train import Plan, Trainer

    torch.set_num_threads(threads)
    run.mkdir(parents=True, exist_ok=True)
    corpus = gather(seed)
    file = run / "tokenizer.json"
    if start is not None and start.is_dir():
        shutil.copyfile(start / "tokenizer.json", file)
    elif start is not None:
        tokenizer_of(start).save(str(file))
    if not file.exists():
        texts = (example.text for example in islice(corpus.examples(Random(seed)), _TOKENIZER_TEXTS))
        learnt((*texts, *corpus.common_characters())).save(str(file))
    encoder = Encoder(read_tokenizer(file), corpus.knowledge.symptoms)
    shape = Shape(encoder.text_tokens, encoder.other_tokens, layers=layers)
    trainer = Trainer(corpus.examples, encoder, shape, Plan(minutes * 60, seed), run)
    if start is not None:
        trainer.begin_with(start / "state.pt" if start.is_dir() else start)
    if resume:
        trainer.resume()
    measures = {
        f"{name}-{language.value}": list(islice(writers[language].examples(), _MEASURED))
        for name, writers in (("seen", corpus.training), ("unseen", corpus.unseen_forms))
        for language in Language
    } | {f"statements-{language.value}": corpus.kept_examples(language) for language in Language}
    measures |= {f"told-{language.value}": corpus.told_examples(language) for language in Language}
    trainer.run(measures)


@app.command()
def export(
    run: Folder = _RUN,
    version: Annotated[str, typer.Option()] = "1",
    levels: Annotated[bool, typer.Option(help="every number format, to compare them")] = True,
) -> None:
    """Write the network as GGUF, and in smaller number formats."""
    from kiosk.training.intake import export as exporting
    from kiosk.training.intake.quantize import LEVELS, quantize

    network, encoder = _loaded(run)
    plain = run / "intake-f32.gguf"
    exporting.export(network, encoder, plain, description=exporting.DESCRIPTION, version=version)
    for level in LEVELS if levels else (SHIPPED,):
        quantize(plain, level, run / f"intake-{level.lower()}.gguf")


@app.command()
def parity(run: Folder = _RUN, count: Annotated[int, typer.Option(help="texts a language")] = _COMPARED) -> None:
    """Compare every model file with the network on generated and tricky texts; exit code 1 where f32 differs."""
    import torch

    from kiosk.adapters.intake_model import IntakeModel
    from kiosk.training.intake.corpus import gather
    from kiosk.training.intake.parity import TRICKY, Parity, compare, trained

    torch.set_num_threads(1)
    network, encoder = _loaded(run)
    corpus = gather(4711, chatter=200)
    texts = [e.text for language in Language for e in islice(corpus.training[language].examples(), count)]
    said = trained(network, encoder, [*texts, *TRICKY])
    figures: dict[str, Any] = {}
    for file in sorted(run.glob("intake-*.gguf")):
        with IntakeModel(file) as model:
            figures[file.stem] = asdict(compare(said, encoder, model))
            figures[file.stem]["bytes"] = file.stat().st_size
    (run / "parity.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    typer.echo(json.dumps(figures, indent=1))
    whole = Parity(**{name: figures["intake-f32"][name] for name in Parity.__dataclass_fields__})
    if not whole.holds:
        raise typer.Exit(1)


@app.command()
def ship(
    run: Folder = _RUN,
    target: Annotated[Path, typer.Option()] = _MODEL,
    level: Annotated[str, typer.Option(help="number format that is shipped")] = SHIPPED,
) -> None:
    """Put the model file and the picture of its card in their place, and print its figures for manifest.toml."""
    from kiosk.adapters.models import folder_sha256, folder_size
    from kiosk.training.intake.card import draw

    target.mkdir(parents=True, exist_ok=True)
    place = target / "model"
    place.mkdir(exist_ok=True)
    shutil.copyfile(run / f"intake-{level.lower()}.gguf", place / "intake.gguf")
    draw(run / "log.jsonl", target)
    typer.echo(f'bytes = {folder_size(place)}\nsha256 = "{folder_sha256(place)}"')


@app.command()
def told(
    files: Annotated[list[Path] | None, typer.Argument(help="files of told texts; all when none is named")] = None,
) -> None:
    """Check the marks of told texts, and list what the lexicon reads in words without a mark; 1 for a wrong mark."""
    from kiosk import paths
    from kiosk.adapters.knowledge import load_knowledge
    from kiosk.adapters.lexicon import build_matcher
    from kiosk.domain.errors import AssetError
    from kiosk.training.intake.sources import Reader
    from kiosk.training.intake.told import TOLD, Told, clause_of, lengths_marked, told_lines, unmarked

    knowledge = load_knowledge(paths.assets() / "knowledge")
    reader = Reader(knowledge, build_matcher(knowledge))
    wanted = {file.name for file in files or ()}
    wrong = 0
    for language in Language:
        texts = marks = 0
        for file, number, line in told_lines(language, files[0].parent if files else TOLD):
            if wanted and file not in wanted:
                continue
            try:
                clause = clause_of(line, knowledge.symptoms, file, number)
            except AssetError as error:
                typer.echo(f"wrong: {error}")
                wrong += 1
                continue
            texts, marks = texts + 1, marks + sum(bool(piece.code) for piece in clause)
            line_told = Told(file, number, clause)
            for marked in lengths_marked(line_told, language):
                typer.echo(f"wrong: {file}: line {number}: a length of time in the mark: {marked}")
                wrong += 1
            for found in unmarked(line_told, language, reader):
                typer.echo(f"{file}:{number}: without a mark: {found}")
        typer.echo(f"{language.value}: {texts} texts, {marks} marks")
    if wrong:
        raise typer.Exit(1)


def _loaded(run: Path) -> tuple[Network, Encoder]:
    from kiosk.training.intake.encode import Encoder
    from kiosk.training.intake.tokenizer import read_tokenizer
    from kiosk.training.intake.train import load_network

    network, codes = load_network(run / "state.pt")
    return network, Encoder(read_tokenizer(run / "tokenizer.json"), codes)
