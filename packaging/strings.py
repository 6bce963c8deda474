"""Keep the translations complete: what the program says against locales/*/LC_MESSAGES/kiosk.po, and what the clinical
content says against content.po of the languages that the content is not written in.

`--update` adds missing entries (empty), removes unused ones and renews words.txt (line_words.py), `--traditional` then
fills those of zh-Hant by OpenCC;
`--check` fails when a text is missing, unused, fuzzy, or has other {fields} than its source. An entry of content.po is
the English text with the Chinese as context.
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

from kiosk import i18n  # noqa: E402
from kiosk.adapters.demo_hospital import load_hospital  # noqa: E402
from kiosk.adapters.knowledge import load_knowledge  # noqa: E402
from kiosk.domain.language import OWN_LOCALE, Words  # noqa: E402
from kiosk.domain.wayfinding import lines  # noqa: E402
from kiosk.i18n import placeholders  # noqa: E402
from kiosk.knowledge_review.content import load_content  # noqa: E402

Key = tuple[str, str]
"""Context and source text."""

_QSTR = re.compile(r'qsTr\(\s*"((?:[^"\\]|\\.)*)"')
_HAN = re.compile("[\u4e00-\u9fff]")
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


def content_texts(is_understood: bool) -> dict[Key, set[str]]:
    """Every text of the content that a patient may read: (Chinese, English) to the files it comes from.

    An illness or a department asked for by name is only ever read back to a patient who has said it, which takes a
    language that is understood; such findings are never asked about.
    """
    written = load_content(ROOT / "assets").base
    base = load_knowledge(ROOT / "assets" / "knowledge") if is_understood else written
    asked = [symptom for symptom in written.symptoms.values() if symptom.ease or is_understood]
    found: dict[Key, set[str]] = {}
    for folder, words in (
        ("symptoms", (s.name for s in (base.symptoms.values() if is_understood else asked))),
        ("symptoms", (words for s in asked for words in (s.question, s.hint))),
        ("departments.yaml", (department.name for department in base.departments.values())),
        ("complaints.yaml", (complaint.name for complaint in base.complaints)),
        ("dangers.yaml", (danger.name for danger in base.dangers)),
        ("body_kinds.yaml", (kind.name for kind in base.body.kinds.values())),
        ("body_places.yaml", (place.name for place in base.body.places.values())),
    ):
        for text in words:
            if text.en:
                found.setdefault((text.zh, text.en), set()).add(f"assets/knowledge/{folder}")
    for words in hospital_texts():
        found.setdefault((words.zh, words.en), set()).add("assets/demo-hospital/hospital.yaml")
    for key, file in domain_texts():
        found.setdefault(key, set()).add(file)
    return found


def hospital_texts() -> Iterator[Words]:
    """Names of places, where they are, and every step of a way. Rooms and floors are fields: there is one of each."""
    hospital = load_hospital(ROOT / "assets" / "demo-hospital" / "hospital.yaml")
    yield hospital.name
    for place in hospital.places:
        yield from (place.name, place.where, *lines(place.way))
    for door in hospital.departments.values():
        yield _with_fields(door.where, str(door.floor), door.room)
        yield from (*lines(door.way), *lines(door.way_back))


def _with_fields(where: Words, floor: str, room: str) -> Words:
    chinese = where.zh.replace(f"{room} 室", "{room} 室").replace(f"{floor} 楼", "{floor} 楼")
    english = where.en.replace(f"room {room}", "room {room}").replace(f"Floor {floor}", "Floor {floor}")
    return Words(chinese, english)


def domain_texts() -> Iterator[tuple[Key, str]]:
    """Pairs of a Chinese and an English literal in the rules of the house, such as why a department comes first, and
    on the slip."""
    rules = (ROOT / "kiosk" / "domain" / name for name in ("routing.py", "house_rules.py", "doors.py"))
    for path in (*rules, ROOT / "kiosk" / "ui" / "slip_words.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            parts = node.elts if isinstance(node, ast.Tuple) else node.args if isinstance(node, ast.Call) else []
            texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            is_words = isinstance(node, ast.Call) and _called(node) == "Words"
            if len(parts) == len(texts) == 2 and (is_words or (_HAN.search(texts[0]) and not _HAN.search(texts[1]))):
                yield (texts[0], texts[1]), str(path.relative_to(ROOT))


def source_texts() -> dict[Key, set[str]]:
    """The program's own texts, without context, to the files that use them."""
    found: dict[Key, set[str]] = {}
    for text, file in [*qml_texts(), *python_texts()]:
        found.setdefault(("", text), set()).add(file)
    return found


def problems(catalogue: polib.POFile, texts: dict[Key, set[str]]) -> list[str]:
    known = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    found = [f"unused: {key[1]!r}" for key in known.keys() - texts.keys()]
    for key, files in texts.items():
        entry, text = known.get(key), key[1]
        if entry is None or not entry.msgstr:
            found.append(f"missing: {text!r} ({', '.join(sorted(files))})")
        elif entry.fuzzy:
            found.append(f"fuzzy: {text!r}")
        elif placeholders(text) != placeholders(entry.msgstr):
            found.append(f"other fields: {text!r} -> {entry.msgstr!r}")
    return sorted(found)


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid


def update(catalogue: polib.POFile, texts: dict[Key, set[str]]) -> None:
    known = {_key(entry): entry for entry in catalogue}
    for entry in [entry for entry in catalogue if _key(entry) not in texts]:
        catalogue.remove(entry)
    for (context, text), files in texts.items():
        entry = known.get((context, text))
        if entry is None:
            entry = polib.POEntry(msgid=text, msgctxt=context or None)
            catalogue.append(entry)
        entry.occurrences = [(file, "") for file in sorted(files)]
    catalogue.sort(key=lambda entry: (entry.occurrences[0][0], entry.msgid, entry.msgctxt or ""))


def catalogues() -> Iterator[tuple[Path, dict[Key, set[str]]]]:
    """The catalogue files there must be, with their texts."""
    own = {locale.tag for locale in OWN_LOCALE.values()}
    texts = source_texts()
    for tag, locale in i18n.installed().items():
        folder = ROOT / "locales" / tag / "LC_MESSAGES"
        if tag != i18n.SOURCE.tag:
            yield folder / "kiosk.po", texts
        if tag not in own:
            yield folder / "content.po", content_texts(locale.is_understood)


def write_traditional() -> None:
    """Fill the empty entries of zh-Hant from the simplified texts; what somebody has corrected stays."""
    from opencc import OpenCC

    convert = OpenCC("s2tw").convert
    usual = str.maketrans({"溼": "濕", "檯": "台", "臺": "台", "“": "「", "”": "」"})
    folder = ROOT / "locales" / "zh-Hant" / "LC_MESSAGES"
    simplified = polib.pofile(str(ROOT / "locales" / "zh-Hans" / "LC_MESSAGES" / "kiosk.po"))
    chinese = {entry.msgid: entry.msgstr for entry in simplified}
    for name in ("kiosk.po", "content.po"):
        catalogue = polib.pofile(str(folder / name), wrapwidth=100)
        for entry in catalogue:
            written = convert(entry.msgctxt or chinese.get(entry.msgid, "")).translate(usual)
            entry.msgstr = entry.msgstr or written.replace("屏幕", "螢幕")
        catalogue.save()


def main() -> int:
    failed = False
    if "--traditional" in sys.argv:
        write_traditional()
    for file, texts in catalogues():
        catalogue = polib.pofile(str(file), wrapwidth=100) if file.exists() else polib.POFile(wrapwidth=100)
        if "--update" in sys.argv:
            file.parent.mkdir(parents=True, exist_ok=True)
            update(catalogue, texts)
            catalogue.save(str(file))
        found = problems(catalogue, texts)
        failed = failed or bool(found)
        print(f"{file.relative_to(ROOT)}: {len(texts)} texts, {len(found)} problems")
        print("".join(f"  {line}\n" for line in found), end="")
    if "--update" in sys.argv:
        from line_words import write

        write()
    return 1 if failed and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
