"""Reads assets/knowledge/words: everyday ways to say findings, body sites with senses, and combinations of words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from kiosk.adapters.knowledge_entries import Entry, entries
from kiosk.domain.composition import NOTHING, Combination, Composition, Sense, Site
from kiosk.domain.errors import AssetError
from kiosk.domain.language import Language

BODY = "words/body.yaml"
EXACT = "words/exact.yaml"
DEFAULT_REACH = {Language.ZH: 8, Language.EN: 40}
_LONGEST_REACH = 200


def everyday_words(files: Mapping[str, Any], language: Language) -> Mapping[str, tuple[str, ...]]:
    """Further forms by symptom code; the codes are checked by `read_composition`. Raises AssetError."""
    words: dict[str, tuple[str, ...]] = {}
    for name in _named(files, f"words/{language.value}"):
        entry = Entry(name, "-", files[name])
        for code, forms in entry.data.items():
            words[str(code)] = words.get(str(code), ()) + entry.as_strings(str(code), forms)
    return words


def read_composition(files: Mapping[str, Any], symptoms: Mapping[str, object]) -> Composition:
    """The checked tables, empty without their files; raises AssetError naming file, entry and field."""
    for language in Language:
        unknown = next((code for code in everyday_words(files, language) if code not in symptoms), None)
        if unknown is not None:
            raise AssetError(f"words/{language.value}.yaml", unknown, "-", "unknown finding")
    if BODY not in files:
        return Composition()
    top = Entry(BODY, "-", files[BODY])
    top.only(("sites", "senses"))
    sites = _sites(top.need("sites"))
    return Composition(
        sites=sites,
        senses=_senses(top.need("senses"), sites, symptoms),
        combinations=tuple(_combinations(files, symptoms)),
        exact=_exact(files, symptoms),
    )


def _named(files: Mapping[str, Any], stem: str) -> list[str]:
    """The file of that stem and its parts by area of the body, `stem-area.yaml`."""
    return sorted(name for name in files if name == f"{stem}.yaml" or name.startswith(f"{stem}-"))


def _sites(data: object) -> Mapping[str, Site]:
    sites: dict[str, Site] = {}
    for entry in entries(BODY, data):
        entry.only(("code", "part_of", "zh", "en"))
        if entry.name in sites:
            entry.fail("code", "is used twice")
        part_of = entry.data.get("part_of")
        if part_of is not None and part_of not in sites:
            entry.fail("part_of", f"{part_of!r} must be a site that stands before this one")
        sites[entry.name] = Site(entry.name, _words(entry), part_of)
    return MappingProxyType(sites)


def _senses(data: object, sites: Mapping[str, Site], symptoms: Mapping[str, object]) -> Mapping[str, Sense]:
    senses: dict[str, Sense] = {}
    for entry in entries(BODY, data):
        entry.only(("code", "zh", "en", "at", "alone"))
        if entry.name in senses:
            entry.fail("code", "is used twice")
        at = {str(site): str(code) for site, code in entry.mapping("at").items()}
        for site, code in at.items():
            if site not in sites:
                entry.fail(f"at.{site}", "unknown site")
            if code not in symptoms and code != NOTHING:
                entry.fail(f"at.{site}", f"unknown finding {code!r}")
        alone = entry.data.get("alone")
        if alone is not None and alone not in symptoms:
            entry.fail("alone", f"unknown finding {alone!r}")
        senses[entry.name] = Sense(entry.name, _words(entry), MappingProxyType(at), alone)
    return MappingProxyType(senses)


def _exact(files: Mapping[str, Any], symptoms: Mapping[str, object]) -> Mapping[str, frozenset[str]]:
    exact: dict[str, frozenset[str]] = {}
    entry = Entry(EXACT, "-", files.get(EXACT) or {})
    for code, listed in entry.data.items():
        for named in (str(code), *entry.as_strings(str(code), listed)):
            if named not in symptoms:
                entry.fail(str(code), f"unknown finding {named!r}")
        exact[str(code)] = frozenset(entry.as_strings(str(code), listed))
    return MappingProxyType(exact)


def _words(entry: Entry) -> Mapping[Language, tuple[str, ...]]:
    return MappingProxyType({language: entry.strings(language.value, ()) for language in Language})


def _combinations(files: Mapping[str, Any], symptoms: Mapping[str, object]) -> list[Combination]:
    read: list[Combination] = []
    for language in Language:
        for name in _named(files, f"words/{language.value}_combinations"):
            given = files[name] or []
            if not isinstance(given, list):
                raise AssetError(name, "-", "-", "must be a list")
            for number, item in enumerate(given, start=1):
                read.append(_combination(Entry(name, f"entry {number}", item), language, symptoms))
    return read


def _combination(entry: Entry, language: Language, symptoms: Mapping[str, object]) -> Combination:
    entry.only(("code", "words", "reach", "any_order", "across_commas", "instead", "instead_of", "denies"))
    code = entry.text("code")
    instead_of = entry.strings("instead_of", ())
    instead = entry.flag("instead") or bool(instead_of)
    if code not in symptoms and not (code == NOTHING and instead):
        entry.fail("code", f"unknown finding {code!r}")
    unknown = next((given for given in instead_of if given not in symptoms and not given.startswith("named_")), None)
    if unknown is not None:
        entry.fail("instead_of", f"unknown finding {unknown!r}")
    groups = entry.need("words")
    if not isinstance(groups, list) or len(groups) < 2:
        entry.fail("words", "must be two or more lists of words")
    reach = entry.data.get("reach", DEFAULT_REACH[language])
    return Combination(
        code=code,
        language=language,
        groups=tuple(entry.as_strings(f"words[{at}]", group) for at, group in enumerate(groups)),
        reach=entry.as_whole("reach", reach, 0, _LONGEST_REACH),
        ordered=not entry.flag("any_order"),
        across_commas=entry.flag("across_commas"),
        instead=instead,
        instead_of=frozenset(instead_of),
        denies=entry.flag("denies"),
    )
