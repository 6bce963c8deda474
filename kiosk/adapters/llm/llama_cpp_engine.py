"""llama.cpp in this process, by its own low-level calls. Only the llm worker and the tools for IT import this.

One thread at a time. Everything a crash could take with it is inside this process; see workers/llm.py.
"""

from __future__ import annotations

import ctypes
import math
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import llama_cpp as native
import numpy as np

from kiosk.adapters.llm.chat_template import ChatTemplate
from kiosk.adapters.llm.gguf_header import read_header
from kiosk.domain.generation import (
    Cancellation,
    EngineFacts,
    Finish,
    Generated,
    ModelError,
    ModelProblem,
    Prompt,
    Request,
)

Progress = Callable[[float], None]
"""Called with 0 to 1 while a model is being loaded."""

_BATCH = 256
_MOST_PREFIXES = 4
_LEAST_ROOM = 8
_ABORTED = 2
_LONGEST_PIECE = 256
_WARM_UP = "warm up"
_CARDS = (1, 2)
"""Kinds of device that are graphics cards: with memory of their own, or with the machine's (ggml-backend.h)."""


class LlamaCppEngine:
    """services.ports.TextGenerator with a GGUF file.

    `threads` 0 leaves one core to the window. `gpu_layers` -1 puts everything on a graphics card when this build and
    this machine have one. `quiet` throws the engine's log away. Raises ModelError.
    """

    def __init__(
        self,
        file: Path,
        *,
        threads: int = 0,
        gpu_layers: int = -1,
        context: int = 2048,
        progress: Progress = lambda done: None,
        quiet: bool = True,
    ) -> None:
        header = read_header(file)
        if quiet:
            # The log may quote a grammar, and a grammar what a patient said. labs() does nothing with its number.
            native.llama_log_set(native.llama_log_callback(_address_of("labs")), None)
        native.llama_backend_init()
        self._context_tokens = min(context, header.number("context_length"))
        self._threads = threads or spare_threads()
        self._abort = ctypes.create_string_buffer(2)
        self._one = (native.llama_token * 1)()
        self._batch_of_one = native.llama_batch_get_one(self._one, 1)
        self._context = None
        self._template, self._chat = header.chat_template, None
        self._model, self._gpu_layers = _load(file, gpu_layers, progress)
        self._vocabulary = native.llama_model_get_vocab(self._model)
        self._size = native.llama_vocab_n_tokens(self._vocabulary)
        self._pieces: dict[int, bytes] = {}
        self._held: tuple[int, ...] = ()
        self._states: OrderedDict[tuple[int, ...], ctypes.Array[ctypes.c_uint8]] = OrderedDict()
        self._candidates = np.zeros(self._size, dtype=[("id", np.int32), ("logit", np.float32), ("p", np.float32)])
        self._logits_at = 0
        self._logits = np.zeros(0, dtype=np.float32)
        self._single = (native.llama_token_data * 1)()
        self._single_array = native.llama_token_data_array(data=self._single, size=1, selected=-1, sorted=False)
        try:
            self._new_context()
        except ModelError:
            native.llama_model_free(self._model)
            raise
        self.facts = EngineFacts(
            kind="llama.cpp",
            model=file.name,
            architecture=header.architecture,
            parameters=native.llama_model_n_params(self._model),
            model_bytes=header.file_bytes,
            context=self._context_tokens,
            threads=self._threads,
            gpu_layers=self._gpu_layers,
            gpu=_graphics_card() if self._gpu_layers else "",
            build=f"{native.__version__} {native.llama_print_system_info().decode('ascii', 'replace')}",
            state_bytes=header.state_bytes(self._context_tokens),
        )

    def warm_up(self) -> None:
        """One token: weights are read and threads run before the first patient speaks."""
        self.generate(Request(Prompt("", _WARM_UP), most_tokens=1, most_s=60), Cancellation())
        self.forget()

    def generate(
        self, request: Request, cancellation: Cancellation, beat: Callable[[], None] = lambda: None
    ) -> Generated:
        """Answer one request. `beat` is called with every token and every piece of the prompt: it still works."""
        began = time.monotonic()
        prompt = self._laid_out(request.prompt)
        prefix = self._tokens(prompt.prefix, ours=True, first=True)
        rest = self._tokens(prompt.text) + self._tokens(prompt.suffix, ours=True)
        if not rest:
            raise ModelError(ModelProblem.NONSENSE, "an empty prompt")
        room = self._context_tokens - len(prefix) - len(rest)
        if room < _LEAST_ROOM:
            raise ModelError(ModelProblem.TOO_LONG, f"{len(prefix) + len(rest)} tokens")
        request = replace(request, most_tokens=min(request.most_tokens, room))
        sampling = _Sampling(self._vocabulary, request)
        self._abort[0] = 0
        alarm = threading.Timer(request.most_s, self._interrupt)
        alarm.daemon = True
        alarm.start()
        try:
            with cancellation.listening(self._interrupt):
                reused = self._evaluate_prefix(prefix, beat)
                run = _Run(self, sampling, request, cancellation, beat, began)
                text, finish, count, first = run.answer(rest)
        finally:
            alarm.cancel()
            sampling.free()
        return Generated(text, finish, len(prefix) + len(rest), reused, count, first - began, time.monotonic() - began)

    def forget(self) -> None:
        """Overwrite what the last prompts left in the attention state, and begin with a new one."""
        native.llama_memory_clear(native.llama_get_memory(self._context), True)
        self._candidates["logit"] = 0
        self._new_context()

    def close(self) -> None:
        if self._context is not None:
            native.llama_free(self._context)
            native.llama_model_free(self._model)
            self._context = None

    def bare(self) -> tuple[int, int]:
        """Context and vocabulary for measurements by llama.cpp's own calls; forget() afterwards."""
        return self._context, self._vocabulary

    def count_tokens(self, text: str) -> int:
        return len(self._tokens(text))

    def _decode(self, tokens: Sequence[int]) -> None:
        if len(tokens) == 1:
            self._one[0] = tokens[0]
            batch = self._batch_of_one
        else:
            several = (native.llama_token * len(tokens))(*tokens)
            batch = native.llama_batch_get_one(several, len(tokens))
        code = native.llama_decode(self._context, batch)
        if code == _ABORTED:
            self._held = ()
            raise _Interrupted
        if code:
            self._held = ()
            raise ModelError(ModelProblem.ENGINE, f"llama_decode returned {code}")

    def logits(self) -> np.ndarray:
        """Of the last token evaluated; the array is the engine's own memory."""
        pointer = native.llama_get_logits_ith(self._context, -1)
        if not pointer:
            raise ModelError(ModelProblem.UNSUPPORTED, "no logits")
        address = ctypes.addressof(pointer.contents)
        if address != self._logits_at:
            self._logits_at = address
            self._logits = np.frombuffer((ctypes.c_float * self._size).from_address(address), dtype=np.float32)
        return self._logits

    def piece(self, token: int) -> bytes | None:
        """The bytes of a token, None for one that ends an answer."""
        found = self._pieces.get(token)
        if found is None:
            if native.llama_vocab_is_eog(self._vocabulary, token):
                return None
            buffer = ctypes.create_string_buffer(_LONGEST_PIECE)
            length = native.llama_token_to_piece(self._vocabulary, token, buffer, _LONGEST_PIECE, 0, False)
            found = self._pieces[token] = buffer.raw[: max(0, length)]
        return found

    def allowed(self, grammar: int, token: int, logit: float) -> bool:
        """Whether the grammar takes this token next."""
        self._single[0].id, self._single[0].logit = token, logit
        native.llama_sampler_apply(grammar, ctypes.byref(self._single_array))
        return math.isfinite(self._single[0].logit)

    def candidates(self, logits: np.ndarray) -> np.ndarray:
        """All tokens with their logits, in memory that samplers can work on."""
        self._candidates["id"] = np.arange(self._size, dtype=np.int32)
        self._candidates["logit"] = logits
        return self._candidates

    def _evaluate_prefix(self, prefix: tuple[int, ...], beat: Callable[[], None]) -> int:
        """Bring the attention state to exactly the prefix; how many of its tokens needed no evaluation."""
        memory = native.llama_get_memory(self._context)
        if self._held == prefix and native.llama_memory_seq_rm(memory, 0, len(prefix), -1):
            return len(prefix)
        self._held = ()
        native.llama_memory_clear(memory, False)
        state = self._states.get(prefix)
        if state is not None and native.llama_state_seq_set_data(self._context, state, len(state), 0):
            self._states.move_to_end(prefix)
            self._held = prefix
            return len(prefix)
        native.llama_memory_clear(memory, False)
        try:
            self.evaluate(prefix, beat)
        except _Interrupted:
            native.llama_memory_clear(memory, False)
            return 0
        if prefix:
            self._save(prefix)
        self._held = prefix
        return 0

    def _save(self, prefix: tuple[int, ...]) -> None:
        size = native.llama_state_seq_get_size(self._context, 0)
        state = (ctypes.c_uint8 * size)()
        if native.llama_state_seq_get_data(self._context, state, size, 0) == size:
            self._states[prefix] = state
            while len(self._states) > _MOST_PREFIXES:
                self._states.popitem(last=False)

    def evaluate(self, tokens: Sequence[int], beat: Callable[[], None]) -> None:
        """Evaluate tokens behind the ones that are there; raises _Interrupted or ModelError."""
        for start in range(0, len(tokens), _BATCH):
            if self._abort[0] != b"\0":
                self._held = ()
                raise _Interrupted
            self._decode(tokens[start : start + _BATCH])
            beat()

    def _interrupt(self) -> None:
        self._abort[0] = 1

    def _new_context(self) -> None:
        if self._context is not None:
            native.llama_free(self._context)
        self._held, self._logits_at = (), 0
        wanted = native.llama_context_default_params()
        wanted.n_ctx = self._context_tokens
        wanted.n_batch = wanted.n_ubatch = min(_BATCH, self._context_tokens)
        wanted.n_threads = wanted.n_threads_batch = self._threads
        wanted.no_perf = True
        # The engine asks between two operations whether to go on. strlen of our buffer is 1 once somebody wrote into
        # it, and asking it needs neither Python nor its lock.
        wanted.abort_callback = native.ggml_abort_callback(_address_of("strlen"))
        wanted.abort_callback_data = ctypes.addressof(self._abort)
        self._context = native.llama_init_from_model(self._model, wanted)
        if not self._context:
            self._context = None
            raise ModelError(ModelProblem.MEMORY, f"no room for {self._context_tokens} tokens")

    def _laid_out(self, prompt: Prompt) -> Prompt:
        """A chat with the model's own template around it."""
        if not prompt.turns:
            return prompt
        if self._chat is None:
            words, text_of = self._vocabulary, native.llama_vocab_get_text
            begin = b"" if native.llama_vocab_get_add_bos(words) else text_of(words, native.llama_vocab_bos(words))
            end = text_of(words, native.llama_vocab_eos(words))
            self._chat = ChatTemplate(self._template, (begin or b"").decode(), (end or b"").decode())
        return self._chat.laid_out(prompt)

    def _tokens(self, text: str, *, ours: bool = False, first: bool = False) -> tuple[int, ...]:
        """`ours` reads control tokens; in a stranger's text they are letters. `first` begins a prompt."""
        data = text.encode()
        room = len(data) + 8
        found = (native.llama_token * room)()
        count = native.llama_tokenize(self._vocabulary, data, len(data), found, room, first, ours)
        if count < 0:
            raise ModelError(ModelProblem.TOO_LONG, f"{-count} tokens")
        return tuple(found[:count])


class _Interrupted(Exception):
    """The engine stopped because somebody wanted it to."""


class _Run:
    """The loop of one answer."""

    def __init__(
        self,
        engine: LlamaCppEngine,
        sampling: _Sampling,
        request: Request,
        cancellation: Cancellation,
        beat: Callable[[], None],
        began: float,
    ) -> None:
        self._engine = engine
        self._sampling = sampling
        self._ask = request
        self._cancellation = cancellation
        self._beat = beat
        self._until = began + request.most_s
        self._written = bytearray()

    def answer(self, rest: Sequence[int]) -> tuple[str, Finish, int, float]:
        """Text, why it ended, number of tokens, when the first one was there."""
        first = count = 0
        finish = Finish.TOKENS
        engine, pending = self._engine, rest
        try:
            while count < self._ask.most_tokens:
                interrupted = self._interrupted()
                if interrupted is not None:
                    finish = interrupted
                    break
                engine.evaluate(pending, self._beat)
                token = self._sampling.next_token(engine)
                count += 1
                first = first or time.monotonic()
                piece = engine.piece(token)
                if piece is None:
                    finish = Finish.STOP
                    break
                self._written += piece
                pending = (token,)
        except _Interrupted:
            finish = self._interrupted() or Finish.TIME
        # Cut off, it may end inside a character.
        return self._written.decode("utf-8", "ignore"), finish, count, first or time.monotonic()

    def _interrupted(self) -> Finish | None:
        if self._cancellation.cancelled:
            return Finish.CANCELLED
        return Finish.TIME if time.monotonic() >= self._until else None


class _Sampling:
    """Chooses the next token: the likeliest one that the grammar takes, or by chance with a seed."""

    def __init__(self, vocabulary: int, request: Request) -> None:
        self._grammar = None
        self._chance = None
        if request.grammar:
            self._grammar = native.llama_sampler_init_grammar(vocabulary, request.grammar.encode(), b"root")
            if not self._grammar:
                raise ModelError(ModelProblem.GRAMMAR, "cannot be read")
        if request.temperature > 0:
            self._chance = native.llama_sampler_chain_init(native.llama_sampler_chain_default_params())
            native.llama_sampler_chain_add(self._chance, native.llama_sampler_init_temp(request.temperature))
            native.llama_sampler_chain_add(self._chance, native.llama_sampler_init_dist(request.seed))

    def free(self) -> None:
        for sampler in (self._grammar, self._chance):
            if sampler:
                native.llama_sampler_free(sampler)
        self._grammar = self._chance = None

    def next_token(self, engine: LlamaCppEngine) -> int:
        logits = engine.logits()
        if self._chance is None:
            best = int(logits.argmax())
            if not math.isfinite(logits[best]):
                raise ModelError(ModelProblem.BROKEN, "its numbers are no numbers")
            # Trying every token against a grammar is slow; the likeliest one mostly fits.
            if self._grammar is None or engine.allowed(self._grammar, best, float(logits[best])):
                return self._take(best)
        return self._take(self._choose(engine.candidates(logits)))

    def _choose(self, candidates: np.ndarray) -> int:
        pointer = candidates.ctypes.data_as(ctypes.POINTER(native.llama_token_data))
        table = native.llama_token_data_array(data=pointer, size=len(candidates), selected=-1, sorted=False)
        if self._grammar is not None:
            native.llama_sampler_apply(self._grammar, ctypes.byref(table))
        best = int(candidates["logit"].argmax())
        # The engine ends the process when a token is accepted that the grammar does not take.
        if not math.isfinite(candidates["logit"][best]):
            raise ModelError(ModelProblem.GRAMMAR, "no token fits")
        if self._chance is None:
            return int(candidates["id"][best])
        native.llama_sampler_apply(self._chance, ctypes.byref(table))
        return int(candidates["id"][table.selected])

    def _take(self, token: int) -> int:
        if self._grammar is not None:
            native.llama_sampler_accept(self._grammar, token)
        return token


def spare_threads() -> int:
    """One core less than this process may use: the window must never wait for the model."""
    import os

    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, usable - 1)


def _load(file: Path, gpu_layers: int, progress: Progress) -> tuple[int, int]:
    """The model and how many layers are on a graphics card; a card without room is not used."""
    wanted = native.llama_model_default_params()
    report = native.llama_progress_callback(lambda done, _: bool(progress(done)) or True)
    wanted.progress_callback = report
    offered = native.llama_supports_gpu_offload() and bool(_graphics_card())
    tries = (gpu_layers, 0) if offered and gpu_layers else (0,)
    for layers in tries:
        wanted.n_gpu_layers = layers
        model = native.llama_model_load_from_file(str(file).encode(), wanted)
        if model:
            return model, (native.llama_model_n_layer(model) + 1 if layers < 0 else layers)
    raise ModelError(ModelProblem.BROKEN, "the engine does not load it")


def _graphics_card() -> str:
    """The name of the first card that this build can use."""
    library = native.llama_cpp._lib
    try:
        count, device, kind, name = (
            library.ggml_backend_dev_count,
            library.ggml_backend_dev_get,
            library.ggml_backend_dev_type,
            library.ggml_backend_dev_description,
        )
    except AttributeError:
        return ""
    count.restype, device.restype, name.restype = ctypes.c_size_t, ctypes.c_void_p, ctypes.c_char_p
    device.argtypes, kind.argtypes, name.argtypes = [ctypes.c_size_t], [ctypes.c_void_p], [ctypes.c_void_p]
    for index in range(count()):
        one = device(index)
        if kind(one) in _CARDS:
            return (name(one) or b"").decode("utf-8", "replace")
    return ""


def _address_of(name: str) -> int:
    """Where a function of the C library lies."""
    library = ctypes.cdll.msvcrt if sys.platform == "win32" else ctypes.CDLL(None)
    address = ctypes.cast(getattr(library, name), ctypes.c_void_p).value
    assert address is not None  # noqa: S101 - getattr() would have failed
    return address
