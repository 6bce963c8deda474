"""What a FHIR server's answer means for us: taken, ask again later, or a person must look; and the error that says so.

Servers differ (RFC 9110 and https://hl7.org/fhir/R4/http.html leave room): some answer a failed database with 400 and
say so only in the text, some take a transaction as a whole and refuse entries inside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.errors import HisLockedOut, HisRejected, HisUnavailable
from kiosk.wire.fhir_keys import Json


class Verdict(StrEnum):
    """TAKEN, LATER (ask again), LOCKED_OUT (no message is at fault, somebody must act), REFUSED (this message is)."""

    TAKEN = "taken"
    LATER = "later"
    LOCKED_OUT = "locked_out"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason. `text` has statuses, issue codes and element paths, never the server's prose: it may quote people."""

    verdict: Verdict
    text: str


_LATER = frozenset({408, 409, 425, 429})
_NOT_LET_IN = frozenset({401, 403, 407})
_NOT_THERE = frozenset({404, 405, 406, 410, 415})
"""Of an answer as a whole: nothing at this address takes transactions, so every visit would meet the same."""
_INFRASTRUCTURE = re.compile(
    r"ECONN(REFUSED|RESET|ABORTED)|ETIMEDOUT|EPIPE|EHOSTUNREACH|SAVEPOINT|could not serialize|deadlock"
    r"|connection (terminated|timeout|refused|reset)|too many (clients|connections)|read-only transaction"
    r"|(shutting|starting) down|starting up",
    re.IGNORECASE,
)
_LOCATION = re.compile(r"(?:^|/)([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?$")


def judge(status: int, body: bytes) -> Problem | None:
    """The meaning of an HTTP answer as a whole; None when it is a success."""
    if 200 <= status < 300:
        return None
    try:
        outcome = document(body)
    except HisUnavailable:
        outcome = None
    verdict = Verdict.LOCKED_OUT if status in _NOT_THERE else _verdict(status, outcome)
    return Problem(verdict, f"{status} {_issues(outcome)}".strip())


def error_of(problem: Problem, pause_s: float | None = None) -> HisUnavailable | HisRejected:
    """The error to raise; `pause_s` is how long the server asked to be left alone, if it did."""
    match problem.verdict:
        case Verdict.REFUSED:
            return HisRejected(problem.text)
        case Verdict.LOCKED_OUT:
            return HisLockedOut(problem.text, pause_s)
        case _:
            return HisUnavailable(problem.text, pause_s)


def document(body: bytes) -> object:
    """The JSON of an answer that was a success; HisUnavailable when it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HisUnavailable("the answer is not JSON") from error


def check_response(response: object, entries: int) -> tuple[Problem, ...]:
    """What is wrong with the answer to a transaction of so many entries; empty when all of them were taken."""
    untrusted_entries = response.get("entry") if isinstance(response, dict) else None
    if not isinstance(untrusted_entries, list) or len(untrusted_entries) != entries:
        return (Problem(Verdict.LATER, "not the answer to this transaction"),)
    found = (_entry_problem(number, entry) for number, entry in enumerate(untrusted_entries))
    return tuple(problem for problem in found if problem is not None)


def locations(response: Mapping[str, object]) -> tuple[str | None, ...]:
    """Where each entry's resource is now, such as `Patient/12`; None where the server does not say."""
    entries = response["entry"]
    assert isinstance(entries, list)  # noqa: S101 - check_response() has checked it
    return tuple(_location(entry) for entry in entries)


def with_references(bundle: Json, known: Mapping[str, str]) -> Json:
    """The transaction with the conditional references in `known` replaced by what the server calls them.

    Not every server resolves conditional references.
    """
    if not known:
        return bundle

    def replaced(value: object) -> object:
        if isinstance(value, dict):
            return {
                name: known.get(part, part) if name == "reference" and isinstance(part, str) else replaced(part)
                for name, part in value.items()
            }
        return [replaced(part) for part in value] if isinstance(value, list) else value

    copy = replaced(bundle)
    assert isinstance(copy, dict)  # noqa: S101 - a dict stays a dict
    return copy


def matches(search_answer: object) -> int | None:
    """How many resources a search found (not those included along); None when this is no answer to a search."""
    found = _found(search_answer)
    return None if found is None else len(found)


def has_more(search_answer: object) -> bool:
    """Whether a search found more than it shows."""
    links = search_answer.get("link") if isinstance(search_answer, dict) else None
    known = links if isinstance(links, list) else []
    return any(isinstance(link, dict) and link.get("relation") == "next" for link in known)


def tags_found(search_answer: object) -> Iterator[str]:
    """The tags of what a search found, as `system|code`, each as often as it is there."""
    for entry in _found(search_answer) or ():
        resource = entry.get("resource")
        meta = resource.get("meta") if isinstance(resource, dict) else None
        tags = meta.get("tag") if isinstance(meta, dict) else None
        for tag in tags if isinstance(tags, list) else ():
            if isinstance(tag, dict):
                yield f"{tag.get('system')}|{tag.get('code')}"


def issues_of(outcome: object) -> list[Mapping[str, object]]:
    """The issues of an OperationOutcome; none when it is something else."""
    issues = outcome.get("issue") if isinstance(outcome, dict) else None
    return [issue for issue in issues if isinstance(issue, dict)] if isinstance(issues, list) else []


def _found(search_answer: object) -> list[Json] | None:
    """The entries that match and not those included along; None when this is no answer to a search."""
    if not isinstance(search_answer, dict) or search_answer.get("type") != "searchset":
        return None
    entries = search_answer.get("entry", [])
    if not isinstance(entries, list):
        return None
    return [entry for entry in entries if isinstance(entry, dict) and _search_mode(entry) == "match"]


def _search_mode(entry: Mapping[str, object]) -> object:
    search = entry.get("search")
    return search.get("mode", "match") if isinstance(search, dict) else "match"


def _verdict(status: int, outcome: object) -> Verdict:
    if status in _LATER or status >= 500 or status < 400:
        # A redirect or a page in between is not the hospital system speaking.
        return Verdict.LATER
    if status in _NOT_LET_IN:
        return Verdict.LOCKED_OUT
    return Verdict.LATER if status == 400 and _INFRASTRUCTURE.search(_prose(outcome)) else Verdict.REFUSED


def _entry_problem(number: int, entry: object) -> Problem | None:
    response = entry.get("response") if isinstance(entry, dict) else None
    if not isinstance(response, dict):
        return Problem(Verdict.LATER, f"entry {number}: no answer")
    # "201" and "201 Created" are both seen.
    digits = str(response.get("status", ""))[:3]
    if not digits.isascii() or not digits.isdigit():
        return Problem(Verdict.LATER, f"entry {number}: no status")
    outcome = response.get("outcome")
    if digits.startswith("2"):
        grave = [issue for issue in issues_of(outcome) if issue.get("severity") in {"error", "fatal"}]
        return Problem(Verdict.REFUSED, f"entry {number}: {_issues(outcome)}") if grave else None
    return Problem(_verdict(int(digits), outcome), f"entry {number}: {digits} {_issues(outcome)}".strip())


def _issues(outcome: object) -> str:
    """Issue codes with the elements they are about."""
    parts = []
    for issue in issues_of(outcome):
        paths = issue.get("expression")
        path = str(paths[0]) if isinstance(paths, list) and paths else ""
        parts.append(f"{issue.get('code', '')} {path}".strip())
    return "; ".join(parts)[:300]


def _prose(outcome: object) -> str:
    parts = []
    for issue in issues_of(outcome):
        details = issue.get("details")
        parts.append(str(details.get("text", "")) if isinstance(details, dict) else "")
        parts.append(str(issue.get("diagnostics", "")))
    return " ".join(parts)


def _location(entry: object) -> str | None:
    response = entry.get("response") if isinstance(entry, dict) else None
    location = response.get("location") if isinstance(response, dict) else None
    found = _LOCATION.search(location) if isinstance(location, str) else None
    return found[1] if found else None
