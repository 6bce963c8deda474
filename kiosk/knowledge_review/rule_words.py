"""Red-flag rules as sentences that a clinician can check, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kiosk.domain.knowledge import (
    AllOf,
    AnyOf,
    AtLeast,
    KnowledgeBase,
    Not,
    PatientIs,
    Present,
    Rule,
    VitalIs,
)
from kiosk.domain.known import FEVER
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Sex
from kiosk.domain.redflags import NotOlder

_NAMED = "named_"
_LONGEST_CHAIN = 3
"""More alternatives than this are a list, not a chain of ORs."""

SIGNS: Mapping[str, tuple[Words, str]] = {
    "heart_rate": (Words("心率", "heart rate"), "/min"),
    "respiratory_rate": (Words("呼吸频率", "breathing rate"), "/min"),
    "systolic": (Words("收缩压", "systolic pressure"), " mmHg"),
    "diastolic": (Words("舒张压", "diastolic pressure"), " mmHg"),
    "spo2": (Words("血氧饱和度", "oxygen saturation"), "%"),
    "temperature": (Words("体温", "temperature"), " ℃"),
    "gcs": (Words("GCS评分", "GCS"), ""),
    "pain": (Words("疼痛评分", "pain score"), ""),
    "glucose": (Words("血糖", "glucose"), " mmol/L"),
    "potassium": (Words("血钾", "potassium"), " mmol/L"),
    "capillary_refill": (Words("毛细血管充盈时间", "capillary refill"), " s"),
    "oxygen": (Words("吸氧流量", "oxygen given"), " L/min"),
    "consciousness": (Words("意识（ACVPU，0为清醒）", "consciousness (ACVPU, 0 is alert)"), ""),
}
"""Names and units of the measured signs."""


@dataclass(frozen=True, slots=True)
class _Grammar:
    """How one language joins conditions. `{}` takes a part."""

    language: Language
    both: str
    either: str
    comma: str
    semicolon: str
    bracket: str
    detailed: str
    any_of: str
    at_least: str
    absent: str
    untrue: str
    measured: str
    strength: str
    lasting: str
    not_older: str
    named: str
    value: str
    age: str
    newborn: str
    days: str
    hours: str
    female: str
    male: str
    pregnant: str
    not_pregnant: str
    anybody: str


_GRAMMARS = (
    _Grammar(
        language=Language.ZH,
        both=" 且 ",
        either=" 或 ",
        comma="，",
        semicolon="；",
        bracket="（{}）",
        detailed="{}（{}）",
        any_of="以下任一项（{}）",
        at_least="以下至少{count}项（{parts}）",
        absent="没有{}",
        untrue="不符合（{}）",
        measured="测得{}",
        strength="程度{}/10",
        lasting="持续{}",
        not_older="未知持续更久，或{}",
        named="自述或转诊单写明{}",
        value="数值{}",
        age="年龄{}岁",
        newborn="出生{}天",
        days="{}天",
        hours="{}小时",
        female="女性",
        male="男性",
        pregnant="怀孕",
        not_pregnant="未怀孕",
        anybody="任何患者",
    ),
    _Grammar(
        language=Language.EN,
        both=" AND ",
        either=" OR ",
        comma=", ",
        semicolon="; ",
        bracket="({})",
        detailed="{} ({})",
        any_of="any of ({})",
        at_least="at least {count} of ({parts})",
        absent="NO {}",
        untrue="NOT ({})",
        measured="measured {}",
        strength="strength {} of 10",
        lasting="for {}",
        not_older="for {} or nobody knows how long",
        named="told of {}",
        value="value {}",
        age="age {}",
        newborn="{} days old",
        days="{} days",
        hours="{} h",
        female="female",
        male="male",
        pregnant="pregnant",
        not_pregnant="not pregnant",
        anybody="any patient",
    ),
)


def rule_words(rule: Rule, base: KnowledgeBase) -> Words:
    """The rule as one sentence per language, for example "chest pain AND (age ≥ 35 OR sweating)"."""
    zh, en = (_Speaker(grammar, base).say(rule).text for grammar in _GRAMMARS)
    return Words(zh=zh, en=en)


@dataclass(frozen=True, slots=True)
class _Said:
    """`is_chain` is true for several parts joined by AND or OR, which need brackets beside others."""

    text: str
    is_chain: bool = False


@dataclass(frozen=True, slots=True)
class _Speaker:
    grammar: _Grammar
    base: KnowledgeBase

    def say(self, rule: Rule) -> _Said:
        match rule:
            case Present():
                return _Said(self._present(rule))
            case PatientIs():
                parts = list(self._patient(rule))
                return _Said(self.grammar.both.join(parts) or self.grammar.anybody, len(parts) > 1)
            case VitalIs():
                return _Said(self._vital(rule))
            case AllOf(parts):
                return self._joined(self.grammar.both, self._all_said(_flat(parts, AllOf)))
            case AnyOf(parts):
                return self._either(self._all_said(_flat(parts, AnyOf)))
            case AtLeast(count, parts):
                # Not without doubles: two ways to fulfil the count are two.
                listed = self._list([self.say(part) for part in parts])
                return _Said(self.grammar.at_least.format(count=count, parts=listed))
            case Not(Present() as part):
                return _Said(self.grammar.absent.format(self._present(part)))
            case Not(part):
                return _Said(self.grammar.untrue.format(self.say(part).text))

    def _all_said(self, parts: Sequence[Rule]) -> list[_Said]:
        """Every part once: the finding "pregnant" and the patient's pregnancy are the same words."""
        return list(dict.fromkeys(self.say(part) for part in parts))

    def _joined(self, link: str, parts: Sequence[_Said]) -> _Said:
        if len(parts) == 1:
            return parts[0]
        return _Said(link.join(map(self._bracketed, parts)), is_chain=True)

    def _either(self, parts: Sequence[_Said]) -> _Said:
        if len(parts) > _LONGEST_CHAIN:
            return _Said(self.grammar.any_of.format(self._list(parts)))
        return self._joined(self.grammar.either, parts)

    def _list(self, parts: Sequence[_Said]) -> str:
        return self.grammar.semicolon.join(part.text for part in parts)

    def _bracketed(self, part: _Said) -> str:
        return self.grammar.bracket.format(part.text) if part.is_chain else part.text

    def _present(self, rule: Present) -> str:
        symptom = self.base.symptoms.get(rule.code)
        name = symptom.name.in_language(self.grammar.language) if symptom else self._named(rule.code)
        details = self.grammar.comma.join(self._details(rule))
        return self.grammar.detailed.format(name, details) if details else name

    def _named(self, code: str) -> str:
        """The finding that the loader makes of an illness's name, in words."""
        illness = self.base.conditions.get(code.removeprefix(_NAMED))
        return self.grammar.named.format(illness.name.in_language(self.grammar.language)) if illness else code

    def _details(self, rule: Present) -> Iterator[str]:
        grammar = self.grammar
        if rule.severity_min is not None:
            yield grammar.strength.format(f"≥{rule.severity_min}")
        for sign, hours in (("≥", rule.hours_min), ("≤", rule.hours_max)):
            if hours is not None:
                yield grammar.lasting.format(self._length(sign, hours))
        if isinstance(rule, NotOlder):
            yield grammar.not_older.format(self._length("≤", rule.not_older_hours))
        for sign, value in (("≥", rule.value_min), ("≤", rule.value_max)):
            if value is not None:
                limit = f"{sign}{value:g}"
                yield f"{limit} ℃" if rule.code == FEVER else grammar.value.format(limit)

    def _length(self, sign: str, hours: float) -> str:
        if hours >= 48 and hours % 24 == 0:
            return self.grammar.days.format(f"{sign}{hours / 24:g}")
        return self.grammar.hours.format(f"{sign}{hours:g}")

    def _patient(self, rule: PatientIs) -> Iterator[str]:
        grammar = self.grammar
        if rule.sex is not None:
            yield grammar.female if rule.sex is Sex.FEMALE else grammar.male
        if rule.age_min is not None and rule.age_max is not None:
            yield grammar.age.format(f"{rule.age_min}–{rule.age_max}")
        elif rule.age_min is not None:
            yield grammar.age.format(f"≥{rule.age_min}")
        elif rule.age_max is not None:
            yield grammar.age.format(f"≤{rule.age_max}")
        if rule.days_max is not None:
            yield grammar.newborn.format(f"≤{rule.days_max}")
        if rule.pregnant is not None:
            yield grammar.pregnant if rule.pregnant else grammar.not_pregnant

    def _vital(self, rule: VitalIs) -> str:
        name, unit = SIGNS.get(rule.vital, (Words(rule.vital, rule.vital), ""))
        bounds = ((">", rule.above), ("<", rule.below))
        limits = [f"{sign}{limit:g}{unit}" for sign, limit in bounds if limit is not None]
        return self.grammar.measured.format(f"{name.in_language(self.grammar.language)} {' '.join(limits)}".strip())


def _flat(parts: Sequence[Rule], kind: type[AllOf] | type[AnyOf]) -> list[Rule]:
    """The parts with those of the same kind opened: A OR (B OR C) is A OR B OR C."""
    flat: list[Rule] = []
    for part in parts:
        flat.extend(_flat(part.parts, kind) if isinstance(part, kind) else [part])
    return flat
