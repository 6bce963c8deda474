"""Keep the translations complete: list what QML and Python say against locales/*/LC_MESSAGES/kiosk.po.

`--update` adds missing entries (empty) and removes unused ones; `--check` fails when a text is missing, unused,
fuzzy, or has other {fields} than its source.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kiosk.i18n import placeholders  # noqa: E402

_QSTR = re.compile(r'qsTr\(\s*"((?:[^"\\]|\\.)*)"')
_TRANSLATORS = frozenset({"tr", "_tr"})


def qml_texts() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "kiosk" / "ui" / "qml").rglob("*.qml")):
        for found in _QSTR.finditer(path.read_text(encoding="utf-8")):
            yield ast.literal_eval(f'"{found.group(1)}"'), str(path.relative_to(ROOT))


def python_texts() -> Iterator[tuple[str, str]]:
    """Every literal given to a call named tr, also through a conditional expression."""
    for path in sorted((ROOT / "kiosk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in _TRANSLATORS and node.args:
                for text in _literals(node.args[0]):
                    yield text, str(path.relative_to(ROOT))


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def source_texts() -> dict[str, set[str]]:
    """Text to the files that use it."""
    found: dict[str, set[str]] = {}
    for text, file in [*qml_texts(), *python_texts()]:
        found.setdefault(text, set()).add(file)
    return found


def problems(catalogue: polib.POFile, texts: dict[str, set[str]]) -> list[str]:
    known = {entry.msgid: entry for entry in catalogue if not entry.obsolete}
    found = [f"unused: {msgid!r}" for msgid in known.keys() - texts.keys()]
    for text, files in texts.items():
        entry = known.get(text)
        if entry is None or not entry.msgstr:
            found.append(f"missing: {text!r} ({', '.join(sorted(files))})")
        elif entry.fuzzy:
            found.append(f"fuzzy: {text!r}")
        elif placeholders(text) != placeholders(entry.msgstr):
            found.append(f"other fields: {text!r} -> {entry.msgstr!r}")
    return sorted(found)


def update(catalogue: polib.POFile, texts: dict[str, set[str]]) -> None:
    known = {entry.msgid: entry for entry in catalogue}
    for entry in [entry for entry in catalogue if entry.msgid not in texts]:
        catalogue.remove(entry)
    for text, files in texts.items():
        entry = known.get(text)
        if entry is None:
            entry = polib.POEntry(msgid=text)
            catalogue.append(entry)
        entry.occurrences = [(file, "") for file in sorted(files)]
    catalogue.sort(key=lambda entry: (entry.occurrences[0][0], entry.msgid))


def main() -> int:
    texts = source_texts()
    failed = False
    for file in sorted((ROOT / "locales").glob("*/LC_MESSAGES/kiosk.po")):
        catalogue = polib.pofile(str(file), wrapwidth=100)
        if "--update" in sys.argv:
            update(catalogue, texts)
            catalogue.save()
        found = problems(catalogue, texts)
        failed = failed or bool(found)
        print(f"{file.relative_to(ROOT)}: {len(texts)} texts, {len(found)} problems")
        print("".join(f"  {line}\n" for line in found), end="")
    return 1 if failed and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
