"""What a kiosk opens behind its first frame: the content as the dialogue needs it, and the books of the machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Never

from kiosk import __version__, i18n, logs, paths
from kiosk.config import AppointmentSettings, Config, HisKind, LookupKind
from kiosk.domain.doors import OpenDoors
from kiosk.domain.errors import ConfigError, StoreBusy, StoreFull
from kiosk.domain.knowledge import KnowledgeBase, RoutingRules
from kiosk.domain.language import OWN_LOCALE, Language, Locale
from kiosk.domain.scanned import CodePatterns
from kiosk.domain.visit import Clinic, Timing
from kiosk.services.checkin import CheckIn, Door, Site

if TYPE_CHECKING:
    from kiosk.adapters.demo_hospital import Hospital
    from kiosk.domain.appointments import Change
    from kiosk.domain.encounter import Encounter
    from kiosk.domain.findings import Finding
    from kiosk.domain.generation import ModelMark
    from kiosk.services.appointments import LocalAppointments
    from kiosk.services.ports import Clock, GivenMarks, SlipRenderer, Store
    from kiosk.services.registration import Registration

facts = logs.get(__name__)

INFORMATION = "general_practice"
"""Where the slip sends a patient whose department has no room in the hospital file."""


def nothing_yet() -> Clinic:
    """What the first frame knows while the content is still being read: it shows a welcome and takes no start."""
    routing = RoutingRules(14, 37.3, 65, "", "", "", "", "", {}, {})
    nothing = KnowledgeBase({}, {}, {}, (), (), {}, routing)

    def refuse(*_: object) -> Never:
        raise RuntimeError("the content is not loaded yet")

    return Clinic(nothing, understand=refuse, assess=refuse)


def load_clinic(config: Config, hospital_now: Callable[[], OpenDoors]) -> Clinic:
    """Content files to what the dialogue needs, with the hospital's open doors; raises AssetError."""
    from kiosk.adapters.content_cache import open_content
    from kiosk.domain.triage import clinic_assess

    def understood(text: str, language: Language) -> tuple[Finding, ...]:
        # Its patterns take half a second to compile: that is done behind the first screen, or else waited for here.
        from kiosk.domain.understanding import understand

        return understand(text, language, knowledge, matcher)

    knowledge, matcher = open_content(paths.assets(), paths.cache_dir())
    session = config.session
    return Clinic(
        knowledge=knowledge,
        understand=understood,
        assess=clinic_assess(knowledge, session.max_questions, hospital_now),
        timing=Timing(idle_s=session.idle_s, warning_s=session.warning_s),
        max_questions=session.max_questions,
        card_reader=bool(config.identity.card_reader),
        finds_patients=config.identity.lookup is not LookupKind.OFF,
        default_language=config.kiosk.language,
        locales=offered_locales(config),
    )


def offered_locales(config: Config) -> tuple[Locale, ...]:
    """The languages of `kiosk.languages`; ConfigError for one that nobody installed. Chinese and English are always."""
    installed = i18n.installed()
    wanted = [tag.strip() for tag in config.kiosk.languages.split(",") if tag.strip()]
    missing = next((tag for tag in wanted if tag not in installed), None)
    if missing is not None:
        raise ConfigError("kiosk.languages", f"{missing!r} is none of {', '.join(installed)}")
    own = [locale.tag for locale in OWN_LOCALE.values() if locale.tag not in wanted]
    return tuple(installed[tag] for tag in (*own, *wanted))


def with_appointments(clinic: Clinic, settings: AppointmentSettings) -> Clinic:
    """The codes that this hospital has, and when visits that come again are checked in."""
    codes = CodePatterns(settings.appointment_pattern, settings.record_pattern, settings.insurance_pattern)
    return replace(clinic, codes=codes, check_in=settings.rules() if settings.entry else None)


@dataclass(frozen=True, slots=True)
class Books:
    """What a visit asks of this machine's store."""

    registration: Registration
    appointments: LocalAppointments


def open_books(
    config: Config,
    store: Store,
    clock: Clock,
    knowledge: KnowledgeBase,
    hospital: Hospital,
    *,
    render: SlipRenderer,
    his_up: Callable[[], bool],
    model: Callable[[], ModelMark | None],
) -> Books:
    """`model` is the one that reads complaints at that moment; raises ConfigError."""
    from kiosk.adapters.demo_hospital import DemoSchedules
    from kiosk.adapters.given_marks import FileMarks, marks_file
    from kiosk.adapters.tokens import SlipKeys, open_signer, read_slip_keys
    from kiosk.services.appointments import LocalAppointments
    from kiosk.services.desk import Alerts
    from kiosk.services.registration import Registration
    from kiosk.services.scheduling import Scheduling
    from kiosk.wire import appointment_change
    from kiosk.wire.appointment_change import AppointmentChange
    from kiosk.wire.fhir import encode, visit_bundles
    from kiosk.wire.fhir_keys import Terms
    from kiosk.wire.fhir_provenance import Makers

    his, ours = config.his, config.kiosk
    stale_after = timedelta(minutes=his.stale_minutes) if his.schedules else None
    scheduling = Scheduling(store, clock, DemoSchedules(hospital), his_up, stale_after, hospital.as_known)
    doors = {code: Door(place.room, place.way, place.way_back) for code, place in hospital.departments.items()}
    site = Site(hospital.name, ours.name, knowledge.departments, doors, doors[INFORMATION], ours.series)
    terms = Terms.of(knowledge, config.triage.scale)

    def payload(encounter: Encounter) -> bytes:
        return encode(visit_bundles(encounter, terms=terms, makers=Makers(__version__, model())))

    def changed(encounter: Encounter, change: Change) -> bytes:
        bundles = visit_bundles(encounter, terms=terms)
        return appointment_change.encode(AppointmentChange(change, clock.now(), bundles), bundles)

    with_his = his.kind is not HisKind.NONE
    signer = open_signer(config.state_folder())
    marks = FileMarks(marks_file(paths.cache_dir(), config.state_folder()))
    _hold_lost_times(store, clock, marks)
    check_in = CheckIn(
        store=store,
        clock=clock,
        site=site,
        signer=signer,
        render=render,
        build_his_payload=payload if with_his else None,
        his_up=his_up,
        wait_minutes=scheduling.wait_minutes,
        marks=marks,
    )
    others = config.appointments.slip_keys
    appointments = LocalAppointments(
        store=store,
        clock=clock,
        verifier=SlipKeys((signer.public_key(), *(read_slip_keys(Path(others)) if others else ()))),
        check_in=check_in,
        rules=config.appointments.rules(),
        kiosk=ours.name,
        build_change=changed if with_his else None,
        his_up=his_up,
    )
    return Books(Registration(scheduling, check_in, Alerts(store, clock)), appointments)


def _hold_lost_times(store: Store, clock: Clock, marks: GivenMarks) -> None:
    from kiosk.services.scheduling import hold_lost_times

    try:
        count = hold_lost_times(store, clock, marks)
    except (StoreFull, StoreBusy) as error:
        facts.warning("lost_times_not_held", kind=type(error).__name__)
        return
    if count:
        facts.warning("lost_times_held", count=count)
