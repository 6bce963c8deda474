"""Reads texts with the intake model through llama.cpp: one pass over the text, no words written, nothing invented.

Only for worker processes and tools: it loads native code. A file that is no intake model raises ModelMissing.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import llama_cpp
import numpy as np

from kiosk.adapters.intake_labels import SPECIALS, Meaning, Pointer, Special, code_of
from kiosk.adapters.intake_marks import Marks, Numbers, Opinion, character_ranges, joined, marks_of
from kiosk.domain.durations import find_durations
from kiosk.domain.errors import ModelMissing
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.language import Language, language_of
from kiosk.domain.matching import folded

CONTEXT = 256
SURE_ENOUGH = 0.9
"""From this certainty on a finding is worth a question to the patient."""
LONGEST_TEXT = 2000
"""Characters that are read; a patient's complaint is shorter, and time goes with the length."""
_WINDOW_BYTES = 240
"""A token spells one byte at least, so a window of this many always fits the context."""
_SENTENCE = re.compile(r"[。！？!?\n；;]+|\.(?=\s|$)")
_CLAUSE = re.compile(r"[，,、]|\s")
_STATUS = {Meaning.PRESENT: Status.PRESENT, Meaning.ABSENT: Status.ABSENT, Meaning.UNSURE: Status.UNSURE}


@dataclass(frozen=True, slots=True)
class ReadFinding:
    """A finding with the words it was read from: `text` is what stands at `span` of the text as given.

    `code` is a finding of the knowledge base the model was trained on, or `other_complaint`. `there` is the model's
    probability that the words tell of a finding at all, `sure` that it is this one, `meant` that its status is this.
    """

    code: str
    status: Status
    text: str
    span: tuple[int, int]
    hours: float | None
    there: float
    sure: float
    meant: float

    @property
    def certainty(self) -> float:
        return self.there * self.sure * self.meant


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as the model reads it."""

    text: str
    language: Language
    marks: Marks | None

    def findings(self) -> tuple[ReadFinding, ...]:
        """The patient's findings in order; others' and past ones are left out."""
        if self.marks is None:
            return ()
        return tuple(
            ReadFinding(
                mark.code,
                _STATUS[mark.meaning],
                self.text[mark.start : mark.end],
                (mark.start, mark.end),
                self.hours(mark.pointer, (mark.start, mark.end)),
                mark.there,
                mark.sure,
                mark.meant,
            )
            for mark in self.marks.findings()
            if mark.meaning in _STATUS
        )

    def proposals(self, codes: Collection[str], least: float = SURE_ENOUGH) -> tuple[Finding, ...]:
        """Findings of these codes that the model is sure enough of, the surest of each code, in order of the text."""
        surest: dict[str, ReadFinding] = {}
        for found in self.findings():
            known = surest.get(found.code)
            if found.code in codes and found.certainty >= least and (not known or found.certainty > known.certainty):
                surest[found.code] = found
        return tuple(
            Finding(f.code, f.status, Source.MODEL, f.text, f.span, duration_hours=f.hours)
            for f in sorted(surest.values(), key=lambda one: one.span)
        )

    def opinion(self, span: tuple[int, int]) -> Opinion | None:
        """How words that somebody else found are meant; None when the model has not read them."""
        return self.marks.opinion(*span) if self.marks is not None else None

    def hours(self, pointer: Pointer, span: tuple[int, int]) -> float | None:
        """The length of time that a pointer leads to; the number is read from the text, never from the model."""
        if pointer is Pointer.NONE:
            return None
        lengths = sorted(find_durations(folded(self.text), self.language), key=lambda length: length.start)
        if pointer is Pointer.LEFT:
            before = [length for length in lengths if length.end <= span[0]]
            return before[-1].hours if before else None
        after = [length for length in lengths if length.start >= span[1]]
        return after[0].hours if after else None


class IntakeModel:
    """A loaded model file. Not for several threads at once."""

    def __init__(self, file: Path, threads: int = 1) -> None:
        if not file.is_file():
            raise ModelMissing(str(file))
        llama_cpp.llama_log_set(_silent, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        settings = llama_cpp.llama_model_default_params()
        settings.n_gpu_layers = 0
        self._model = llama_cpp.llama_model_load_from_file(str(file).encode(), settings)
        if not self._model:
            raise ModelMissing(str(file))
        self._context = None
        try:
            self._read_vocabulary(file)
            self._make_context(threads, file)
        except ModelMissing:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Free everything; the model cannot read afterwards."""
        if self._context:
            llama_cpp.llama_free(self._context)
            self._context = None
        if self._model:
            llama_cpp.llama_model_free(self._model)
            self._model = None

    def _read_vocabulary(self, file: Path) -> None:
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        self.tokens = llama_cpp.llama_vocab_n_tokens(self._vocabulary)
        names = [llama_cpp.llama_vocab_get_text(self._vocabulary, at).decode("utf-8") for at in range(self.tokens)]
        if Special.PAD not in names:
            raise ModelMissing(str(file))
        self.text_tokens = names.index(Special.PAD)
        codes = [code_of(name) for name in names[self.text_tokens + SPECIALS :]]
        if names[self.text_tokens : self.text_tokens + SPECIALS] != list(Special) or None in codes or not codes:
            raise ModelMissing(str(file))
        self.codes = tuple(code for code in codes if code is not None)
        self._pieces = [_spelled(self._vocabulary, at) for at in range(self.text_tokens)]
        self._begin = self.text_tokens + list(Special).index(Special.BEGIN_TEXT)
        self._end = self.text_tokens + list(Special).index(Special.END_TEXT)

    def _make_context(self, threads: int, file: Path) -> None:
        settings = llama_cpp.llama_context_default_params()
        settings.n_ctx = settings.n_batch = settings.n_ubatch = CONTEXT
        settings.n_seq_max = 1
        settings.n_threads = settings.n_threads_batch = threads
        settings.no_perf = True
        self._context = llama_cpp.llama_init_from_model(self._model, settings)
        if not self._context:
            raise ModelMissing(str(file))
        llama_cpp.llama_set_causal_attn(self._context, False)

    def read(self, text: str, language: Language | None = None) -> Reading:
        """One text, of which LONGEST_TEXT characters are read."""
        said = text[:LONGEST_TEXT]
        plain = folded(said)
        parts = [(start, self._marks(window)) for start, window in windows(plain)]
        read = [(start, marks) for start, marks in parts if marks is not None]
        marks = joined([m for _, m in read], [start for start, _ in read]) if read else None
        return Reading(said, language or language_of(text), marks)

    def _marks(self, window: str) -> Marks | None:
        ids = self.ids(window)
        if not ids:
            return None
        answers = self.logits([self._begin, *ids, self._end])[1:-1, self.text_tokens :]
        return marks_of(answers, character_ranges(window, ids, self._pieces), self.codes)

    def ids(self, text: str) -> list[int]:
        """The text's tokens; words that look like special tokens are plain words."""
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        buffer = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self._vocabulary, data, len(data), buffer, room, False, False)
        return list(buffer[:count]) if count > 0 else []

    def logits(self, ids: list[int]) -> Numbers:
        """One row of logits for each token, all of which see each other."""
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self._context), True)
        batch = llama_cpp.llama_batch_init(len(ids), 0, 1)
        try:
            batch.n_tokens = len(ids)
            for at, number in enumerate(ids):
                batch.token[at], batch.pos[at], batch.n_seq_id[at], batch.logits[at] = number, at, 1, True
                batch.seq_id[at][0] = 0
            if llama_cpp.llama_decode(self._context, batch) != 0:
                raise ModelMissing("the intake model does not answer")
            rows = llama_cpp.llama_get_logits(self._context)
            return np.array(np.ctypeslib.as_array(rows, shape=(len(ids), self.tokens)), dtype=np.float32)
        finally:
            llama_cpp.llama_batch_free(batch)


def windows(text: str) -> Iterator[tuple[int, str]]:
    """Parts of a text that fit the context, cut after a sentence where one ends, else after a clause, else anywhere."""
    start = 0
    while start < len(text):
        end = start
        size = 0
        while end < len(text) and size + len(text[end].encode("utf-8", "replace")) <= _WINDOW_BYTES:
            size += len(text[end].encode("utf-8", "replace"))
            end += 1
        if end < len(text):
            cuts = [m.end() for m in _SENTENCE.finditer(text, start, end)] or [
                m.end() for m in _CLAUSE.finditer(text, start, end)
            ]
            end = cuts[-1] if cuts else end
        yield start, text[start:end]
        start = end


def _spelled(vocabulary: object, token: int) -> bytes:
    buffer = ctypes.create_string_buffer(256)
    size = llama_cpp.llama_token_to_piece(vocabulary, token, buffer, 256, 0, False)
    return buffer.raw[: max(size, 0)]


@llama_cpp.llama_log_callback
def _silent(level: int, text: bytes, data: ctypes.c_void_p) -> None:
    """llama.cpp says nothing on the worker's pipes."""
