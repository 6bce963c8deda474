"""The content printed for a signature: what stands on a sheet, as a page and as a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kiosk.domain.knowledge import (
    Level,
    Present,
    Review,
    ReviewState,
)
from kiosk.domain.language import Words
from kiosk.knowledge_review.labels import LABELS
from kiosk.knowledge_review.render import Edition, Renderer, SheetLanguage
from kiosk.knowledge_review.sheet import Sheet, Sheets
from tests.unit.review_clinic import (
    BASE,
    all_of,
    content,
    shipped,
    with_condition,
    with_routing,
    with_rule,
    with_symptom,
)
from tests.unit.triage_clinic import flag

DAY = date(2026, 3, 2)
HOSTILE = "<script>alert(1)</script>&\"'}</style>"


class _Page(HTMLParser):
    """Tags that are open, text, and everything that would be loaded from elsewhere."""

    VOID = frozenset({"meta", "br", "img", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.outside: list[str] = []
        self.text: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        self.outside += [value or "" for name, value in attributes if name in ("src", "href", "srcset", "action")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def read_page(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    return page


def edition(language: SheetLanguage = SheetLanguage.BOTH) -> Edition:
    return Edition("v1", DAY, language)


@pytest.fixture(scope="module")
def sheets() -> dict[str, Sheet]:
    """The sheets of the shipped content by department."""
    maker = Sheets(shipped())
    return {code: maker.sheet(code) for code in maker.codes()}


class TestSheet:
    def test_every_entry_is_signed_on_some_sheet(self, sheets: Mapping[str, Sheet]) -> None:
        base = shipped().base
        assert {row.code for sheet in sheets.values() for row in sheet.conditions} == set(base.conditions)
        rules = [row.code for sheet in sheets.values() for row in sheet.rules]
        questions = [row.code for sheet in sheets.values() for row in sheet.questions]
        assert sorted(rules) == sorted(rule.code for rule in base.red_flags)
        assert sorted(questions) == sorted(base.symptoms)

    def test_one_department_is_the_main_one_of_a_condition(self, sheets: Mapping[str, Sheet]) -> None:
        main = [row.code for sheet in sheets.values() for row in sheet.conditions if row.is_main]
        assert sorted(main) == sorted(shipped().base.conditions)

    def test_a_department_with_a_small_share_only_reads(self) -> None:
        change = with_condition("angina", departments={"cardiology": 0.7, "emergency": 0.2, "respiratory": 0.1})
        maker = Sheets(content(change(BASE)))
        assert [row.code for row in maker.sheet("emergency").conditions] == ["meningitis", "angina"]
        assert [row.name.en for row in maker.sheet("respiratory").others] == ["angina", "influenza"]

    def test_other_departments_rules_that_catch_its_emergencies_are_named(self) -> None:
        sheet = Sheets(content()).sheet("cardiology")
        assert sheet.rules == ()
        assert "heart" in {row.code for row in sheet.rules_beside}

    def test_what_leads_here(self) -> None:
        routing = with_routing(replace_for_child={"urology": "paediatrics"}, missing={"geriatrics": ("paediatrics",)})
        maker = Sheets(content(routing(BASE)))
        paediatrics = " | ".join(route.en for route in maker.sheet("paediatrics").routes)
        assert paediatrics == (
            "Patients aged 14 and under | Children whose complaint usually belongs to: urology | "
            "Where the hospital lacks them, patients of: geriatrics"
        )
        assert "rash" in maker.sheet("dermatology").routes[-1].en

    def test_the_fingerprint_changes_with_the_content_and_not_with_the_signature(self) -> None:
        signed = with_condition("angina", review=Review("test", ReviewState.SIGNED))
        changed = with_condition("angina", prior=0.005)
        before, after, other = (
            Sheets(content(change(BASE))).sheet("cardiology").fingerprint
            for change in (lambda base: base, signed, changed)
        )
        assert before == after != other

    def test_unknown_departments_are_refused(self) -> None:
        with pytest.raises(KeyError):
            Sheets(content()).sheet("no_such_department")


class TestPage:
    @pytest.mark.parametrize("language", SheetLanguage)
    def test_every_department_has_a_whole_page(self, language: SheetLanguage, sheets: Mapping[str, Sheet]) -> None:
        renderer = Renderer(edition(language))
        for code, sheet in sheets.items():
            page = read_page(renderer.page(sheet))
            text = "".join(page.text)
            assert page.open == [], code
            assert page.outside == [], code
            assert {"main", "h1", "h2", "caption", "thead"} <= page.tags, code
            assert sheet.fingerprint in text, code
            assert DAY.isoformat() in text, code
            title = "".join(read_page(renderer.title(sheet)).text)
            assert (sheet.name.zh in title) is (language is not SheetLanguage.EN), code
            assert (sheet.name.en in title) is (language is not SheetLanguage.ZH), code

    def test_a_page_in_english_has_no_chinese_and_the_other_way_round(self, sheets: Mapping[str, Sheet]) -> None:
        english = Renderer(edition(SheetLanguage.EN)).page(sheets["cardiology"])
        assert re.search("[\u4e00-\u9fff]", "".join(read_page(english).text)) is None
        chinese = "".join(read_page(Renderer(edition(SheetLanguage.ZH)).page(sheets["cardiology"])).text)
        assert LABELS["statement"].en not in chinese

    def test_a_condition_shows_everything_that_is_signed(self) -> None:
        change = with_condition(
            "angina",
            worse_with=("cyanosis",),
            beside=("meningitis",),
            month_factors=((11, 2, 3.0),),
            self_limiting=True,
            review=Review("ESC 2024", ReviewState.REVIEWED),
        )
        sheet = Sheets(content(change(BASE))).sheet("cardiology")
        text = " ".join("".join(read_page(Renderer(edition(SheetLanguage.EN)).page(sheet)).text).split())
        for expected in (
            "Level II, within 10 min",
            "I20",
            "4 in 1,000 lobby visits",
            "cardiology 100%",
            "80%",
            "very often",
            "age 2 and under ×0.5; Nov–Feb ×3",
            "More urgent with: cyanosis",
            "Not to miss beside it: meningitis",
            "Usually passes by itself",
            "ESC 2024 · reviewed · angina",
            "□ agree",
            "□ change",
            "Department stamp",
        ):
            assert expected in text.replace("\xa0", " "), expected

    @pytest.mark.parametrize("paper", [False, True])
    @pytest.mark.parametrize("language", SheetLanguage)
    def test_hostile_words_stay_words(self, language: SheetLanguage, paper: bool) -> None:
        hostile = Words(HOSTILE, HOSTILE)
        base = all_of(
            with_condition("angina", name=hostile, review=Review(HOSTILE, ReviewState.DRAFT)),
            with_symptom("chest_pain", name=hostile, question=hostile, hint=hostile),
            with_rule(replace(flag("evil", Present("chest_pain"), Level.II, to="cardiology"), reason=hostile)),
            lambda base: replace(
                base,
                departments={**base.departments, "cardiology": replace(base.departments["cardiology"], name=hostile)},
            ),
        )(BASE)
        sheet = Sheets(content(base)).sheet("cardiology")
        renderer = Renderer(edition(language), paper=paper)
        html = "".join([renderer.title(sheet), renderer.signature(sheet), *pieces(renderer, sheet)])
        page = read_page(f"<table>{html}</table>" if paper else renderer.page(sheet))
        assert "script" not in page.tags
        assert HOSTILE in "".join(page.text)
        if not paper:
            assert "</style>" not in renderer.page(sheet).split("<style>")[1].split("}\n</style>")[0]


def pieces(renderer: Renderer, sheet: Sheet) -> Iterator[str]:
    for section in renderer.sections(sheet):
        yield from (section.title, section.intro, section.head, *section.rows)


class TestPdf:
    def test_every_page_says_what_it_belongs_to(
        self, qapp: object, tmp_path: Path, sheets: Mapping[str, Sheet]
    ) -> None:
        from PySide6.QtPdf import QPdfDocument

        from kiosk.knowledge_review.pdf import write_pdf

        sheet = sheets["cardiology"]
        pages = write_pdf(sheet, edition(SheetLanguage.EN), tmp_path / "sheet.pdf")
        document = QPdfDocument()
        assert document.load(str(tmp_path / "sheet.pdf")) is QPdfDocument.Error.None_
        assert document.pageCount() == pages > 2
        texts = [document.getAllText(number).text() for number in range(pages)]
        document.close()
        # Readers of PDF guess where words end, each differently.
        texts = ["".join(text.split()) for text in texts]
        for number, text in enumerate(texts, start=1):
            assert f"{number}/{pages}" in text
            assert sheet.fingerprint in text
        for row in sheet.conditions:
            assert f"·{row.code}" in "".join(texts), row.code
        assert "Headofdepartment" in texts[-1]

    def test_a_row_taller_than_a_page_is_shrunk_to_fit(self, qapp: object, tmp_path: Path) -> None:
        from PySide6.QtPdf import QPdfDocument

        from kiosk.knowledge_review.pdf import write_pdf

        sheet = Sheets(content()).sheet("cardiology")
        tall = replace(
            sheet, questions=(replace(sheet.questions[0], question=Words("？", "so long a question? " * 900)),)
        )
        pages = write_pdf(tall, edition(SheetLanguage.EN), tmp_path / "sheet.pdf")
        document = QPdfDocument()
        document.load(str(tmp_path / "sheet.pdf"))
        counts = [document.getAllText(number).text().count("question?") for number in range(pages)]
        document.close()
        assert max(counts) == 900
