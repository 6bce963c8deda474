"""From settings to a language model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import LlmSettings
from kiosk.domain.generation import ModelError, ModelProblem

if TYPE_CHECKING:
    from kiosk.adapters.llm.llama_cpp_engine import LlamaCppEngine
    from kiosk.adapters.llm.openai_server import OpenAiServer


def make_generator(
    settings: LlmSettings, file: Path | None, progress: Callable[[float], None] = lambda done: None
) -> LlamaCppEngine | OpenAiServer:
    """The hospital's server where the settings name one, else the model in `file`; raises ModelError.

    It has answered once when it is returned, except a server that does not answer now.
    """
    if settings.server:
        from kiosk.adapters.llm.openai_server import OpenAiServer

        token_file = Path(settings.token_file) if settings.token_file else None
        return OpenAiServer(settings.server, settings.server_model, token_file)
    if file is None:
        raise ModelError(ModelProblem.MISSING)
    try:
        from kiosk.adapters.llm.llama_cpp_engine import LlamaCppEngine
    except (ImportError, OSError, RuntimeError) as error:
        raise ModelError(ModelProblem.ENGINE, type(error).__name__) from error
    engine = LlamaCppEngine(
        file,
        threads=settings.threads,
        gpu_layers=settings.gpu_layers,
        context=settings.context,
        progress=progress,
    )
    engine.warm_up()
    return engine
