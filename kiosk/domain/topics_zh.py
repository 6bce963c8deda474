"""What Chinese speakers deny of the thing they spoke of just before: 眼睛有点花，不疼也不红.

A clause of bare denials alone speaks of the part of the body named last in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from kiosk.domain.matching import Match, MatchKind

_REACH = 45
"""Characters back to the part that is spoken of."""
_MOST = 40
"""A text with more clauses of denials is no patient's."""

_SENSE = "疼|痛|痒|红|肿|化脓|流脓|脓|[流淌]水|[流淌]东西|响|聋|呛|血"
_SEEN = "(?:见着?过?|见到过?|看见过?|看到过?|带过?|出过?|流过?|淌过?)?(?=血)|见(?:过|着)?(?=红)"
_ITEM = re.compile(
    r"(?:(?:疼|痛|痒|肿|红)(?:肯定|倒是?|那是?|嘛|呢|绝对|是)+)?(?:反正|至少|但是?|可是?|倒是?|也|并|都|还|又|而且|不过|就是|其实|完全|根本|一点儿?也?|既)*(?:不|没有?|无)"
    rf"(?:觉得|感觉|觉着|发|{_SEEN})?(?P<sense>{_SENSE})(?:的感觉)?"
)
_BARE = re.compile(
    rf"(?:^|(?<=[，,。；;！!、\s]))(?:{_ITEM.pattern.replace('?P<sense>', '?:')})+(?=[，,。；;！!、\s]|$)"
)
_TABLES: tuple[tuple[str, Mapping[str, str]], ...] = (
    (
        "眼睛|眼皮|眼泡|眼珠|左眼|右眼|两眼|双眼|两个眼|看东西|眼屎|眼白",
        {"疼": "eye_pain", "红": "red_eye", "痒": "itchy_eyes", "肿": "eye_swelling"},
    ),
    (
        "耳朵|左耳|右耳|耳屎|两耳",
        {
            "疼": "ear_pain",
            "流水": "ear_discharge",
            "流脓": "ear_discharge",
            "流东西": "ear_discharge",
            "响": "tinnitus",
            "聋": "hearing_loss",
        },
    ),
    ("嗓子|喉咙|嗓子眼", {"疼": "sore_throat"}),
    ("牙龈|牙床|牙花子|智齿|门牙|大牙|后槽牙|牙", {"疼": "toothache", "肿": "gum_swelling"}),
    ("乳房|乳腺|乳头|奶头|奶[涨胀]|奶子|胸部", {"疼": "breast_pain", "红": "breast_red_hot"}),
    ("小便|尿尿|撒尿|解小手|尿", {"疼": "painful_urination", "血": "blood_in_urine"}),
    ("大便|拉肚子|拉稀|解大手|屙|拉得", {"血": "bloody_stool"}),
    ("肛门|屁股眼|屁眼", {"疼": "anal_pain", "痒": "anal_itching", "血": "rectal_bleeding_bright"}),
    ("咳|痰", {"血": "haemoptysis"}),
    ("胎动|怀孕|孕", {"血": "vaginal_bleeding"}),
    ("月经|例假|姨妈", {"疼": "period_pain"}),
    ("膝盖|波棱盖", {"疼": "knee_pain"}),
    ("脚脖子|脚踝|脚腕", {"疼": "ankle_pain"}),
    ("肩膀|膀子", {"疼": "shoulder_pain"}),
    ("手腕|手指|手指头|手背", {"疼": "hand_wrist_pain"}),
    ("脚后跟|足跟", {"疼": "heel_pain"}),
    ("大脚趾|大脚指头", {"疼": "big_toe_pain"}),
    ("脚趾|脚底|脚背|脚掌", {"疼": "foot_pain"}),
    ("小腿|腿肚子", {"疼": "calf_pain"}),
    ("胳膊|上臂", {"疼": "arm_pain"}),
    ("脖子|后颈", {"疼": "neck_pain"}),
    ("头皮|头发", {"痒": "itching"}),
    (
        "皮肤|疹子|红疹|红点|红斑|疙瘩|风团|癣|斑|痣|水泡|水疱|痘",
        {"痒": "itching", "化脓": "abscess", "流脓": "abscess", "脓": "abscess"},
    ),
    ("伤口|口子|刀口|倒刺|破皮|擦破", {"化脓": "abscess", "流脓": "abscess", "脓": "abscess"}),
    ("吃奶|喝奶|奶", {"呛": "chokes_on_feeds"}),
    ("吃东西|吃饭|喝水", {"呛": "trouble_swallowing"}),
    ("头|脑袋|脸|鼻子|嘴|舌头|胸|心|肚子|胃|腰|背|屁股|下面|下身|腿|脚|手|包|身上", {}),
)
"""Parts of the body with what is denied of each; of the last ones nothing is told here, they only are other parts."""
_PART = re.compile("|".join(f"(?P<part{number}>{words})" for number, (words, _) in enumerate(_TABLES)))
_SAME_SENSE = {"痛": "疼", "淌水": "流水", "淌东西": "流东西"}
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")


def denied_of_topic(text: str) -> Iterator[Match]:
    """The denied findings of bare denials that a part of the body stands before."""
    for bare in islice(_BARE.finditer(text), _MOST):
        codes = _spoken_of(text, bare.start())
        for item in _ITEM.finditer(text, bare.start(), bare.end()):
            sense = _SAME_SENSE.get(item["sense"], item["sense"])
            if sense in codes:
                yield Match(item.start(), item.end(), MatchKind.SYMPTOM, codes[sense], negated=True)


def _spoken_of(text: str, end: int) -> Mapping[str, str]:
    start = max(0, end - _REACH)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, start, end)]
    parts = list(_PART.finditer(text, ends[-1] if ends else start, end))
    if not parts or parts[-1].lastgroup is None:
        return {}
    return _TABLES[int(parts[-1].lastgroup.removeprefix("part"))][1]
