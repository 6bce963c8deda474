"""The decoding graph in two halves, as Vosk needs it for grammars at run time: sounds to words, and words in order.

Kaldi's conventions: a phone's arc carries the transition of its first frame, the state after it a loop with that of
the later ones; so a state is split by the phone that led to it. Transition probabilities are the same everywhere and
are left out. The tools of OpenFst write the look-ahead format, which the Python binding cannot.
"""

from __future__ import annotations

import math
import os
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import kaldifst

from kiosk.training.speech.language_model import BEGIN, END, WordOrder
from kiosk.training.speech.lexicon import SILENCE, UNKNOWN, UNKNOWN_PHONE, Lexicon

_PLUGINS = "/usr/lib/x86_64-linux-gnu/fst/22"
_HALF = math.log(2)
_BACK_OFF = "#0"
_PLACES = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}
"""Where in a word a phone is: by that Kaldi finds words again, and so their times and confidences."""
_LOOP_STATE, _SILENT_STATE, _AFTER_SILENCE = 1, 2, 3


def placed_phones(lexicon: Lexicon) -> list[tuple[str, int]]:
    """The graph's phones: silence, and every other one by its place in a word; each with the network's phone."""
    sounding = enumerate(lexicon.phones[1:], 1)
    return [(SILENCE, 0), *((f"{phone}_{place}", number) for number, phone in sounding for place in _PLACES)]


def _placed(phones: tuple[str, ...]) -> tuple[str, ...]:
    if len(phones) == 1:
        return (f"{phones[0]}_S",)
    return (f"{phones[0]}_B", *(f"{phone}_I" for phone in phones[1:-1]), f"{phones[-1]}_E")


def write(folder: Path, lexicon: Lexicon, words_in_order: WordOrder) -> None:
    """HCLr.fst, Gr.fst, words.txt, disambig_tid.int and phones/word_boundary.int."""
    (folder / "phones").mkdir(parents=True, exist_ok=True)
    phones = [name for name, _ in placed_phones(lexicon)]
    words = ["<eps>", *lexicon.words, UNKNOWN, _BACK_OFF, BEGIN, END]
    word_ids = {word: number for number, word in enumerate(words)}
    phone_ids = {phone: number for number, phone in enumerate(phones, 1)}
    entries, marks = _told_apart(
        [*((w, _placed(p)) for w, ways in lexicon.words.items() for p in ways), (UNKNOWN, _placed((UNKNOWN_PHONE,)))]
    )
    for mark in range(marks + 2):
        # Back-off first, silence last.
        phone_ids[f"#{mark}"] = len(phone_ids) + 1
    sounds = kaldifst.compile("\n".join(_sounds(entries, phone_ids, word_ids, f"#{marks + 1}")) + "\n", acceptor=False)
    kaldifst.determinize_star(sounds)
    expanded = _with_transitions(sounds, len(phones))
    expanded.write(str(folder / "sounds.fst"))
    order = [
        f"{a.source} {a.target} {word_ids[a.word or _BACK_OFF]} {word_ids[a.word] if a.word else 0} {a.cost}"
        for a in words_in_order.arcs
    ]
    order += [f"{state} {cost}" for state, cost in words_in_order.ends.items()]
    grammar = kaldifst.compile("\n".join(order) + "\n", acceptor=False)
    kaldifst.connect(grammar)
    grammar.write(str(folder / "order.fst"))
    relabel, look_ahead = (
        folder / "relabel",
        f"fstconvert --fst_type=olabel_lookahead --save_relabel_opairs={folder}/relabel",
    )
    _tools(f"fstarcsort --sort_type=olabel {folder}/sounds.fst | {look_ahead} - {folder}/HCLr.fst")
    both = f"--relabel_ipairs={relabel} --relabel_opairs={relabel}"
    relabelled = f"fstrelabel {both} {folder}/order.fst | fstarcsort --sort_type=ilabel"
    _tools(f"{relabelled} | fstconvert --fst_type=const - {folder}/Gr.fst")
    pairs = (line.split() for line in relabel.read_text(encoding="ascii").splitlines())
    moved = {int(old): int(new) for old, new in pairs}
    listed = "".join(f"{word} {moved.get(number, number)}\n" for word, number in word_ids.items())
    (folder / "words.txt").write_text(listed, encoding="utf-8")
    first = 2 * len(phones) + 1
    (folder / "disambig_tid.int").write_text("".join(f"{first + m}\n" for m in range(marks + 2)), encoding="ascii")
    boundaries = (f"{number} {_PLACES[name[-1]]}\n" for number, name in enumerate(phones[1:], 2))
    (folder / "phones" / "word_boundary.int").write_text("1 nonword\n" + "".join(boundaries), encoding="ascii")
    for name in ("sounds.fst", "order.fst", "relabel"):
        (folder / name).unlink()


def _tools(command: str) -> None:
    environment = os.environ | {"LD_LIBRARY_PATH": _PLUGINS}
    subprocess.run(["bash", "-o", "pipefail", "-c", command], check=True, env=environment)  # noqa: S603, S607


def _told_apart(entries: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[list[tuple[str, tuple[str, ...]]], int]:
    """Words that sound alike, or like the beginning of another, get a mark after them; and how many marks there are."""
    said = Counter(phones for _, phones in entries)
    beginnings = {phones[:length] for _, phones in entries for length in range(1, len(phones))}
    used: Counter[tuple[str, ...]] = Counter()
    marked: list[tuple[str, tuple[str, ...]]] = []
    for word, phones in entries:
        if said[phones] > 1 or phones in beginnings:
            used[phones] += 1
            marked.append((word, (*phones, f"#{used[phones]}")))
        else:
            marked.append((word, phones))
    return marked, max(used.values(), default=0)


def _sounds(
    entries: Sequence[tuple[str, tuple[str, ...]]], phones: dict[str, int], words: dict[str, int], silence_mark: str
) -> list[str]:
    """Any words in a row, silence or none before, between and after them."""
    lines = [
        f"0 {_LOOP_STATE} 0 0 {_HALF}",
        f"0 {_SILENT_STATE} 0 0 {_HALF}",
        f"{_SILENT_STATE} {_AFTER_SILENCE} {phones[SILENCE]} 0",
        f"{_AFTER_SILENCE} {_LOOP_STATE} {phones[silence_mark]} 0",
        f"{_LOOP_STATE} {_LOOP_STATE} {phones[_BACK_OFF]} {words[_BACK_OFF]}",
    ]
    free = _AFTER_SILENCE + 1
    for word, said in entries:
        state, label = _LOOP_STATE, words[word]
        for phone in said[:-1]:
            lines.append(f"{state} {free} {phones[phone]} {label}")
            state, label, free = free, 0, free + 1
        lines += [f"{state} {end} {phones[said[-1]]} {label} {_HALF}" for end in (_LOOP_STATE, _SILENT_STATE)]
    return [*lines, f"{_LOOP_STATE} 0"]


def _with_transitions(sounds: kaldifst.StdVectorFst, phones: int) -> kaldifst.StdVectorFst:
    made = kaldifst.StdVectorFst()
    states: dict[tuple[int, int], int] = {}
    todo: list[tuple[int, int]] = []

    def state_of(old: int, phone: int) -> int:
        if (old, phone) not in states:
            state = states[old, phone] = made.add_state()
            todo.append((old, phone))
            final = float(sounds.final(old).value)
            if not math.isinf(final):
                made.set_final(state, kaldifst.TropicalWeight(final))
            if phone:
                made.add_arc(state, kaldifst.StdArc(2 * phone - 1, 0, kaldifst.TropicalWeight(0.0), state))
        return states[old, phone]

    made.start = state_of(sounds.start, 0)
    while todo:
        old, phone = todo.pop()
        for arc in kaldifst.ArcIterator(sounds, old):
            is_phone = 0 < arc.ilabel <= phones
            # Marks become transitions beyond the real ones.
            label = 2 * arc.ilabel if is_phone else phones + arc.ilabel if arc.ilabel else 0
            target = state_of(arc.nextstate, arc.ilabel if is_phone else 0)
            made.add_arc(states[old, phone], kaldifst.StdArc(label, arc.olabel, arc.weight, target))
    return made
