"""Whose illness it is: relatives and their illnesses, which are a patient's family history."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.domain.clause_patterns import CARER, REPORTS, SELF
from kiosk.domain.findings import Status
from kiosk.domain.language import Language

_BLOOD = {
    Language.ZH: (
        r"(?:爸爸|妈妈|(?<![大宝孕])[爸妈]|父亲|母亲|父母|爷爷|奶奶|外公|外婆|姥姥|姥爷|哥哥|姐姐|"
        r"弟弟|妹妹|[我他她]的?(?:大|小|二|三|老|表|堂)?(?:[哥姐弟妹]|姨|姑|舅|叔|伯|婶|侄[子女]|外甥女?)|叔叔|伯伯|"
        r"姑姑|舅舅|兄弟姐妹|家族(?:里|中)?|家里有?人|家人|亲属|亲戚)"
    ),
    Language.EN: (
        r"(?:grand)?(?:mother|father|mom|mum|mommy|dad|daddy|parents?|ma|pa)|sisters?|brothers?|siblings?|"
        r"aunt(?:ie|y)?s?|uncles?|cousins?|grandma|grandpa|granny|gran|grandad|gramps|nan|nana|nanna|nephew|niece|family|"
        r"relatives?"
    ),
}
_BY_MARRIAGE = {
    Language.ZH: r"(?:老公|老婆|丈夫|妻子|爱人|媳妇|男朋友|女朋友|对象|公公|婆婆|老伴儿?|岳父|岳母|丈人|丈母娘)",
    Language.EN: r"husband|wife|partner|boyfriend|girlfriend|fianc[eé]e?|spouse|"
    r"(?:mother|father|brother|sister)-in-law",
}
_RELATIVES = {
    Language.ZH: re.compile(rf"(?P<blood>{_BLOOD[Language.ZH]})|{_BY_MARRIAGE[Language.ZH]}"),
    Language.EN: re.compile(
        rf"\b(?:(?:{_BY_MARRIAGE[Language.EN]})|(?P<blood>{_BLOOD[Language.EN]}))\b(?!-| of | (?:and|or) (?:i|me)\b)"
    ),
}
_IN_THE_FAMILY = {
    Language.ZH: re.compile(r"[^，,。；;！!？?]{0,8}?(?:家族遗传|家族史|遗传)"),
    Language.EN: re.compile(r"[^,.;!?]{0,20}?\b(?:runs? in (?:my|the|our|his|her) family|in (?:my|the|our) family)\b"),
}
_PATIENT = {
    Language.ZH: re.compile(rf"{SELF[Language.ZH].pattern}|孩子|宝宝|儿子|女儿|小孩|娃|患者|病人"),
    Language.EN: re.compile(rf"{SELF[Language.EN].pattern}|\b(?:patient|he|she|child|baby|son|daughter)\b"),
}
_OF_RELATIVE = {
    Language.ZH: re.compile(rf"的?(?:{_BLOOD[Language.ZH]}|{_BY_MARRIAGE[Language.ZH]})"),
    Language.EN: re.compile(
        rf"\s+(?:(?:dear|late|old|elderly|own)\s+)?(?:{_BY_MARRIAGE[Language.EN]}|"
        rf"{_BLOOD[Language.EN]})\b"
    ),
}
_THEIR = {
    Language.ZH: re.compile("(?:他|她|孩子|宝宝|患者|病人|娃|儿子|女儿|闺女)(?:的)?$"),
    Language.EN: re.compile(r"\b(?:his|her|their|patient's|child's|baby's)\s+$"),
}
"""Whose relative it is: the patient's, who is not that relative."""

_REACH = {Language.ZH: 24, Language.EN: 60}
_WHOSE = re.compile(r"\bwhose $")
_JOINED = re.compile(r"(?:,| and| and both)(?: my| his| her| an?)? ")
_DEAD = re.compile(
    r"(?: and \w+(?: \w+)?)?(?: both|'d| had| has)?,? (?:died|passed away|dropped dead|fell dead|was dead|dead at)\b"
)


@dataclass(frozen=True, slots=True)
class FamilyHistory:
    """The finding about the family that a relative's illness makes, and how sure it is then."""

    code: str
    status: Status


FAMILY_HISTORY: Mapping[str, FamilyHistory] = MappingProxyType(
    {
        "cancer_history": FamilyHistory("family_cancer", Status.PRESENT),
        # Only heart disease at a young age counts: the patient is asked.
        "coronary_history": FamilyHistory("family_heart_disease", Status.UNSURE),
        "heart_disease_history": FamilyHistory("family_heart_disease", Status.UNSURE),
        "diabetes_history": FamilyHistory("family_diabetes", Status.PRESENT),
        "sickle_cell": FamilyHistory("family_blood_disease", Status.PRESENT),
        "bleeding_disorder": FamilyHistory("family_blood_disease", Status.PRESENT),
    }
)

CONTAGIOUS = frozenset(
    (
        "cold_symptoms", "fever", "cough", "diarrhoea", "vomiting", "infectious_rash", "hand_foot_mouth", "red_eye",
        "named_influenza", "named_covid19", "named_varicella", "named_measles", "named_rubella", "named_mumps",
        "named_scarlet_fever", "named_herpangina", "named_gastroenteritis", "named_pneumonia",
        "named_bacterial_dysentery",
        "named_strep_throat", "named_scabies", "named_viral_conjunctivitis", "whooping_cough",
    )
)  # fmt: skip
CONTACT = "infection_contact"
"""The finding that somebody nearby has something catching."""


def _is_no_patient(text: str, relative: re.Match[str]) -> bool:
    """True for "whose brother" of a doctor's note, and for one who died."""
    before = text[max(0, relative.start() - 10) : relative.start()]
    return _WHOSE.search(before) is not None or _DEAD.match(text, relative.end()) is not None


class Relatives:
    """The relatives a folded text names, and whether a place speaks of one of them."""

    def __init__(self, text: str, language: Language, first_finding: int) -> None:
        """`first_finding` is the place of the first finding: a relative named before it may be whom all is about."""
        self._text = text
        self._language = language
        self._found = [
            match for match in _RELATIVES[language].finditer(text) if not REPORTS[language].match(text, match.end())
        ]
        self._ends = [match.end() for match in self._found]
        self._are_topic = (
            bool(self._found)
            and self._found[0].start() < first_finding
            and not _is_no_patient(text, self._found[0])
            and not self._speaks_of_self()
            and not self._are_several(text)
            and not _THEIR[language].search(text, max(0, self._found[0].start() - 12), self._found[0].start())
        )

    def owner(self, clause_start: int, start: int, end: int) -> bool | None:
        """True when what stands at `start` to `end` is a blood relative's, False another relative's, None nobody's."""
        if self._are_topic:
            return None
        if _IN_THE_FAMILY[self._language].match(self._text, end):
            return True
        at = bisect_right(self._ends, start)
        nearest = self._found[at - 1] if at else None
        if nearest is None or nearest.start() < clause_start or start - nearest.end() > _REACH[self._language]:
            return None
        if _PATIENT[self._language].search(self._text, nearest.end(), start):
            return None
        return nearest["blood"] is not None

    def _are_several(self, text: str) -> bool:
        """Of "my mum and aunt" neither is the patient."""
        first, *others = self._found
        return bool(others and first["blood"] and others[0]["blood"]) and (
            _JOINED.fullmatch(text, first.end(), others[0].start()) is not None
        )

    def _speaks_of_self(self) -> bool:
        return any(
            not CARER[self._language].match(self._text, self_.end())
            and not _OF_RELATIVE[self._language].match(self._text, self_.end())
            for self_ in SELF[self._language].finditer(self._text)
        )
