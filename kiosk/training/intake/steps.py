"""The steps that might make a better or a smaller model, each as short runs that differ in one thing only.

Runs from nothing have a small network, so that many fit into an hour; runs that begin with the shipped weights have its
shape. Every run of a kind takes the same number of steps, and the same seed gives it the same texts.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

from kiosk.domain.language import Language
from kiosk.training.intake.corpus import Corpus
from kiosk.training.intake.distillation import Lessons
from kiosk.training.intake.encode import Batch, Encoder
from kiosk.training.intake.generate import Mixture
from kiosk.training.intake.network import Network, Shape
from kiosk.training.intake.pruning import size_of_weights, use_in, without_columns, without_heads, without_layer
from kiosk.training.intake.shipped import network_of
from kiosk.training.intake.train import Plan, Trainer, load_network, loss_of

SHIPPED = "shipped"
"""Name of the model that comes with Daozhen, as a run to begin with."""
SMALL = MappingProxyType({"width": 160, "layers": 3, "heads": 4, "hidden": 480})
"""The network of runs from nothing: 1.8 million weights instead of 4.8."""
STEPS = 600
HEALING = 250
_CALIBRATION = 600
"""Texts that tell which parts of a network matter."""

Cut = Callable[[Network, Sequence[Batch]], Network]


@dataclass(frozen=True, slots=True)
class Run:
    """One model to make: what it begins with, what is cut away, and how it is trained.

    `begin` names another run, or SHIPPED; nothing begins with chance. `taught` is the share of the shipped model's
    answers in the loss. `rate` is a factor on the usual rates.
    """

    name: str
    what: str
    steps: int
    seed: int = 1
    mixture: Mixture = Mixture()
    exchanged: float = 0.03
    languages: tuple[Language, ...] = tuple(Language)
    begin: str = ""
    cut: Cut | None = None
    taught: float = 0.0
    rate: float = 1.0


def augmentation(steps: int, more: int) -> tuple[Run, ...]:
    """What is done to the generated texts, left out one by one; the last with `more` steps from the shipped weights."""
    bare = Mixture(misheard=0, mistyped=0)
    return (
        Run("all-1", "as shipped", steps),
        Run("all-2", "as shipped, another seed", steps, seed=2),
        Run("no-slips", "without slips", steps, mixture=bare, exchanged=0),
        Run("all-punctuation", "with all punctuation", steps, mixture=Mixture(no_punctuation=0)),
        Run("no-told", "without told texts", steps, mixture=Mixture(told=0)),
        Run("no-nothing", "without texts of no finding", steps, mixture=Mixture(nothing=0)),
        Run("continued", "the shipped model trained on", more, begin=SHIPPED, rate=0.25),
        Run("continued-2", "the same, another seed", more, seed=2, begin=SHIPPED, rate=0.25),
        Run(
            "continued-no-slips", "trained on without slips", more, mixture=bare, exchanged=0, begin=SHIPPED, rate=0.25
        ),
    )


def transfer(steps: int) -> tuple[Run, ...]:
    """One language after the other, and both together with as many steps for each."""
    zh, en = (Language.ZH,), (Language.EN,)
    return (
        Run("zh", "Chinese from nothing", steps, languages=zh),
        Run("en", "English from nothing", steps, languages=en),
        Run("en-after-zh", "English after Chinese", steps, languages=en, begin="zh"),
        Run("zh-after-en", "Chinese after English", steps, languages=zh, begin="en"),
        Run("both", "both together, twice the steps", 2 * steps),
    )


def distillation(steps: int) -> tuple[Run, ...]:
    """A small network that learns from the shipped one; `all-1` and `both` are the same without a teacher."""
    return (
        Run("taught-half", "marks and teacher", steps, taught=0.5),
        Run("taught-half-2", "the same, another seed", steps, seed=2, taught=0.5),
        Run("taught", "teacher alone, no marks", steps, taught=1.0),
        Run("taught-long", "marks and teacher, twice the steps", 2 * steps, taught=0.5),
    )


def pruning(healing: int) -> tuple[Run, ...]:
    """Parts of the shipped network taken out, as they are and after a short training; `continued` is that alone."""
    cuts: dict[str, tuple[str, Cut]] = {
        "columns-75-size": ("3/4 of the columns, by weights", lambda n, b: without_columns(n, 576, size_of_weights)),
        "columns-75": ("3/4 of the columns, by use", lambda n, b: without_columns(n, 576, use_in(b))),
        "columns-50-size": ("half of the columns, by weights", lambda n, b: without_columns(n, 384, size_of_weights)),
        "columns-50": ("half of the columns, by use", lambda n, b: without_columns(n, 384, use_in(b))),
        "heads-3": ("3 of 4 heads", lambda n, b: without_heads(n, 3, b)),
        "no-last": ("without the last layer", lambda n, b: without_layer(n, 3)),
        "no-third": ("without the third layer", lambda n, b: without_layer(n, 2)),
        "no-second": ("without the second layer", lambda n, b: without_layer(n, 1)),
    }
    healed = ("columns-75", "columns-50", "heads-3", "no-last")
    return (
        Run(SHIPPED, "the shipped model", 0, begin=SHIPPED),
        *(Run(name, what, 0, begin=SHIPPED, cut=cut) for name, (what, cut) in cuts.items()),
        *(Run(f"{name}-healed", f"{cuts[name][0]}, healed", healing, begin=name, rate=0.25) for name in healed),
        Run(
            "columns-50-taught",
            "half of the columns, healed by a teacher",
            healing,
            begin="columns-50",
            rate=0.25,
            taught=0.5,
        ),
    )


def all_runs(steps: int = STEPS, healing: int = HEALING) -> dict[str, tuple[Run, ...]]:
    """Every run by the step it belongs to, in an order in which each finds what it begins with."""
    return {
        "augmentation": augmentation(steps, healing),
        "pruning": pruning(healing),
        "transfer": transfer(steps),
        "distillation": distillation(steps),
    }


@dataclass(slots=True)
class Workshop:
    """Makes runs, each in a folder of its own under `folder`; `file` is the shipped model, whose words all runs use."""

    folder: Path
    file: Path
    corpus: Corpus
    encoder: Encoder
    sizes: Mapping[str, int] = field(default_factory=lambda: SMALL)
    plan: Plan = Plan(math.inf)

    def make(self, run: Run) -> dict[str, Any]:
        """Train a run and keep its state; returns what it took. Raises OSError where it begins with a missing one."""
        place = self.folder / run.name
        place.mkdir(parents=True, exist_ok=True)
        (place / "log.jsonl").unlink(missing_ok=True)
        began = time.process_time()
        beginning = self._beginning(run)
        shape = (
            beginning.shape if beginning else Shape(self.encoder.text_tokens, self.encoder.other_tokens, **self.sizes)
        )
        corpus = self.corpus.again(run.seed, run.mixture)
        loss = Lessons(self.network(SHIPPED), run.taught) if run.taught else loss_of
        trainer = Trainer(
            lambda random: corpus.examples(random, run.languages), self.encoder, shape, self._plan(run), place, loss
        )
        if beginning:
            trainer.network.load_state_dict(beginning.state_dict())
        trainer.run({})
        weights = sum(value.numel() for value in trainer.network.parameters())
        spent = time.process_time() - began
        return {"weights": weights, "texts": trainer.seen, "tokens": trainer.tokens, "seconds": round(spent)}

    def network(self, name: str) -> Network:
        """A run's network."""
        if name == SHIPPED:
            return network_of(self.file, self.encoder)
        return load_network(self.folder / name / "state.pt")[0]

    def _plan(self, run: Run) -> Plan:
        return replace(
            self.plan,
            seed=run.seed,
            steps=run.steps,
            matrix_rate=self.plan.matrix_rate * run.rate,
            other_rate=self.plan.other_rate * run.rate,
            dropped=run.exchanged,
        )

    def _beginning(self, run: Run) -> Network | None:
        if not run.begin:
            return None
        network = self.network(run.begin)
        return run.cut(network, self._calibration(network)) if run.cut else network

    def _calibration(self, network: Network) -> list[Batch]:
        examples = list(islice(self.corpus.again(7, Mixture()).examples(Random(7)), _CALIBRATION))
        encoded = self.encoder.encoded(examples, network.shape.context)
        return [self.encoder.batch(encoded[at : at + 60]) for at in range(0, len(encoded), 60)]


def finished(folder: Path, run: Run) -> dict[str, Any] | None:
    """The figures of a run that was made and measured before, as it is defined now."""
    file = folder / run.name / "figures.json"
    if not file.exists():
        return None
    figures: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return figures if (figures["steps"], figures["seed"]) == (run.steps, run.seed) else None
