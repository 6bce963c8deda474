"""A shipped speech model taken back for training."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from kiosk import paths
from kiosk.domain.language import Language

torch = pytest.importorskip("torch")
pytest.importorskip("scipy")
pytest.importorskip("kaldi_native_fbank")

from kiosk.training.speech.lexicon import lexicon  # noqa: E402
from kiosk.training.speech.network import Network  # noqa: E402
from kiosk.training.speech.shipped import fill, folded, learnt  # noqa: E402
from kiosk.training.speech.train import Plan  # noqa: E402


def network(phones: int, seed: int = 1) -> Network:
    torch.manual_seed(seed)
    return Network(2 * phones, Plan().width, torch.full((40,), 3.0), torch.full((40,), 20.0))


@pytest.mark.parametrize("language", Language)
def test_a_network_filled_with_a_shipped_model_is_exported_as_that_model(language: Language) -> None:
    phones = lexicon(language).phones
    shipped = learnt(paths.models() / "speech" / language.value, phones)
    made = network(len(phones))
    fill(made, shipped, 3 + 20 * torch.randn(8, 200, 40))
    layers = folded({name: tensor.double().numpy() for name, tensor in made.state_dict().items()})
    assert len(layers) == len(shipped.weights)
    for layer, weights, bias in zip(layers, shipped.weights, shipped.biases, strict=True):
        assert np.allclose(layer.weights, weights, atol=1e-4 * np.abs(weights).max())
        assert np.allclose(layer.bias, bias, atol=1e-3 * np.abs(bias).max())
    assert shipped.prior.sum() == pytest.approx(1, abs=1e-3)


def test_a_model_of_other_sounds_or_another_shape_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(paths.models() / "speech" / "en", tmp_path / "en")
    phones = lexicon(Language.EN).phones
    with pytest.raises(ValueError, match="other sounds"):
        learnt(folder, phones[:-1])
    with pytest.raises(ValueError, match="layer 8 has another shape"):
        fill(network(len(phones) + 1), learnt(folder, phones), torch.randn(2, 100, 40))
    (folder / "am" / "final.mdl").write_bytes(b"no model")
    with pytest.raises(ValueError, match="no layer"):
        learnt(folder, phones)
