"""The content ready for use, from a file that keeps between two starts what is slow to work out.

Reading YAML and finding out how every form is read takes most of a start. Both give plain data, which is kept as JSON:
whatever somebody may have put into the file, reading it executes nothing. It is used only where it cannot be anything
but our own work on the present content:

- It begins with a SHA-256 over its body and over all that the body was made from: every content file, this program's
  code, Python and its YAML reader. A changed word in the content, an update, a truncated or foreign file do not fit.
- The file is a plain one of this user that no other user may write. Who can write it anyway, as this user or as root,
  can change the program's settings and its books as well.

A file that does not fit is made anew; where none can be written, each start takes as long as the first. The checks of
adapters/knowledge.py are never kept: they run at every start.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from kiosk import __version__, domain, logs
from kiosk.adapters.knowledge import knowledge_of
from kiosk.adapters.knowledge_files import collector_paused, parsed, read_sources
from kiosk.adapters.lexicon import matcher_of
from kiosk.adapters.lexicon_tables import LexiconTables, lexicon_tables
from kiosk.adapters.pinyin import words_of
from kiosk.adapters.whole_files import make_usable, write_whole
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.matching import Matcher

NAME = "content.json"

facts = logs.get(__name__)


def open_content(assets: Path, cache: Path) -> tuple[KnowledgeBase, Matcher]:
    """The checked knowledge base of `assets` and its matcher for all words and sounds.

    `cache` is a folder that may not be there yet. Raises AssetError as load_knowledge() and read_words() do.
    """
    sources = read_sources(assets / "knowledge")
    words = (assets / "keyboard" / "words.txt").read_bytes()
    made_from = _digest({**sources, "words.txt": words, **_program()})
    with collector_paused():
        content = _content(sources, words, cache, made_from)
        # Content never becomes garbage: looking through it once, as soon as the collector is back, costs 0.2 s.
        gc.freeze()
    return content


def _content(
    sources: Mapping[str, bytes], words: bytes, cache: Path, made_from: bytes
) -> tuple[KnowledgeBase, Matcher]:
    kept = _kept(cache / NAME, made_from)
    if kept is not None:
        # One after the other, so that the second half takes the memory that the first one leaves.
        knowledge = knowledge_of(**json.loads(kept[0]))
        return knowledge, matcher_of(LexiconTables.of(json.loads(kept[1])), knowledge.composition)
    files = parsed(sources)
    stems: dict[str, str] = {}
    knowledge = knowledge_of(files, stems)
    tables = lexicon_tables(knowledge, words_of("words.txt", words))
    _keep(cache, made_from, {"files": files, "stems": stems}, tables)
    return knowledge, matcher_of(tables, knowledge.composition)


def _program() -> dict[str, bytes]:
    """What turns content files into tables: any code of these two floors may, and so may what it stands on."""
    floors = (Path(__file__).parent, Path(domain.__path__[0]))
    files = (path for floor in floors for path in floor.rglob("*.py"))
    code = {path.relative_to(floors[0].parent).as_posix(): path.read_bytes() for path in files}
    versions = (__version__, sys.version, yaml.__version__)
    return {**code, "versions": " ".join(versions).encode()}


def _digest(parts: Mapping[str, bytes]) -> bytes:
    digest = hashlib.sha256()
    for name in sorted(parts):
        digest.update(f"{name}\0{len(parts[name])}\0".encode())
        digest.update(parts[name])
    return digest.digest()


def _seal(made_from: bytes, body: bytes) -> bytes:
    return hashlib.sha256(made_from + body).hexdigest().encode()


def _kept(path: Path, made_from: bytes) -> list[bytes] | None:
    """The two lines that _keep() wrote; None for no file, for one not ours alone and for one of other content."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not _is_ours(os.fstat(descriptor)):
                facts.warning("content_cache", state="not_ours_alone")
                return None
            seal, _, body = file.read().partition(b"\n")
    except OSError:
        return None
    return body.split(b"\n") if seal == _seal(made_from, body) else None


def _is_ours(status: os.stat_result) -> bool:
    if not stat.S_ISREG(status.st_mode):
        return False
    return os.name != "posix" or (status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def _keep(folder: Path, made_from: bytes, knowledge: Mapping[str, Any], tables: LexiconTables) -> None:
    try:
        first = _line(knowledge)
    except (TypeError, ValueError):
        first = b""
    # JSON would make texts of keys that are none, and then the second start would differ from the first.
    if not first or json.loads(first) != knowledge:
        facts.warning("content_cache", state="not_plain_data")
        return
    body = first + b"\n" + _line(tables.plain())
    try:
        make_usable(folder)
        write_whole(folder / NAME, _seal(made_from, body) + b"\n" + body)
    except OSError as error:
        facts.warning("content_cache", state="cannot_be_written", kind=type(error).__name__)
    else:
        facts.info("content_cache", state="made", bytes=len(body))


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
