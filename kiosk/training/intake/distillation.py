"""Learning from a larger network's probabilities beside, or instead of, the marks (Hinton et al., arXiv 1503.02531)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from kiosk.adapters.intake_labels import Place
from kiosk.training.intake.encode import Batch
from kiosk.training.intake.network import Network
from kiosk.training.intake.train import loss_of, split

_WEIGHTS = (1.0, 0.5, 0.7, 0.2)
"""Of place, code, meaning and pointer, as `loss_of` weighs them."""
_INSIDE = 0.1
"""Below this probability of a finding the teacher isn't asked which."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """A loss for `Trainer`: `share` of it is the distance to the teacher's answers, the rest that to the marks.

    With a share of 1 no mark is looked at. `temperature` softens both networks' probabilities.
    """

    teacher: Network
    share: float = 0.5
    temperature: float = 2.0

    def __call__(self, logits: Tensor, batch: Batch) -> Tensor:
        rows = slice(self.teacher.shape.text_tokens, None)
        with torch.no_grad(), torch.autocast(logits.device.type, torch.bfloat16):
            taught = self.teacher.to(logits.device)(batch.ids, batch.real, rows)
        distance = distance_to(taught.float(), logits.float(), batch.real, self.temperature)
        if self.share == 1:
            return distance
        return self.share * distance + (1 - self.share) * loss_of(logits, batch)


def distance_to(taught: Tensor, logits: Tensor, real: Tensor, temperature: float) -> Tensor:
    """Kullback-Leibler divergence from the teacher's answers, summed over the four questions.

    Which finding, how meant and since when count by the teacher's probability that there is a finding. Both logits are
    [texts, tokens, answers], `real` is [texts, tokens].
    """
    taught, logits = taught[real], logits[real]
    there = 1 - split(taught)[0].softmax(-1)[:, Place.OUTSIDE]
    inside = there > _INSIDE
    total = _WEIGHTS[0] * _divergence(split(taught)[0], split(logits)[0], temperature).mean()
    if inside.any():
        weights = there[inside] / there[inside].sum()
        questions = zip(split(taught[inside])[1:], split(logits[inside])[1:], _WEIGHTS[1:], strict=True)
        for theirs, ours, weight in questions:
            total = total + weight * (weights * _divergence(theirs, ours, temperature)).sum()
    return total


def _divergence(taught: Tensor, logits: Tensor, temperature: float) -> Tensor:
    # Times the square of the temperature, so that gradients keep their size whatever it is.
    wanted = functional.log_softmax(taught / temperature, -1)
    given = functional.log_softmax(logits / temperature, -1)
    return functional.kl_div(given, wanted, reduction="none", log_target=True).sum(-1) * temperature**2
