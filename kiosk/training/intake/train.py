"""Trains the network for a given time, with checkpoints to go on from."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from kiosk.adapters.intake_labels import FIRST_MEANING, FIRST_PLACE, FIRST_POINTER, SPECIALS, Meaning, Place, Pointer
from kiosk.adapters.intake_marks import character_ranges, marks_of
from kiosk.domain.matching import folded
from kiosk.training.intake.encode import IGNORED, Batch, Encoded, Encoder
from kiosk.training.intake.generate import Example
from kiosk.training.intake.network import Network, Shape
from kiosk.training.intake.shipped import weights_of


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train; times in seconds, rates for matrices (Muon) and for everything else (AdamW).

    It ends after `seconds` or `steps`, whichever comes first; the rates fall towards that end.
    """

    seconds: float
    seed: int = 1
    steps: int | None = None
    tokens_a_batch: int = 2400
    matrix_rate: float = 4e-3
    other_rate: float = 3e-3
    warm_up_steps: int = 60
    flat_share: float = 0.3
    dropped: float = 0.03
    checkpoint_seconds: float = 420.0
    pool: int = 6000


Write = Callable[[Random], Iterator[Example]]
Answers = tuple[Tensor, Tensor, Tensor, Tensor]
Loss = Callable[[Tensor, Batch], Tensor]


def split(logits: Tensor) -> Answers:
    """The logits of the answers' tokens by question: place, code, meaning, pointer."""
    return (
        logits[..., FIRST_PLACE : FIRST_PLACE + len(Place)],
        logits[..., SPECIALS:],
        logits[..., FIRST_MEANING : FIRST_MEANING + len(Meaning)],
        logits[..., FIRST_POINTER : FIRST_POINTER + len(Pointer)],
    )


def loss_of(logits: Tensor, batch: Batch) -> Tensor:
    """Where findings are, which, how meant, and since when; the code is asked of a finding's words only."""
    place, code, meaning, pointer = split(logits.float())
    inside = batch.codes != IGNORED
    pointed = batch.pointers != IGNORED
    loss = functional.cross_entropy(place.flatten(0, 1), batch.places.flatten(), ignore_index=IGNORED)
    if inside.any():
        loss = loss + 0.5 * functional.cross_entropy(code[inside], batch.codes[inside])
        loss = loss + 0.7 * functional.cross_entropy(meaning[inside], batch.meanings[inside])
    if pointed.any():
        loss = loss + 0.2 * functional.cross_entropy(pointer[pointed], batch.pointers[pointed])
    return loss


class Trainer:
    """`write` makes examples from a source of chance, without end; `loss` says how wrong logits are for a batch."""

    def __init__(
        self, write: Write, encoder: Encoder, shape: Shape, plan: Plan, folder: Path, loss: Loss = loss_of
    ) -> None:
        torch.manual_seed(plan.seed)
        self.write, self.encoder, self.plan, self.folder, self.loss = write, encoder, plan, folder, loss
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = Network(shape).to(self.device)
        self.random = Random(plan.seed)
        matrices, others = _by_kind(self.network)
        self.optimizers: list[torch.optim.Optimizer] = [
            torch.optim.Muon(
                matrices, lr=plan.matrix_rate, weight_decay=0.05, momentum=0.95, adjust_lr_fn="match_rms_adamw"
            ),
            torch.optim.AdamW(others, lr=plan.other_rate, betas=(0.9, 0.98), weight_decay=0.01),
        ]
        self.step = self.tokens = self.seen = 0
        self.spent = 0.0
        self.log: list[dict[str, Any]] = []

    def run(self, measures: dict[str, Sequence[Example]]) -> None:
        """Train until the plan's time is spent, measuring and keeping the state now and then."""
        batches: list[list[Encoded]] = []
        examples = self.write(self.random)
        began, since_kept = time.monotonic() - self.spent, self.spent
        losses: list[float] = []
        while (spent := time.monotonic() - began) < self.plan.seconds and self.step != self.plan.steps:
            if not batches:
                batches = self._batches(list(islice(examples, self.plan.pool)))
            losses.append(self._train(batches.pop(), self._share(spent)))
            self.spent = spent
            if self.step % 25 == 0:
                self._say({"loss": sum(losses) / len(losses)})
                losses.clear()
            if spent - since_kept > self.plan.checkpoint_seconds:
                since_kept = spent
                self._say(self.measure(measures))
                self.keep()
                began += (time.monotonic() - began) - spent
        self._say(self.measure(measures))
        self.keep()

    def _batches(self, examples: list[Example]) -> list[list[Encoded]]:
        """Texts of like length together."""
        encoded = self.encoder.encoded(examples, self.network.shape.context)
        encoded.sort(key=lambda one: len(one.ids) + self.random.random() * 4)
        batches: list[list[Encoded]] = [[]]
        for one in encoded:
            if (len(batches[-1]) + 1) * len(one.ids) > self.plan.tokens_a_batch and batches[-1]:
                batches.append([])
            batches[-1].append(one)
        self.random.shuffle(batches)
        return batches

    def _train(self, chosen: list[Encoded], share: float) -> float:
        batch = self.encoder.batch(chosen, self.random, self.plan.dropped)
        batch = Batch(*(getattr(batch, name).to(self.device) for name in Batch.__slots__))
        loss = self.loss(self._logits(batch), batch)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for optimizer, rate in zip(self.optimizers, (self.plan.matrix_rate, self.plan.other_rate), strict=True):
            for group in optimizer.param_groups:
                group["lr"] = rate * self._rate(share)
            optimizer.step()
            optimizer.zero_grad()
        self.step += 1
        self.tokens += int(batch.real.sum())
        self.seen += len(chosen)
        return float(loss.detach())

    def _share(self, spent: float) -> float:
        """How much of the plan is done."""
        return max(spent / self.plan.seconds, self.step / self.plan.steps if self.plan.steps else 0.0)

    def _rate(self, share: float) -> float:
        rising = min(1.0, (self.step + 1) / self.plan.warm_up_steps)
        flat = self.plan.flat_share
        return rising * (1.0 if share < flat else max(0.01, (1 - share) / (1 - flat)))

    def _logits(self, batch: Batch) -> Tensor:
        with torch.autocast(self.device.type, torch.bfloat16):
            return self.network(batch.ids, batch.real, slice(self.network.shape.text_tokens, None))

    def measure(self, measures: dict[str, Sequence[Example]]) -> dict[str, Any]:
        """F1 of finding and meaning together by set of examples."""
        self.network.eval()
        figures = {name: found_f1(self.network, self.encoder, examples) for name, examples in measures.items()}
        self.network.train()
        return figures

    def _say(self, figures: dict[str, Any]) -> None:
        line = {"seconds": round(self.spent, 1), "step": self.step, "tokens": self.tokens, "examples": self.seen}
        self.log.append(line | figures)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(self.log[-1]) + "\n")

    def keep(self) -> None:
        """The weights and all that is needed to go on, in place of those of before."""
        state = {
            "shape": asdict(self.network.shape),
            "network": self.network.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "done": {"step": self.step, "tokens": self.tokens, "seen": self.seen, "spent": self.spent},
            "codes": self.encoder.codes,
        }
        part = self.folder / "state.part"
        torch.save(state, part)
        part.replace(self.folder / "state.pt")

    def begin_with(self, file: Path) -> None:
        """Take the weights of another run's state or of a model file; rates and the count of steps begin anew."""
        if file.suffix == ".gguf":
            weights = weights_of(file, self.encoder, self.network.state_dict())
        else:
            weights = torch.load(file, map_location=self.device, weights_only=True)["network"]
        self.network.load_state_dict(weights)

    def resume(self) -> None:
        """Go on from the folder's state; the random numbers begin anew with the step."""
        state = torch.load(self.folder / "state.pt", map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        for optimizer, kept in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(kept)
        done = state["done"]
        self.step, self.tokens, self.seen, self.spent = done["step"], done["tokens"], done["seen"], done["spent"]
        self.random = Random(self.plan.seed * 1_000_003 + self.step)


def _by_kind(network: Network) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    matrices = [w for name, w in network.named_parameters() if w.dim() == 2 and "embd" not in name]
    others = [w for name, w in network.named_parameters() if w.dim() != 2 or "embd" in name]
    return matrices, others


def load_network(file: Path) -> tuple[Network, tuple[str, ...]]:
    """A kept network and the codes its vocabulary ends with."""
    state = torch.load(file, map_location="cpu", weights_only=True)
    network = Network(Shape(**state["shape"]))
    network.load_state_dict(state["network"])
    network.eval()
    return network, tuple(state["codes"])


@torch.no_grad()
def answers_for(network: Network, encoder: Encoder, text: str) -> tuple[Tensor, list[tuple[int, int]]]:
    """The answers' logits for each piece of one text, and the pieces' characters."""
    plain = folded(text)
    ids = encoder.tokenizer.encode(plain).ids[: network.shape.context - 2]
    device = network.token_embd.weight.device
    logits = network(
        torch.tensor([[encoder.begin, *ids, encoder.end]], device=device), None, slice(network.shape.text_tokens, None)
    )
    return logits[0, 1:-1].float().cpu(), character_ranges(plain, ids, encoder.piece_bytes)


def found_f1(network: Network, encoder: Encoder, examples: Sequence[Example]) -> dict[str, float]:
    """Findings with their meaning, wherever they stand: F1 of the present, absent, unsure, and of all codes."""
    counts = {name: [0, 0, 0] for name in ("present", "absent", "unsure", "code")}
    for example in examples:
        answers, ranges = answers_for(network, encoder, example.text)
        found = marks_of(answers.numpy(), ranges, encoder.codes).findings()
        for name, meaning in (("present", Meaning.PRESENT), ("absent", Meaning.ABSENT), ("unsure", Meaning.UNSURE)):
            wanted = {mark.code for mark in example.marks if mark.meaning is meaning}
            _count(counts[name], {f.code for f in found if f.meaning is meaning}, wanted)
        _count(counts["code"], {f.code for f in found}, {mark.code for mark in example.marks})
    return {name: round(2 * hit / max(1, 2 * hit + extra + missed), 4) for name, (hit, extra, missed) in counts.items()}


def _count(counts: list[int], given: set[str], wanted: set[str]) -> None:
    counts[0] += len(given & wanted)
    counts[1] += len(given - wanted)
    counts[2] += len(wanted - given)
