"""What patients read: questions and hints must be short and in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kiosk.domain.knowledge import Applies, Symptom
from kiosk.domain.language import Language
from kiosk.knowledge_review.catching import overlap
from kiosk.knowledge_review.content import Content, Kind
from kiosk.knowledge_review.problems import Problem, Severity

LONGEST_ZH = 28
"""Characters of a Chinese question, punctuation included."""
LONGEST_EN = 14
"""Words of an English question."""

_EVERYBODY = Applies()

JARGON: Mapping[Language, Mapping[str, str]] = {
    Language.ZH: {
        "晕厥": "昏倒",
        "咯血": "咳血",
        "呕血": "吐血",
        "便血": "大便带血",
        "血尿": "小便带血",
        "黑便": "大便发黑",
        "发绀": "嘴唇发紫",
        "紫绀": "嘴唇发紫",
        "畏光": "怕光",
        "复视": "看东西有重影",
        "心悸": "心慌",
        "惊厥": "抽搐",
        "偏瘫": "半边身子动不了",
        "失语": "说不出话",
        "谵妄": "胡言乱语",
        "嗜睡": "叫得醒但总想睡",
        "放射痛": "痛到别处",
        "牵涉痛": "痛到别处",
        "反跳痛": "按下松手更痛",
        "里急后重": "总想拉又拉不出",
        "端坐呼吸": "躺下喘不上气",
        "呼吸急促": "喘得快",
        "喘鸣": "喘气有声音",
        "三凹征": "吸气时胸口凹下去",
        "瘀斑": "青紫块",
        "瘀点": "小红点",
        "丘疹": "小疙瘩",
        "水肿": "浮肿",
        "黄疸": "皮肤或眼睛发黄",
        "震颤": "发抖",
        "共济失调": "走路不稳",
        "感觉异常": "发麻",
        "尿潴留": "尿不出来",
        "少尿": "小便很少",
        "闭经": "不来月经",
        "会阴": "下身",
        "鞍区": "骑车接触坐垫的地方",
        "结膜": "眼白",
        "角膜": "黑眼珠",
        "嗳气": "打嗝",
        "纳差": "吃不下",
        "乏力": "没力气",
        "盗汗": "睡着后出汗",
        "免疫抑制": "抵抗力差",
        "抗凝": "吃抗血栓药",
        "心律失常": "心跳不齐",
        "淋巴结": "疙瘩",
        "急性": "突然",
        "慢性": "长期",
    },
    Language.EN: {
        "dyspnoea": "short of breath",
        "haematuria": "blood in your urine",
        "haemoptysis": "cough up blood",
        "haematemesis": "vomit blood",
        "melaena": "black stool",
        "syncope": "faint",
        "oedema": "swelling",
        "jaundice": "yellow skin or eyes",
        "palpitations": "heart racing",
        "photophobia": "light hurts your eyes",
        "vertigo": "room spins",
        "diplopia": "see double",
        "radiate": "spread",
        "radiating": "spreading",
        "epigastric": "upper belly",
        "abdomen": "belly",
        "abdominal": "belly",
        "distension": "swollen belly",
        "paraesthesia": "tingling",
        "dysuria": "pain passing urine",
        "anuria": "no urine",
        "pruritus": "itching",
        "erythema": "redness",
        "lesion": "sore",
        "lumbar": "lower back",
        "bilateral": "both sides",
        "unilateral": "one side",
        "febrile": "with fever",
        "convulsion": "fit",
        "rigor": "shaking chill",
        "rigors": "shaking chills",
        "malaise": "feeling unwell",
        "anticoagulant": "blood thinner",
        "anticoagulants": "blood thinners",
        "immunosuppressed": "weak immune system",
        "purulent": "with pus",
        "acute": "sudden",
        "chronic": "lasting",
        "onset": "start",
        "fontanelle": "soft spot",
        "arrhythmia": "uneven heartbeat",
        "cyanosis": "blue lips",
        "incontinence": "leaking",
        "menstruation": "period",
    },
}
"""Words of the trade that a ten-year-old does not know, and what to say instead."""


def _lengths(content: Content) -> Iterator[Problem]:
    for symptom in content.base.symptoms.values():
        zh, en = len(symptom.question.zh.strip()), len(symptom.question.en.split())
        if zh > LONGEST_ZH:
            text = f"{zh} characters, at most {LONGEST_ZH} are read at a glance"
            yield _problem(content, symptom, "question-long", "question.zh", text)
        if en > LONGEST_EN:
            text = f"{en} words, at most {LONGEST_EN} are read at a glance"
            yield _problem(content, symptom, "question-long", "question.en", text)


def _endings(content: Content) -> Iterator[Problem]:
    for symptom in content.base.symptoms.values():
        for language, mark in ((Language.ZH, "？"), (Language.EN, "?")):
            if not symptom.question.in_language(language).endswith(mark):
                yield _problem(content, symptom, "question-mark", f"question.{language}", f"does not end with {mark}")


def _jargon(content: Content) -> Iterator[Problem]:
    for symptom in content.base.symptoms.values():
        for field, words in (("question", symptom.question), ("hint", symptom.hint)):
            for language in Language:
                for word in _found(words.in_language(language), language):
                    text = f"{word!r} is a word of the trade; say {JARGON[language][word]!r}"
                    yield _problem(content, symptom, "jargon", f"{field}.{language}", text)


def _found(text: str, language: Language) -> list[str]:
    if language is Language.ZH:
        return [word for word in JARGON[language] if word in text]
    words = set(re.findall(r"[a-z]+", text.lower()))
    return [word for word in JARGON[language] if word in words]


def _problem(content: Content, symptom: Symptom, check: str, field: str, text: str) -> Problem:
    return Problem(Severity.WARNING, check, content.file(Kind.SYMPTOM, symptom.code), symptom.code, field, text)


def _first_questions(content: Content) -> Iterator[Problem]:
    """Lists nobody reaches because an earlier one takes all their patients, and questions nobody of a list can have."""
    entries = content.base.first_questions
    symptoms = content.base.symptoms
    for at, entry in enumerate(entries):
        file = content.file(Kind.FIRST_QUESTIONS, entry.code)
        earlier = next((e.code for e in entries[:at] if e.about == entry.about and e.applies == _EVERYBODY), None)
        if earlier is not None:
            text = f"is never used: {earlier} before it is for everybody"
            yield Problem(Severity.ERROR, "first-shadowed", file, entry.code, "about", text)
        for code in entry.ask:
            if not overlap(symptoms[code].applies, entry.applies):
                text = f"{code} cannot apply to any of these patients"
                yield Problem(Severity.ERROR, "first-impossible", file, entry.code, "ask", text)


CHECKS = (_lengths, _endings, _jargon, _first_questions)
