"""An exported model taken back for training: its tokenizer, and its weights for the vocabulary of today."""

from __future__ import annotations

from pathlib import Path

import torch
from gguf import GGUFReader
from gguf.quants import dequantize
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from torch import Tensor

from kiosk.adapters.intake_labels import Special
from kiosk.training.intake.encode import Encoder
from kiosk.training.intake.network import Network, Shape


def tokenizer_of(file: Path) -> Tokenizer:
    """The tokenizer that the file's pieces and merges make. Raises OSError or ValueError for what is no GGUF."""
    reader = GGUFReader(str(file))
    pieces = _text_pieces(reader)
    merges = [tuple(merge.split(" ")) for merge in _strings(reader, "tokenizer.ggml.merges")]
    tokenizer = Tokenizer(models.BPE({piece: at for at, piece in enumerate(pieces)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def network_of(file: Path, encoder: Encoder) -> Network:
    """The file's network, ready to read; raises ValueError where the file isn't of this kind."""
    reader = GGUFReader(str(file))

    def number(name: str) -> int:
        field = reader.get_field(f"llama.{name}")
        if field is None:
            raise ValueError(f"{name} is missing")
        return int(field.contents())

    shape = Shape(
        encoder.text_tokens,
        encoder.other_tokens,
        width=number("embedding_length"),
        layers=number("block_count"),
        heads=number("attention.head_count"),
        hidden=number("feed_forward_length"),
        context=number("context_length"),
        head_width=number("rope.dimension_count"),
    )
    network = Network(shape)
    network.load_state_dict(weights_of(file, encoder, network.state_dict()))
    return network.eval()


def weights_of(file: Path, encoder: Encoder, fresh: dict[str, Tensor]) -> dict[str, Tensor]:
    """`fresh` with the file's weights in it. A finding that the file doesn't know keeps its fresh row.

    Raises ValueError when the file's network has another shape.
    """
    reader = GGUFReader(str(file))
    known = {token: at for at, token in enumerate(_strings(reader, "tokenizer.ggml.tokens"))}
    kept = dict(fresh)
    for tensor in reader.tensors:
        # GGUF counts dimensions from the innermost; the numbers already lie as torch's do.
        values = torch.from_numpy(dequantize(tensor.data, tensor.tensor_type).copy())
        if tensor.name == "token_embd.weight":
            values = _rows(values, known, encoder.tokens, fresh[tensor.name])
        if tensor.name not in fresh or values.shape != fresh[tensor.name].shape:
            raise ValueError(f"{file}: {tensor.name} is of another network")
        kept[tensor.name] = values
    return kept


def _rows(values: Tensor, known: dict[str, int], tokens: list[str], fresh: Tensor) -> Tensor:
    rows = fresh.clone()
    for at, token in enumerate(tokens):
        if token in known:
            rows[at] = values[known[token]]
    return rows


def _text_pieces(reader: GGUFReader) -> list[str]:
    tokens = _strings(reader, "tokenizer.ggml.tokens")
    return tokens[: tokens.index(Special.PAD.value)]


def _strings(reader: GGUFReader, name: str) -> list[str]:
    field = reader.get_field(name)
    if field is None:
        raise ValueError(f"{name} is missing")
    return [str(value) for value in field.contents()]
