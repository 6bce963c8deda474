"""What is said to work (大便正常, "my speech is fine"), and the findings that this denies."""

from __future__ import annotations

import re

from kiosk.domain import (
    told_absent_briefly_zh,
    told_well_child_mind_zh,
    told_well_head_zh,
    ways_of_being_well_zh,
    what_works_en,
    what_works_zh,
)
from kiosk.domain.language import Language
from kiosk.domain.phrase_book import PhraseBook

WHAT_WORKS = {
    Language.ZH: PhraseBook(
        (
            *what_works_zh.FUNCTIONS,
            *told_absent_briefly_zh.FUNCTIONS,
            *told_well_head_zh.FUNCTIONS,
            *told_well_child_mind_zh.FUNCTIONS,
            *ways_of_being_well_zh.FUNCTIONS,
        )
    ),
    Language.EN: PhraseBook(what_works_en.FUNCTIONS),
}
DENIED_BEFORE = {
    Language.ZH: re.compile("(?!)"),
    Language.EN: re.compile(
        r"(?:n't|\bnot|\bnever|\bhardly|\bbarely|\bunable to|\blonger|\blonger able to|\btrouble|\bstruggl(?:e|es|"
        r"ing) to|"
        r"\bdifficulty|\bhard to|\bstopped|\bfailing to)(?: (?:been|being|really|quite|feeling|always|exactly|so))? $"
    ),
}
"""Right before what works: "not been walking fine", "it didn't come on slowly"."""
NOW_BEGINS = re.compile("今天|今儿|现在|目前|这会儿|眼下")
"""Chinese words behind which nothing before tells when: 昨天打的针今天精神好."""
NOT_NOW = {
    Language.ZH: re.compile(
        "以前|之前|原来|平时|本来|原先|昨天|早上|上午|刚才还|[要想如]果?|能不能|吗|(?<![什怎那这多])么"
    ),
    Language.EN: re.compile(
        r"\b(?:until|till|before|was|were|used to|"
        r"usually|normally i|if|yesterday|once|when|everything (?:but|except)|all (?:but|except)|wish|hopefully|"
        r"(?:can't|cannot|couldn't|wouldn't|won't|don't|doesn't|not|never) (?:really |honestly |exactly )?(?:say|claim|"
        r"swear|think|believe|promise|pretend|tell you))\b"
    ),
}
