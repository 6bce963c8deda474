"""The trained network as a GGUF file that llama.cpp reads, its vocabulary included."""

from __future__ import annotations

from pathlib import Path

import gguf
from gguf import TokenType

from kiosk.adapters.intake_labels import Special
from kiosk.adapters.llm.gguf_header import MARKING_MODEL
from kiosk.training.intake.encode import Encoder
from kiosk.training.intake.network import Network

DESCRIPTION = (
    "Marks findings, how they are meant and since when in a patient's words; Chinese and English. No chat model."
)


def export(network: Network, encoder: Encoder, file: Path, *, description: str, version: str) -> None:
    """Write all weights as 32-bit numbers; the answers' weights lie in the embeddings, so there is no output matrix."""
    shape = network.shape
    writer = gguf.GGUFWriter(str(file), "llama")
    writer.add_name(MARKING_MODEL)
    writer.add_description(description)
    writer.add_version(version)
    writer.add_license("Apache-2.0")
    writer.add_languages(["zh", "en"])
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.hidden)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_layer_norm_rms_eps(shape.epsilon)
    writer.add_rope_freq_base(shape.theta)
    writer.add_key_length(shape.head)
    writer.add_value_length(shape.head)
    writer.add_rope_dimension_count(shape.head)
    writer.add_vocab_size(shape.tokens)
    # The network looks both ways; the reader says so to llama.cpp, which takes it from no file of this architecture.
    writer.add_causal_attention(False)
    _add_vocabulary(writer, encoder)
    for name, weights in network.state_dict().items():
        writer.add_tensor(name, weights.float().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_vocabulary(writer: gguf.GGUFWriter, encoder: Encoder) -> None:
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(encoder.tokens)
    writer.add_token_types([TokenType.NORMAL] * encoder.text_tokens + [TokenType.CONTROL] * encoder.other_tokens)
    writer.add_token_merges(encoder.merges)
    writer.add_bos_token_id(encoder.begin)
    writer.add_eos_token_id(encoder.end)
    writer.add_pad_token_id(encoder.text_tokens + list(Special).index(Special.PAD))
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
