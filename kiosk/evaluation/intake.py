"""Measures the intake model: `python -m kiosk.evaluation.intake MODEL FILES`; figures only, no texts."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import typer

from kiosk import paths
from kiosk.adapters.intake_labels import OTHER_COMPLAINT, Meaning
from kiosk.adapters.intake_model import SURE_ENOUGH, IntakeModel, Reading
from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.lexicon import build_matcher
from kiosk.domain.findings import Status
from kiosk.domain.knowledge import KnowledgeBase, SymptomKind
from kiosk.domain.language import Language
from kiosk.domain.understanding import understand
from kiosk.evaluation.cases import read_cases
from kiosk.evaluation.command import load_names, set_name
from kiosk.evaluation.measures import Agreement
from kiosk.evaluation.second_reader import RULES, Tally, Thresholds, compare, read_choices
from kiosk.training.intake.corpus import gather
from kiosk.training.intake.generate import Example
from kiosk.training.intake.surface import Surfaces

NOTHING = Path("tests/data/nothing")
_OF_MEANING = {Meaning.PRESENT: "present", Meaning.ABSENT: "absent", Meaning.UNSURE: "unsure"}


def measure_sets(
    files: Sequence[Path], read: Callable[[str, Language], Reading], knowledge: KnowledgeBase, at: Thresholds
) -> dict[str, dict[str, Tally]]:
    """Every rule by set of cases, part and language."""
    names = load_names(paths.assets() / "evaluation" / "names.yaml", knowledge)
    vocabulary = frozenset().union(*names.symptoms.values())
    groups: dict[str, list[Any]] = {}
    for file in files:
        for case in read_cases(file, names):
            if case.expected.findings:
                place = "later " if "later" in file.parts else ""
                groups.setdefault(f"{place}{set_name(case)} {case.part.value}", []).append(case)
    match = build_matcher(knowledge)
    return {name: compare(cases, read, knowledge, match, vocabulary, at) for name, cases in sorted(groups.items())}


def measure_nothing(
    read: Callable[[str, Language], Reading], knowledge: KnowledgeBase, folder: Path = NOTHING
) -> dict[str, dict[str, Any]]:
    """Texts without a complaint in which one is read, by reader; the model at several degrees of certainty."""
    match = build_matcher(knowledge)
    figures: dict[str, dict[str, Any]] = {}

    def is_complaint(code: str) -> bool:
        return knowledge.symptoms[code].kind in (SymptomKind.SYMPTOM, SymptomKind.SIGN)

    for language in Language:
        texts = read_choices(folder / f"{language.value}.txt")
        counts: Counter[str] = Counter()
        for text in texts:
            said = {f.code for f in understand(text, language, knowledge, match)}
            found = [f for f in read(text, language).findings() if f.code == OTHER_COMPLAINT or is_complaint(f.code)]
            counts["lexicon"] += any(map(is_complaint, said))
            for bound in (0.0, 0.5, 0.7, 0.8, 0.9):
                counts[f"model alone from {bound}"] += any(f.certainty >= bound for f in found)
                counts[f"model besides from {bound}"] += any(f.certainty >= bound and f.code not in said for f in found)
        figures[language.value] = {"texts": len(texts)} | dict(counts)
    return figures


def measure_forms(read: Callable[[str, Language], Reading], examples: Iterable[Example]) -> dict[str, Any]:
    """Generated texts: F1 of finding and status, and of the words alone."""
    by_status = {name: Agreement() for name in _OF_MEANING.values()}
    words = Agreement()
    codes = Agreement()
    for example in examples:
        found = read(example.text, example.language).findings()
        for meaning, name in _OF_MEANING.items():
            wanted = {mark.code for mark in example.marks if mark.meaning is meaning}
            _add(by_status[name], {f.code for f in found if f.status.value == name}, wanted)
        marks = [mark for mark in example.marks if mark.meaning is not Meaning.VOID]
        hit = {at for at, m in enumerate(marks) if any(f.span[0] < m.end and m.start < f.span[1] for f in found)}
        words.found += len(hit)
        words.missed += len(marks) - len(hit)
        words.extra += sum(not any(f.span[0] < m.end and m.start < f.span[1] for m in example.marks) for f in found)
        _add(codes, {f.code for f in found}, {mark.code for mark in marks})
    figures = {name: round(agreement.f1 or 0, 4) for name, agreement in by_status.items()}
    return figures | {"code": round(codes.f1 or 0, 4), "words": round(words.f1 or 0, 4)}


def _add(agreement: Agreement, given: set[str], wanted: set[str]) -> None:
    agreement.found += len(given & wanted)
    agreement.extra += len(given - wanted)
    agreement.missed += len(wanted - given)


def without_held_forms(knowledge: KnowledgeBase) -> KnowledgeBase:
    """The knowledge base as it would be if nobody had thought of the forms that are kept out of training."""
    trained = {language: Surfaces(knowledge, language).forms for language in Language}
    symptoms = {
        code: replace(
            symptom,
            forms=MappingProxyType(
                {language: tuple(form.text for form in trained[language].get(code, ())) for language in Language}
            ),
        )
        for code, symptom in knowledge.symptoms.items()
    }
    return replace(knowledge, symptoms=MappingProxyType(symptoms))


def measure_unknown_words(
    read: Callable[[str, Language], Reading], knowledge: KnowledgeBase, examples: Sequence[Example], at: Thresholds
) -> dict[str, Any]:
    """Words that a lexicon without the held-out forms does not know: how many it and the model find all the same."""
    poorer = without_held_forms(knowledge)
    match = build_matcher(poorer)
    wanted_all = by_lexicon = by_model = sure = right_and_sure = 0
    for example in examples:
        said = {f.code for f in understand(example.text, example.language, poorer, match)}
        found = read(example.text, example.language).findings()
        wanted = {mark.code for mark in example.marks if mark.meaning is not Meaning.VOID}
        wanted_all += len(wanted)
        by_lexicon += len(wanted & said)
        own = {f.code for f in found if f.code not in said and f.code != OTHER_COMPLAINT and f.certainty >= at.own}
        sure += len(own)
        right_and_sure += len(own & wanted)
        by_model += len(wanted & {f.code for f in found})
    return {
        "findings": wanted_all,
        "lexicon without these forms": by_lexicon,
        "model": by_model,
        "questions of the model": sure,
        "questions that are right": right_and_sure,
    }


def milliseconds(model: IntakeModel, texts: Sequence[str]) -> dict[str, float]:
    """Time for one text, one after another."""
    times = []
    for text in texts:
        began = time.perf_counter()
        model.read(text).findings()
        times.append(1000 * (time.perf_counter() - began))
    times.sort()
    return {"mean": sum(times) / len(times), "p50": times[len(times) // 2], "p95": times[int(0.95 * len(times))]}


def main(
    model: Annotated[Path, typer.Argument(help="the model file")],
    files: Annotated[list[Path], typer.Argument(help="files or folders of cases")],
    out: Annotated[Path, typer.Option()] = Path("build/intake-figures.json"),
    meant: Annotated[float, typer.Option(help="from here on the model's status is heard")] = 0.9,
    own: Annotated[float, typer.Option(help="from here on its own findings are")] = SURE_ENOUGH,
    generated: Annotated[int, typer.Option(help="generated texts a language and set")] = 300,
) -> None:
    """Measure a model file and write the figures as JSON."""
    knowledge = load_knowledge(paths.assets() / "knowledge")
    at = Thresholds(meant, own)
    with IntakeModel(model) as reader:
        figures: dict[str, Any] = {"thresholds": {"meant": meant, "own": own}}
        figures["sets"] = {
            name: {rule: tally.figures() for rule, tally in rules.items()}
            for name, rules in measure_sets(files, reader.read, knowledge, at).items()
        }
        figures["nothing"] = measure_nothing(reader.read, knowledge)
        corpus = gather(977, chatter=400)
        for language in Language:
            for name, writers in (("trained forms", corpus.training), ("unseen forms", corpus.unseen_forms)):
                examples = list(islice(writers[language].examples(), generated))
                figures.setdefault(name, {})[language.value] = measure_forms(reader.read, examples)
            figures.setdefault("unknown words", {})[language.value] = measure_unknown_words(
                reader.read, knowledge, examples, at
            )
            figures.setdefault("milliseconds", {})[language.value] = milliseconds(reader, [e.text for e in examples])
            figures.setdefault("kept statements", {})[language.value] = measure_forms(
                reader.read, corpus.kept_examples(language)
            )
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")
    sys.stdout.write("\n".join(table(figures)) + "\n")


def table(figures: dict[str, Any]) -> list[str]:
    """F1 by set and rule: present, absent, unsure."""
    lines = []
    for name, rules in figures["sets"].items():
        for rule in RULES:
            cells = [f"{rules[rule].get(status.value, {}).get('f1', float('nan')):.3f}" for status in Status]
            asked = _asked(rules[rule].get("asked"))
            lines.append(f"{name:32} {rule:16} {'  '.join(cells)}  {asked}")
    for name in ("trained forms", "unseen forms", "kept statements", "unknown words", "nothing", "milliseconds"):
        for language, values in figures[name].items():
            lines.append(f"{name:18} {language}  {values}")
    return lines


def _asked(counts: list[int] | None) -> str:
    return f"asked {counts[0]}, rightly {counts[1]}" if counts else ""


if __name__ == "__main__":
    typer.run(main)
