from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from kiosk.adapters import models
from kiosk.adapters.models import ModelDamaged, find_model, folder_size, load_manifest, verify
from kiosk.domain.errors import AssetError, ModelMissing
from kiosk.domain.language import Language

ENTRY = f'[m]\nlanguage = "zh"\nlicence = "Apache-2.0"\nfolder = "m"\nbytes = 1\nsha256 = "{"0" * 64}"\n'


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("name", ["speech-zh", "speech-en"])
def test_the_built_in_models_are_the_ones_of_the_manifest(name: str) -> None:
    model = load_manifest()[name]
    verify(model)
    assert folder_size(find_model(name)) == model.size


def test_a_model_that_was_not_fetched_is_missing(state: Path) -> None:
    with pytest.raises(ModelMissing, match=r"^vosk-model-small-cn-0\.22$"):
        find_model("vosk-model-small-cn-0.22")
    with pytest.raises(ModelMissing):
        verify(load_manifest()["vosk-model-small-cn-0.22"])


def test_a_folder_may_be_named_by_its_whole_path_only(tmp_path: Path) -> None:
    assert find_model(str(tmp_path)) == tmp_path
    for name in ("kiosk", "", "speech-xx", str(tmp_path / "absent")):
        with pytest.raises(ModelMissing):
            find_model(name)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "fetched.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("fetched-1/am/final.mdl", b"weights")
        packed.writestr("fetched-1/conf/model.conf", b"--beam=10")
    return path


def entry_for(archive: Path) -> models.Model:
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    return models.Model(
        "fetched-1", Language.EN, "Apache-2.0", digest, archive.stat().st_size, url="https://x.invalid/"
    )


def test_a_fetched_model_is_checked_unpacked_and_checked_again(state: Path, archive: Path) -> None:
    model = entry_for(archive)
    folder = models.install(model, archive)
    assert (folder / "am" / "final.mdl").read_bytes() == b"weights"
    verify(model)
    (folder / "am" / "final.mdl").write_bytes(b"others")
    with pytest.raises(ModelDamaged):
        verify(model)
    models.install(model, archive)
    verify(model)


def test_a_wrong_archive_leaves_nothing_behind(state: Path, archive: Path) -> None:
    model = entry_for(archive)
    with archive.open("ab") as file:
        file.write(b"more")
    with pytest.raises(ModelDamaged):
        models.install(model, archive)
    assert not model.path.exists()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"zh"', '"fr"', "language"),
        ('"zh"', "7", "language"),
        ("bytes = 1", "bytes = -1", "bytes"),
        ("0" * 64, "0" * 63, "sha256"),
        ('"Apache-2.0"', '""', "licence"),
        ('folder = "m"', 'folder = "../m"', "folder"),
        ('folder = "m"', 'folder = "m"\nurl = "https://x.invalid/"', "url"),
        ('folder = "m"\n', "", "url"),
        ("bytes = 1", "bites = 1", "bites"),
    ],
)
def test_a_wrong_entry_is_named_by_its_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    file = tmp_path / "manifest.toml"
    file.write_text(ENTRY.replace(old, new), encoding="utf-8")
    with pytest.raises(AssetError) as refused:
        load_manifest(file)
    assert (refused.value.entry, refused.value.field) == ("m", field)


def test_a_model_may_be_of_all_languages(tmp_path: Path) -> None:
    file = tmp_path / "manifest.toml"
    file.write_text(ENTRY.replace('"zh"', '"all"'), encoding="utf-8")
    assert load_manifest(file)["m"].language is None


def test_an_unreadable_manifest_is_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text("[", encoding="utf-8")
    for file in (tmp_path / "manifest.toml", tmp_path / "absent.toml"):
        with pytest.raises(AssetError, match="cannot be read"):
            load_manifest(file)
