"""What the kiosk's user of GNU Health must be able to do, and whether it can."""

from __future__ import annotations

from kiosk.adapters.his.tryton import TrytonClient
from kiosk.domain.errors import HisLockedOut, HisRejected
from kiosk.wire import gnuhealth

NEEDED = {
    gnuhealth.PERSON: ("read", "create"),
    gnuhealth.PATIENT: ("read", "create"),
    gnuhealth.APPOINTMENT: ("read", "create", "write"),
    gnuhealth.NURSE_NOTE: ("read", "create"),
    gnuhealth.ATTACHMENT: ("read", "create"),
    gnuhealth.SPECIALTY: ("read",),
    gnuhealth.PROFESSIONAL: ("read",),
}
"""Rights of the kiosk's user; the group Health Front Desk has them."""


def check_account(client: TrytonClient) -> None:
    """HisLockedOut for an account that could not do all of a visit."""
    check_rights(client)
    check_link(client)


def check_rights(client: TrytonClient) -> None:
    try:
        rights = client.rights(tuple(NEEDED))
    except HisRejected as error:
        raise HisLockedOut(f"{error}: the modules health and health_nursing are needed") from error
    missing = [
        f"{right} {model}" for model, wanted in NEEDED.items() for right in wanted if not rights[model].get(right)
    ]
    if missing:
        raise HisLockedOut(f"{client.user} may not {', '.join(missing)}; Health Front Desk may")


def check_link(client: TrytonClient) -> None:
    """GNU Health wants a health professional for a nurse's note."""
    own = [["party.internal_user.login", "=", client.user]]
    try:
        linked = client.find(gnuhealth.PROFESSIONAL, own, ["code"], limit=1)
    except HisRejected as error:
        raise HisLockedOut(f"{error}: the modules health and health_nursing are needed") from error
    if not linked:
        raise HisLockedOut(f"{client.user} is no health professional: link one to it (Party, Internal User)")
