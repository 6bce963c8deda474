"""What a word without a place is about: whoever is pregnant and bleeds, bleeds from the womb unless told otherwise."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace

from kiosk.domain.findings import Finding, Status


@dataclass(frozen=True, slots=True)
class _Topic:
    """With one of `told` and none of `unless`, the finding without a place is `means`."""

    told: frozenset[str]
    means: str
    unless: frozenset[str]


_ANOTHER_BLEEDING = frozenset(
    (
        "animal_bite", "bleeding_gums", "bloody_stool", "easy_bruising", "graze", "haemoptysis", "head_injury",
        "injury", "nosebleed", "rectal_bleeding_bright", "small_cut", "vomiting_blood", "wound",
    )
)  # fmt: skip
_TOPICS: Mapping[str, tuple[_Topic, ...]] = {
    "bleeding": (
        _Topic(
            frozenset(
                (
                    "contractions", "fewer_fetal_movements", "missed_period", "possible_pregnancy",
                    "pregnancy_over_20w", "pregnant", "vaginal_discharge", "waters_broken",
                )
            ),
            "vaginal_bleeding",
            _ANOTHER_BLEEDING,
        ),
    ),
    "itching": (
        _Topic(
            frozenset(("vaginal_discharge", "vaginal_odour", "curd_discharge", "frothy_green_discharge")),
            "genital_itching",
            frozenset(("rash", "itchy_eyes", "itchy_nose", "itching_palms_pregnancy", "hives")),
        ),
    ),
    "skin_lump": (
        _Topic(
            frozenset(("breast_pain", "nipple_discharge", "breast_skin_change")),
            "breast_lump",
            frozenset(("neck_lump", "anal_lump", "groin_lump", "abscess")),
        ),
    ),
}  # fmt: skip


def with_topics(findings: dict[str, Finding], codes: Container[str]) -> dict[str, Finding]:
    """`findings` with what a word without a place means beside what else was told.

    One that is there stays as it was told too, because rules ask for it; one that is denied or in doubt is only what it
    means.
    """
    present = {code for code, finding in findings.items() if finding.status is Status.PRESENT}
    result = dict(findings)
    for bare, topics in _TOPICS.items():
        finding = findings.get(bare)
        if finding is None:
            continue
        for topic in topics:
            if topic.means not in codes or present.isdisjoint(topic.told) or not topic.unless.isdisjoint(findings):
                continue
            if topic.means not in findings:
                result[topic.means] = replace(finding, code=topic.means)
            if finding.status is not Status.PRESENT and result[topic.means].status is finding.status:
                del result[bare]
            break
    return result
