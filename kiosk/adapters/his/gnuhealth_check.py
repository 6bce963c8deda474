"""A GNU Health tried step by step: address, login, rights, link to a health professional, and the hospital's codes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kiosk.adapters.his.fixes import NETWORK, SETTING, TLS, Fixes, fix_of
from kiosk.adapters.his.gnuhealth_account import NEEDED, check_link, check_rights
from kiosk.adapters.his.tryton import TrytonClient
from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.domain.self_test import Check, Verdict
from kiosk.wire import gnuhealth
from kiosk.wire.gnuhealth import HospitalCodes
from kiosk.wire.visit_record import VisitRecord

_FIXES: Fixes = (
    (
        "login is refused",
        "correct his.user and the password in his.password_file, then wait: Tryton slows guessing down",
    ),
    *SETTING,
    *TLS,
    ("modules", "let the hospital install and update the modules health and health_nursing in this database"),
    ("may not", "put the user into the group Health Front Desk (Administration, Users, Access Permissions)"),
    ("no health professional", "make a person with this Internal User a health professional"),
    ("404", "correct his.url and his.database: there is no such database"),
    ("JSON", "correct his.url: something else than GNU Health answers there"),
)
_MOST_CODES = 1000


def examine(client: TrytonClient, codes: HospitalCodes, visit: VisitRecord) -> Iterator[Check]:
    """Stops at the first step without which the others say nothing."""
    if client.address.startswith("http://"):
        fix = "let his.url begin with https://"
        yield Check("tls", Verdict.WARN, "the address begins with http: everybody on the way can read visits", fix)
    steps: Mapping[str, Callable[[], str]] = {
        "address": lambda: f"{client.address} answers, Tryton {client.version() or 'does not tell its version'}",
        "login": lambda: _after(client.sign_in, f"{client.user} in {client.database}"),
        "rights": lambda: _after(
            lambda: check_rights(client), f"{len(NEEDED)} models may be read and written as needed"
        ),
        "link": lambda: _after(lambda: check_link(client), f"{client.user} is a health professional"),
    }
    for name, step in steps.items():
        check = _tried(name, step)
        yield check
        if check.verdict is Verdict.FAIL:
            return
    yield from _codes(client, codes, visit)


def _codes(client: TrytonClient, codes: HospitalCodes, visit: VisitRecord) -> Iterator[Check]:
    """What the hospital calls things, looked for where it would be; what is not there stays empty in every visit."""
    doctor = visit.practitioner
    practitioners = {**({doctor.code: codes.professional(doctor.code)} if doctor else {}), **codes.practitioners}
    yield _found(
        client,
        "specialties",
        gnuhealth.SPECIALTY,
        codes.departments,
        "correct [departments] or [gnuhealth.specialties] of his.mapping, or add the specialty in GNU Health",
    )
    yield _found(
        client,
        "practitioners",
        gnuhealth.PROFESSIONAL,
        practitioners,
        "correct [practitioners] of his.mapping, or enter this License ID in GNU Health",
    )
    if codes.institution:
        fix = "correct gnuhealth.institution of his.mapping"
        yield _found(client, "institution", gnuhealth.INSTITUTION, {"institution": codes.institution}, fix)


def _found(client: TrytonClient, name: str, model: str, wanted: Mapping[str, str], fix: str) -> Check:
    theirs = sorted(set(wanted.values()))
    try:
        records = client.find(model, [["code", "in", theirs]], ["code"], limit=_MOST_CODES) if theirs else []
    except (HisUnavailable, HisRejected) as error:
        return Check(name, Verdict.WARN, f"cannot be looked for: {error}", "let the user read them")
    known = {record["code"] for record in records}
    missing = [f"{ours} = {code}" for ours, code in sorted(wanted.items()) if code not in known]
    if missing:
        return Check(name, Verdict.WARN, f"{len(missing)} not there: {', '.join(missing)}", fix)
    return Check(name, Verdict.OK, f"{len(theirs)} found" if theirs else "none to look for")


def _tried(name: str, step: Callable[[], str]) -> Check:
    try:
        return Check(name, Verdict.OK, step())
    except (HisUnavailable, HisRejected) as error:
        return Check(name, Verdict.FAIL, str(error), fix_of(str(error), _FIXES, NETWORK))


def _after(step: Callable[[], object], told: str) -> str:
    step()
    return told
