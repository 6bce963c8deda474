"""A tiny language model, made once for all tests that want one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny_model import CHAT, Shape, write_tiny_model


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("llm") / "tiny.gguf")


@pytest.fixture(scope="session", params=["qwen2", "qwen3"])
def tiny_chat_model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As the instruct models of the manifest are built, with a template that tells who speaks."""
    file = tmp_path_factory.mktemp("llm") / f"{request.param}.gguf"
    return write_tiny_model(file, Shape(context=4096), request.param, CHAT)
