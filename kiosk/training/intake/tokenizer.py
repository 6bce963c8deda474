"""Byte-level BPE whose pieces never join Chinese characters, so that llama.cpp cuts a text into the same ones."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from kiosk.domain.matching import folded

TEXT_TOKENS = 4096
_HAN = Regex("[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")


def learnt(texts: Iterable[str], size: int = TEXT_TOKENS) -> Tokenizer:
    """A tokenizer of texts. While it learns every Chinese character stands alone; later its merges keep it so."""
    tokenizer = Tokenizer(models.BPE())
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(_HAN, "isolated"), byte_level])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        min_frequency=2,
        show_progress=False,
    )
    tokenizer.train_from_iterator(map(folded, texts), trainer)
    tokenizer.pre_tokenizer = byte_level
    return tokenizer


def read_tokenizer(file: Path) -> Tokenizer:
    return Tokenizer.from_file(str(file))


def vocabulary(tokenizer: Tokenizer) -> tuple[list[str], list[str]]:
    """The pieces by number in GPT-2's spelling of bytes, and the merges."""
    model = json.loads(tokenizer.to_str())["model"]
    pieces = sorted(model["vocab"], key=model["vocab"].__getitem__)
    merges = [" ".join(merge) if isinstance(merge, list) else merge for merge in model["merges"]]
    return pieces, merges


def bytes_of(pieces: Iterable[str]) -> list[bytes]:
    """What each piece spells."""
    return [bytes(_BYTE[character] for character in piece) for piece in pieces]


def _byte_alphabet() -> dict[str, int]:
    shown = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return {chr(byte): byte for byte in shown} | {chr(256 + at): byte for at, byte in enumerate(hidden)}


_BYTE = _byte_alphabet()
