"""`kiosk llm`: one question to the language model, what runs here, and how quick it is."""

from __future__ import annotations

import ctypes
import json
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from kiosk import paths
from kiosk.config import LlmSettings
from kiosk.domain.generation import Cancellation, ModelError, ModelProblem, Prompt, Request
from kiosk.domain.language import Language, language_of

if TYPE_CHECKING:
    from kiosk.adapters.llm.llama_cpp_engine import LlamaCppEngine
    from kiosk.services.ports import FindingReader, TextGenerator

SPEED_SHARE = 0.95
REUSE_SHARE = 0.30
CANCEL_S = 0.1
READ_S = 1.0
"""Targets of `kiosk llm bench`: tokens per second against bare llama.cpp, time to the first token with its prefix kept
against without, the end of a cancelled answer, and findings of forty characters."""

FIXES = {
    ModelProblem.OFF: "set llm.model, or nothing when none is wanted",
    ModelProblem.MISSING: "correct llm.model or llm.server_model, or fetch the model: `kiosk models pull`",
    ModelProblem.BROKEN: "fetch the model again: `kiosk models verify` says how",
    ModelProblem.UNSUPPORTED: "name a model that writes text, or install a newer engine",
    ModelProblem.MEMORY: "name a smaller model, or lower llm.context",
    ModelProblem.CPU: "build the engine on this processor (packaging/dev.py), or name another build in llm.libraries",
    ModelProblem.ENGINE: "install the engine: pip install daozhen[llm]",
    ModelProblem.SERVER: "look at the server and the network; check llm.server and llm.token_file",
    ModelProblem.NONSENSE: "llm.server answers, but not as an OpenAI-compatible server does",
    ModelProblem.TOO_SLOW: "name a smaller model, or raise llm.timeout_s",
}
_COMPLAINTS = {
    Language.ZH: "孩子昨天晚上开始发烧，有点咳嗽，流清鼻涕，不想吃饭，没有呕吐也没有拉肚子，精神还可以。",
    Language.EN: "My knee hurts on stairs, I have no fever.",
}
_PREFIX = "You read what a patient says at the door of a hospital and write down findings, nothing else. "
_BENCH_TOKENS = 128
_CANCELLED_AFTER_S = 0.02
_PATIENCE_S = 60.0
_NO_CODES = ("fever",)


def ask(text: str, settings: LlmSettings, language: Language | None, *, free: bool) -> int:
    """Print what the model reads in a text, or, `free`, what it writes after it; the exit code."""
    from kiosk.adapters.knowledge import load_knowledge

    try:
        if free:
            request = Request(Prompt("", text), most_tokens=_BENCH_TOKENS, most_s=settings.timeout_s)
            written = open_generator_here(settings).generate(request, Cancellation())
            say(written.text)
            say(f"{written.tokens} tokens in {written.seconds:.2f} s, ended by {written.finish}")
            return 0
        knowledge = load_knowledge(paths.assets() / "knowledge")
        reader = open_reader_here(settings, knowledge.symptoms)
        read = reader.read(text, language or language_of(text), Cancellation())
    except ModelError as error:
        return told(error)
    for finding in read.findings:
        name = knowledge.symptoms[finding.code].name.in_language(language or language_of(text))
        say(f"{finding.status:8} {finding.code:28} {name}  <- {finding.text!r}")
    say(f"{len(read.findings)} findings, {read.tokens} tokens, {1000 * read.seconds:.0f} ms")
    return 0


def info(settings: LlmSettings) -> int:
    """Print what would run with these settings, tried in a process of its own first; the exit code."""
    try:
        began = time.monotonic()
        reader = open_reader_here(settings, _NO_CODES)
    except ModelError as error:
        return told(error)
    for name, value in asdict(reader.facts).items():
        say(f"{name:13} {value}")
    say(f"{'ready_s':13} {time.monotonic() - began:.2f}")
    reader.close()
    return 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one run; seconds and tokens per second on the clock. `speed_share` compares processor time."""

    tokens_per_s: float
    bare_tokens_per_s: float
    speed_share: float
    first_token_s: float
    first_token_kept_s: float
    reuse_share: float
    cancel_s: float
    cancel_worst_s: float
    read_s: float
    read_worst_s: float

    @property
    def met(self) -> bool:
        return (
            self.speed_share >= SPEED_SHARE
            and self.reuse_share <= REUSE_SHARE
            and self.cancel_worst_s < CANCEL_S
            and self.read_worst_s < READ_S
        )


def measure(settings: LlmSettings, runs: int) -> int:
    """Print the figures of a model on this machine, and as JSON on the last line; 1 when a target is missed."""
    from kiosk.adapters.knowledge import load_knowledge
    from kiosk.adapters.llm.model_files import find_gguf

    try:
        if settings.server:
            raise ModelError(ModelProblem.SERVER, "only a model on this machine is measured")
        reader = open_reader_here(settings, load_knowledge(paths.assets() / "knowledge").symptoms)
        from kiosk.adapters.llm.llama_cpp_engine import LlamaCppEngine

        engine = LlamaCppEngine(
            find_gguf(settings.model),
            threads=settings.threads,
            gpu_layers=settings.gpu_layers,
            context=settings.context,
        )
        engine.warm_up()
        figures = bench(engine, reader, runs)
    except ModelError as error:
        return told(error)
    say(f"{engine.facts.model}: {engine.facts.parameters / 1e6:.1f} M weights, {engine.facts.threads} thread(s)")
    say(
        f"tokens/s {figures.tokens_per_s:.0f}, bare llama.cpp {figures.bare_tokens_per_s:.0f}: "
        f"{100 * figures.speed_share:.1f} % (>= {100 * SPEED_SHARE:.0f} %)"
    )
    say(
        f"first token {1000 * figures.first_token_s:.1f} ms, prefix kept {1000 * figures.first_token_kept_s:.1f} ms: "
        f"{100 * figures.reuse_share:.1f} % (<= {100 * REUSE_SHARE:.0f} %)"
    )
    say(f"cancelled after {1000 * figures.cancel_s:.1f} ms, at worst {1000 * figures.cancel_worst_s:.1f} ms (< 100 ms)")
    say(f"a complaint read in {1000 * figures.read_s:.0f} ms, at worst {1000 * figures.read_worst_s:.0f} ms (< 1 s)")
    say("met" if figures.met else "MISSED")
    say(json.dumps({name: round(value, 5) for name, value in asdict(figures).items()}))
    return 0 if figures.met else 1


def bench(engine: LlamaCppEngine, reader: FindingReader, runs: int) -> Figures:
    """Measure. Ours and bare llama.cpp take turns and are compared by processor time, which others do not disturb."""
    context = engine.facts.context
    count = min(_BENCH_TOKENS, context // 2)
    ours, bare = _Pace(), _Pace()
    for run in range(runs):
        engine.forget()
        tokens = ours.add(lambda run=run: _write(engine, run, count))
        engine.forget()
        bare.add(lambda tokens=tokens: _write_bare(engine, tokens))
    first, kept = _first_tokens(engine, runs, context // 2)
    cancels = [_cancelled(engine, context) for _ in range(max(10, runs))]
    reads = _reads(reader, runs)
    return Figures(
        tokens_per_s=ours.tokens / ours.seconds,
        bare_tokens_per_s=bare.tokens / bare.seconds,
        speed_share=(bare.processor_s / bare.tokens) / (ours.processor_s / ours.tokens),
        first_token_s=first,
        first_token_kept_s=kept,
        reuse_share=kept / first,
        cancel_s=statistics.median(cancels),
        cancel_worst_s=max(cancels),
        read_s=statistics.median(reads),
        read_worst_s=max(reads),
    )


def _request(text: str, most_tokens: int, prefix: str = "") -> Request:
    return Request(Prompt(prefix, text), "", most_tokens, most_s=60)


@dataclass
class _Pace:
    """Tokens with the seconds they took, on the clock and of the processor."""

    tokens: int = 0
    seconds: float = 0.0
    processor_s: float = 0.0

    def add(self, work: Callable[[], int]) -> int:
        began, processor = time.monotonic(), time.process_time()
        tokens = work()
        self.tokens += tokens
        self.seconds += time.monotonic() - began
        self.processor_s += time.process_time() - processor
        return tokens


def _write(engine: LlamaCppEngine, run: int, count: int) -> int:
    """So many tokens, some more when the last answer ends by itself before that."""
    written = 0
    while written < count:
        written += engine.generate(_request(f"{run} {written}", count - written), Cancellation()).tokens
    return written


def _write_bare(engine: LlamaCppEngine, count: int) -> int:
    """The same by llama.cpp's own calls: evaluate, take the likeliest, turn it into letters."""
    import llama_cpp as native

    context, vocabulary = engine.bare()
    greedy = native.llama_sampler_init_greedy()
    letters = ctypes.create_string_buffer(256)
    batch = (native.llama_token * 1)(native.llama_vocab_bos(vocabulary))
    one = native.llama_batch_get_one(batch, 1)
    for _ in range(count):
        native.llama_decode(context, one)
        batch[0] = native.llama_sampler_sample(greedy, context, -1)
        native.llama_token_to_piece(vocabulary, batch[0], letters, 256, 0, False)
    native.llama_sampler_free(greedy)
    return count


def _first_tokens(engine: LlamaCppEngine, runs: int, tokens: int) -> tuple[float, float]:
    """Seconds to the first token after a long prefix: evaluated, and kept from before."""
    prefix = _PREFIX
    while engine.count_tokens(prefix + _PREFIX) < tokens:
        prefix += _PREFIX
    without, kept = [], []
    for run in range(runs):
        new = f"{run} {prefix}"
        without.append(engine.generate(_request("x", 1, new), Cancellation()).first_token_s)
        engine.forget()
        kept.append(engine.generate(_request("x", 1, new), Cancellation()).first_token_s)
        kept.append(engine.generate(_request("y", 1, new), Cancellation()).first_token_s)
    return statistics.median(without), statistics.median(kept)


def _cancelled(engine: LlamaCppEngine, context: int) -> float:
    """Seconds from a wish to its end, in the middle of a long prompt or answer."""
    cancellation, wished = Cancellation(), [0.0]

    def wish() -> None:
        wished[0] = time.monotonic()
        cancellation.cancel()

    timer = threading.Timer(_CANCELLED_AFTER_S, wish)
    timer.start()
    while not cancellation.cancelled:
        engine.generate(_request("x", context), cancellation)
    ended = time.monotonic()
    timer.join()
    return max(0.0, ended - wished[0])


def _reads(reader: FindingReader, runs: int) -> list[float]:
    return [
        reader.read(text, language, Cancellation()).seconds
        for _ in range(runs)
        for language, text in _COMPLAINTS.items()
    ]


def open_reader_here(settings: LlmSettings, codes: Iterable[str]) -> FindingReader:
    """What the worker would open, and as carefully."""
    from kiosk.workers.llm_models import open_reader

    settings = replace(settings, timeout_s=max(settings.timeout_s, _PATIENCE_S))
    reader = open_reader(settings, frozenset(codes), _ignore, _ignore)
    if settings.server:
        reader.warm_up()
    return reader


def open_generator_here(settings: LlmSettings) -> TextGenerator:
    from kiosk.workers.llm_models import open_generator

    generator = open_generator(settings, _ignore, _ignore)
    if settings.server:
        generator.warm_up()
    return generator


def _ignore(*news: float) -> None:
    """Nobody waits for progress here."""


def told(error: ModelError) -> int:
    say(f"no language model: {error}")
    fix = FIXES.get(error.problem)
    if fix:
        say(f"  -> {fix}")
    return 1


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
