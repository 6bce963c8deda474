"""What lint finds: one problem names its file, entry and field; a report counts them and decides the exit code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """ERROR must not ship; WARNING needs a decision; NOTE is usually meant and only worth a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """`check` is the short name of the rule that was broken, for example `icd10-format`."""

    severity: Severity
    check: str
    file: str
    entry: str
    field: str
    text: str

    def line(self) -> str:
        return f"{self.severity:7} {self.file}: {self.entry}: {self.field}: {self.text} [{self.check}]"


@dataclass(frozen=True, slots=True)
class Report:
    """All problems of one content version, errors first."""

    version: str
    problems: tuple[Problem, ...]

    def count(self, severity: Severity) -> int:
        return sum(problem.severity is severity for problem in self.problems)

    def only(self, check: str) -> Report:
        """The problems of one check."""
        return Report(self.version, tuple(problem for problem in self.problems if problem.check == check))

    def exit_code(self, strict: bool = False) -> int:
        """1 when the content must not ship; with `strict` a warning is enough."""
        failed = self.count(Severity.ERROR) or (strict and self.count(Severity.WARNING))
        return 1 if failed else 0

    def lines(self, notes: bool = False) -> Iterator[str]:
        """The problems, then how many of each kind; notes in full only when asked for."""
        for problem in self.problems:
            if notes or problem.severity is not Severity.NOTE:
                yield problem.line()
        for (severity, check), count in self._counts():
            yield f"{count:6} {severity:7} {check}"

    def _counts(self) -> list[tuple[tuple[Severity, str], int]]:
        counts = Counter((problem.severity, problem.check) for problem in self.problems)
        return sorted(counts.items(), key=lambda pair: (list(Severity).index(pair[0][0]), -pair[1], pair[0][1]))

    def summary(self) -> str:
        """How many of each severity, for example "0 errors, 3 warnings, 1 note"."""
        counts = ((self.count(severity), severity) for severity in Severity)
        return ", ".join(f"{count} {severity}{'' if count == 1 else 's'}" for count, severity in counts)

    def as_json(self) -> str:
        """One document: version, counts by severity, every problem with its fields."""
        return json.dumps(
            {
                "version": self.version,
                **{f"{severity}s": self.count(severity) for severity in Severity},
                "problems": [asdict(problem) for problem in self.problems],
            },
            ensure_ascii=False,
            indent=1,
        )
