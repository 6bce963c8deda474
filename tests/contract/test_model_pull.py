"""Fetching models from a real server that behaves well or badly, and from folders."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.adapters.models import Shelf, find_model, problems_of
from kiosk.adapters.models.download import MOST_REDIRECTS, Download, Patience
from kiosk.adapters.models.pull import Pull
from kiosk.domain.errors import ModelMissing
from kiosk.domain.language import Language
from kiosk.domain.models import Model, ModelKind, PullFailed, PullProblem
from tests.model_server import ModelServer, Offer

NAME = "vosk-model-small-cn-0.22"
"""A name of the real manifest, so that it can be looked up as settings do."""


def archive_of(weights: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{NAME}/am/final.mdl", weights)
        archive.writestr(f"{NAME}/conf/model.conf", b"--beam=10")
    return packed.getvalue()


WEIGHTS = hashlib.shake_256(b"weights").digest(300_000)
ARCHIVE, OTHER = archive_of(WEIGHTS), archive_of(WEIGHTS[::-1])


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    running = ModelServer()
    running.offers["/model.zip"] = Offer(ARCHIVE)
    yield running
    running.stop()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "models")


@pytest.fixture
def model(server: ModelServer) -> Model:
    url = f"{server.url}/model.zip"
    return Model(NAME, Language.ZH, "Apache-2.0", sha256(ARCHIVE), len(ARCHIVE), url=url)


def quick(shelf: Shelf, mirror: str = "", **more: object) -> Pull:
    patience = Patience(tries=3, connect_s=5, read_s=5, wait=lambda seconds: None)
    return Pull(shelf, mirror, patience=patience, **more)  # type: ignore[arg-type]


def left_over(shelf: Shelf) -> set[str]:
    return {path.name for path in shelf.folder.iterdir() if path.suffix != ".lock"}


def asked_from(server: ModelServer) -> list[str]:
    return [request.get("range", "whole") for request in server.requests]


def test_a_model_is_fetched_checked_unpacked_and_found(server: ModelServer, shelf: Shelf, model: Model) -> None:
    steps: list[tuple[str, int, int]] = []
    pulled = quick(shelf, watch=lambda *step: steps.append(step))(model)
    assert pulled.fetched
    assert not pulled.first_seen
    assert find_model(NAME, shelf) == pulled.folder
    assert (pulled.folder / "am" / "final.mdl").read_bytes() == WEIGHTS
    assert problems_of(model, shelf) == []
    assert left_over(shelf) == {pulled.folder.name, f"{NAME}.json"}
    assert {what for what, done, size in steps if done == size} == {"fetching", "checking", "unpacking"}


def test_what_is_here_and_whole_is_not_fetched_again(server: ModelServer, shelf: Shelf, model: Model) -> None:
    quick(shelf)(model)
    server.requests.clear()
    assert not quick(shelf)(model).fetched
    assert server.requests == []


def test_a_changed_file_is_found_and_mended_by_another_pull(shelf: Shelf, model: Model) -> None:
    folder = quick(shelf)(model).folder
    (folder / "am" / "final.mdl").write_bytes(b"x")
    (folder / "more").write_bytes(b"x")
    (folder / "conf" / "model.conf").unlink()
    assert problems_of(model, shelf) == [
        "am/final.mdl was changed",
        "conf/model.conf is gone",
        "more does not belong to it",
    ]
    mended = quick(shelf)(model).folder
    assert problems_of(model, shelf) == []
    assert mended != folder
    assert not folder.exists()


@pytest.mark.parametrize("etag", ['"one"', 'W/"weak"', ""])
def test_a_download_that_is_cut_goes_on_where_it_was(
    server: ModelServer, shelf: Shelf, model: Model, etag: str
) -> None:
    server.offers["/model.zip"] = Offer(ARCHIVE, etag=etag, cuts=[100_000, 100_000])
    quick(shelf)(model)
    assert problems_of(model, shelf) == []
    assert asked_from(server) == ["whole", "bytes=100000-", "bytes=200000-"]
    assert server.requests[1].get("if-range", "") == (etag if etag.startswith('"') else "")


def test_a_pull_goes_on_where_another_process_was_cut(server: ModelServer, shelf: Shelf, model: Model) -> None:
    server.offers["/model.zip"].cuts = [70_000, 10, 10, 10]
    with pytest.raises(PullFailed) as refused:
        quick(shelf)(model)
    assert refused.value.problem is PullProblem.SERVER
    assert shelf.part(NAME).stat().st_size > 70_000
    server.offers["/model.zip"].cuts.clear()
    server.requests.clear()
    quick(shelf)(model)
    assert problems_of(model, shelf) == []
    assert len(server.requests) == 1
    assert server.requests[0]["range"] != "bytes=0-"


def test_a_file_that_changed_meanwhile_is_fetched_from_its_beginning(
    server: ModelServer, shelf: Shelf, model: Model
) -> None:
    server.offers["/model.zip"] = Offer(OTHER, etag='"other"', cuts=[100_000, 0, 0])
    with pytest.raises(PullFailed):
        quick(shelf)(replace(model, size=0))
    server.offers["/model.zip"] = Offer(ARCHIVE, etag='"one"')
    quick(shelf)(model)
    assert problems_of(model, shelf) == []


def test_parts_of_two_files_are_thrown_away_and_fetched_whole(server: ModelServer, shelf: Shelf, model: Model) -> None:
    """A mirror that says nothing about versions sends the end of another file."""
    swapped = OTHER[: len(ARCHIVE)].ljust(len(ARCHIVE), b"\0")
    server.offers["/model.zip"] = Offer(swapped, etag="", cuts=[100_000, 0, 0])
    with pytest.raises(PullFailed):
        quick(shelf)(model)
    server.offers["/model.zip"] = Offer(ARCHIVE, etag="")
    server.requests.clear()
    quick(shelf)(model)
    assert problems_of(model, shelf) == []
    assert asked_from(server) == ["bytes=100000-", "whole"]


def test_a_server_that_sends_the_end_of_another_version_is_noticed(
    server: ModelServer, shelf: Shelf, model: Model
) -> None:
    open_model = replace(model, sha256="", size=0)
    swapped = OTHER[: len(ARCHIVE)].ljust(len(ARCHIVE), b"\0")
    server.offers["/model.zip"] = Offer(swapped, etag='"other"', cuts=[100_000, 0, 0])
    with pytest.raises(PullFailed):
        quick(shelf)(open_model)
    server.offers["/model.zip"] = Offer(ARCHIVE, etag='"one"', heeds_version=False)
    server.requests.clear()
    assert quick(shelf)(open_model).sha256 == sha256(ARCHIVE)
    assert asked_from(server) == ["bytes=100000-", "whole"]


def test_half_a_copy_from_a_stick_is_not_gone_on_with_from_a_server(
    server: ModelServer, shelf: Shelf, model: Model, tmp_path: Path
) -> None:
    open_model = replace(model, sha256="", size=0)
    server.offers["/model.zip"].cuts = [100_000, 0, 0]
    with pytest.raises(PullFailed):
        quick(shelf)(open_model)
    (tmp_path / "model.zip").write_bytes(b"?" * 600_000)

    def pull_the_stick_out(what: str, done: int, size: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        quick(shelf, str(tmp_path), watch=pull_the_stick_out)(open_model)
    server.requests.clear()
    assert quick(shelf)(open_model).sha256 == sha256(ARCHIVE)
    assert asked_from(server) == ["whole"]


def test_a_server_without_ranges_is_asked_for_all_of_it_again(server: ModelServer, shelf: Shelf, model: Model) -> None:
    server.offers["/model.zip"] = Offer(ARCHIVE, ranges=False, cuts=[100_000])
    quick(shelf)(model)
    assert problems_of(model, shelf) == []


def test_a_server_that_says_nothing_more_is_asked_again(server: ModelServer, shelf: Shelf, model: Model) -> None:
    server.offers["/model.zip"] = Offer(ARCHIVE, stall=True, cuts=[100_000])
    patience = Patience(tries=3, read_s=0.3, wait=lambda seconds: None)
    Pull(shelf, patience=patience)(model)
    assert asked_from(server) == ["whole", "bytes=100000-"]


def test_a_server_that_always_stalls_is_given_up(server: ModelServer, shelf: Shelf, model: Model) -> None:
    server.offers["/model.zip"] = Offer(ARCHIVE, stall=True, cuts=[0] * 9)
    waits: list[float] = []
    with pytest.raises(PullFailed) as refused:
        Pull(shelf, patience=Patience(tries=3, read_s=0.2, wait=waits.append))(model)
    assert refused.value.problem is PullProblem.SERVER
    assert (len(server.requests), waits) == (3, [1.0, 2.0])


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(server: ModelServer, shelf: Shelf, model: Model, status: int) -> None:
    offer = server.offers["/model.zip"]
    offer.status = status

    def recover(seconds: float) -> None:
        offer.status = 200

    Pull(shelf, patience=Patience(wait=recover))(model)
    assert problems_of(model, shelf) == []


@pytest.mark.parametrize(
    ("offer", "problem"),
    [
        (Offer(ARCHIVE[:-1] + b"?"), PullProblem.DIGEST),
        (Offer(ARCHIVE + b"more"), PullProblem.LENGTH),
        (Offer(ARCHIVE[:1000]), PullProblem.LENGTH),
        (Offer(ARCHIVE, announced=-1), PullProblem.LENGTH),
        (Offer(ARCHIVE, headers={"Content-Encoding": "gzip"}), PullProblem.SERVER),
        (Offer(status=404), PullProblem.STATUS),
        (Offer(status=403), PullProblem.STATUS),
        (Offer(redirect="/model.zip"), PullProblem.REDIRECTS),
        (Offer(redirect="file:///etc/passwd"), PullProblem.SOURCE),
    ],
    ids=["digest", "longer", "shorter", "endless", "packed", "absent", "forbidden", "circle", "file"],
)
def test_a_bad_answer_is_named_and_changes_nothing(
    server: ModelServer, shelf: Shelf, model: Model, offer: Offer, problem: PullProblem
) -> None:
    before = quick(shelf)(model)
    (before.folder / "am" / "final.mdl").write_bytes(b"still works")
    server.offers["/model.zip"] = offer
    server.requests.clear()
    with pytest.raises(PullFailed) as refused:
        quick(shelf)(model)
    assert refused.value.problem is problem
    assert len(server.requests) <= MOST_REDIRECTS + 1
    assert find_model(NAME, shelf) == before.folder
    assert (before.folder / "am" / "final.mdl").read_bytes() == b"still works"


def test_a_login_page_is_told_as_what_it_is(server: ModelServer, shelf: Shelf, model: Model) -> None:
    page = b"<!DOCTYPE html><title>Please log in".ljust(len(ARCHIVE))
    server.offers["/model.zip"] = Offer(page)
    with pytest.raises(PullFailed, match="a web page"):
        quick(shelf)(model)


def test_nobody_there_is_told(shelf: Shelf, model: Model) -> None:
    gone = ModelServer()
    gone.stop()
    with pytest.raises(PullFailed) as refused:
        quick(shelf)(replace(model, url=f"{gone.url}/model.zip"))
    assert refused.value.problem is PullProblem.SERVER


def test_room_is_looked_for_before_the_first_byte(server: ModelServer, shelf: Shelf, model: Model) -> None:
    with pytest.raises(PullFailed, match="MB are free") as refused:
        quick(shelf, free=lambda folder: 200_000_000)(model)
    assert refused.value.problem is PullProblem.ROOM
    assert left_over(shelf) == set()


def test_room_that_is_gone_when_unpacking_keeps_what_was_fetched(
    server: ModelServer, shelf: Shelf, model: Model
) -> None:
    frees = iter((10**12, 0))
    with pytest.raises(PullFailed) as refused:
        quick(shelf, free=lambda folder: next(frees))(model)
    assert refused.value.problem is PullProblem.ROOM
    server.requests.clear()
    quick(shelf)(model)
    assert server.requests == []
    assert problems_of(model, shelf) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, model: Model) -> None:
    (tmp_path / "models").write_text("a file", encoding="utf-8")
    with pytest.raises(PullFailed) as refused:
        quick(Shelf(tmp_path / "models"))(model)
    assert refused.value.problem is PullProblem.WRITE


def test_a_redirect_is_followed(server: ModelServer, shelf: Shelf, model: Model) -> None:
    server.offers["/elsewhere.zip"] = server.offers["/model.zip"]
    server.offers["/model.zip"] = Offer(redirect="/elsewhere.zip")
    quick(shelf)(model)
    assert problems_of(model, shelf) == []


def test_a_model_without_a_digest_is_trusted_once(server: ModelServer, shelf: Shelf, model: Model) -> None:
    open_model = replace(model, sha256="", size=1)
    pulled = quick(shelf)(open_model)
    assert pulled.first_seen
    assert problems_of(open_model, shelf) == []
    with shelf.lock(NAME):
        assert shelf.remove(NAME)
    assert not quick(shelf)(open_model).first_seen
    with shelf.lock(NAME):
        shelf.remove(NAME)
    server.offers["/model.zip"] = Offer(OTHER)
    with pytest.raises(PullFailed) as refused:
        quick(shelf)(open_model)
    assert refused.value.problem is PullProblem.DIGEST
    with pytest.raises(ModelMissing):
        find_model(NAME, shelf)
    assert quick(shelf, trust_anew=True)(open_model).first_seen
    assert (find_model(NAME, shelf) / "am" / "final.mdl").read_bytes() == WEIGHTS[::-1]
    assert problems_of(open_model, shelf) == []


def test_a_mirror_is_a_folder_a_file_or_an_address(
    server: ModelServer, shelf: Shelf, model: Model, tmp_path: Path
) -> None:
    (tmp_path / "model.zip").write_bytes(ARCHIVE)
    server.offers["/mirror/model.zip"] = Offer(ARCHIVE)
    elsewhere = replace(model, url="https://models.invalid/some/model.zip")
    for mirror in (str(tmp_path), str(tmp_path / "model.zip"), f"{server.url}/mirror/", f"{server.url}/model.zip"):
        with shelf.lock(NAME):
            shelf.remove(NAME)
        assert quick(shelf, mirror)(elsewhere).fetched
        assert problems_of(elsewhere, shelf) == []
    with shelf.lock(NAME):
        shelf.remove(NAME)
    with pytest.raises(PullFailed) as refused:
        quick(shelf, str(tmp_path / "nowhere"))(elsewhere)
    assert refused.value.problem is PullProblem.SOURCE


def test_a_mirror_is_not_trusted_more_than_the_source(shelf: Shelf, model: Model, tmp_path: Path) -> None:
    (tmp_path / "model.zip").write_bytes(ARCHIVE[:-1] + b"?")
    with pytest.raises(PullFailed) as refused:
        quick(shelf, str(tmp_path))(model)
    assert refused.value.problem is PullProblem.DIGEST
    assert left_over(shelf) == set()


def test_a_proxy_is_asked_instead(
    server: ModelServer, shelf: Shelf, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = replace(model, url="http://models.invalid/model.zip")
    server.offers["http://models.invalid/model.zip"] = Offer(ARCHIVE)
    quick(shelf, proxy=server.url)(behind)
    assert server.requests[0]["path"] == behind.url
    monkeypatch.setenv("HTTP_PROXY", server.url)
    quick(Shelf(shelf.folder / "other"))(behind)
    assert server.requests[1]["path"] == behind.url
    with pytest.raises(PullFailed) as refused:
        quick(Shelf(shelf.folder / "x"), proxy="nonsense://")(behind)
    assert refused.value.problem is PullProblem.SOURCE


def test_a_gguf_file_is_looked_at(server: ModelServer, shelf: Shelf, tiny_model: Path, tmp_path: Path) -> None:
    data = tiny_model.read_bytes()
    server.offers["/tiny.gguf"] = Offer(data, cuts=[50_000])
    llm = Model("tiny", None, "Apache-2.0", sha256(data), len(data), ModelKind.LLM, url=f"{server.url}/tiny.gguf")
    folder = quick(shelf)(llm).folder
    assert (folder / "tiny.gguf").read_bytes() == data
    assert problems_of(llm, shelf) == []
    for bad in (data[:10_000], b"<html>no</html>"):
        server.offers["/tiny.gguf"] = Offer(bad)
        with pytest.raises(PullFailed) as refused:
            quick(shelf)(replace(llm, sha256=sha256(bad), size=len(bad)))
        assert refused.value.problem is PullProblem.NO_MODEL
        assert shelf.place("tiny") == folder


def test_an_archive_of_something_else_is_no_model(server: ModelServer, shelf: Shelf, model: Model) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", b"hello")
    for body in (packed.getvalue(), b"no archive at all"):
        server.offers["/model.zip"] = Offer(body)
        with pytest.raises(PullFailed) as refused:
            quick(shelf)(replace(model, sha256=sha256(body), size=len(body)))
        assert refused.value.problem is PullProblem.NO_MODEL
        assert left_over(shelf) == set()


def test_two_pulls_at_once_do_not_disturb_each_other(server: ModelServer, shelf: Shelf, model: Model) -> None:
    second: list[PullProblem] = []

    def pull_again(what: str, done: int, size: int) -> None:
        if not second:
            second.append(PullProblem.SERVER)
            with pytest.raises(PullFailed) as refused:
                quick(shelf)(model)
            second[0] = refused.value.problem

    quick(shelf, watch=pull_again)(model)
    assert second == [PullProblem.BUSY]
    assert problems_of(model, shelf) == []


def test_readers_always_find_a_whole_record_while_a_model_is_replaced(
    server: ModelServer, shelf: Shelf, model: Model
) -> None:
    other = replace(model, sha256=sha256(OTHER), size=len(OTHER), url=f"{server.url}/other.zip")
    server.offers["/other.zip"] = Offer(OTHER)
    quick(shelf)(model)
    over, wrong, read = threading.Event(), [], [0]

    def look() -> None:
        while not over.is_set():
            record = shelf.record(NAME)
            if record is None:
                wrong.append("no record")
            read[0] += 1

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(10):
        quick(shelf)(other)
        quick(shelf)(model)
    over.set()
    reader.join()
    assert wrong == []
    assert read[0] > 0


def test_what_a_dead_process_left_is_tidied_up(shelf: Shelf, model: Model) -> None:
    shelf.folder.mkdir(parents=True)
    for name in (f"{NAME}.new", f"{NAME}-0123abcd", f"{NAME}-0123abcd-2"):
        (shelf.folder / name / "am").mkdir(parents=True)
    (shelf.folder / f"{NAME}.json").write_text("{", encoding="utf-8")
    pulled = quick(shelf)(model)
    assert left_over(shelf) == {pulled.folder.name, f"{NAME}.json"}


@pytest.mark.parametrize(
    "record",
    ["", "[]", "7", '{"folder": "../.."}', '{"folder": "/etc", "sha256": "", "size": 1, "source": "", "files": {}}'],
)
def test_a_record_that_lies_is_none(shelf: Shelf, record: str) -> None:
    shelf.folder.mkdir(parents=True)
    (shelf.folder / f"{NAME}.json").write_text(record, encoding="utf-8")
    assert shelf.record(NAME) is None
    assert shelf.place(NAME) == shelf.folder / NAME


def test_a_killed_pull_leaves_a_part_to_go_on_with(
    server: ModelServer, shelf: Shelf, model: Model, tmp_path: Path
) -> None:
    """Ctrl-C and kill -9 against the real command."""
    content = tmp_path / "content"
    (content / "models").mkdir(parents=True)
    entry = f'["{NAME}"]\nlanguage = "zh"\nlicence = "Apache-2.0"\nurl = "{model.url}"\nbytes = {model.size}\n'
    (content / "models" / "manifest.toml").write_text(f'{entry}sha256 = "{model.sha256}"\n', encoding="utf-8")
    config = tmp_path / "kiosk.toml"
    config.write_text(f'[kiosk]\nmodels = "{shelf.folder}"\n', encoding="utf-8")
    command = [sys.executable, "-m", "kiosk", "models", "pull", NAME, "--config", str(config)]
    environment = {**os.environ, "DAOZHEN_CONTENT": str(content)}
    for how, cut in ((signal.SIGINT, 60_000), (signal.SIGKILL, 60_000)):
        server.offers["/model.zip"] = Offer(ARCHIVE, stall=True, cuts=[cut])
        before = shelf.part(NAME).stat().st_size if shelf.part(NAME).exists() else 0
        process = subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            # Whoever runs the tests in the background ignores Ctrl-C, and programs inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )
        try:
            until = time.monotonic() + 60
            while not shelf.part(NAME).exists() or shelf.part(NAME).stat().st_size < before + cut:
                assert process.poll() is None, "ended before it was told to"
                assert time.monotonic() < until, "nothing comes"
                time.sleep(0.01)
        finally:
            process.send_signal(how)
            said, _ = process.communicate(timeout=60)
        if how is signal.SIGINT:
            assert process.returncode == 130
            assert "goes on where it was" in said
        assert shelf.part(NAME).stat().st_size == before + cut
    server.offers["/model.zip"] = Offer(ARCHIVE)
    server.requests.clear()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert asked_from(server) == ["bytes=120000-"]
    assert problems_of(model, shelf) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(st.integers(0, 5000), max_size=6), ranges=st.booleans(), etag=st.sampled_from(['"a"', 'W/"a"', ""])
)
def test_any_cuts_end_in_the_whole_file_or_a_named_problem(
    server: ModelServer, tmp_path: Path, cuts: list[int], ranges: bool, etag: str
) -> None:
    body = WEIGHTS[:5000]
    server.offers["/any"] = Offer(body, ranges=ranges, etag=etag, cuts=list(cuts))
    part = tmp_path / "any.part"
    download = Download(part, pinned=True, size=len(body), patience=Patience(tries=3, wait=lambda seconds: None))
    download.discard()
    try:
        download.fetch(f"{server.url}/any")
    except PullFailed as error:
        assert error.problem is PullProblem.SERVER
        assert part.read_bytes() == body[: part.stat().st_size]
    else:
        assert part.read_bytes() == body
