"""`kiosk llm` and `kiosk doctor` as IT meets them, with a real model, a broken one and none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.llm_server import LlmServer, free_port
from tests.tiny_model import CHAT, Shape, write_tiny_model


def kiosk(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        timeout=300,
    )


def test_ask_shows_findings_with_the_words_they_were_read_from(tiny_model: Path) -> None:
    done = kiosk("llm", "ask", "发烧两天，不咳嗽", "--model", str(tiny_model))
    assert done.returncode == 0, done.stderr
    *findings, last = done.stdout.splitlines()
    assert f"{len(findings)} findings" in last
    assert findings
    assert all(line.split()[0] in ("present", "absent", "unsure") and "<- '" in line for line in findings)


def test_ask_writes_freely_when_asked_to(tiny_model: Path) -> None:
    done = kiosk("llm", "ask", "hello", "--free", "--model", str(tiny_model))
    assert done.returncode == 0, done.stderr
    assert "tokens in" in done.stdout


def test_info_tells_what_would_run(tiny_model: Path) -> None:
    done = kiosk("llm", "info", "--model", str(tiny_model))
    assert done.returncode == 0, done.stderr
    told = dict(line.split(None, 1) for line in done.stdout.splitlines() if " " in line.strip())
    assert (told["model"], told["architecture"], told["parameters"]) == ("tiny.gguf", "llama", "115520")


def test_bench_measures_against_bare_llama_cpp(tiny_model: Path) -> None:
    done = kiosk("llm", "bench", "--runs", "3", "--model", str(tiny_model))
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["speed_share"] > 0.5
    assert figures["reuse_share"] < 0.5
    assert figures["cancel_s"] < 0.1
    assert done.returncode == (0 if "met" in done.stdout.splitlines() else 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "fetch the model"), (b"GGUF", "fetch the model again"), (b"nonsense" * 100, "fetch the model again")],
)
def test_a_bad_model_is_told_with_its_fix(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "bad.gguf"
    if content is not None:
        file.write_bytes(content)
    for command in (("ask", "fever"), ("info",), ("bench",)):
        done = kiosk("llm", *command, "--model", str(file))
        assert done.returncode == 1
        assert words in done.stdout
        assert "Traceback" not in done.stderr


def test_doctor_tries_the_model_and_names_the_fix(tiny_model: Path, tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    for model, words in ((str(tiny_model), "tiny.gguf answers"), ("/nowhere.gguf", "-> correct llm.model")):
        config.write_text(f'[llm]\nmodel = "{model}"\n', encoding="utf-8")
        done = kiosk("doctor", "--config", str(config), STATE_DIRECTORY=str(tmp_path / "state"))
        assert words in done.stdout.partition("llm ")[2]


def test_a_server_is_asked_and_one_that_is_gone_is_told(tiny_model: Path, tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    server = LlmServer(tiny_model)
    try:
        config.write_text(f'[llm]\nserver = "{server.url}"\ntimeout_s = 30\n', encoding="utf-8")
        done = kiosk("llm", "ask", "a cough", "--config", str(config))
        assert done.returncode == 0, done.stdout
        assert "model         tiny" in kiosk("llm", "info", "--config", str(config)).stdout
    finally:
        server.stop()
    config.write_text(f'[llm]\nserver = "http://127.0.0.1:{free_port()}"\n', encoding="utf-8")
    done = kiosk("llm", "ask", "a cough", "--config", str(config))
    assert done.returncode == 1
    assert "llm.server" in done.stdout


def test_an_instruct_model_is_tried_task_by_task(tmp_path: Path) -> None:
    model = write_tiny_model(tmp_path / "chat.gguf", Shape(context=4096), "qwen3", CHAT)
    texts = tmp_path / "texts.txt"
    texts.write_text("The car park is at the north gate.\n\nBlood tests are on the second floor.\n", encoding="utf-8")
    config = tmp_path / "kiosk.toml"
    config.write_text(f'[llm]\nmodel = "{model}"\ncontext = 4096\ntimeout_s = 60\n', encoding="utf-8")
    done = kiosk("llm", "ask", "where do I park", "--task", "faq", "--passages", str(texts), "--config", str(config))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "shown:" in done.stdout
    done = kiosk("llm", "ask", "发烧", "--task", "findings", "--config", str(config))
    assert "Traceback" not in done.stderr
    assert "findings" in done.stdout or "too_long" in done.stdout
