"""`kiosk his` with some settings of [his]."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from kiosk.cli import app


def run(tmp_path: Path, *arguments: str, **his: object) -> tuple[int, str]:
    """Exit code and output, on a wide screen."""
    settings = tmp_path / "kiosk.toml"
    lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in his.items())
    settings.write_text(f"[his]\n{lines}\n")
    done = CliRunner().invoke(app, ["his", *arguments, "--config", str(settings)], env={"COLUMNS": "200"})
    return done.exit_code, done.output
