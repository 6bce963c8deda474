"""A small clinic of knees and doctors and a visit in it, made by hand: the content behind every picture and check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType

from kiosk.domain.appointments import CheckInRules
from kiosk.domain.assessment import Assessment, DepartmentScore, Disposition, NextQuestion
from kiosk.domain.booking import Offer, Practitioner, Slot
from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import (
    Applies,
    Complaint,
    Department,
    KnowledgeBase,
    Level,
    Review,
    ReviewState,
    RoutingRules,
    Symptom,
    SymptomKind,
)
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.visit import Clinic, Screen, Speech, State
from kiosk.domain.wayfinding import Destination, Wing
from kiosk.i18n import installed

ZONE = timezone(timedelta(hours=8))
WALL = datetime(2026, 11, 23, 9, 42, tzinfo=ZONE)
HOSPITAL = Words("清河医院导诊", "Qinghe Hospital")
WAYS: Mapping[str, Words] = MappingProxyType(
    {
        "orthopaedics": Words(
            "走到服务台旁，左转到头\n坐 2 号电梯到 2 楼\n出电梯，左手第 3 个门\n没有台阶，约 3 分钟",
            "Go to the service desk and turn left\nTake lift 2 to floor 2\n"
            "Out of the lift, third door on the left\nNo steps, about 3 minutes",
        ),
        "rheumatology": Words(
            "走到服务台旁，左转到头\n坐 2 号电梯到 3 楼\n出电梯，右手第 5 个门\n没有台阶，约 4 分钟",
            "Go to the service desk and turn left\nTake lift 2 to floor 3\n"
            "Out of the lift, fifth door on the right\nNo steps, about 4 minutes",
        ),
        "rehabilitation": Words(
            "面对服务台，向右转\n沿绿色地线走到头\n没有台阶，约 2 分钟",
            "Face the service desk and turn right\nFollow the green line to the end\nNo steps, about 2 minutes",
        ),
        "fever_clinic": Words(
            "戴好口罩，从大厅正门出去\n右转，沿着橙色地线走平路\n橙色小楼第 1 个门，24 小时开\n没有台阶，约 3 分钟",
            "Put on a mask and leave by the main door\nTurn right, follow the orange line on the ground\n"
            "Orange building, first door, open 24 hours\nNo steps, about 3 minutes",
        ),
    }
)
"""As long as ways of a real hospital are: a step a line, the last one saying how long it takes."""
_REVIEW = Review("test", ReviewState.DRAFT)


_NO_HINT = Words("", "")


def symptom(
    code: str, zh: str, en: str, *, hint: Words = _NO_HINT, icon: str = "bone", applies: Applies | None = None
) -> Symptom:
    return Symptom(
        code=code,
        kind=SymptomKind.SYMPTOM,
        name=Words(zh, en),
        forms=MappingProxyType({Language.ZH: (zh,), Language.EN: (en.lower(),)}),
        question=Words(f"您有{zh}吗？", f"Do you have {en.lower()}?"),
        hint=hint,
        icon=icon,
        implies=(),
        applies=applies or Applies(),
        ease=1.0,
        background=0.02,
        review=_REVIEW,
    )


def department(code: str, zh: str, en: str, icon: str, *, sensitive: bool = False) -> Department:
    return Department(code, "01", Words(zh, en), zh[:1], icon, sensitive, code == "emergency", Applies(), _REVIEW)


def _by_code(symptoms: Iterable[Symptom]) -> dict[str, Symptom]:
    return {entry.code: entry for entry in symptoms}


_STIFF = Words("像卡住一样，要活动一会儿才松开。", "Hard to move at first, then it loosens.")
_SWOLLEN = Words("比另一边粗，按着发胀。", "Thicker than the other side, and tight.")
_TILES = (
    ("chest", "胸口", "Chest", "heart"),
    ("breathing", "咳嗽气喘", "Cough or breath", "lungs"),
    ("head", "头疼头晕", "Head or dizzy", "head"),
    ("belly", "肚子", "Belly", "stomach"),
    ("joints", "关节骨头", "Joints or bones", "joint"),
    ("fever", "发烧", "Fever", "fever"),
    ("skin", "皮肤", "Skin", "skin"),
    ("injury", "受伤", "Injury", "injury"),
    ("eye", "眼睛", "Eyes", "eye"),
    ("ear", "耳鼻喉", "Ear, nose, throat", "ear"),
)
_JOINTS = (
    "knee_pain",
    "back_pain",
    "stiffness",
    "swelling",
    "stairs_worse",
    "fall",
    "shoulder_pain",
    "prostate",
)

KNOWLEDGE = KnowledgeBase(
    symptoms=_by_code(
        (
            symptom("knee_pain", "膝盖疼", "Knee pain"),
            symptom("back_pain", "腰背疼", "Back pain"),
            symptom("shoulder_pain", "肩膀疼", "Shoulder pain", icon="joint"),
            symptom("stiffness", "早上起来发僵", "Stiffness in the morning", hint=_STIFF, icon="clock"),
            symptom("swelling", "关节肿", "Joint swelling", hint=_SWOLLEN, icon="joint"),
            symptom("stairs_worse", "上下楼更疼", "Worse on stairs", icon="stairs"),
            symptom("fall", "摔伤", "Fall", icon="injury"),
            symptom("fever", "发烧", "Fever", icon="fever"),
            symptom("prostate", "夜里尿多", "Urine at night", icon="toilet", applies=Applies(sex=Sex.MALE, age_min=40)),
        )
    ),
    conditions={},
    departments={
        entry.code: entry
        for entry in (
            department("orthopaedics", "骨科", "Orthopaedics", "bone"),
            department("rheumatology", "风湿免疫科", "Rheumatology", "joint"),
            department("rehabilitation", "康复医学科", "Rehabilitation", "rehab"),
            department("psychiatry", "精神心理科", "Psychiatry", "mind", sensitive=True),
            department("general_practice", "全科", "General practice", "person"),
            department("emergency", "急诊科", "Emergency", "alert"),
            department("fever_clinic", "发热与呼吸道传染病门诊", "Fever and respiratory infections", "fever"),
        )
    },
    red_flags=(),
    complaints=tuple(Complaint(code, Words(zh, en), icon, _JOINTS) for code, zh, en, icon in _TILES),
    cues={},
    routing=RoutingRules(
        14, 37.3, 65, "fever_clinic", "emergency", "paediatrics", "obstetrics", "general_practice", {}, {}
    ),
)

ASSESSMENT = Assessment(
    level=Level.IV,
    disposition=Disposition.DOCTOR,
    red_flags=(),
    staff_check=False,
    conditions=(),
    departments=(
        DepartmentScore("orthopaedics", 0.6, ("stairs_worse", "knee_pain")),
        DepartmentScore("rheumatology", 0.2, ("stiffness",)),
        DepartmentScore("rehabilitation", 0.1, ("fall",)),
    ),
    next_question=NextQuestion("stiffness", 0.4),
)


def _understand(text: str, language: Language) -> tuple[Finding, ...]:
    return ()


def _assess(
    patient: Patient, findings: Findings, asked: tuple[str, ...], proposed: tuple[Finding, ...] = ()
) -> Assessment:
    return ASSESSMENT


DIRECTORY = (
    Destination(
        "toilet",
        Words("厕所", "Toilets"),
        "toilet",
        Words("1 楼大厅西侧", "Floor 1, west side"),
        Words("面对服务台，向左转\n没有台阶，约 1 分钟", "Face the desk and turn left\nNo steps, about 1 minute"),
    ),
    Destination(
        "urology",
        Words("泌尿外科", "Urology"),
        "toilet",
        Words("2 楼东侧 230 室", "Floor 2, east side, room 230"),
        Words("坐 1 号电梯到 2 楼", "Take lift 1 to floor 2"),
        Wing.SURGERY,
        sensitive=True,
    ),
    *(
        Destination(code, KNOWLEDGE.departments[code].name, "bone", where, WAYS[code], Wing.OTHER)
        for code, where in (
            ("orthopaedics", Words("2 楼西侧 206 室", "Floor 2, west side, room 206")),
            ("rheumatology", Words("3 楼西侧 318 室", "Floor 3, west side, room 318")),
            ("rehabilitation", Words("1 楼东侧 112 室", "Floor 1, east side, room 112")),
        )
    ),
)
CLINIC = Clinic(KNOWLEDGE, _understand, _assess, directory=DIRECTORY, check_in=CheckInRules())
MANY_LANGUAGES = replace(
    CLINIC,
    locales=(*CLINIC.locales, *(locale for locale in installed().values() if locale not in CLINIC.locales)),
)

FINDINGS = Findings().merged(
    [
        Finding("knee_pain", Status.PRESENT, Source.WORDS, "膝盖疼", (3, 6), duration_hours=336),
        Finding("stairs_worse", Status.PRESENT, Source.WORDS, "上下楼更疼", (13, 18)),
        Finding("fall", Status.ABSENT, Source.WORDS, "没有摔过", (19, 23)),
        Finding("swelling", Status.UNSURE, Source.ANSWER),
    ]
)
QUOTE = Words(
    "我右边膝盖疼，有两个星期了，上下楼更疼，没有摔过。",
    "My right knee hurts, for two weeks. Stairs make it worse. I did not fall.",
)


def doctor(code: str, zh: str, en: str, room: str) -> Practitioner:
    about = Words("膝和髋，关节置换", "Knee and hip")
    return Practitioner(code, Words(zh, en), Words("副主任医师", "Associate chief"), about, "orthopaedics", room)


ZHOU = doctor("zhou", "周岚", "Zhou Lan", "206")
HE = doctor("he", "何建国", "He Jianguo", "208")
LI = doctor("li", "李明", "Li Ming", "210")


def time(who: Practitioner, hour: int, minute: int, *, free: bool = True) -> Slot:
    start = datetime(2026, 11, 23, hour, minute, tzinfo=UTC).astimezone(ZONE)
    return Slot(f"{who.code}-{start:%H%M}", who, start, start + timedelta(minutes=10), free)


TIMES = (
    time(ZHOU, 2, 10),
    time(ZHOU, 2, 20),
    time(ZHOU, 2, 40),
    time(ZHOU, 3, 0),
    time(ZHOU, 3, 20),
    time(HE, 2, 0, free=False),
    time(HE, 2, 50),
    time(HE, 3, 10),
    time(HE, 3, 30),
    time(LI, 5, 0),
)
OFFER = Offer("orthopaedics", TIMES, waiting=6, wait_minutes=25)


_BEFORE_CONSENT = frozenset(
    {Screen.ATTRACT, Screen.LANGUAGES, Screen.DIRECTORY, Screen.WAY, Screen.CODE, Screen.APPOINTMENT, Screen.CONSENT}
)


def at(screen: Screen, language: Language = Language.ZH, **changes: object) -> State:
    """A visit that has come as far as `screen`, said and answered as a patient would have."""
    begun = State(
        clinic=CLINIC,
        screen=screen,
        language=language,
        trail=(Screen.ATTRACT, Screen.CONSENT),
        visit_id="b6f1",
        today=WALL.date(),
        consented_at=None if screen in _BEFORE_CONSENT else WALL,
        patient=Patient(sex=Sex.FEMALE, age=62),
        speech=Speech.READY,
        heard=QUOTE.in_language(language),
        complaint=QUOTE.in_language(language),
        findings=FINDINGS if language is Language.ZH else _in_english(FINDINGS),
        assessment=ASSESSMENT,
        picking="joints",
        question="stiffness",
        asked=("swelling", "fall", "stiffness"),
        questions_expected=2,
        department="orthopaedics",
        offer=OFFER if screen is Screen.BOOKING else None,
    )
    return replace(begun, **changes)


def _in_english(findings: Findings) -> Findings:
    words = {"knee_pain": "knee hurts", "stairs_worse": "stairs make it worse", "fall": "did not fall"}
    return Findings().merged(replace(finding, text=words.get(finding.code, "")) for finding in findings.values())
