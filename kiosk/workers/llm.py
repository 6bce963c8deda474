"""The language model worker. Without a model it says so to every question, and the lexicon stands alone."""

from __future__ import annotations

from kiosk.wire.worker_messages import TO_LLM, Ask, Message, NoModel
from kiosk.workers import loop


class LlmWorker:
    def __init__(self, send: loop.Send) -> None:
        self._send = send

    def handle(self, message: Message) -> None:
        if isinstance(message, Ask):
            self._send(NoModel(message.visit_id))

    def close(self) -> None:
        """Nothing to free."""


def main() -> int:
    return loop.run(TO_LLM, LlmWorker)
