"""Counting the content, and printing it for a signature."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk import paths
from kiosk.cli import app
from kiosk.domain.findings import Vitals
from kiosk.domain.knowledge import (
    AllOf,
    AnyOf,
    Applies,
    AtLeast,
    Level,
    Not,
    PatientIs,
    Present,
    Review,
    ReviewState,
    Rule,
    VitalIs,
)
from kiosk.domain.language import Words
from kiosk.domain.patient import Sex
from kiosk.knowledge_review import words
from kiosk.knowledge_review.content import Kind, load_content
from kiosk.knowledge_review.labels import LABELS
from kiosk.knowledge_review.problems import Severity
from kiosk.knowledge_review.render import Edition, Renderer, SheetLanguage
from kiosk.knowledge_review.rule_words import SIGNS, rule_words
from kiosk.knowledge_review.sheet import Sheet, Sheets
from kiosk.knowledge_review.stats import stats
from tests.unit.review_clinic import (
    BASE,
    all_of,
    content,
    shipped,
    shipped_report,
    with_condition,
    with_routing,
    with_rule,
    with_symptom,
)
from tests.unit.triage_clinic import flag, symptom

DAY = date(2026, 3, 2)
HOSTILE = "<script>alert(1)</script>&\"'}</style>"


SENTENCES: tuple[tuple[Rule, str, str], ...] = (
    (Present("chest_pain"), "胸痛", "chest pain"),
    (
        Present("chest_pain", severity_min=7, hours_min=0.5, hours_max=72),
        "胸痛（程度≥7/10，持续≥0.5小时，持续≤3天）",
        "chest pain (strength ≥7 of 10, for ≥0.5 h, for ≤3 days)",
    ),
    (Present("fever", value_min=38.5), "发烧（≥38.5 ℃）", "fever (≥38.5 ℃)"),
    (Present("sugar", value_max=3.9), "血糖低（数值≤3.9）", "low blood sugar (value ≤3.9)"),
    (PatientIs(age_min=35), "年龄≥35岁", "age ≥35"),
    (PatientIs(age_max=13), "年龄≤13岁", "age ≤13"),
    (PatientIs(Sex.FEMALE, 12, 55), "女性 且 年龄12–55岁", "female AND age 12–55"),
    (PatientIs(days_max=28), "出生≤28天", "≤28 days old"),
    (PatientIs(Sex.MALE), "男性", "male"),
    (PatientIs(pregnant=True), "怀孕", "pregnant"),
    (PatientIs(pregnant=False), "未怀孕", "not pregnant"),
    (PatientIs(), "任何患者", "any patient"),
    (VitalIs("spo2", below=90), "测得血氧饱和度 <90%", "measured oxygen saturation <90%"),
    (VitalIs("heart_rate", 150, 40), "测得心率 >150/min <40/min", "measured heart rate >150/min <40/min"),
    (AllOf((Present("chest_pain"), Present("sweating"))), "胸痛 且 出汗", "chest pain AND sweating"),
    (AnyOf((Present("chest_pain"), Present("sweating"))), "胸痛 或 出汗", "chest pain OR sweating"),
    (
        AllOf((Present("chest_pain"), AnyOf((PatientIs(age_min=35), Present("sweating"))))),
        "胸痛 且 （年龄≥35岁 或 出汗）",
        "chest pain AND (age ≥35 OR sweating)",
    ),
    (
        AnyOf((Present("fever"), AllOf((Present("chest_pain"), Present("sweating"))))),
        "发烧 或 （胸痛 且 出汗）",
        "fever OR (chest pain AND sweating)",
    ),
    (
        AllOf((Present("fever"), PatientIs(Sex.FEMALE, pregnant=True))),
        "发烧 且 （女性 且 怀孕）",
        "fever AND (female AND pregnant)",
    ),
    (
        AnyOf(tuple(map(Present, ("fever", "chest_pain", "sweating", "sugar")))),
        "以下任一项（发烧；胸痛；出汗；血糖低）",
        "any of (fever; chest pain; sweating; low blood sugar)",
    ),
    (
        AnyOf((Present("fever"), AnyOf((Present("chest_pain"), Present("fever"))))),
        "发烧 或 胸痛",
        "fever OR chest pain",
    ),
    (
        AtLeast(2, (Present("fever"), Present("chest_pain"), Present("sweating"))),
        "以下至少2项（发烧；胸痛；出汗）",
        "at least 2 of (fever; chest pain; sweating)",
    ),
    (Not(Present("fever")), "没有发烧", "NO fever"),
    (
        Not(AnyOf((Present("fever"), PatientIs(pregnant=True)))),
        "不符合（发烧 或 怀孕）",
        "NOT (fever OR pregnant)",
    ),
    (AllOf((Present("fever"),)), "发烧", "fever"),
)


class TestRuleWords:
    NAMES: Mapping[str, Words] = {
        "chest_pain": Words("胸痛", "chest pain"),
        "fever": Words("发烧", "fever"),
        "sweating": Words("出汗", "sweating"),
        "sugar": Words("血糖低", "low blood sugar"),
    }

    @pytest.mark.parametrize(("rule", "zh", "en"), SENTENCES)
    def test_every_sort_of_rule(self, rule: Rule, zh: str, en: str) -> None:
        symptoms = {code: replace(symptom(code), name=name) for code, name in self.NAMES.items()}
        assert rule_words(rule, replace(BASE, symptoms=symptoms)) == Words(zh, en)

    def test_every_measured_sign_has_words(self) -> None:
        assert {field.name for field in fields(Vitals)} <= set(SIGNS)

    def test_shipped_rules_name_no_code(self) -> None:
        for rule in shipped().base.red_flags:
            said = rule_words(rule.when, shipped().base)
            assert "_" not in said.en, rule.code
            assert re.search("[\u4e00-\u9fff]", said.zh), rule.code


class TestWords:
    @pytest.mark.parametrize(
        ("prior", "en"),
        [
            (0.0012, "1.2 in 1,000 lobby visits"),
            (0.036, "36 in 1,000 lobby visits"),
            (0.000006, "0.006 in 1,000 lobby visits (1 in 170,000)"),
        ],
    )
    def test_a_prior_as_visits(self, prior: float, en: str) -> None:
        assert words.visits(prior).en == en

    @pytest.mark.parametrize(
        ("p", "zh"), [(0.99, "必有"), (0.85, "很常见"), (0.3, "常见"), (0.05, "有时"), (0.01, "少见")]
    )
    def test_a_likelihood_in_words(self, p: float, zh: str) -> None:
        assert words.band(p).zh == zh

    def test_who_and_when(self) -> None:
        condition = replace(
            BASE.conditions["eczema"],
            age_factors=((0, 2, 3.0), (60, 120, 0.5)),
            sex_factors={Sex.FEMALE: 1.5},
            pregnancy_factor=2.0,
            month_factors=((11, 2, 4.0),),
        )
        assert [modifier.en for modifier in words.modifiers(condition)] == [
            "age 2 and under ×3",
            "age 60 and over ×0.5",
            "women ×1.5",
            "in pregnancy ×2",
            "Nov–Feb ×4",
        ]
        assert words.who(Applies(Sex.FEMALE, 12, 55)) == Words("女性；12–55岁", "women; age 12–55")
        assert words.who(Applies()) == Words("", "")

    def test_every_row_of_the_shipped_rules_has_a_topic(self) -> None:
        assert max(rule.row for rule in shipped().base.red_flags) < len(words.TOPICS)


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
