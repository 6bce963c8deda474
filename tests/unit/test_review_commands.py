"""Counting the content, its version, and the commands of the review."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk import paths
from kiosk.cli import app
from kiosk.domain.knowledge import (
    Review,
    ReviewState,
)
from kiosk.knowledge_review.content import Kind, load_content
from kiosk.knowledge_review.problems import Severity
from kiosk.knowledge_review.stats import stats
from tests.unit.review_clinic import (
    BASE,
    content,
    shipped,
    shipped_report,
    with_condition,
)


class TestStats:
    def test_counts_kinds_levels_sources_and_states(self) -> None:
        signed = with_condition("angina", review=Review("general knowledge", ReviewState.SIGNED))
        figures = stats(content(signed(BASE)))
        document = json.loads(figures.as_json())
        kinds = {row["kind"]: row for row in document["kind"]}
        assert (kinds["conditions"]["entries"], kinds["conditions"]["signed"]) == (7, 1)
        assert kinds["context findings"]["entries"] == 2
        assert {row["level"]: row["conditions"] for row in document["level"]} == {"I": 1, "II": 1, "III": 2, "IV": 3}
        assert {"source": "all of general knowledge", "entries": 1} in document["source"]
        cardiology = next(row for row in document["department"] if row["department"] == "cardiology")
        assert (cardiology["conditions"], cardiology["signed"]) == (1, 1)
        assert "cardiology" in "\n".join(figures.lines())

    def test_all_entries_of_the_shipped_content_are_counted_once(self) -> None:
        document = json.loads(stats(shipped()).as_json())
        totals = {table: document[table][-1]["entries"] for table in ("kind", "file")}
        assert totals["kind"] == totals["file"] == sum(1 for _ in shipped().reviews())


class TestContent:
    def test_holds_only_what_authors_wrote(self) -> None:
        loaded = shipped()
        assert all((Kind.SYMPTOM, code) in loaded.files for code in loaded.base.symptoms)
        assert all(code in loaded.base.symptoms for c in loaded.base.conditions.values() for code in c.likelihood)
        assert set(loaded.base.routing.symptom_department) <= set(loaded.base.symptoms)

    def test_the_version_follows_the_files(self, tmp_path: Path) -> None:
        import shutil

        shutil.copytree(paths.assets() / "knowledge", tmp_path / "knowledge")
        same = load_content(tmp_path).version
        routing = tmp_path / "knowledge" / "routing.yaml"
        routing.write_text(routing.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
        assert same == shipped().version != load_content(tmp_path).version


class TestCommands:
    RUN = CliRunner()

    def test_lint_reports_as_json_and_is_strict_on_request(self) -> None:
        done = self.RUN.invoke(app, ["knowledge", "lint", "--json", "--strict"])
        document = json.loads(done.stdout)
        assert document["errors"] == 0
        assert document["warnings"] == shipped_report().count(Severity.WARNING)
        assert done.exit_code == (1 if document["warnings"] else 0)

    def test_stats_are_printed(self) -> None:
        done = self.RUN.invoke(app, ["knowledge", "stats"])
        assert done.exit_code == 0
        assert "red flags" in done.stdout

    def test_a_sheet_is_written_with_the_date_given(self, tmp_path: Path) -> None:
        arguments = ["--department", "ent", "--out", str(tmp_path), "--lang", "zh", "--day", "2026-03-02"]
        done = self.RUN.invoke(app, ["knowledge", "sheet", *arguments])
        assert done.exit_code == 0
        assert [file.name for file in tmp_path.iterdir()] == ["ent.html"]
        assert "2026-03-02" in (tmp_path / "ent.html").read_text(encoding="utf-8")
        assert "fingerprint" in done.stdout

    @pytest.mark.parametrize("wrong", [["--department", "nowhere"], ["--lang", "fr"], ["--day", "tomorrow"]])
    def test_wrong_arguments_are_named(self, wrong: list[str], tmp_path: Path) -> None:
        done = self.RUN.invoke(app, ["knowledge", "sheet", "--out", str(tmp_path), *wrong])
        assert done.exit_code == 2
        assert wrong[1] in done.output
        assert list(tmp_path.iterdir()) == []
