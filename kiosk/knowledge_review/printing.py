"""Writes the sheets of several departments into a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk.knowledge_review.content import Content
from kiosk.knowledge_review.render import Edition, Renderer
from kiosk.knowledge_review.sheet import Sheet, Sheets


def print_sheets(
    content: Content, departments: Iterable[str], edition: Edition, folder: Path, pdf: bool = False
) -> Iterator[str]:
    """Write one HTML page per department code, with `pdf` a PDF beside it; yields a line about each as it is done."""
    folder.mkdir(parents=True, exist_ok=True)
    sheets, renderer = Sheets(content), Renderer(edition)
    for code in departments:
        sheet = sheets.sheet(code)
        file = folder / f"{code}.html"
        file.write_text(renderer.page(sheet), encoding="utf-8")
        pages = ""
        if pdf:
            from kiosk.knowledge_review.pdf import write_pdf

            pages = f", {write_pdf(sheet, edition, file.with_suffix('.pdf'))} pages"
        yield f"{file}: {_summary(sheet)}{pages}"


def _summary(sheet: Sheet) -> str:
    states = ", ".join(f"{count} {state}" for state, count in sorted(sheet.states().items()))
    return (
        f"fingerprint {sheet.fingerprint}, {len(sheet.conditions)} conditions, {len(sheet.rules)} rules, "
        f"{len(sheet.questions)} questions ({states or 'nothing to sign'})"
    )
