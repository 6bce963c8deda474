from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.adapters.llm.model_files import find_gguf, with_file
from kiosk.adapters.models import Shelf, find_model, folder_size, load_manifest, problems_of
from kiosk.config import LlmSettings, parse_config
from kiosk.domain.errors import AssetError, ModelMissing
from kiosk.domain.generation import ModelError
from kiosk.domain.language import Language
from kiosk.domain.models import GB, Machine, Model, ModelKind, Profile, advise

ENTRY = f'[m]\nlanguage = "zh"\nlicence = "Apache-2.0"\nfolder = "m"\nbytes = 1\nsha256 = "{"0" * 64}"\n'
FETCHED = '[m]\nlanguage = "zh"\nlicence = "Apache-2.0"\nurl = "https://x.invalid/m.zip"\n'


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    return tmp_path


def test_every_built_in_model_is_the_one_of_the_manifest() -> None:
    built_in = [model for model in load_manifest().values() if model.built_in]
    assert built_in
    for model in built_in:
        assert problems_of(model, Shelf()) == []
        assert folder_size(find_model(model.name)) == model.size


def test_the_models_to_fetch_are_named_with_their_digests() -> None:
    manifest = load_manifest()
    small = manifest["qwen2.5-1.5b-instruct-q4_k_m"]
    assert (small.kind, small.language, small.size) == (ModelKind.LLM, None, 1_117_320_736)
    assert small.file == "qwen2.5-1.5b-instruct-q4_k_m.gguf"
    assert manifest["Qwen3-4B-Q4_K_M"].profiles == (Profile.CPU, Profile.GPU)
    assert [name for name, model in manifest.items() if not model.sha256 and model.kind is ModelKind.LLM] == []


def test_a_model_that_was_not_fetched_is_missing(state: Path) -> None:
    with pytest.raises(ModelMissing, match=r"^vosk-model-small-cn-0\.22$"):
        find_model("vosk-model-small-cn-0.22")
    with pytest.raises(ModelMissing):
        problems_of(load_manifest()["vosk-model-small-cn-0.22"], Shelf())


def test_a_folder_may_be_named_by_its_whole_path_only(tmp_path: Path) -> None:
    assert find_model(str(tmp_path)) == tmp_path
    for name in ("kiosk", "", "speech-xx", str(tmp_path / "absent")):
        with pytest.raises(ModelMissing):
            find_model(name)


def test_a_model_unpacked_by_hand_is_found_by_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "vosk-model-small-cn-0.22"
    folder.mkdir()
    assert find_model("vosk-model-small-cn-0.22", Shelf(tmp_path)) == folder


def test_fetched_models_lie_where_the_service_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(paths, "_SERVICE", tmp_path / "service")
    assert paths.fetched_models() == tmp_path / "data" / "daozhen" / "models"
    (tmp_path / "service").mkdir()
    assert paths.fetched_models() == tmp_path / "service" / "models"
    monkeypatch.setenv("STATE_DIRECTORY", f"{tmp_path}:/other")
    assert paths.fetched_models() == tmp_path / "models"
    assert parse_config({"kiosk": {"models": "/srv/models"}}).models_folder() == Path("/srv/models")


def test_a_language_model_is_named_by_its_name_in_the_manifest(tmp_path: Path) -> None:
    folder = tmp_path / "Qwen3-4B-Q4_K_M"
    folder.mkdir()
    (folder / "Qwen3-4B-Q4_K_M.gguf").write_bytes(b"GGUF")
    shelf = Shelf(tmp_path)
    for name in ("Qwen3-4B-Q4_K_M", "Qwen3-4B-Q4_K_M.gguf"):
        assert find_gguf(name, shelf) == folder / "Qwen3-4B-Q4_K_M.gguf"
        assert with_file(LlmSettings(model=name), shelf).model == str(folder / "Qwen3-4B-Q4_K_M.gguf")
    for name in ("off", "builtin", "qwen2.5-1.5b-instruct-q4_k_m"):
        assert with_file(LlmSettings(model=name), shelf).model == name
    with pytest.raises(ModelError, match="missing"):
        find_gguf("qwen2.5-1.5b-instruct-q4_k_m", shelf)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"zh"', '"fr"', "language"),
        ('"zh"', "7", "language"),
        ("bytes = 1", "bytes = -1", "bytes"),
        ("0" * 64, "0" * 63, "sha256"),
        (f'sha256 = "{"0" * 64}"', "", "sha256"),
        ('"Apache-2.0"', '""', "licence"),
        ('folder = "m"', 'folder = "../m"', "folder"),
        ('folder = "m"', 'folder = "m"\nurl = "https://x.invalid/m.zip"', "url"),
        ('folder = "m"\n', "", "url"),
        ('folder = "m"', 'url = "file:///m.zip"', "url"),
        ('folder = "m"', 'url = "https://x.invalid/m.tar"', "url"),
        ('folder = "m"', 'kind = "llm"\nurl = "https://x.invalid/m.zip"', "url"),
        ('folder = "m"', 'folder = "m"\nkind = "voice"', "kind"),
        ('folder = "m"', 'folder = "m"\nprofiles = ["tpu"]', "profiles"),
        ('folder = "m"', 'folder = "m"\nprofiles = "cpu"', "profiles"),
        ("bytes = 1", "bites = 1", "bites"),
    ],
)
def test_a_wrong_entry_is_named_by_its_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    file = tmp_path / "manifest.toml"
    file.write_text(ENTRY.replace(old, new), encoding="utf-8")
    with pytest.raises(AssetError) as refused:
        load_manifest(file)
    assert (refused.value.entry, refused.value.field) == ("m", field)


@pytest.mark.parametrize("name", ['"../m"', '"a/b"', '""', '".hidden"'])
def test_a_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    file = tmp_path / "manifest.toml"
    file.write_text(FETCHED.replace("[m]", f"[{name}]"), encoding="utf-8")
    with pytest.raises(AssetError, match="a name is made of"):
        load_manifest(file)


def test_a_model_may_be_of_all_languages_and_without_a_digest(tmp_path: Path) -> None:
    file = tmp_path / "manifest.toml"
    file.write_text(FETCHED.replace('"zh"', '"all"'), encoding="utf-8")
    model = load_manifest(file)["m"]
    assert (model.language, model.sha256) == (None, "")


def test_an_unreadable_manifest_is_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_text("[", encoding="utf-8")
    for file in (tmp_path / "manifest.toml", tmp_path / "absent.toml"):
        with pytest.raises(AssetError, match="cannot be read"):
            load_manifest(file)


SMALL, LARGE = "qwen2.5-1.5b-instruct-q4_k_m", "Qwen3-4B-Q4_K_M"


@pytest.mark.parametrize(
    ("machine", "llm", "zh", "gpu_layers"),
    [
        (Machine(4 * GB, 2), "builtin", "vosk-model-small-cn-0.22", None),
        (Machine(8 * GB, 4, avx2=True), SMALL, "vosk-model-small-cn-0.22", 0),
        (Machine(8 * GB, 4, avx2=False), "builtin", "vosk-model-small-cn-0.22", None),
        (Machine(16 * GB, 8), LARGE, "vosk-model-small-cn-0.22", 0),
        (Machine(3 * GB, 8), "builtin", "vosk-model-small-cn-0.22", None),
        (Machine(16 * GB, 4, gpu="card", gpu_memory=8 * GB), LARGE, "vosk-model-small-cn-0.22", -1),
        (Machine(16 * GB, 4, gpu="card", gpu_memory=2 * GB), SMALL, "vosk-model-small-cn-0.22", 0),
        (Machine(16 * GB, 4, gpu="card of unknown memory"), SMALL, "vosk-model-small-cn-0.22", 0),
        (Machine(64 * GB, 16, gpu="card", gpu_memory=24 * GB), LARGE, "vosk-model-cn-0.22", -1),
    ],
)
def test_the_most_able_models_that_fit_are_recommended(
    machine: Machine, llm: str, zh: str, gpu_layers: int | None
) -> None:
    advice = advise(machine, load_manifest().values())
    assert (advice.models["llm.model"], advice.models["speech.zh"]) == (llm, zh)
    assert advice.settings["llm"].get("gpu_layers") == gpu_layers
    assert any(reason.startswith("llm.model") for reason in advice.reasons)


@pytest.mark.parametrize("memory_gb", [0, 1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 256])
def test_what_is_recommended_fits_together(memory_gb: int) -> None:
    manifest = load_manifest()
    machine = Machine(memory_gb * GB, 64)
    chosen = [manifest[name] for name in advise(machine, manifest.values()).models.values() if name in manifest]
    small = {manifest[name] for name in ("vosk-model-small-cn-0.22", "vosk-model-small-en-us-0.15")}
    assert sum(model.memory for model in chosen) <= machine.for_models or set(chosen) == small


def test_a_setting_that_is_recommended_is_one(tmp_path: Path) -> None:
    for cores in (1, 4, 8):
        advice = advise(Machine(32 * GB, cores), load_manifest().values())
        config = parse_config({name: dict(lines) for name, lines in advice.settings.items()})
        assert config.speech.zh == advice.models["speech.zh"]
        assert config.llm.model == advice.models["llm.model"]


def test_the_memory_of_a_model_of_unknown_size_is_guessed() -> None:
    assert Model("m", Language.ZH, "Apache-2.0").memory > 100_000_000
