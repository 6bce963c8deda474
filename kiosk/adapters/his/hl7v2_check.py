"""An HL7 v2 listener tried step by step: its name, TCP, TLS, an acknowledgement, and what it would be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kiosk.adapters.his.fixes import SETTING, TLS, Fixes, fix_of
from kiosk.domain.errors import HisRejected, HisUnavailable
from kiosk.domain.self_test import Check, Verdict
from kiosk.wire.hl7v2_ack import Ack
from kiosk.wire.hl7v2_site import MessageKind, Site
from kiosk.wire.hl7v2_visit import OutgoingMessage

NOT_OURS = "it answers, but does not take messages of this machine"
"""How the error begins that ends in the system's own words."""

_OTHER_LISTENER = "something else listens there, or it speaks TLS: look at his.port and his.tls"
_REGISTER = (
    "let the hospital register what his.sending_application and his.sending_facility say, or correct these and "
    "his.receiving_application and his.receiving_facility"
)
_STEPS: Sequence[tuple[str, Fixes]] = (
    ("name", (("is not known", "correct his.host, or let the hospital's DNS know the name"),)),
    (
        "tcp",
        (
            ("refused", "nobody listens there: correct his.host and his.port, or let the hospital start its listener"),
            ("no TCP connection", "look at the network and the firewall between, and at his.host and his.port"),
        ),
    ),
    ("tls", (*SETTING, *TLS[:-1], ("no TLS", "set his.tls = false, or his.port to the port that speaks TLS"), TLS[-1])),
    (
        "ack",
        (
            ("does not take the message", _OTHER_LISTENER),
            ("no ACK in time", "let the hospital switch on acknowledgements, or raise his.timeout_s"),
        ),
    ),
)
"""In the order in which they are taken, with the signs of their failures."""


def examine(
    site: Site,
    messages: Sequence[OutgoingMessage],
    where: str,
    ask: Callable[[], Ack | None],
    *,
    secured: bool,
) -> Iterator[Check]:
    """`ask` connects and gives the answer to a question, None where the site wants none asked."""
    if not secured:
        fix = "set his.tls = true where the hospital's listener can"
        yield Check("tls", Verdict.WARN, "off: everybody on the way can read visits", fix)
    steps = [name for name, _ in _STEPS if secured or name != "tls"]
    try:
        ack = ask()
    except (HisUnavailable, HisRejected) as error:
        failed, fix = _failed(str(error))
        for name in steps[: steps.index(failed)] if failed in steps else ():
            yield Check(name, Verdict.OK, _works(name, where))
        yield Check(failed, Verdict.FAIL, str(error), fix)
    else:
        for name in steps[:-1]:
            yield Check(name, Verdict.OK, _works(name, where))
        yield _answer(ack)
    yield _addresses(site)
    yield Check("messages", Verdict.OK, _told(messages, site))


def _failed(said: str) -> tuple[str, str]:
    """The step that failed and what to do."""
    # The system's own words could have any sign in them.
    if said.startswith(NOT_OURS):
        return "ack", _REGISTER
    for name, fixes in _STEPS:
        if any(sign in said for sign, _ in fixes):
            return name, fix_of(said, fixes)
    return "ack", _OTHER_LISTENER


def _works(name: str, where: str) -> str:
    return {"name": "is known", "tcp": f"{where} takes connections", "tls": "its certificate is trusted"}[name]


def _answer(ack: Ack | None) -> Check:
    if ack is None:
        return Check("ack", Verdict.WARN, "not asked for (hl7v2.probe = false): the first visit will show it")
    return Check("ack", Verdict.OK, f"{MessageKind.PROBE} is answered: {ack.words()}")


def _addresses(site: Site) -> Check:
    sent = site.addresses
    named = {
        "sending_application": sent.sending_application,
        "sending_facility": sent.sending_facility,
        "receiving_application": sent.receiving_application,
        "receiving_facility": sent.receiving_facility,
    }
    empty = [f"his.{name}" for name, text in named.items() if not text]
    if empty:
        return Check("addresses", Verdict.WARN, f"empty: {', '.join(empty)}", "set them where the hospital uses them")
    return Check("addresses", Verdict.OK, " ".join(named.values()))


def _told(messages: Sequence[OutgoingMessage], site: Site) -> str:
    kinds = ", ".join(message.kind for message in messages)
    longest = max((len(message.content) for message in messages), default=0)
    return f"{kinds}; {site.addresses.encoding.value}, up to {longest} bytes; a made-up visit, not sent"
