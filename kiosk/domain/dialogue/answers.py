"""Ways to say yes, no and not sure."""

from __future__ import annotations

from kiosk.domain.findings import Status
from kiosk.domain.language import Language

ANSWER_PHRASES: dict[Language, dict[str, Status]] = {
    Language.ZH: {
        "是": Status.PRESENT,
        "是的": Status.PRESENT,
        "有": Status.PRESENT,
        "对": Status.PRESENT,
        "有一点": Status.PRESENT,
        "不是": Status.ABSENT,
        "没有": Status.ABSENT,
        "不对": Status.ABSENT,
        "不": Status.ABSENT,
        "不清楚": Status.UNSURE,
        "不知道": Status.UNSURE,
    },
    Language.EN: {
        "yes": Status.PRESENT,
        "yes i do": Status.PRESENT,
        "right": Status.PRESENT,
        "no": Status.ABSENT,
        "no i do not": Status.ABSENT,
        "not sure": Status.UNSURE,
        "i do not know": Status.UNSURE,
        "maybe": Status.UNSURE,
    },
}
