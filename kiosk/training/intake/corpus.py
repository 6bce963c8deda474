"""Everything the writers need, gathered once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from kiosk.training.intake.sentences import Sentences, read_sentences
from kiosk.training.intake.sources import Reader, checked_chatter, everyday_words, is_dev, marked_statements, prose
from kiosk.training.intake.surface import Surfaces
from kiosk.training.intake.told import read_told

STATEMENTS = Path("tests/data/understood")
_CHATTER = 4000
_WORDS = 5000


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What a language's texts are made of, whatever their seed and their mixture."""

    surfaces: Surfaces
    held_surfaces: Surfaces
    sentences: Sentences
    words: Sequence[str]
    nothing: list[Clause]
    rows: list[Clause]
    told: list[Clause]
    kept_statements: list[Clause]
    kept_told: list[Clause]

    def training(self, seed: int, mixture: Mixture, sounds: SoundAlikes) -> Writer:
        """Writes what is trained on."""
        return Writer(
            self.surfaces, self.sentences, Random(seed + 1),
            told=self.told, rows=self.rows, words=self.words, nothing=self.nothing, sounds=sounds, mixture=mixture,
        )  # fmt: skip

    def unseen_forms(self, seed: int) -> Writer:
        """Writes with forms that are kept out of training, and without slips."""
        return Writer(
            self.held_surfaces, self.sentences, Random(seed + 2),
            words=self.words, nothing=self.nothing, mixture=Mixture(told=0.0, rows=0.0, misheard=0.0, mistyped=0.0),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Corpus:
    """Writers of both languages, writers of held-out forms, and the statements and told texts that are kept to measure
    with."""

    knowledge: KnowledgeBase
    reader: Reader
    sounds: SoundAlikes
    ingredients: dict[Language, Ingredients]
    training: dict[Language, Writer]
    unseen_forms: dict[Language, Writer]

    def again(self, seed: int, mixture: Mixture) -> Corpus:
        """The same ingredients under new writers, which begin with their first text."""
        return _written(self.knowledge, self.reader, self.sounds, self.ingredients, seed, mixture)

    def kept_examples(self, language: Language) -> list[Example]:
        """The statements that are kept to measure with."""
        return self._plain(self.ingredients[language].kept_statements, language)

    def told_examples(self, language: Language) -> list[Example]:
        """The told texts that are kept to measure with."""
        return self._plain(self.ingredients[language].kept_told, language)

    def _plain(self, clauses: list[Clause], language: Language) -> list[Example]:
        return [self.training[language].assembled([clause], plain=True) for clause in clauses]

    def common_characters(self) -> Iterator[str]:
        """Every common Chinese character often enough that the tokenizer learns it."""
        for character in self.training[Language.ZH].characters:
            yield from (character,) * 3

    def examples(self, random: Random, languages: Sequence[Language] = tuple(Language)) -> Iterator[Example]:
        """The languages in equal shares."""
        writers = [self.training[language] for language in languages]
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
    ingredients = {language: _ingredients(language, reader, words, seed, statements, chatter) for language in Language}
    return _written(knowledge, reader, SoundAlikes(), ingredients, seed, mixture or Mixture())


def _ingredients(
    language: Language, reader: Reader, words: Sequence[str], seed: int, statements: Path, chatter: int
) -> Ingredients:
    knowledge = reader.knowledge
    surfaces, sentences = Surfaces(knowledge, language), read_sentences(language)
    draft = Writer(surfaces, sentences, Random(seed), words=words)
    nothing = checked_chatter(reader, iter(draft.nothing, None), language, chatter)
    nothing += prose(reader, Path(), language)
    file = statements / f"{language.value}.txt"
    rows, kept_statements = marked_statements(reader, file, language) if file.exists() else ([], [])
    texts = list(read_told(language, knowledge.symptoms))
    return Ingredients(
        surfaces, Surfaces(knowledge, language, held=True), sentences, words, nothing, rows,
        told=[one.clause for one in texts if not is_dev(one.text)],
        kept_statements=kept_statements,
        kept_told=[one.clause for one in texts if is_dev(one.text)],
    )  # fmt: skip


def _written(
    knowledge: KnowledgeBase,
    reader: Reader,
    sounds: SoundAlikes,
    ingredients: dict[Language, Ingredients],
    seed: int,
    mixture: Mixture,
) -> Corpus:
    training = {language: parts.training(seed, mixture, sounds) for language, parts in ingredients.items()}
    unseen = {language: parts.unseen_forms(seed) for language, parts in ingredients.items()}
    return Corpus(knowledge, reader, sounds, ingredients, training, unseen)
