"""`kiosk models` as IT meets it: a manifest of its own, a server on this machine, settings that name models."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.model_server import ModelServer, Offer


class Site:
    """A machine with a content folder, a models folder and a settings file."""

    def __init__(self, folder: Path, server: ModelServer) -> None:
        self.folder, self.server = folder, server
        self.models = folder / "models"
        self._content = folder / "content"
        (self._content / "models").mkdir(parents=True)
        self.config = folder / "kiosk.toml"
        self.settings()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("big/am/final.mdl", b"weights" * 1000)
        self.archive = packed.getvalue()
        server.offers["/big.zip"] = Offer(self.archive)
        self.manifest(hashlib.sha256(self.archive).hexdigest())

    def manifest(self, sha256: str) -> None:
        lines = ["[big]", 'language = "zh"', 'licence = "Apache-2.0"', f'url = "{self.server.url}/big.zip"']
        lines += [f"bytes = {len(self.archive)}", f'sha256 = "{sha256}"'] if sha256 else []
        (self._content / "models" / "manifest.toml").write_text("\n".join(lines), encoding="utf-8")

    def settings(self, more: str = "") -> None:
        self.config.write_text(f'[kiosk]\nmodels = "{self.models}"\n{more}', encoding="utf-8")

    def kiosk(self, *arguments: str, config: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kiosk", "models", *arguments, *(("--config", str(self.config)) if config else ())],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={**os.environ, "DAOZHEN_CONTENT": str(self._content), "NO_PROXY": "127.0.0.1"},
            timeout=120,
        )


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    server = ModelServer()
    yield Site(tmp_path, server)
    server.stop()


def state_of(site: Site) -> str:
    (row,) = json.loads(site.kiosk("list", "--json").stdout)
    return str(row["state"])


def test_a_model_is_listed_fetched_checked_used_and_removed(site: Site) -> None:
    assert state_of(site) == ""
    done = site.kiosk("pull", "big")
    assert done.returncode == 0, done.stdout + done.stderr
    assert 'zh = "big" under [speech]' in done.stdout
    assert "big: fetching" in done.stderr
    assert state_of(site) == "here"
    assert "ok   big" in site.kiosk("verify").stdout
    assert "was already in" in site.kiosk("pull", "big").stdout
    site.settings('[speech]\nzh = "big"\n')
    assert "speech.zh" in site.kiosk("list").stdout
    refused = site.kiosk("remove", "big")
    assert refused.returncode == 1
    assert "--force" in refused.stdout
    assert state_of(site) == "here"
    assert site.kiosk("remove", "big", "--force").returncode == 0
    assert state_of(site) == ""
    assert [path.name for path in site.models.iterdir() if path.suffix != ".lock"] == []


def test_verify_names_what_is_wrong_and_the_command_that_mends_it(site: Site) -> None:
    site.kiosk("pull", "big")
    (file,) = site.models.rglob("final.mdl")
    file.write_bytes(b"changed")
    done = site.kiosk("verify")
    assert done.returncode == 1
    assert "FAIL big: am/final.mdl was changed" in done.stdout
    assert "-> kiosk models pull big" in done.stdout
    assert site.kiosk("pull", "big").returncode == 0
    assert site.kiosk("verify", "big").returncode == 0


def test_verify_misses_what_the_settings_name(site: Site) -> None:
    site.settings('[speech]\nzh = "big"\n')
    done = site.kiosk("verify")
    assert done.returncode == 1
    assert "FAIL big: is not on this machine" in done.stdout


def test_a_wrong_digest_is_refused_with_advice(site: Site) -> None:
    site.manifest("0" * 64)
    done = site.kiosk("pull", "big")
    assert done.returncode == 1
    assert "do not use the file" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_digest_that_nobody_vouches_for_is_shown_and_kept(site: Site) -> None:
    site.manifest("")
    digest = hashlib.sha256(site.archive).hexdigest()
    assert digest in site.kiosk("pull", "big").stdout
    site.kiosk("remove", "big")
    site.server.offers["/big.zip"] = Offer(site.archive[:-1] + b"?")
    refused = site.kiosk("pull", "big")
    assert refused.returncode == 1
    assert "--trust-anew" in refused.stdout


def test_a_mirror_on_a_stick_needs_no_network(site: Site) -> None:
    stick = site.folder / "stick"
    stick.mkdir()
    (stick / "big.zip").write_bytes(site.archive)
    site.server.stop()
    gone = site.kiosk("pull", "big", "--from", str(site.folder / "nowhere"))
    assert gone.returncode == 1
    assert "correct --from" in gone.stdout
    assert site.kiosk("pull", "big", "--from", str(stick)).returncode == 0
    assert state_of(site) == "here"


@pytest.mark.parametrize("command", ["pull", "verify", "remove"])
def test_an_unknown_name_is_told(site: Site, command: str) -> None:
    done = site.kiosk(command, "bigger")
    assert done.returncode == 1
    assert "bigger is not in the manifest" in done.stdout


def test_what_is_recommended_can_be_written_into_the_settings(site: Site) -> None:
    done = site.kiosk("recommend")
    assert done.returncode == 0, done.stderr
    toml = done.stdout[done.stdout.index("[speech]") : done.stdout.index("kiosk models pull")]
    assert tomllib.loads(toml)["speech"] == {"zh": "big"}
    assert json.loads(site.kiosk("recommend", "--json").stdout)["models"]["speech.zh"] == "big"


def test_a_broken_manifest_and_wrong_settings_are_named(site: Site) -> None:
    site.manifest("no digest")
    assert "sha256" in site.kiosk("list").stderr
    site.settings("wrong = 1\n")
    done = site.kiosk("list")
    assert done.returncode == 2
    assert "kiosk.wrong" in done.stderr
