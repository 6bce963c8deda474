"""What to do about what went wrong, for `kiosk his check`: the first sign that an error's text has decides."""

from __future__ import annotations

from collections.abc import Sequence

Fixes = Sequence[tuple[str, str]]
"""Signs and what to do."""

NETWORK = "look at the network, the firewall and the address"
SETTING: Fixes = (("his.", "correct the setting that is named"),)
TLS: Fixes = (
    ("certificate required", "set his.certificate_file to the certificate that the hospital gave this kiosk"),
    ("server's certificate", "set his.ca_file to the hospital's own certificate authority, and look at the clock"),
    ("TLS", "ask the hospital which certificates its server takes"),
)


def fix_of(said: str, fixes: Fixes, otherwise: str = NETWORK) -> str:
    return next((fix for sign, fix in fixes if sign in said), otherwise)
