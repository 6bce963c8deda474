"""A network much too small, trained for a moment, says the same in llama.cpp as in torch; the shipped one reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from kiosk.domain.errors import ModelMissing
from kiosk.domain.language import Language
from kiosk.domain.matching import folded
from tests.unit.shipped_clinic import content

torch = pytest.importorskip("torch")
pytest.importorskip("tokenizers")
pytest.importorskip("gguf")
pytest.importorskip("llama_cpp")

from kiosk.adapters.intake_labels import OTHER_COMPLAINT, Special  # noqa: E402
from kiosk.adapters.intake_model import CONTEXT, IntakeModel, windows  # noqa: E402
from kiosk.training.intake import parity  # noqa: E402
from kiosk.training.intake.encode import Encoder  # noqa: E402
from kiosk.training.intake.export import export  # noqa: E402
from kiosk.training.intake.generate import Example, Writer  # noqa: E402
from kiosk.training.intake.network import Shape  # noqa: E402
from kiosk.training.intake.quantize import quantize  # noqa: E402
from kiosk.training.intake.sentences import read_sentences  # noqa: E402
from kiosk.training.intake.shipped import tokenizer_of, weights_of  # noqa: E402
from kiosk.training.intake.surface import Surfaces  # noqa: E402
from kiosk.training.intake.tokenizer import learnt  # noqa: E402
from kiosk.training.intake.train import Plan, Trainer, load_network  # noqa: E402

STEPS = 25


@dataclass(frozen=True)
class Trained:
    folder: Path
    encoder: Encoder
    examples: list[Example]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    folder = tmp_path_factory.mktemp("intake")
    writers = [Writer(Surfaces(content(), language), read_sentences(language), Random(7)) for language in Language]
    examples = [example for writer in writers for example in islice(writer.examples(), 120)]
    encoder = Encoder(learnt([e.text for e in examples], 500), content().symptoms)

    def write(random: Random) -> Iterator[Example]:
        while True:
            yield random.choice(examples)

    torch.set_num_threads(1)
    shape = Shape(encoder.text_tokens, encoder.other_tokens, width=64, layers=1, heads=2, hidden=128)
    plan = Plan(600, steps=STEPS, tokens_a_batch=800, pool=300, warm_up_steps=5)
    trainer = Trainer(write, encoder, shape, plan, folder)
    trainer.run({"all": examples[:10]})
    network, codes = load_network(folder / "state.pt")
    assert codes == encoder.codes
    export(network, encoder, folder / "f32.gguf", description="test", version="0")
    return Trained(folder, encoder, examples)


def test_the_loss_falls(trained: Trained) -> None:
    lines = [json.loads(line) for line in (trained.folder / "log.jsonl").read_text().splitlines()]
    assert lines[-1]["step"] == STEPS
    assert lines[0]["loss"] < 8.5
    assert set(lines[-1]["all"]) == {"present", "absent", "unsure", "code"}


def test_training_goes_on_where_it_stopped(trained: Trained) -> None:
    network, _ = load_network(trained.folder / "state.pt")
    again = Trainer(lambda random: iter(trained.examples), trained.encoder, network.shape, Plan(1), trained.folder)
    again.resume()
    assert again.step == STEPS
    kept = network.state_dict()
    assert all(torch.equal(weights, kept[name]) for name, weights in again.network.state_dict().items())


def test_the_file_says_what_the_network_says(trained: Trained) -> None:
    network, _ = load_network(trained.folder / "state.pt")
    texts = [*(e.text for e in trained.examples[::6]), *parity.TRICKY]
    with IntakeModel(trained.folder / "f32.gguf") as model:
        assert model.codes == trained.encoder.codes
        figures = parity.compare(parity.trained(network, trained.encoder, texts), trained.encoder, model)
    assert figures.same_tokens == figures.texts
    assert figures.largest_difference < 0.02
    assert figures.same_answers >= figures.texts - 1


def test_a_smaller_format_still_reads(trained: Trained) -> None:
    small = trained.folder / "q8.gguf"
    quantize(trained.folder / "f32.gguf", "Q8_0", small)
    assert small.stat().st_size < 0.5 * (trained.folder / "f32.gguf").stat().st_size
    with IntakeModel(small) as model:
        assert model.read("头疼三天了").marks is not None


def test_hostile_texts_are_read_and_every_finding_has_its_words(trained: Trained) -> None:
    chooser = Random(3)
    alphabet = "头疼不 abc\n\t😷𠮷\u200b<>/s|finding:{}[]。，0９'\ud800"
    texts = [*parity.TRICKY, "啊" * 5000, "a" * 5000, "😷" * 300]
    texts += ["".join(chooser.choices(alphabet, k=chooser.randrange(80))) for _ in range(60)]
    with IntakeModel(trained.folder / "f32.gguf") as model:
        for text in texts:
            reading = model.read(text)
            for finding in reading.findings():
                start, end = finding.span
                assert text[start:end] == finding.text
                assert finding.text
                assert finding.code in content().symptoms or finding.code == OTHER_COMPLAINT


def test_special_tokens_in_a_text_are_plain_words(trained: Trained) -> None:
    with IntakeModel(trained.folder / "f32.gguf") as model:
        for special in (*Special, "<finding:fever>"):
            assert max(model.ids(f"a{special}b")) < model.text_tokens


def test_a_length_is_read_from_the_text(trained: Trained) -> None:
    from kiosk.adapters.intake_labels import Pointer

    with IntakeModel(trained.folder / "f32.gguf") as model:
        reading = model.read("发烧三天了，咳嗽两周")
    assert reading.hours(Pointer.RIGHT, (0, 2)) == 72
    assert reading.hours(Pointer.RIGHT, (6, 8)) == 336
    assert reading.hours(Pointer.LEFT, (6, 8)) == 72
    assert reading.hours(Pointer.LEFT, (0, 2)) is None
    assert reading.hours(Pointer.NONE, (0, 2)) is None


@pytest.mark.parametrize(
    "text", ["", "短。", "一句话。" * 100, "no full stop at all " * 40, "啊" * 500, "a,b;c " * 200]
)
def test_windows_cover_the_text_and_fit(text: str) -> None:
    parts = list(windows(folded(text)))
    assert "".join(part for _, part in parts) == folded(text)
    assert [start for start, _ in parts] == [sum(len(p) for _, p in parts[:at]) for at in range(len(parts))]
    assert all(part and len(part.encode()) <= CONTEXT - 2 for _, part in parts)


def test_a_file_that_is_no_intake_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        IntakeModel(tmp_path / "missing.gguf")
    (tmp_path / "junk.gguf").write_bytes(b"GGUF" + bytes(200))
    with pytest.raises(ModelMissing):
        IntakeModel(tmp_path / "junk.gguf")


def test_a_model_file_is_taken_back_with_its_words_and_weights(trained: Trained, tmp_path: Path) -> None:
    network, _ = load_network(trained.folder / "state.pt")
    file = tmp_path / "plain.gguf"
    export(network, trained.encoder, file, description="test", version="1")
    again = tokenizer_of(file)
    texts = [folded(example.text) for example in trained.examples]
    assert [one.ids for one in again.encode_batch(texts)] == [
        one.ids for one in trained.encoder.tokenizer.encode_batch(texts)
    ]
    fresh = {name: torch.zeros_like(weights) for name, weights in network.state_dict().items()}
    taken = weights_of(file, trained.encoder, fresh)
    assert all(torch.equal(taken[name], weights) for name, weights in network.state_dict().items())


def test_a_finding_that_the_model_file_does_not_know_begins_anew(trained: Trained, tmp_path: Path) -> None:
    network, _ = load_network(trained.folder / "state.pt")
    file = tmp_path / "plain.gguf"
    export(network, trained.encoder, file, description="test", version="1")
    more = Encoder(trained.encoder.tokenizer, (*trained.encoder.codes, "aaa_new"))
    fresh = {name: torch.zeros_like(weights) for name, weights in network.state_dict().items()}
    rows = network.token_embd.weight
    fresh["token_embd.weight"] = torch.full((len(rows) + 1, rows.shape[1]), 7.0)
    taken = weights_of(file, more, fresh)["token_embd.weight"]
    assert bool((taken[more.tokens.index("<finding:aaa_new>")] == 7).all())
    for token in ("<present>", "<finding:cough>"):
        assert torch.equal(taken[more.tokens.index(token)], rows[trained.encoder.tokens.index(token)])


def test_a_model_file_of_another_shape_is_refused(trained: Trained, tmp_path: Path) -> None:
    network, _ = load_network(trained.folder / "state.pt")
    file = tmp_path / "plain.gguf"
    export(network, trained.encoder, file, description="test", version="1")
    fresh = dict(network.state_dict()) | {"blk.0.attn_q.weight": torch.zeros(8, 8)}
    with pytest.raises(ValueError, match=r"attn_q.*another network"):
        weights_of(file, trained.encoder, fresh)
