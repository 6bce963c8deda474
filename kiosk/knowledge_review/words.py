"""Numbers, levels, groups of patients and topics in words, for the review sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kiosk.domain.knowledge import Applies, Condition, Level, ReviewState
from kiosk.domain.language import Words
from kiosk.domain.patient import Sex

LEVELS: Mapping[Level, Words] = {
    Level.I: Words("I级 急危", "Level I, at once"),
    Level.II: Words("II级 急重", "Level II, within 10 min"),
    Level.III: Words("III级 急症", "Level III, within 30 min"),
    Level.IV: Words("IV级 非急症", "Level IV, can wait"),
}
"""The four levels of the Chinese emergency triage consensus 2018."""

STATES: Mapping[ReviewState, Words] = {
    ReviewState.DRAFT: Words("草稿", "draft"),
    ReviewState.REVIEWED: Words("已审阅", "reviewed"),
    ReviewState.SIGNED: Words("已签署", "signed"),
}

_BANDS = (
    (0.99, Words("必有", "always")),
    (0.80, Words("很常见", "very often")),
    (0.30, Words("常见", "often")),
    (0.05, Words("有时", "sometimes")),
    (0.0, Words("少见", "rarely")),
)
_OLDEST = 100
_SEXES = {Sex.FEMALE: Words("女性", "women"), Sex.MALE: Words("男性", "men")}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

TOPICS: tuple[Words, ...] = (
    Words("任何主诉", "any complaint"),
    Words("胸痛", "chest pain"),
    Words("呼吸困难", "breathlessness"),
    Words("头痛", "headache"),
    Words("腹痛", "belly pain"),
    Words("腰背痛", "back pain"),
    Words("成人发热", "fever, adult"),
    Words("儿童发热", "fever, child"),
    Words("3月龄以下发热", "fever under 3 months"),
    Words("新生儿", "newborn"),
    Words("晕厥", "fainting"),
    Words("心悸", "palpitations"),
    Words("头晕", "dizziness"),
    Words("无力、麻木", "weakness and numbness"),
    Words("抽搐", "seizure"),
    Words("伤口出血", "bleeding wound"),
    Words("呕血、黑便", "vomiting blood, black stool"),
    Words("咯血", "coughing blood"),
    Words("鼻出血", "nosebleed"),
    Words("阴道出血", "vaginal bleeding"),
    Words("妊娠", "pregnancy"),
    Words("睾丸痛", "testicle"),
    Words("眼痛、视力下降", "eye pain and sight"),
    Words("红眼", "red eye"),
    Words("耳", "ear"),
    Words("咽喉、颈部", "throat and neck"),
    Words("异物", "foreign body"),
    Words("皮疹", "rash"),
    Words("过敏", "allergy"),
    Words("头部外伤", "head injury"),
    Words("其他外伤", "other injury"),
    Words("烧烫伤", "burns"),
    Words("中毒", "poisoning"),
    Words("自杀、自伤", "suicide and self-harm"),
    Words("行为异常、意识模糊", "behaviour and confusion"),
    Words("腹泻、呕吐", "diarrhoea and vomiting"),
    Words("便秘", "constipation"),
    Words("黄疸", "jaundice"),
    Words("排尿", "urine"),
    Words("肢体肿痛", "limb swelling and pain"),
    Words("关节红肿", "hot joint"),
    Words("颈强直", "stiff neck"),
    Words("糖尿病", "diabetes"),
    Words("中暑", "heat"),
    Words("低温、溺水、触电", "cold, drowning, electricity"),
    Words("咬伤", "bites"),
    Words("血液及性暴露", "blood and sexual exposure"),
    Words("高危用药与疾病", "medicines and illnesses that raise risk"),
    Words("儿童危险情形", "child in danger"),
    Words("牙、颌", "teeth and jaw"),
    Words("乳房", "breast"),
)
"""What a red flag's row is about; the index is the row."""


def band(p: float) -> Words:
    """How often in words, after the frequency bands of the Human Phenotype Ontology (30 % is often, 5 % sometimes)."""
    return next(words for least, words in _BANDS if p >= least)


def visits(prior: float) -> Words:
    """A share of lobby visits as "n in 1,000 lobby visits"; very rare ones also as one in so many."""
    per_thousand = f"{prior * 1000:.2g}" if prior >= 1e-5 else f"{prior * 1000:.1g}"
    zh, en = f"每1,000次就诊约{per_thousand}次", f"{per_thousand} in 1,000 lobby visits"
    if prior < 1e-4:
        one_in = f"{float(f'{1 / prior:.2g}'):,.0f}"
        zh, en = f"{zh}（约{one_in}次中1次）", f"{en} (1 in {one_in})"
    return Words(zh, en)


def who(applies: Applies) -> Words:
    """To whom an entry can apply; empty for everybody."""
    parts = [] if applies.sex is None else [_SEXES[applies.sex]]
    if applies.age_min is not None or applies.age_max is not None:
        parts.append(ages(applies.age_min or 0, _OLDEST if applies.age_max is None else applies.age_max))
    return joined(parts)


def ages(low: int, high: int) -> Words:
    """An age band in completed years, both ends included; 100 and more is open."""
    if high >= _OLDEST:
        return Words(f"{low}岁及以上", f"age {low} and over")
    if low == 0:
        return Words(f"{high}岁及以下", f"age {high} and under")
    return Words(f"{low}岁", f"age {low}") if low == high else Words(f"{low}–{high}岁", f"age {low}–{high}")


def months(first: int, last: int) -> Words:
    names = _MONTHS[first - 1], _MONTHS[last - 1]
    return Words(f"{first}月", names[0]) if first == last else Words(f"{first}月至{last}月", "–".join(names))


def modifiers(condition: Condition) -> Iterator[Words]:
    """How much commoner or rarer the condition is in each group of patients, and when."""
    for low, high, factor in condition.age_factors:
        yield _times(ages(low, high), factor)
    for sex, factor in condition.sex_factors.items():
        yield _times(_SEXES[sex], factor)
    if condition.pregnancy_factor != 1:
        yield _times(Words("孕妇", "in pregnancy"), condition.pregnancy_factor)
    for first, last, factor in condition.month_factors:
        yield _times(months(first, last), factor)


def _times(group: Words, factor: float) -> Words:
    return Words(f"{group.zh} ×{factor:g}", f"{group.en} ×{factor:g}")


def topic(row: int) -> Words:
    """What the red-flag table's row is about."""
    return TOPICS[row] if row < len(TOPICS) else Words(f"第{row}行", f"row {row}")


def joined(parts: Sequence[Words]) -> Words:
    """A list in one line."""
    return Words("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))
