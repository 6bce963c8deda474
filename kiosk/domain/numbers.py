"""Numbers as people say them: 三十八, 两, 几, "thirty eight", "a couple of"."""

from __future__ import annotations

import re

_ZH_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "三": 3,
    "仨": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_ZH_SCALES = {"十": 10, "百": 100, "千": 1000}
_EN_ONE_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_EN_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_EN_ONES = {word: number for number, word in enumerate(_EN_ONE_WORDS.split())}
_EN_TENS = {word: 10 * number for number, word in enumerate(_EN_TEN_WORDS.split(), start=2)}
_EN_VAGUE = {"a": 1.0, "an": 1.0, "couple": 2.0, "few": 3.0, "several": 5.0, "half": 0.5, "many": 8.0}

ZH_NUMERAL = r"(?:\d{1,4}(?:\.\d{1,2})?|[零〇一二两俩三仨四五六七八九十百千半几]{1,7})"
"""Regular expression for one Chinese or Arabic numeral; without groups."""

EN_NUMERAL = (
    r"(?:\d{1,4}(?:\.\d{1,2})?|(?:a |the )?(?:couple(?: of)?|few|several|many)|half an?|an?"
    rf"|(?:{'|'.join(_EN_TENS)})(?:[ -](?:{'|'.join(list(_EN_ONES)[1:10])}))?"
    rf"|{'|'.join(sorted(_EN_ONES, reverse=True))})"
)
"""Regular expression for one English numeral or vague amount, in lower case; without groups."""


def zh_number(words: str) -> float | None:
    """Value of a Chinese or Arabic numeral, None when it is not one.

    几 counts as 4, two neighbouring digits are a range (两三 is 2.5, 三四十 is 35), and a digit right after a hundred
    or thousand counts tens or hundreds (一百六 is 160, 一百零六 is 106).
    """
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return float(words)
    if words == "半":
        return 0.5
    if words in ("几", "好几"):
        return 4.0
    total, digits, scale = 0.0, list[float](), 1
    for character in words:
        if character in _ZH_DIGITS:
            digits.append(_ZH_DIGITS[character])
        elif character == "几":
            digits.append(4.0)
        elif character in _ZH_SCALES:
            scale = _ZH_SCALES[character]
            total += (sum(digits) / len(digits) if digits else 1.0) * scale
            digits = []
        else:
            return None
    if total and len(digits) > 1 and digits[0] == 0:
        digits = digits[1:]
    if not digits:
        return total
    if total == 0 and not _is_range(digits):
        return float("".join(str(int(digit)) for digit in digits))
    spoken_short = scale > 10 and words[-2] in _ZH_SCALES
    return total + sum(digits) / len(digits) * (scale / 10 if spoken_short else 1)


def _is_range(digits: list[float]) -> bool:
    """Two rising neighbours are a guess (三四天); anything else is spelled digit by digit (一二〇)."""
    return len(digits) == 1 or (len(digits) == 2 and 0 < digits[0] < digits[1] <= digits[0] + 2)


def en_number(words: str) -> float | None:
    """Value of an English numeral or vague amount, None when it is not one; "few" counts as 3, "several" as 5."""
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return float(words)
    total: float | None = None
    for word in re.findall(r"[a-z]+", words):
        value = _EN_TENS.get(word, _EN_ONES.get(word))
        if value is not None:
            total = (total or 0.0) + value
        elif word in _EN_VAGUE and (total is None or word not in ("a", "an")):
            total = _EN_VAGUE[word]
    return total
