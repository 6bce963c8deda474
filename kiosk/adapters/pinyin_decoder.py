"""Letters to sentences: the cheapest way through a lattice of syllables and words (Viterbi), one column per letter.

A column knows every begun word that ends there and the best sentences so far. It depends only on the columns before it,
so that one more letter costs one more column and a deleted letter costs nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from kiosk.adapters.pinyin_dictionary import END, FINISH, START, Dictionary, Word
from kiosk.adapters.spelling import LONGEST, readings

SENTENCES = 8
"""Sentences kept per column."""
BEGUN = 160
"""Begun words kept per column."""
HOMOPHONES = 20
"""Words tried per sound."""
UNFINISHED = 24
MISSING_SYLLABLE = 14
ABBREVIATION = 40
LETTER = 140
"""A letter that stands for itself, where nothing Chinese fits."""
_UNENDED = 30
_MOST_FOR_AN_END = 80
_END_SHARE = 0.6
"""How much it counts that a text may end with its last word; the patient may still be writing."""
_MARGIN = 110
"""A sentence this much dearer than the best one of its column is dropped."""
_NO_LIMIT = 1 << 30
_GOING_ON = 3
_LONGEST_INITIALS = 5
_LONGEST_SYLLABLE = 6
_SLIPS_IN_A_WORD = 1


class Sentence(NamedTuple):
    """A way from the first letter to a column: its last word and the sentence before that."""

    cost: int
    word: str
    before: Sentence | None
    context: str

    @property
    def text(self) -> str:
        words = []
        at: Sentence | None = self
        while at is not None:
            words.append(at.word)
            at = at.before
        return "".join(reversed(words))


class Begun(NamedTuple):
    """Syllables from column `start` on that some words begin with: those between `low` and `high`."""

    start: int
    key: str
    low: int
    high: int
    cost: int
    slips: int


class Column(NamedTuple):
    sentences: tuple[Sentence, ...]
    begun: tuple[Begun, ...]


_ROOT = Column((Sentence(0, "", None, START),), ())


class Decoder:
    """Remembers the columns of the letters it was asked about last, and nothing else."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._readings = {
            spelling: tuple((dictionary.code(r.syllable), r.cost, int(r.slip)) for r in found)
            for spelling, found in readings(dictionary.syllables).items()
        }
        self._letters = ""
        self._columns: list[Column] = [_ROOT]

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self._letters, self._columns = "", [_ROOT]
        self._dictionary.forget()

    def columns(self, letters: str) -> list[Column]:
        """One more than letters; the first is the empty beginning."""
        same = 0
        for mine, theirs in zip(self._letters, letters, strict=False):
            if mine != theirs:
                break
            same += 1
        del self._columns[same + 1 :]
        self._letters = letters
        for end in range(same + 1, len(letters) + 1):
            self._columns.append(self._next(letters, end))
        return self._columns

    def _next(self, letters: str, end: int) -> Column:
        if letters[end - 1] == "'":
            return self._columns[end - 1]
        begun: dict[tuple[int, str], Begun] = {}
        for start in range(max(0, end - LONGEST), end):
            found = self._readings.get(letters[start:end])
            if found:
                self._read(start, found, begun)
        kept = tuple(begun.values())
        if len(kept) > BEGUN:
            kept = tuple(sorted(kept, key=self._promise)[:BEGUN])
        return Column(self._sentences(letters, end, kept), kept)

    def _promise(self, begun: Begun) -> int:
        return self._columns[begun.start].sentences[0].cost + begun.cost - 40 * len(begun.key)

    def _read(self, start: int, found: tuple[tuple[str, int, int], ...], into: dict[tuple[int, str], Begun]) -> None:
        """Add one syllable to every word begun before `start`, and begin new words there."""
        column = self._columns[start]
        whole = len(self._dictionary.keys)
        keys = self._dictionary.keys
        going_on = column.begun
        if column.sentences:
            going_on = (*going_on, Begun(start, "", 0, whole, 0, 0))
        for before in going_on:
            origin, key, low, high, cost, slips = before
            for code, price, slip in found:
                if slip and slips >= _SLIPS_IN_A_WORD:
                    continue
                longer = key + code
                first = bisect_left(keys, longer, low, high)
                if first >= high or not keys[first].startswith(longer):
                    continue
                held = into.get((origin, longer))
                if held is None or held.cost > cost + price:
                    last = bisect_left(keys, longer + END, first, high)
                    into[origin, longer] = Begun(origin, longer, first, last, cost + price, slips + slip)

    def _sentences(self, letters: str, end: int, begun: tuple[Begun, ...]) -> tuple[Sentence, ...]:
        best: dict[tuple[str, str], Sentence] = {}
        keys = self._dictionary.keys
        limit = _NO_LIMIT
        for word in begun:
            if keys[word.low] == word.key:
                words = self._dictionary.words(word.low)[:HOMOPHONES]
                limit = self._append(best, word.start, words, word.cost, limit)
        for start in range(max(0, end - _LONGEST_INITIALS), end - 1):
            abbreviated = self._dictionary.abbreviated(letters[start:end])
            if abbreviated:
                limit = self._append(best, start, abbreviated, ABBREVIATION, limit)
        if not best:
            return tuple(
                Sentence(before.cost + LETTER, letters[end - 1], before, "")
                for before in self._columns[end - 1].sentences[:2]
            )
        ordered = sorted(best.values(), key=lambda sentence: sentence.cost)[:SENTENCES]
        return tuple(sentence for sentence in ordered if sentence.cost <= ordered[0].cost + _MARGIN)

    def _append(
        self,
        best: dict[tuple[str, str], Sentence],
        start: int,
        words: tuple[Word, ...],
        error: int,
        limit: int,
    ) -> int:
        """Add a word to the sentences that end where it starts; the price above which a sentence is dropped."""
        for sentence in self._columns[start].sentences:
            so_far = sentence.cost + error
            if so_far >= limit:
                break
            followers = self._dictionary.followers(sentence.context)
            named, unseen = followers.named, followers.unseen
            for text, cost, context in words:
                price = so_far + named.get(text, cost + unseen)
                if price > limit:
                    continue
                place = (sentence.word, text)
                held = best.get(place)
                if held is None or held.cost > price:
                    best[place] = Sentence(price, text, sentence, context)
                    limit = min(limit, price + _MARGIN)
        return limit

    def ranked(self, letters: str) -> list[Sentence]:
        """What all the letters may mean, likeliest first: with a last word that is complete, or still being written."""
        found = (*self.columns(letters)[-1].sentences, *self._unfinished(letters))
        return sorted(found, key=self.price)

    def price(self, sentence: Sentence) -> float:
        """-10 ln of how likely the sentence is, with what it tells that the text ends there."""
        followers = self._dictionary.followers(sentence.context)
        return sentence.cost + _END_SHARE * min(
            _MOST_FOR_AN_END, followers.named.get(FINISH, followers.unseen + _UNENDED)
        )

    def first_words(self, letters: str, used: int) -> list[Word]:
        """Single words that the first `used` letters may be, without slips; exact spellings first."""
        found: list[tuple[int, Word]] = []
        for begun in self.columns(letters)[used].begun:
            if begun.start == 0 and not begun.slips and self._dictionary.keys[begun.low] == begun.key:
                found.extend((begun.cost + word.cost, word) for word in self._dictionary.words(begun.low))
        return [word for _, word in sorted(found)]

    def _unfinished(self, letters: str) -> Iterator[Sentence]:
        columns = self.columns(letters)
        end = len(letters)
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            codes = self._dictionary.syllables_beginning(letters[start:end])
            if codes is not None:
                yield from self._with_rest(columns, start, codes)
        for begun in columns[end].begun:
            if begun.cost == 0:
                yield from self._with_more(columns, begun)

    def _with_rest(self, columns: list[Column], start: int, codes: tuple[str, str]) -> Iterator[Sentence]:
        keys = self._dictionary.keys
        new = (Begun(start, "", 0, len(keys), 0, 0),) if columns[start].sentences else ()
        for begun in (*columns[start].begun, *new):
            low = bisect_left(keys, begun.key + codes[0], begun.low, begun.high)
            high = bisect_left(keys, begun.key + codes[1] + END, low, begun.high)
            yield from self._ending(columns, begun, low, high, len(begun.key) + 1)

    def _with_more(self, columns: list[Column], begun: Begun) -> Iterator[Sentence]:
        low = begun.low + (self._dictionary.keys[begun.low] == begun.key)
        yield from self._ending(columns, begun, low, begun.high, len(begun.key))

    def _ending(self, columns: list[Column], begun: Begun, low: int, high: int, syllables: int) -> Iterator[Sentence]:
        if low >= high:
            return
        for word in self._dictionary.cheapest(low, high, _GOING_ON):
            price = begun.cost + UNFINISHED + MISSING_SYLLABLE * max(0, len(word.text) - syllables)
            for sentence in columns[begun.start].sentences[:2]:
                followers = self._dictionary.followers(sentence.context)
                cost = followers.named.get(word.text, word.cost + followers.unseen)
                yield Sentence(sentence.cost + price + cost, word.text, sentence, word.context)
