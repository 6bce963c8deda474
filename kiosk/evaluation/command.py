"""`kiosk evaluate`: measure the clinical core on files of cases, print the figures and keep the mistakes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.lexicon import build_matcher
from kiosk.domain.generation import ModelError
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.evaluation.cases import BadCase, Case, Kind, Names, Part, read_cases
from kiosk.evaluation.interview import Clinic
from kiosk.evaluation.report import (
    SetName,
    draw_confusion,
    draw_reliability,
    print_table,
    write_figures,
    write_mistakes,
)
from kiosk.evaluation.scores import Mistake, Scores, score
from kiosk.proposing import OFF, proposing

_PROGRESS_EVERY = 100


def evaluate(files: Sequence[Path], out: Path, *, parts: Sequence[Part], reveal: bool, model: str = OFF) -> int:
    """Measure on `files` and write figures.json, mistakes.jsonl and pictures under `out`; 2 when a file is unreadable.

    `model` is the language model that takes part, as `llm.model` names it; the simulated patient answers its questions.

    Mistakes of the held-back part are counted but listed only when `reveal` is true: whoever reads them tunes on them.
    """
    knowledge = load_knowledge(paths.assets() / "knowledge")
    try:
        names = load_names(paths.assets() / "evaluation" / "names.yaml", knowledge)
        cases = [case for file in files for case in read_cases(file, names) if case.part in parts]
    except (BadCase, OSError) as error:
        sys.stderr.write(f"kiosk: {error}\n")
        return 2
    try:
        with proposing(model, knowledge.symptoms) as propose:
            clinic = Clinic(knowledge, build_matcher(knowledge), propose=propose)
            scores, mistakes = measure(cases, clinic, names)
    except ModelError as error:
        sys.stderr.write(f"kiosk: language model {model!r}: {error}; use --model off or name another\n")
        return 2
    out.mkdir(parents=True, exist_ok=True)
    print_table(scores)
    write_figures(scores, out / "figures.json")
    listed = [m for m in mistakes if reveal or m.case.part is Part.TUNING]
    write_mistakes(listed, out / "mistakes.jsonl")
    _draw(scores, out)
    sys.stderr.write(
        f"kiosk evaluate: {len(cases)} cases, {len(mistakes)} with a mistake, {len(listed)} listed in {out}\n"
    )
    return 0


def measure(
    cases: Sequence[Case], clinic: Clinic, names: Names, *, by_part: bool = True
) -> tuple[dict[SetName, Scores], list[Mistake]]:
    """Scores by set and part, or with both parts together under the name of the tuning part."""
    vocabulary = frozenset().union(*names.symptoms.values()) if names.symptoms else frozenset()
    scores: dict[SetName, Scores] = {}
    mistakes: list[Mistake] = []
    for number, case in enumerate(cases, start=1):
        group = scores.setdefault((set_name(case), case.part if by_part else Part.TUNING), Scores())
        mistakes += score([case], clinic, group, vocabulary)
        if number % _PROGRESS_EVERY == 0 and sys.stderr.isatty():
            sys.stderr.write(f"\r{number} of {len(cases)}")
    return dict(sorted(scores.items())), mistakes


def set_name(case: Case) -> str:
    """Our own sets exist in both languages and are told apart by them."""
    return f"{case.kind.value} {case.language.value}" if case.kind in (Kind.CASES, Kind.STATEMENTS) else case.kind.value


def load_names(path: Path, knowledge: KnowledgeBase) -> Names:
    """Other people's names for our codes; conditions count by their own English name as well. Raises BadCase."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    diagnoses = {condition.name.en.lower(): frozenset([code]) for code, condition in knowledge.conditions.items()}
    groups = {
        "symptoms": knowledge.symptoms,
        "departments": knowledge.departments,
        "diagnoses": knowledge.conditions,
    }
    read: dict[str, dict[str, frozenset[str]]] = {}
    for group, known in groups.items():
        read[group] = {str(name): frozenset(codes) for name, codes in document[group].items()}
        for name, codes in read[group].items():
            unknown = sorted(codes - set(known))
            if unknown:
                raise BadCase(f"{path}: {group}.{name}: unknown code {unknown[0]!r}")
    return Names(read["symptoms"], read["departments"], diagnoses | read["diagnoses"])


def _draw(scores: dict[SetName, Scores], out: Path) -> None:
    for (name, part), group in scores.items():
        stem = f"{name}_{part.value}".replace(" ", "_")
        if group.triage.counts:
            draw_confusion(group.triage, f"{name}, {part.value}", out / f"confusion_{stem}.png")
        if group.departments:
            draw_reliability(group.department_claims(), f"{name}, {part.value}", out / f"reliability_{stem}.png")
