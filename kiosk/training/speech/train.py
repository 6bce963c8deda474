"""Trains the network on a folder of parts; goes on from its last epoch when it is started again."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kiosk.domain.language import Language
from kiosk.training.speech.align import aligned
from kiosk.training.speech.lexicon import lexicon
from kiosk.training.speech.network import CONTEXT, STEP, Network
from kiosk.training.speech.shipped import fill, learnt

STEPS = 60
"""Steps a chunk of training has."""
IGNORED = -100
GOING_ON_RATE = 1e-3
"""For a network that has learnt already."""
_KEPT_EVERY = 100
"""One utterance in this many only tells how well training goes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast; after the epochs `realign` the labels are made anew by the network."""

    epochs: int = 4
    realign: tuple[int, ...] = (2,)
    rate: float = 3e-3
    batch: int = 64
    width: int = 384
    start: Path | None = None
    """A model folder to go on from."""


class Frames:
    """All parts in memory: frames, the phone of each, which sound of its utterance it belongs to, and the words."""

    def __init__(self, folder: Path) -> None:
        parts = [np.load(file) for file in sorted(folder.glob("part-???.npz"))]
        self.frames = np.concatenate([part["frames"] for part in parts])
        self.phones = np.concatenate([part["phones"] for part in parts])
        self.sounds = np.concatenate([part["sounds"] for part in parts])
        lengths = np.concatenate([np.diff(part["offsets"]) for part in parts])
        self.offsets = np.concatenate([[0], np.cumsum(lengths)])
        self.texts: list[list[str]] = [text for part in parts for text in json.loads(part["texts"].item())]

    def __len__(self) -> int:
        return len(self.texts)

    def chunk(self, utterance: int, start: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Frames with their context, the edges repeated as Kaldi does, and the wanted output of each step."""
        low, high = self.offsets[utterance], self.offsets[utterance + 1]
        around = np.arange(start - CONTEXT, start + STEP * (STEPS - 1) + CONTEXT + 1)
        frames = self.frames[low + np.clip(around, 0, high - low - 1)].astype(np.float32)
        steps = start + STEP * np.arange(STEPS)
        inside = (steps >= 0) & (steps < high - low)
        places = low + np.clip(steps, 0, high - low - 1)
        earlier = low + np.clip(steps - STEP, 0, high - low - 1)
        later = (self.sounds[places] == self.sounds[earlier]) & (steps >= STEP)
        return frames, np.where(inside, 2 * self.phones[places].astype(np.int64) + later, IGNORED)


class Trainer:
    """`folder` holds parts/ and keeps state.pt."""

    def __init__(self, language: Language, folder: Path, plan: Plan) -> None:
        torch.manual_seed(1)
        self.plan, self.folder = plan, folder
        self.lexicon = lexicon(language)
        self.data = Frames(folder / "parts")
        some = self.data.frames[::11].astype(np.float32)
        outputs = 2 * len(self.lexicon.phones)
        self.network = Network(outputs, plan.width, torch.tensor(some.mean(0)), torch.tensor(some.std(0)))
        self.optimizer = torch.optim.AdamW(self.network.parameters(), lr=plan.rate, weight_decay=1e-3)
        self.chance = np.random.default_rng(1)
        self.epoch = 0
        self.prior = torch.full((outputs,), 1 / outputs)
        if plan.start:
            self._begin_with(plan.start)

    def _begin_with(self, folder: Path) -> None:
        shipped = learnt(folder, self.lexicon.phones)
        # Enough chunks to know how every output of a layer moves.
        frames, _ = next(self._batches(list(range(0, len(self.data), max(1, len(self.data) // 2000)))))
        fill(self.network, shipped, frames)
        self.prior = torch.tensor(shipped.prior)

    def run(self) -> None:
        self.resume()
        kept = [u for u in range(len(self.data)) if u % _KEPT_EVERY == 0]
        trained = [u for u in range(len(self.data)) if u % _KEPT_EVERY]
        while self.epoch < self.plan.epochs:
            if self.epoch in self.plan.realign:
                self.relabel()
            began = time.monotonic()
            loss = self._train(trained)
            self.epoch += 1
            if self.epoch in (*self.plan.realign, self.plan.epochs):
                self.prior = self.measured_prior(trained)
            figures = {"epoch": self.epoch, "loss": round(loss, 4), "right": round(self.right(kept), 4)}
            self._say(figures | {"seconds": round(time.monotonic() - began)})
            self.keep()

    def _chunks(self, utterances: list[int]) -> list[tuple[int, int]]:
        chunks: list[tuple[int, int]] = []
        for utterance in utterances:
            length = self.data.offsets[utterance + 1] - self.data.offsets[utterance]
            start = -int(self.chance.integers(0, 60))
            while start < length - 30:
                chunks.append((utterance, start))
                start += STEP * STEPS
        return chunks

    def _batches(self, utterances: list[int]) -> Iterator[tuple[Tensor, Tensor]]:
        chunks = self._chunks(utterances)
        self.chance.shuffle(chunks)
        for at in range(0, len(chunks), self.plan.batch):
            made = [self.data.chunk(*chunk) for chunk in chunks[at : at + self.plan.batch]]
            yield torch.tensor(np.stack([f for f, _ in made])), torch.tensor(np.stack([w for _, w in made]))

    def _train(self, utterances: list[int]) -> float:
        self.network.train()
        count = max(1, len(self._chunks(utterances)) // self.plan.batch)
        total = 0.0
        spread = torch.tensor([2.0] + [0.6] * 39)
        for step, (frames, wanted) in enumerate(self._batches(utterances)):
            share = (self.epoch + step / count) / self.plan.epochs
            warm = min(1.0, (self.epoch * count + step + 1) / 100)
            for group in self.optimizer.param_groups:
                group["lr"] = self.plan.rate * warm * (0.01 + 0.99 * max(0.0, 1 - share))
            # Another microphone for each chunk.
            moved = frames + torch.randn(len(frames), 1, 40) * spread
            loss = functional.cross_entropy(self._logits(moved), wanted, ignore_index=IGNORED)
            self.optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
            self.optimizer.step()
            total += float(loss.detach())
        return total / count

    def _logits(self, frames: Tensor) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            return self.network(frames).float()

    @torch.no_grad()
    def right(self, utterances: list[int]) -> float:
        """Share of the steps with speech whose phone is the most probable."""
        self.network.eval()
        good = count = 0
        for frames, wanted in self._batches(utterances):
            said = wanted >= 2
            good += int((self._logits(frames).argmax(1)[said] // 2 == wanted[said] // 2).sum())
            count += int(said.sum())
        return good / max(1, count)

    @torch.no_grad()
    def measured_prior(self, utterances: list[int]) -> Tensor:
        """How probable the network holds each output on average."""
        self.network.eval()
        total = torch.zeros(self.network.outputs, dtype=torch.double)
        for frames, wanted in self._batches(utterances[::10]):
            total += self._logits(frames).softmax(1).transpose(1, 2)[wanted >= 0].sum(0).double()
        return (total / total.sum()).float().clamp(min=1e-5)

    @torch.no_grad()
    def relabel(self) -> None:
        """Every utterance's phones anew, where the network hears them."""
        self.network.eval()
        began, moved = time.monotonic(), 0
        log_prior = self.prior.log()
        for utterance, words in enumerate(self.data.texts):
            low, high = self.data.offsets[utterance], self.data.offsets[utterance + 1]
            steps = (high - low + STEP - 1) // STEP
            around = np.clip(np.arange(-CONTEXT, STEP * (steps - 1) + CONTEXT + 1), 0, high - low - 1)
            frames = torch.tensor(self.data.frames[low + around].astype(np.float32))[None]
            scores = (self._logits(frames)[0].log_softmax(0) - log_prior[:, None]).T.numpy()
            found = aligned(scores, words, self.lexicon)
            if found is not None:
                place = np.minimum((np.arange(high - low) + 1) // STEP, steps - 1)
                moved += int((self.data.phones[low:high] != found[0][place]).sum())
                self.data.phones[low:high], self.data.sounds[low:high] = found[0][place], found[1][place]
        share = round(moved / len(self.data.phones), 4)
        self._say({"relabelled": share, "seconds": round(time.monotonic() - began)})

    def _say(self, figures: dict[str, float]) -> None:
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(figures) + "\n")

    def keep(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epoch": self.epoch,
            "width": self.plan.width,
            "prior": self.prior,
            "phones": torch.tensor(self.data.phones),
            "sounds": torch.tensor(self.data.sounds),
        }
        part = self.folder / "state.part"
        torch.save(state, part)
        part.replace(self.folder / "state.pt")

    def resume(self) -> None:
        file = self.folder / "state.pt"
        if not file.exists():
            return
        state = torch.load(file, weights_only=True)
        if len(state["phones"]) != len(self.data.phones):
            return
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.prior = state["epoch"], state["prior"]
        self.data.phones, self.data.sounds = state["phones"].numpy(), state["sounds"].numpy()
        self.chance = np.random.default_rng(1 + self.epoch)
