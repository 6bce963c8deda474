"""Reads loaded content as a careful colleague would, and lists everything that looks wrong.

The loader (adapters/knowledge.py) refuses content that a kiosk cannot run on and stops at the first problem. These
checks come afterwards and go through everything. An error harms or misleads somebody; a warning wants a decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.knowledge_review import lint_body, lint_conditions, lint_departments, lint_forms, lint_questions, lint_rules
from kiosk.knowledge_review.content import Content
from kiosk.knowledge_review.problems import Problem, Report, Severity

Check = Callable[[Content], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    *lint_departments.CHECKS,
    *lint_body.CHECKS,
    *lint_rules.CHECKS,
    *lint_conditions.CHECKS,
    *lint_questions.CHECKS,
    *lint_forms.CHECKS,
)


def lint(content: Content) -> Report:
    """Every problem of the content, errors first, then by file and entry."""
    order = list(Severity)
    found = [problem for check in CHECKS for problem in check(content)]
    found.sort(key=lambda p: (order.index(p.severity), p.file, p.entry, p.field, p.text))
    return Report(content.version, tuple(found))
