"""Steps that might better the intake model, measured: `python -m kiosk.evaluation.intake_steps --out FOLDER`.

Every run of training/intake/steps.py is made, exported, measured on the tuning halves and written down as one row. A
run that was measured before is not made again, so an interrupted comparison goes on. Needs the [train] extra.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import torch
import typer

from kiosk import paths
from kiosk.adapters.intake_labels import OTHER_COMPLAINT
from kiosk.adapters.intake_model import SURE_ENOUGH, IntakeModel
from kiosk.domain.findings import Status
from kiosk.domain.knowledge import KnowledgeBase, SymptomKind
from kiosk.domain.language import Language
from kiosk.evaluation.cases import Case, Kind, Part, read_cases
from kiosk.evaluation.command import load_names
from kiosk.evaluation.intake import NOTHING, measure_forms
from kiosk.evaluation.measures import Agreement
from kiosk.evaluation.second_reader import Tally, Thresholds, count, model_alone, read_choices
from kiosk.training.intake.corpus import Corpus, gather
from kiosk.training.intake.encode import Encoder
from kiosk.training.intake.export import DESCRIPTION, export
from kiosk.training.intake.generate import Example, Mixture
from kiosk.training.intake.quantize import quantize
from kiosk.training.intake.shipped import tokenizer_of
from kiosk.training.intake.steps import HEALING, SHIPPED, STEPS, Run, Workshop, all_runs, finished

STATEMENTS = (Path("tests/data/statements"), Path("tests/data/later"))
_LEVEL = "Q8_0"
_GENERATED = 150
_ROUNDS = 5
_TRAINED_WITH = 1
_MEASURED_WITH = 977
_BOUNDS = (0.0, 0.5, SURE_ENOUGH)
_SLIPS = Mixture(misheard=0.5, mistyped=0.5, no_punctuation=1.0)


@dataclass(frozen=True, slots=True)
class Exam:
    """What every model is measured with: written statements of the tuning halves, generated texts, texts of nothing."""

    knowledge: KnowledgeBase
    statements: Mapping[Language, Sequence[Case]]
    generated: Mapping[str, Mapping[Language, Sequence[Example]]]
    nothing: Mapping[Language, Sequence[str]]

    def of(self, file: Path) -> dict[str, Any]:
        """The figures of a model file."""
        with IntakeModel(file) as model:
            texts = [case.text for cases in self.statements.values() for case in cases]
            figures: dict[str, Any] = {
                "megabytes": round(file.stat().st_size / 1e6, 2),
                "milliseconds": processor_milliseconds(model, texts),
            }
            figures |= {language.value: self._agreement(model, language) for language in self.statements}
            for name, examples in self.generated.items():
                figures[name] = {lang.value: measure_forms(model.read, some)["code"] for lang, some in examples.items()}
            figures["nothing"] = self._misread(model)
        return figures

    def _agreement(self, model: IntakeModel, language: Language) -> dict[str, float]:
        """F1 of the model alone by status, and of all findings together."""
        tally = Tally()
        for case in self.statements[language]:
            merged = model_alone((), model.read(case.text, language), self.knowledge, Thresholds())
            count(tally, case, merged, {}, self.knowledge, frozenset())
        f1 = {status.value: _f1([agreement]) for status, agreement in tally.by_status.items()}
        return f1 | {"all": _f1(tally.by_status.values())}

    def _misread(self, model: IntakeModel) -> dict[str, int]:
        """Texts without a complaint in which one is read, by the least certainty that counts."""
        surest: list[float] = []
        for language, texts in self.nothing.items():
            for text in texts:
                found = model.read(text, language).findings()
                surest.append(max((f.certainty for f in found if self._is_complaint(f.code)), default=-1.0))
        return {str(bound): sum(one >= bound for one in surest) for bound in _BOUNDS}

    def _is_complaint(self, code: str) -> bool:
        kinds = (SymptomKind.SYMPTOM, SymptomKind.SIGN)
        return code == OTHER_COMPLAINT or self.knowledge.symptoms[code].kind in kinds


def exam(corpus: Corpus, files: Sequence[Path] = STATEMENTS, generated_count: int = _GENERATED) -> Exam:
    """The exam on statements of `files` and on `generated_count` generated texts of each kind and language."""
    names = load_names(paths.assets() / "evaluation" / "names.yaml", corpus.knowledge)
    cases = [case for file in files for case in read_cases(file, names)]
    statements = {
        language: [c for c in cases if (c.kind, c.part, c.language) == (Kind.STATEMENTS, Part.TUNING, language)]
        for language in Language
    }
    usual, slips = corpus.again(_MEASURED_WITH, Mixture()), corpus.again(_MEASURED_WITH, _SLIPS)
    kinds = {"seen": usual.training, "unseen": usual.unseen_forms, "slips": slips.training}
    generated = {
        name: {language: list(islice(writer.examples(), generated_count)) for language, writer in writers.items()}
        for name, writers in kinds.items()
    }
    nothing = {language: read_choices(NOTHING / f"{language.value}.txt") for language in Language}
    return Exam(corpus.knowledge, statements, generated, nothing)


def processor_milliseconds(model: IntakeModel, texts: Sequence[str]) -> float:
    """Mean time of a processor core for one text, in the quietest of some rounds: others may use the machine too."""
    some = texts[::_ROUNDS]
    rounds: list[float] = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        for text in some:
            model.read(text).findings()
        rounds.append(time.process_time() - began)
    return round(1000 * min(rounds) / max(1, len(some)), 2)


def _f1(agreements: Iterable[Agreement]) -> float:
    total = Agreement()
    for one in agreements:
        total.found += one.found
        total.extra += one.extra
        total.missed += one.missed
    return round(total.f1 or 0.0, 4)


def measured(run: Run, workshop: Workshop, exam: Exam) -> dict[str, Any]:
    """Make a run, unless that was done before, and measure its model file; the figures lie beside it."""
    if (before := finished(workshop.folder, run)) is not None:
        return before
    spent = workshop.make(run)
    place = workshop.folder / run.name
    if run.name == SHIPPED:
        small = workshop.file
    else:
        plain, small = place / "intake-f32.gguf", place / "intake.gguf"
        export(workshop.network(run.name), workshop.encoder, plain, description=DESCRIPTION, version=run.name)
        quantize(plain, _LEVEL, small, threads=1)
        plain.unlink()
    figures = {"what": run.what, "steps": run.steps, "seed": run.seed} | spent | exam.of(small)
    (place / "figures.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return figures


_COLUMNS = (
    "step",
    "run",
    "steps",
    "MB",
    "ms",
    "zh + / - / ?",
    "zh",
    "en + / - / ?",
    "en",
    "seen",
    "unseen",
    "slips",
    "nothing",
)


def table(rows: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    """Figures by step and run as Markdown; F1, and of the texts without a complaint how many are misread."""
    lines = ["| " + " | ".join(_COLUMNS) + " |", "|" + "---|" * len(_COLUMNS)]
    for step, runs in rows.items():
        for figures in runs.values():
            cells = [step, figures["what"], figures["steps"], figures["megabytes"], figures["milliseconds"]]
            for language in Language:
                found = figures[language.value]
                cells += [" ".join(_short(found[status.value]) for status in Status), _short(found["all"])]
            cells += [" ".join(map(_short, figures[name].values())) for name in ("seen", "unseen", "slips")]
            cells.append(" ".join(str(count) for count in figures["nothing"].values()))
            lines.append("| " + " | ".join(map(str, cells)) + " |")
    return lines


def _short(f1: float) -> str:
    return f"{f1:.3f}".removeprefix("0")


def main(
    out: Annotated[Path, typer.Option(help="folder of the runs and their figures")] = Path("build/intake-steps"),
    only: Annotated[list[str] | None, typer.Option(help="steps or runs to make; all when none is named")] = None,
    steps: Annotated[int, typer.Option(help="training steps of a run from nothing")] = STEPS,
    healing: Annotated[int, typer.Option(help="training steps after pruning")] = HEALING,
    seconds: Annotated[float, typer.Option(help="after this time no further run begins")] = 4 * 3600.0,
    threads: Annotated[int, typer.Option()] = 1,
) -> None:
    """Make and measure the runs, and write figures.json and table.md."""
    torch.set_num_threads(threads)
    began = time.monotonic()
    corpus = gather(_TRAINED_WITH)
    shipped = paths.models() / "intake" / "model" / "intake.gguf"
    workshop = Workshop(out, shipped, corpus, Encoder(tokenizer_of(shipped), corpus.knowledge.symptoms))
    test = exam(corpus)
    rows: dict[str, dict[str, Any]] = {}
    for step, runs in all_runs(steps, healing).items():
        for run in runs:
            wanted = not only or step in only or run.name in only
            if finished(out, run) is None and (not wanted or time.monotonic() - began > seconds):
                continue
            rows.setdefault(step, {})[run.name] = measured(run, workshop, test)
            (out / "figures.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
            (out / "table.md").write_text("\n".join(table(rows)) + "\n", encoding="utf-8")
            sys.stdout.write(f"{step}: {run.name}: {json.dumps(rows[step][run.name])}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    typer.run(main)
