"""Findings from a place of the body and what is felt there: which site a sense belongs to (knee, 又酸又疼)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from kiosk.domain.composition import NOTHING, THING, WHOLE, Composition, Role, WordHit, longest, start_of
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind
from kiosk.domain.passage import CUES_BETWEEN, Passage

_JOINS = {
    Language.ZH: re.compile(r"[、和跟与及\s]*(?:左|右|两|双|边|侧|个|只|条|还有|以及)*"),
    Language.EN: re.compile(r"(?:\s|/|and|or|my|the|both|left|right|his|her)*"),
}
_LEADS_TO_SITE = {
    Language.ZH: re.compile(r"(?:的是|在|的地方是?)(?:我|我的|左|右|两|双|边|侧|个|只|条)*"),
    Language.EN: re.compile(
        r"\s*(?:sensation|feeling)?\s*(?:coming|comes|came|leaking|oozing|dripping|weeping)?\s*(?:out|straight)?\s*"
        r"(?:in|on|around|of|at|behind|under|over|to|near|across|inside|down|along|below|above|"
        r"from|all over|throughout|by|beside|next to|close to|near to|outside|just (?:above|below|under|inside)|"
        r"beneath|underneath|round|between)\b"
        r"(?:\s|in|my|the|his|her|both|left|right|upper|lower|one|a|an|their|of|side|sides|"
        r"middle|centre|center|base|end|tip|back|front|top|bottom|inside|outer|inner|area|part|right-hand|left-hand|"
        r"whole|entire|-)*|"
        r"\s+(?:my|his|her|their|both)\b(?:\s|left|right|both|upper|lower)*"
    ),
}
_BESIDE = re.compile(r"\s+(?:(?:left|right|lower|upper|both|inner|outer|front|back|little)\s+)?")
_LISTS = re.compile(r"(?:\s|,|and|nor|or|with|some|mild|severe|marked|increasing|the)*")
_LISTED = 3
_OWN_LEAD = {Language.ZH: re.compile("(?!)"), Language.EN: re.compile("(?:above|around|behind|below|between|under) ")}
_SITE_REACH = {Language.ZH: 12, Language.EN: 45}
_TOPIC_REACH = {Language.ZH: 26, Language.EN: 60}
_TAKES_UP = {
    Language.ZH: re.compile(""),
    Language.EN: re.compile(
        r"\b(?:it|it's|its|they|which|that|there)\b|,\s*(?:and |but )?(?:no|not|never|without|isn't|aren't)\b"
    ),
}
_ANOTHER_TOPIC = {
    Language.ZH: re.compile(r"大便|小便|尿|痰|咳|裤子|袜子|鞋|被子|隐形|胆|饼"),
    Language.EN: re.compile("(?!)"),
}
"""Between the last comma and a sense: then its clause is about this and no place told before (手脚冰凉，拉的是红的)."""
_ONLY_A_SENSE = re.compile(
    r"\s*(?:我|他|她|就是|就|只是|也|都|还|又|还是|老是|总是|老|总|一直|特别|非常|有点|有些|很|挺|太|好|不|没|但是|"
    r"但|可是|可|倒|倒是|那里|那儿|那是|真是|真|确实|主要是|主要|"
    r"这里|这儿|它|会|晚上|夜里|现在|今天|\s)*\|(?:得(?:很|慌|不行|厉害|要命|难受|睡不着|受不了)|的|了|啊|呀|\s)*"
)
_ANYWHERE = ("severe_pain", "tearing_pain", "burning_feeling")
"""Their words name no place: 钻心地疼."""
_HOW = re.compile(
    "(?:这儿|那儿|这块儿?|那块儿?|里头?|里面|上|边|两边)?(?:一下子?|突然|忽然|猛地|一阵阵?|老是|"
    "总是|就是|就|都|也|又|还|真|一直|今天|刚才)*"
)
"""小肚子一下子钻心地疼."""
_PAIN = "pain"
_SITES_THAT_HURT = frozenset(
    (
        "throat",
        "tonsil",
        "head",
        "neck",
        "back",
        "low_back",
        "belly",
        "upper_belly",
        "knee",
        "chest",
        "hip",
        "shoulder",
        "ankle",
        "tooth",
        "joint",
        "elbow",
        "wrist",
        "foot",
        "calf",
        "testicle",
        "jaw",
    )
)
_HURT_TOO = frozenset(("lower_belly", "breast", "anus", "heel", "big_toe", "flank", "hand", "calf"))
"""Chinese speakers say of these, too, that nothing is wrong with them."""
_TRUNK = frozenset(
    ("belly", "upper_belly", "lower_belly", "chest", "back", "low_back", "flank", "breast", "throat", "tonsil")
)
"""Where nobody means numbness who feels nothing (胸口没感觉)."""
_EARLIER = re.compile("早上|上午|中午|刚才|昨天|昨晚|前天|以前|之前|白天|原来|本来|起初|先前|平时")
_FEELS_NOTHING = re.compile(
    "(?:这儿|那儿|这块儿?|那块儿?|里头?|里面)?(?:倒是?|也|都|还|现在|一直)*没(?:有|什么|啥)"
    "?感觉(?=[，,。；;！!、\\s]|$|就|但|可)"
)
_FINE = {
    Language.ZH: re.compile(
        "(?:这儿|那儿|这块儿?|那块儿?|里头?|里面|上|什么的|啥的|这些地方)*(?:倒|也|都|还|倒是|现在|"
        "一直|挺|很)*(?:没事儿?|没问题|没毛病|好好的|好着呢?|好的|"
        "没什么(?:事|不舒服|毛病|问题)?|没啥(?:事|不舒服|毛病|问题)?|不难受|不碍事|一点儿?(?:事儿?|"
        "毛病|问题)(?:都|也)?没有|(?<=[挺很])好|"
        r"活动(?:着|起来)?(?:没事|自如|没问题|正常))"
        r"(?=[，,。；;！!、\s]|$|就|但|可)"
    ),
    Language.EN: re.compile(
        r"(?:'s|'re| is| are| feels?| seems?)(?: all| still| just| perfectly| absolutely| both)* (?:fine|ok|okay|"
        r"all right|alright|grand|perfect)"
        r"(?= *(?:$|[.,;!]|but\b|and\b|now\b|today\b|though\b))"
    ),
}


class SiteFindings:
    """`used` are the words that made a finding, `replaced` the findings that a site makes more exact."""

    def __init__(self, passage: Passage, hits: Sequence[WordHit], table: Composition) -> None:
        self._passage = passage
        self._table = table
        sites = longest(hit for hit in hits if hit.role is Role.SITE)
        self._sites = [site for site in sites if site.value not in (NOTHING, WHOLE, THING)]
        self._senses = longest(hit for hit in hits if hit.role is Role.SENSE)
        self._site_starts = [site.start for site in self._sites]
        self._anchors: Sequence[WordHit] = ()
        self.used: list[WordHit] = []
        self.replaced: set[Match] = set()

    def matches(self, anchors: Sequence[WordHit]) -> list[Match]:
        """`anchors` are the words with a denial in them that already made a finding together with others."""
        self._anchors = anchors
        return [*self._at_sites(), *self._fine_sites()]

    def _at_sites(self) -> Iterable[Match]:
        for sense in self._senses:
            places = self._places_of(sense)
            alone = self._table.senses[sense.value].alone
            if not places and alone is not None and self._says_nothing_else(sense):
                self.used.append(sense)
                yield Match(sense.start, sense.end, MatchKind.SYMPTOM, alone)
            for site in places:
                code = self._table.finding(site.value, sense.value)
                if code is not None:
                    yield from self._placed(code, site, sense)

    def _fine_sites(self) -> Iterable[Match]:
        """嗓子没事, "my throat is fine": what would hurt there does not."""
        if _PAIN not in self._table.senses:
            return
        for number, site in enumerate(self._sites):
            fine = self._fine_after(site)
            if fine is None:
                continue
            yield from self._without_pain(site, site.start, fine)
            first = site
            for listed in reversed(self._sites[:number] if self._passage.language is Language.ZH else ()):
                if not _JOINS[self._passage.language].fullmatch(self._passage.text, listed.end, first.start):
                    break
                yield from self._without_pain(listed, listed.start, listed.end)
                first = listed

    def _fine_after(self, site: WordHit) -> int | None:
        """Where the words end that say of a site that nothing is wrong there."""
        text, language = self._passage.text, self._passage.language
        hurts = site.value in _SITES_THAT_HURT or (language is Language.ZH and site.value in _HURT_TOO)
        fine = _FINE[language].match(text, site.end) if hurts else None
        if fine is None and language is Language.ZH and site.value in _TRUNK:
            fine = _FEELS_NOTHING.match(text, site.end)
        if fine is None or self._only_earlier(site) or text.endswith("精神", 0, site.start):
            return None
        return fine.end()

    def _only_earlier(self, site: WordHit) -> bool:
        """早上肚子没事，下午就疼: it was well before."""
        at = bisect_left(self._passage.ends, site.start)
        start = self._passage.ends[at - 1] + 1 if at else 0
        return (
            self._passage.language is Language.ZH and _EARLIER.search(self._passage.text, start, site.start) is not None
        )

    def _without_pain(self, site: WordHit, start: int, end: int) -> Iterable[Match]:
        code = self._table.finding(site.value, _PAIN)
        if code is not None and not any(m.kind is MatchKind.SYMPTOM for m in self._passage.overlapping(start, end)):
            yield Match(start, end, MatchKind.SYMPTOM, code, negated=True)

    def _says_nothing_else(self, sense: WordHit) -> bool:
        """True when the sense is all that its clause says: 就是痒, 痒得不行."""
        at = bisect_left(self._passage.ends, sense.start)
        start = self._passage.ends[at - 1] + 1 if at else 0
        end = self._passage.ends[at] if at < len(self._passage.ends) else len(self._passage.text)
        if any(match.kind is MatchKind.SYMPTOM for match in self._passage.overlapping(sense.start, sense.end)):
            return False
        return (
            _ONLY_A_SENSE.fullmatch(self._passage.text[start : sense.start] + "|" + self._passage.text[sense.end : end])
            is not None
        )

    def _places_of(self, sense: WordHit) -> list[WordHit]:
        """The site a sense belongs to, with those listed beside it."""
        at = bisect_left(self._site_starts, sense.start)
        before = self._sites[at - 1] if at else None
        after = self._led_to(sense) or (None if self._stands_beside(before, sense) else self._shared_or_next(sense))
        if after is not None:
            return [after]
        if before is None or not self._reaches(before, sense):
            return []
        places = [before]
        for earlier in reversed(self._sites[: at - 1]):
            if not _JOINS[self._passage.language].fullmatch(self._passage.text, earlier.end, places[-1].start):
                break
            places.append(earlier)
        return places

    def _led_to(self, sense: WordHit) -> WordHit | None:
        """The site of "pain in my knee"."""
        site = self._site_after(sense)
        return site if site is not None and self._leads_to(sense, site) else None

    def _site_after(self, sense: WordHit) -> WordHit | None:
        at = bisect_left(self._site_starts, sense.end)
        return self._sites[at] if at < len(self._sites) else None

    def _shared_or_next(self, sense: WordHit) -> WordHit | None:
        """The site of "swollen knee", and of redness in "redness, pain and swelling of the knee"."""
        if self._passage.language is not Language.EN:
            return None
        site = self._right_after(sense)
        if site is not None:
            return site
        last = sense
        for _ in range(_LISTED):
            at = bisect_left(self._senses, last.end, key=start_of)
            if at == len(self._senses) or not _LISTS.fullmatch(self._passage.text, last.end, self._senses[at].start):
                return None
            last = self._senses[at]
            led = self._led_to(last) or self._right_after(last)
            if led is not None:
                return led
        return None

    def _right_after(self, sense: WordHit) -> WordHit | None:
        site = self._site_after(sense)
        beside = site is not None and _BESIDE.fullmatch(self._passage.text, sense.end, site.start)
        return site if beside else None

    def _stands_beside(self, site: WordHit | None, sense: WordHit) -> bool:
        return site is not None and 0 <= sense.start - site.end <= 1

    def _leads_to(self, sense: WordHit, site: WordHit) -> bool:
        """What stands between says that the sense is at the site, or the site's own words do ("under my ribs")."""
        if _LEADS_TO_SITE[self._passage.language].fullmatch(self._passage.text, sense.end, site.start):
            return True
        own = _OWN_LEAD[self._passage.language].match(self._passage.text, site.start)
        return own is not None and self._passage.text[sense.end : site.start].isspace()

    def _reaches(self, site: WordHit, sense: WordHit) -> bool:
        """In the same clause and near, or what the sentence has been about."""
        gap = sense.start - site.end
        if gap < 0:
            return site.end <= sense.end
        if not self._passage.clause_ends_between(site.end, sense.start):
            return gap <= _SITE_REACH[self._passage.language]
        if gap > _TOPIC_REACH[self._passage.language] or self._passage.sentence_ends_between(site.end, sense.start):
            return False
        clause = self._passage.ends[bisect_left(self._passage.ends, sense.start) - 1]
        if _ANOTHER_TOPIC[self._passage.language].search(self._passage.text, clause, sense.start):
            return False
        return _TAKES_UP[self._passage.language].search(self._passage.text, site.end, sense.start) is not None

    def _placed(self, code: str, site: WordHit, sense: WordHit) -> Iterable[Match]:
        """The match at the sense, and at the site too when nothing that matters lies between."""
        first, last = (site, sense) if site.start <= sense.start else (sense, site)
        self.used.append(sense)
        inside = self._passage.overlapping(sense.start, sense.end)
        symptoms = [match for match in inside if match.kind is MatchKind.SYMPTOM]
        if any(match.value == code for match in symptoms):
            return
        if any(match.start < sense.start or sense.end < match.end for match in symptoms):
            yield from self._within(code, site, sense, symptoms[0])
            return
        # A form that is no more than the sense itself meant less than the site tells.
        self.replaced.update(symptoms)
        # 不疼 as one word of a combination takes its negation away; what stands behind it is denied all the same.
        inside_denial = any(
            word.start <= sense.start and sense.end <= word.end and self._passage.holds_denial(word.start, sense.start)
            for word in self._anchors
        )
        negated = inside_denial or any(match.negated for match in symptoms)
        if any(
            m.kind in CUES_BETWEEN and m not in symptoms for m in self._passage.overlapping(first.start, last.end)
        ) or self._passage.clause_ends_between(first.start, last.end):
            first = last = sense
        yield Match(first.start, last.end, MatchKind.SYMPTOM, code, negated)

    def _within(self, code: str, site: WordHit, sense: WordHit, known: Match) -> Iterable[Match]:
        """The sense is part of a longer form that is known: it belongs to a site only right beside that form."""
        if known.start <= site.start and site.end <= known.end:
            return
        beside = known.start - 1 <= site.end <= known.end or known.start <= site.start <= known.end + 1
        if beside or (known.value in _ANYWHERE and _HOW.fullmatch(self._passage.text, site.end, known.start)):
            yield Match(known.start, known.end, MatchKind.SYMPTOM, code, known.negated)
