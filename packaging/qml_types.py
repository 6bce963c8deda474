"""Describe the view models to QML's tools: build/qmltypes, and with --lint every QML file checked against it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "qmltypes"
MODULE = "Daozhen.ViewModels"
TOOLS = Path(sys.executable).parent


def generate() -> None:
    """Dump the meta objects of every view model and turn them into one type description."""
    folder = OUT.joinpath(*MODULE.split("."))
    shutil.rmtree(OUT, ignore_errors=True)
    folder.mkdir(parents=True)
    dumps = []
    for source in sorted((ROOT / "kiosk" / "ui").rglob("*.py")):
        if "QML_IMPORT_NAME" not in source.read_text(encoding="utf-8"):
            continue
        dump = OUT / f"{source.stem}.json"
        _run("pyside6-metaobjectdump", str(source), "--out-file", str(dump))
        _know_base(dump)
        dumps.append(str(dump))
    _run(
        "pyside6-qmltyperegistrar",
        *("--generate-qmltypes", str(folder / "types.qmltypes")),
        *("--import-name", MODULE, "--major-version", "1"),
        *("-o", str(OUT / "registration.cpp")),
        *dumps,
    )
    (folder / "qmldir").write_text(f"module {MODULE}\ntypeinfo types.qmltypes\n", encoding="utf-8")


def _know_base(dump: Path) -> None:
    """The tool reads one file at a time: it does not know that our ViewModel, of another file, is a QObject."""
    modules = json.loads(dump.read_text(encoding="utf-8"))
    for module in modules:
        for found in module["classes"]:
            if any(info["name"] == "QML.Element" for info in found.get("classInfos", ())):
                found["object"] = True
                found["superClasses"] = [{"access": "public", "name": "QObject"}]
    dump.write_text(json.dumps(modules), encoding="utf-8")


def lint() -> int:
    qml = ROOT / "kiosk" / "ui" / "qml"
    files = [str(path) for path in sorted(qml.rglob("*.qml"))]
    command = [str(TOOLS / "pyside6-qmllint"), "--max-warnings", "0", "-I", str(OUT), "-I", str(qml), *files]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _run(tool: str, *arguments: str) -> None:
    done = subprocess.run([str(TOOLS / tool), *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr)
        raise SystemExit(f"{tool} failed")


if __name__ == "__main__":
    generate()
    raise SystemExit(lint() if "--lint" in sys.argv else 0)
