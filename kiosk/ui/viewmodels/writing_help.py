"""Where the words on offer at the keyboard come from, and how they are read without anybody waiting for it."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

from kiosk import logs, paths
from kiosk.adapters.pinyin import Candidate, Completion, KeyboardWords
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language

facts = logs.get(__name__)


class WritingHelp(Protocol):
    """Where the words on offer come from."""

    def candidates(self, letters: str) -> Sequence[Candidate]: ...

    def completions(self, text: str, language: Language) -> Sequence[Completion]: ...

    def forget(self) -> None: ...


class NoHelp:
    """Letters stay letters: without word lists a patient can still type."""

    def candidates(self, letters: str) -> Sequence[Candidate]:
        return ()

    def completions(self, text: str, language: Language) -> Sequence[Completion]:
        return ()

    def forget(self) -> None:
        """Nothing is remembered."""


def help_from_assets(knowledge: KnowledgeBase) -> WritingHelp:
    """The word lists of this kiosk; a broken list costs the words on offer, not the screen."""
    try:
        return KeyboardWords.load(paths.assets() / "keyboard", knowledge)
    except (AssetError, OSError, ValueError) as error:
        facts.error("keyboard_words_failed", file="keyboard", kind=type(error).__name__)
        return NoHelp()


class HelpLoader:
    """Reads the word lists behind the screens before the keyboard; whoever needs them earlier waits for them."""

    def __init__(self) -> None:
        self._loading: Future[WritingHelp] | None = None

    def start(self, knowledge: KnowledgeBase) -> None:
        if self._loading is None:
            worker = ThreadPoolExecutor(1, thread_name_prefix="keyboard-words")
            self._loading = worker.submit(self._load, knowledge)
            worker.shutdown(wait=False)

    @staticmethod
    def _load(knowledge: KnowledgeBase) -> WritingHelp:
        # A full collection walks the whole content and stops the screen for 50 to 250 ms. Nothing of it ever becomes
        # garbage: what is there now, and then the words, are kept out of all later collections.
        gc.freeze()
        gc.disable()
        try:
            return help_from_assets(knowledge)
        finally:
            gc.enable()
            gc.freeze()

    def get(self, knowledge: KnowledgeBase) -> WritingHelp:
        self.start(knowledge)
        assert self._loading is not None  # noqa: S101 - start() made it
        return self._loading.result()
