"""Everything the writers need, gathered once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.lexicon import build_matcher
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language
from kiosk.training.intake.generate import Clause, Example, Mixture, Writer
from kiosk.training.intake.noise import SoundAlikes
from kiosk.training.intake.sentences import read_sentences
from kiosk.training.intake.sources import Reader, checked_chatter, everyday_words, is_dev, marked_statements, prose
from kiosk.training.intake.surface import Surfaces
from kiosk.training.intake.told import read_told

STATEMENTS = Path("tests/data/understood")
_CHATTER = 4000
_WORDS = 5000


@dataclass(frozen=True, slots=True)
class Corpus:
    """Writers of both languages, writers of held-out forms, and the statements and told texts that are kept to measure
    with."""

    knowledge: KnowledgeBase
    reader: Reader
    training: dict[Language, Writer]
    unseen_forms: dict[Language, Writer]
    kept_statements: dict[Language, list[Clause]]
    kept_told: dict[Language, list[Clause]]

    def kept_examples(self, language: Language) -> list[Example]:
        """The statements that are kept to measure with."""
        return self._plain(self.kept_statements[language], language)

    def told_examples(self, language: Language) -> list[Example]:
        """The told texts that are kept to measure with."""
        return self._plain(self.kept_told[language], language)

    def _plain(self, clauses: list[Clause], language: Language) -> list[Example]:
        return [self.training[language].assembled([clause], plain=True) for clause in clauses]

    def common_characters(self) -> Iterator[str]:
        """Every common Chinese character often enough that the tokenizer learns it."""
        for character in self.training[Language.ZH].characters:
            yield from (character,) * 3

    def examples(self, random: Random) -> Iterator[Example]:
        """Both languages in equal shares."""
        writers = list(self.training.values())
        while True:
            yield random.choice(writers).example()


def gather(
    seed: int, *, statements: Path = STATEMENTS, chatter: int = _CHATTER, mixture: Mixture | None = None
) -> Corpus:
    """The corpus of a seed from the knowledge base in assets/."""
    knowledge = load_knowledge(paths.assets() / "knowledge")
    match = build_matcher(knowledge)
    reader = Reader(knowledge, match)
    words = everyday_words(paths.assets() / "keyboard" / "general.txt", match, Random(seed), min(_WORDS, chatter))
    sounds = SoundAlikes()
    training, unseen, kept, kept_told = {}, {}, {}, {}
    for language in Language:
        sentences = read_sentences(language)
        draft = Writer(Surfaces(knowledge, language), sentences, Random(seed), words=words)
        nothing = checked_chatter(reader, iter(draft.nothing, None), language, chatter)
        nothing += prose(reader, Path(), language)
        file = statements / f"{language.value}.txt"
        rows, kept[language] = marked_statements(reader, file, language) if file.exists() else ([], [])
        texts = list(read_told(language, knowledge.symptoms))
        kept_told[language] = [one.clause for one in texts if is_dev(one.text)]
        told = [one.clause for one in texts if not is_dev(one.text)]
        training[language] = Writer(
            Surfaces(knowledge, language), sentences, Random(seed + 1),
            told=told, rows=rows, words=words, nothing=nothing, sounds=sounds, mixture=mixture or Mixture(),
        )  # fmt: skip
        unseen[language] = Writer(
            Surfaces(knowledge, language, held=True), sentences, Random(seed + 2),
            words=words, nothing=nothing, mixture=Mixture(told=0.0, rows=0.0, misheard=0.0, mistyped=0.0),
        )  # fmt: skip
    return Corpus(knowledge, reader, training, unseen, kept, kept_told)
