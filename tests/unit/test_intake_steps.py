"""Teachers, cuts and short runs with networks much too small: what they must leave as it is, and what must change."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from kiosk.domain.language import Language
from tests.unit.shipped_clinic import content, matcher

torch = pytest.importorskip("torch")
pytest.importorskip("tokenizers")
pytest.importorskip("gguf")
pytest.importorskip("llama_cpp")

from kiosk.adapters.intake_model import IntakeModel  # noqa: E402
from kiosk.evaluation.intake_steps import Exam, exam, measured, table  # noqa: E402
from kiosk.training.intake import parity, pruning  # noqa: E402
from kiosk.training.intake.corpus import Corpus, Ingredients  # noqa: E402
from kiosk.training.intake.distillation import Lessons, distance_to  # noqa: E402
from kiosk.training.intake.encode import Batch, Encoder  # noqa: E402
from kiosk.training.intake.export import export  # noqa: E402
from kiosk.training.intake.generate import Mixture  # noqa: E402
from kiosk.training.intake.network import Network, Shape  # noqa: E402
from kiosk.training.intake.noise import SoundAlikes  # noqa: E402
from kiosk.training.intake.sentences import read_sentences  # noqa: E402
from kiosk.training.intake.shipped import network_of  # noqa: E402
from kiosk.training.intake.sources import Reader  # noqa: E402
from kiosk.training.intake.steps import SHIPPED, Run, Workshop, all_runs, finished  # noqa: E402
from kiosk.training.intake.surface import Surfaces  # noqa: E402
from kiosk.training.intake.tokenizer import learnt  # noqa: E402
from kiosk.training.intake.train import Plan, Trainer, loss_of  # noqa: E402

SIZES = {"width": 64, "layers": 2, "heads": 4, "hidden": 96}
SMALLER = {"width": 32, "layers": 1, "heads": 2, "hidden": 64}


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    torch.set_num_threads(1)
    ingredients = {
        language: Ingredients(
            Surfaces(content(), language), Surfaces(content(), language, held=True), read_sentences(language),
            words=(), nothing=[], rows=[], told=[], kept_statements=[], kept_told=[],
        )
        for language in Language
    }  # fmt: skip
    bare = Corpus(content(), Reader(content(), matcher()), SoundAlikes(), ingredients, {}, {})
    return bare.again(1, Mixture())


@pytest.fixture(scope="module")
def encoder(corpus: Corpus) -> Encoder:
    texts = [example.text for example in islice(corpus.again(3, Mixture()).examples(Random(3)), 300)]
    return Encoder(learnt(texts, 500), content().symptoms)


@pytest.fixture
def network(encoder: Encoder) -> Network:
    torch.manual_seed(5)
    network = Network(Shape(encoder.text_tokens, encoder.other_tokens, **SIZES))
    with torch.no_grad():
        for weights in network.parameters():
            weights.mul_(2)
    return network.eval()


@pytest.fixture
def batches(corpus: Corpus, encoder: Encoder) -> list[Batch]:
    encoded = encoder.encoded(list(islice(corpus.again(4, Mixture()).examples(Random(4)), 24)), 256)
    return [encoder.batch(encoded[:12]), encoder.batch(encoded[12:])]


def answers(network: Network, batch: Batch) -> torch.Tensor:
    with torch.no_grad():
        return network(batch.ids, batch.real, slice(network.shape.text_tokens, None))[batch.real]


def test_a_teacher_is_not_far_from_itself(network: Network, batches: Sequence[Batch]) -> None:
    logits = answers(network, batches[0])
    everywhere = torch.ones(len(logits), dtype=torch.bool)
    assert float(distance_to(logits, logits, everywhere, 2.0)) == pytest.approx(0, abs=1e-5)
    assert float(distance_to(logits, logits + torch.randn_like(logits), everywhere, 2.0)) > 0.01


def test_with_the_teacher_alone_no_mark_is_looked_at(network: Network, batches: Sequence[Batch]) -> None:
    batch = batches[0]
    unmarked = replace(batch, **{name: torch.zeros_like(batch.codes) for name in ("places", "codes", "meanings")})
    logits = torch.randn(*batch.ids.shape, network.shape.other_tokens)
    alone, half = Lessons(network, 1.0), Lessons(network, 0.5)
    assert torch.equal(alone(logits, batch), alone(logits, unmarked))
    assert not torch.equal(half(logits, batch), half(logits, unmarked))
    assert float(half(logits, batch)) == pytest.approx(
        0.5 * float(alone(logits, batch)) + 0.5 * float(loss_of(logits, batch)), rel=1e-4
    )


def test_a_pupil_comes_nearer_to_its_teacher_without_a_mark(
    corpus: Corpus, encoder: Encoder, network: Network, batches: Sequence[Batch], tmp_path: Path
) -> None:
    before = {name: weights.clone() for name, weights in network.state_dict().items()}
    shape = Shape(encoder.text_tokens, encoder.other_tokens, **SMALLER)
    plan = Plan(600, steps=20, tokens_a_batch=800, pool=200, warm_up_steps=2)
    trainer = Trainer(corpus.again(9, Mixture()).examples, encoder, shape, plan, tmp_path, Lessons(network, 1.0))

    def distance() -> float:
        taught, given = answers(network, batches[0]), answers(trainer.network, batches[0])
        return float(distance_to(taught, given, torch.ones(len(given), dtype=torch.bool), 2.0))

    far = distance()
    trainer.run({})
    assert distance() < 0.9 * far
    assert all(torch.equal(weights, before[name]) for name, weights in network.state_dict().items())


def test_the_rates_fall_with_the_steps(corpus: Corpus, encoder: Encoder, tmp_path: Path) -> None:
    shape = Shape(encoder.text_tokens, encoder.other_tokens, **SMALLER)
    plan = Plan(math.inf, steps=10, tokens_a_batch=400, pool=100, warm_up_steps=1)
    trainer = Trainer(corpus.again(9, Mixture()).examples, encoder, shape, plan, tmp_path)
    trainer.run({})
    assert trainer.step == 10
    assert trainer.optimizers[0].param_groups[0]["lr"] < 0.2 * plan.matrix_rate


def test_columns_that_add_nothing_go_first(network: Network, batches: Sequence[Batch]) -> None:
    kept = torch.arange(0, 96, 2)
    with torch.no_grad():
        for block in network.blk:
            block.ffn_down.weight[:, 1::2] = 0
    for score in (pruning.size_of_weights, pruning.use_in(batches)):
        smaller = pruning.without_columns(network, 48, score)
        assert smaller.shape.hidden == 48
        assert torch.equal(smaller.blk[1].ffn_up.weight, network.blk[1].ffn_up.weight[kept])
        assert torch.allclose(answers(smaller, batches[0]), answers(network, batches[0]), atol=1e-4)


def test_a_column_that_is_never_used_is_known_by_its_use_only(network: Network, batches: Sequence[Batch]) -> None:
    with torch.no_grad():
        for block in network.blk:
            block.ffn_norm.weight[0] = 0
            block.ffn_up.weight[:48] = 0
            block.ffn_up.weight[:48, 0] = 100
    used = pruning.without_columns(network, 48, pruning.use_in(batches))
    by_size = pruning.without_columns(network, 48, pruning.size_of_weights)
    assert torch.equal(used.blk[0].ffn_up.weight, network.blk[0].ffn_up.weight[48:])
    assert not torch.equal(by_size.blk[0].ffn_up.weight, used.blk[0].ffn_up.weight)


def test_heads_that_add_nothing_go_first(network: Network, batches: Sequence[Batch]) -> None:
    with torch.no_grad():
        for block in network.blk:
            block.attn_output.weight[:, 16:32] = 0
    smaller = pruning.without_heads(network, 3, batches)
    assert (smaller.shape.heads, smaller.shape.head) == (3, network.shape.head)
    assert torch.allclose(answers(smaller, batches[0]), answers(network, batches[0]), atol=1e-4)


def test_a_layer_that_adds_nothing_can_go(network: Network, batches: Sequence[Batch]) -> None:
    with torch.no_grad():
        network.blk[0].attn_output.weight.zero_()
        network.blk[0].ffn_down.weight.zero_()
    smaller = pruning.without_layer(network, 0)
    assert smaller.shape.layers == 1
    assert torch.allclose(answers(smaller, batches[0]), answers(network, batches[0]), atol=1e-4)


def test_a_cut_network_says_the_same_in_llama_cpp(
    network: Network, encoder: Encoder, corpus: Corpus, batches: Sequence[Batch], tmp_path: Path
) -> None:
    smaller = pruning.without_columns(pruning.without_heads(network, 3, batches), 64, pruning.size_of_weights)
    file = tmp_path / "cut.gguf"
    export(smaller, encoder, file, description="test", version="0")
    texts = [example.text for example in islice(corpus.again(6, Mixture()).examples(Random(6)), 40)]
    with IntakeModel(file) as model:
        figures = parity.compare(parity.trained(smaller, encoder, texts), encoder, model)
    assert figures.same_tokens == figures.texts
    assert figures.largest_difference < 0.02
    again = network_of(file, encoder)
    assert again.shape == replace(smaller.shape, head_width=smaller.shape.head)
    assert all(torch.equal(weights, again.state_dict()[name]) for name, weights in smaller.state_dict().items())


def test_new_writers_of_the_same_seed_begin_with_the_same_text(corpus: Corpus) -> None:
    def texts(seed: int, *languages: Language) -> list[str]:
        return [e.text for e in islice(corpus.again(seed, Mixture()).examples(Random(seed), languages), 20)]

    assert texts(3, *Language) == texts(3, *Language) != texts(4, *Language)
    assert all(text.isascii() for text in texts(3, Language.EN))


def test_every_run_begins_with_one_made_before() -> None:
    made = {"", SHIPPED}
    for runs in all_runs().values():
        for run in runs:
            assert run.begin in made
            assert run.name == SHIPPED or run.name not in made
            made.add(run.name)


def test_what_is_left_out_is_the_only_difference() -> None:
    runs = {run.name: run for run in all_runs()["augmentation"]}
    for run in runs.values():
        first = runs["continued" if run.begin else "all-1"]
        fields = ("steps", "seed", "mixture", "exchanged", "languages", "begin", "cut", "taught", "rate")
        differing = {name for name in fields if getattr(run, name) != getattr(first, name)}
        assert run is first or differing in ({"seed"}, {"mixture"}, {"mixture", "exchanged"})


@pytest.fixture
def workshop(corpus: Corpus, encoder: Encoder, network: Network, tmp_path: Path) -> Workshop:
    file = tmp_path / "shipped.gguf"
    export(network, encoder, file, description="test", version="0")
    return Workshop(tmp_path / "runs", file, corpus, encoder, SMALLER, Plan(math.inf, tokens_a_batch=400, pool=100))


def test_runs_are_the_same_again_and_begin_where_another_ended(workshop: Workshop) -> None:
    workshop.make(Run("first", "", 3))
    workshop.make(Run("second", "", 3))
    workshop.make(Run("other-seed", "", 3, seed=2))
    workshop.make(Run("untouched", "", 0, begin="first"))
    first = workshop.network("first").state_dict()
    for name, same in (("second", True), ("other-seed", False), ("untouched", True)):
        weights = workshop.network(name).state_dict()
        assert all(torch.equal(weights[key], first[key]) for key in first if key.endswith("weight")) is same


def test_a_cut_run_is_trained_in_its_new_shape(workshop: Workshop) -> None:
    cut = Run("cut", "", 0, begin=SHIPPED, cut=lambda network, batches: pruning.without_heads(network, 3, batches))
    workshop.make(cut)
    spent = workshop.make(Run("healed", "", 2, begin="cut", taught=0.5, rate=0.25))
    assert workshop.network("healed").shape == workshop.network("cut").shape
    assert spent["texts"] > 0
    assert spent["weights"] < sum(weights.numel() for weights in workshop.network(SHIPPED).parameters())


@pytest.fixture
def small_exam(corpus: Corpus, tmp_path: Path) -> Exam:
    line = {"text": "我头疼，不发烧", "present": ["headache"], "absent": ["fever"], "unsure": []}
    file = tmp_path / "statements.jsonl"
    lines = [json.dumps(line | {"id": f"{language.value}-{at}"}) for language in Language for at in range(12)]
    file.write_text("\n".join(lines), encoding="utf-8")
    return exam(corpus, [file], 3)


def test_only_the_tuning_half_is_measured(small_exam: Exam) -> None:
    cases = [case for cases in small_exam.statements.values() for case in cases]
    assert 0 < len(cases) < 24
    assert {case.part.value for case in cases} == {"tuning"}


def test_a_run_is_measured_once_and_its_row_is_written(workshop: Workshop, small_exam: Exam) -> None:
    few = replace(small_exam, nothing={language: texts[:5] for language, texts in small_exam.nothing.items()})
    run = Run("first", "as shipped", 2)
    figures = measured(run, workshop, few)
    state = workshop.folder / "first" / "state.pt"
    made_at = state.stat().st_mtime_ns
    assert measured(run, workshop, few) == figures == finished(workshop.folder, run)
    assert state.stat().st_mtime_ns == made_at
    assert finished(workshop.folder, replace(run, steps=3)) is None
    assert figures["milliseconds"] > 0
    assert 0 < figures["megabytes"] < 1
    assert set(figures["nothing"]) == {"0.0", "0.5", "0.9"}
    head, rule, row = table({"augmentation": {"first": figures}})
    assert head.count("|") == rule.count("|") == row.count("|")
    assert "as shipped" in row
