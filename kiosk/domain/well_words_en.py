"""Words with which English speakers say that something is well, or that nobody did it: for told_well_head_en and "
"others."""

from __future__ import annotations

MY = r"(?:my|his|her|the|our|their|baby's|both|both my|both his|both her|all my|all his|all her)"
STILL = (
    r"(?: (?:still|all|both|just|quite|perfectly|absolutely|nice and|nicely|completely|always|pretty|really|"
    r"as far as i know))*"
)
IS = rf"(?:'s|'re| is| are| has been| have been| looks?| feels?| seems?| stays?| was| were| has| have){STILL}"
EVER = r"(?:as (?:(?:it|they|he|she|i) )?(?:ever|always)(?: (?:was|were|has been|have been|did))?|as (?:before|usual))"
WELL = (
    rf"(?:fine|ok|okay|normal|all right|alright|good|great|grand|lovely|perfect|healthy|unchanged|unaffected|in order|"
    rf"as (?:good|clear|sharp|strong|steady|keen|well) {EVER}|the same {EVER}|{EVER}|no (?:bother|trouble|problem)|"
    rf"(?:in )?good (?:nick|shape|order|condition)|not a problem|no different|not changed)"
)
NO_TROUBLE = (
    r"(?:nothing (?:wrong|the matter|amiss|to report)|no (?:complaints?|worries|problems?|trouble|issues?|bother))"
    rf" (?:with|about|from) {MY} "
)
NOT = r"\b(?:\w+n't|not|never)"
NOBODY = r"\b(?:nobody|no one|no-one)(?: (?:here|else|at home|in the house|in (?:our|my|the) (?:family|house)))?"
SINCE = r"(?=[^.;!?]{0,40}\b(?:fall|fell|crash|accident|dive|dived|injury|bang|knock)\b)"
EYE = r"(?:the|my|his|her|either) eyes?"


def works(things: str, more: str = "") -> str:
    """That something is well, in the usual ways, and in `more`."""
    usual = rf"\b(?:{things}){IS} {WELL}(?! (?:until|apart|except|but))|{NO_TROUBLE}(?:{things})\b"
    return rf"{usual}|{more}" if more else usual


Functions = tuple[tuple[str, tuple[str, ...]], ...]
_NOT_WELL = "".join(
    f"(?<!{word} )"
    for word in (
        *("n't", "not", "never", "hardly", "barely", "scarcely", "cannot", "cant", "longer", "even", "only"),
        *("no", "nothing", "wish", "want to"),
    )
)


def undenied(functions: Functions) -> Functions:
    """`functions` where nothing right before them turns them round: nobody is well whose "food never stays down"."""
    return tuple((rf"{_NOT_WELL}(?:{words})", codes) for words, codes in functions)
