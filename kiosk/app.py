"""The composition root: the only place where settings, content, store, services, workers and window meet."""

from __future__ import annotations

import gc
import math
import sys
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from kiosk import logs
from kiosk.adapters.clock import SystemClock
from kiosk.config import Config, VoiceKind
from kiosk.domain.dialogue.events import CodeScanned, Event
from kiosk.domain.errors import AssetError, ConfigError, StoreBusy, StoreFull
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import OWN_LOCALE, Language, Words
from kiosk.domain.prepared import prepare
from kiosk.domain.visit import Clinic, Screen, State
from kiosk.opening import Books, load_clinic, nothing_yet, open_books, with_appointments
from kiosk.ui import crash
from kiosk.ui.engine import Engine, prepare_environment
from kiosk.ui.session_controller import Outside, SessionController
from kiosk.ui.viewmodels.appearance import Looks
from kiosk.ui.viewmodels.attract import new_visit_id
from kiosk.ui.viewmodels.screens import Screens
from kiosk.ui.viewmodels.view_model import Inputs
from kiosk.wire.sound_check import Advice

if TYPE_CHECKING:
    from kiosk.adapters.demo_hospital import Hospital
    from kiosk.services.ports import Clock
    from kiosk.services.registration import Registration
    from kiosk.ui.booking_path import BookingPath
    from kiosk.ui.his_appointment_path import HisAppointmentPath
    from kiosk.ui.identity_path import IdentityPath
    from kiosk.ui.model_path import ModelPath
    from kiosk.ui.reading.reader import Reader, Speaking
    from kiosk.ui.speech_path import Microphone, SpeechPath
    from kiosk.ui.worker_process import WorkerProcess

facts = logs.get(__name__)

DP_PER_MM = 4.034
"""The design's unit (assets/design/tokens.json)."""
LOUDNESSES = 30
"""Bars of the level meter."""


def _device_pixels_per_dp(diagonal_mm: float) -> float:
    """Sizes are physical once the installer has measured the panel; 0 fits the canvas to the window instead."""
    if not diagonal_mm:
        return 0.0
    panel = QGuiApplication.primaryScreen().size()
    return math.hypot(panel.width(), panel.height()) / diagonal_mm / DP_PER_MM


class KioskApplication(QObject):
    """One kiosk window with its workers.

    The window is shown first; content, store and workers follow behind the first frame. `firstFrame` and `ready` are
    emitted once; until `ready` the screen takes no start.
    """

    firstFrame = Signal()
    ready = Signal()

    def __init__(
        self,
        config: Config,
        *,
        windowed: bool = False,
        microphone: Microphone | None = None,
        voice: Speaking | None = None,
        clock: Clock | None = None,
        size: QSize | None = None,
    ) -> None:
        prepare_environment()
        self._application = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
        super().__init__()
        self._config = config
        self._clock: Clock = clock or SystemClock(config.zone())
        self.microphone = microphone
        self._voice = voice
        self.sound: WorkerProcess | None = None
        self._model_path: ModelPath | None = None
        self.reader: Reader | None = None
        self._levels: deque[float] = deque([0.0] * LOUDNESSES, maxlen=LOUDNESSES)
        self._advice = Advice.NONE
        self.speech: SpeechPath | None = None
        self.session: SessionController | None = None
        self._shutdown: list[Callable[[], None]] = []
        self._is_down = False
        self._failure: ConfigError | AssetError | None = None
        self._hospital_name = Words("", "")
        self._ways: Mapping[str, Words] = {}
        looks = Looks(
            theme=config.display.theme.value,
            reduce_motion=config.display.reduce_motion,
            scale=_device_pixels_per_dp(config.display.diagonal_mm),
            can_read=config.voice.kind is not VoiceKind.OFF,
            read_aloud=config.voice.at_start and config.voice.kind is not VoiceKind.OFF,
            volume=config.voice.volume,
        )
        self._screens = Screens(self._send, SessionController.now, self._clock.now, looks)
        self._engine = Engine(OWN_LOCALE[config.kiosk.language], self)
        full_screen = not (windowed or config.display.windowed)
        properties = {**self._screens.initial_properties(), "kiosk": full_screen}
        self._closed = State(clinic=nothing_yet(), language=config.kiosk.language)
        self._show()
        self.window = self._engine.load(properties, size)
        self._engine.on_first_frame(self._first_frame)

    @property
    def state(self) -> State:
        return self.session.state if self.session else self._closed

    def exec(self) -> int:
        """Run until the end of the process; the exit code. Raises ConfigError or AssetError of the loading."""
        try:
            code = self._application.exec()
        finally:
            self.shutdown()
        if self._failure is not None:
            raise self._failure
        return code

    def quit(self) -> None:
        # QGuiApplication.quit() asks the window first, and a kiosk's window refuses to close.
        self._application.exit(0)

    def shutdown(self) -> None:
        """Stop the workers, close the store, take the window down; a second call does nothing."""
        if self._is_down:
            return
        self._is_down = True
        while self._shutdown:
            self._shutdown.pop()()
        self._engine.close()

    def _first_frame(self) -> None:
        self.firstFrame.emit()
        QTimer.singleShot(0, self._open)

    def _open(self) -> None:
        try:
            self._load()
        except (ConfigError, AssetError) as error:
            self._failure = error
            self._application.exit(2)

    def _load(self) -> None:
        """What a patient needs, in the order in which it is needed."""
        from kiosk.adapters.knowledge_files import collector_paused

        with collector_paused():
            clinic = self._begin()
            self.ready.emit()
            # Content never becomes garbage; looking through it takes longer than the tables themselves, which would
            # otherwise be made with the first judgement, while a patient waits.
            gc.freeze()
        prepare(clinic.knowledge)
        self._screens.prepare(clinic.knowledge)
        threading.Thread(target=_compile_patterns, name="patterns").start()

    def _begin(self) -> Clinic:
        from kiosk.adapters.demo_hospital import destinations, doors_at, load_hospital

        hospital = load_hospital(self._config.hospital_file())
        clinic = load_clinic(self._config, lambda: doors_at(hospital, self._clock.now()))
        clinic = replace(clinic, directory=destinations(hospital, clinic.knowledge.departments))
        clinic = with_appointments(clinic, self._config.appointments)
        self._hospital_name = hospital.name
        self._ways = {code: place.way for code, place in hospital.departments.items()}
        self._start_workers(clinic, self._open_books(clinic.knowledge, hospital))
        return clinic

    def _open_books(self, knowledge: KnowledgeBase, hospital: Hospital) -> Books:
        from kiosk.adapters.qr import matrix
        from kiosk.adapters.store import open_store
        from kiosk.ui.slip_image import draw_slip

        self.store = open_store(self._config.state_folder())
        self._shutdown.append(self.store.close)
        dots = self._config.printer.dots
        self.draw = lambda slip: draw_slip(slip, matrix(slip.token), dots, self._engine.catalogue(slip.tag))
        return open_books(
            self._config,
            self.store,
            self._clock,
            knowledge,
            hospital,
            render=lambda slip: self.draw(slip)[1],
            his_up=lambda: self.state.his_up,
            model=lambda: self._model_path.model if self._model_path else None,
        )

    def _start_workers(self, clinic: Clinic, books: Books) -> None:
        from kiosk.ui.model_path import ModelPath
        from kiosk.ui.worker_process import WorkerProcess
        from kiosk.wire.worker_messages import Start, Wake

        start = Start(
            {
                "state": str(self._config.state_folder()),
                "printer": asdict(self._config.printer),
                "his": asdict(self._config.his),
                "appointments": asdict(self._config.appointments),
                "kiosk": {"timezone": self._config.kiosk.timezone},
                "departments": list(self._ways),
            }
        )
        delivery = WorkerProcess("delivery", self, greeting=[start])
        from kiosk.adapters.llm.model_files import with_file
        from kiosk.adapters.models import Shelf

        model = with_file(self._config.llm, Shelf(self._config.models_folder()))
        may_propose = {"llm": asdict(model), "codes": sorted(clinic.knowledge.symptoms)}
        llm = WorkerProcess("llm", self, greeting=[Start(may_propose)])
        self._model_path = ModelPath(llm, self._config.llm.timeout_s, self)
        self.speech = self._speech_path()
        booking = self._booking_path(delivery, books.registration)
        outside = Outside(
            registration=books.registration,
            speech=self.speech,
            model=self._model_path,
            wake_delivery=lambda: delivery.send(Wake()),
            change_language=self._change_language,
            forget=self._forget,
            appointments=books.appointments,
            his_appointments=self._his_appointment_path(delivery, clinic.knowledge),
            wall=self._clock.now,
            booking=booking,
            identity=self._identity_path(clinic),
            after_painting=self._engine.after_frame,
        )
        self.session = session = SessionController(clinic, outside, self)
        session.stateChanged.connect(self._show)
        session.sound.connect(self._louder)
        delivery.message.connect(session.take_delivery)
        for worker in (delivery, llm):
            self._shutdown.append(worker.shutdown)
            worker.start()
        self._read_aloud()
        self._ticker = QTimer(self, interval=1000)
        self._ticker.timeout.connect(self._tick)
        self._ticker.start()
        self._daily = QTimer(self, interval=24 * 3600 * 1000)
        self._daily.timeout.connect(self._forget_old_visits)
        self._daily.start()
        QTimer.singleShot(0, self._forget_old_visits)
        for timer in (self._ticker, self._daily):
            self._shutdown.append(timer.stop)
        self._shutdown.append(session.stop)
        if booking is not None:
            self._shutdown.append(booking.finish)
        self._show()

    def _booking_path(self, delivery: WorkerProcess, registration: Registration) -> BookingPath | None:
        if not self._config.his.schedules:
            return None
        from kiosk.ui.booking_path import BookingPath

        return BookingPath(delivery, registration.booking_payload, self._config.his.booking_timeout_s, self)

    def _his_appointment_path(self, delivery: WorkerProcess, knowledge: KnowledgeBase) -> HisAppointmentPath | None:
        if not self._config.finds_his_appointments():
            return None
        from kiosk.ui.his_appointment_path import HisAppointmentPath

        def name(department: str) -> Words | None:
            known = knowledge.departments.get(department)
            return known.name if known else None

        return HisAppointmentPath(delivery, name, self._config.his.booking_timeout_s, self)

    def _identity_path(self, clinic: Clinic) -> IdentityPath | None:
        """None where there is neither a card to read nor anybody to ask: no process for nothing."""
        if not clinic.card_reader and not clinic.finds_patients:
            return None
        from kiosk.ui.identity_path import IdentityPath
        from kiosk.ui.worker_process import WorkerProcess
        from kiosk.wire.worker_messages import Start

        config = self._config
        sections = {name: asdict(getattr(config, name)) for name in ("kiosk", "his", "identity")}
        start = Start({"state": str(config.state_folder()), **sections})
        worker = WorkerProcess("identity", self, greeting=[start])
        path = IdentityPath(worker, self)
        self._shutdown.append(worker.shutdown)
        worker.start()
        return path

    def _speech_path(self) -> SpeechPath | None:
        if not self._config.speech.enabled:
            return None
        from kiosk.adapters.models import Shelf, find_model
        from kiosk.domain.errors import ModelMissing
        from kiosk.ui.speech_path import Manner, SpeechPath
        from kiosk.ui.worker_process import WorkerProcess

        models, shelf = {}, Shelf(self._config.models_folder())
        for language, name in ((Language.ZH, self._config.speech.zh), (Language.EN, self._config.speech.en)):
            try:
                models[language] = find_model(name, shelf)
            except ModelMissing:
                facts.warning("model_missing", model=name)
        if self.microphone is None:
            from kiosk.ui.microphone import Microphone

            self.microphone = Microphone(self._sound_worker(), self._config.speech.device, self)
            self._shutdown.append(self.microphone.close)
            self._sound_worker().start()
        self.microphone.look()
        worker = WorkerProcess("speech", self)
        settings = self._config.speech
        manner = Manner(settings.pause_s, settings.noise_gate, settings.memory_mb)
        path = SpeechPath(worker, self.microphone, models, self._config.kiosk.language, manner, self)
        self._shutdown.append(worker.shutdown)
        worker.start()
        return path

    def _sound_worker(self) -> WorkerProcess:
        """One process for the microphone and for what is played."""
        if self.sound is None:
            from kiosk.ui.worker_process import WorkerProcess

            self.sound = WorkerProcess("sound", self)
            self._shutdown.append(self.sound.shutdown)
        return self.sound

    def _read_aloud(self) -> None:
        from kiosk.ui.reading.keys import Keys
        from kiosk.ui.reading.reader import Reader
        from kiosk.ui.scanner import Scanner

        models = self._screens
        voice = self._voice or self._real_voice()
        reader = Reader(self.window, models.frame, models.appearance, voice, self._engine.tr, lambda: self.state, self)
        Keys(self.window, reader, models.frame, models.appearance, models.pad, parent=self)
        self._scanner = Scanner(self.window, lambda: self.state, self._scanned, parent=self)
        self.reader = reader
        self.session.readAsked.connect(reader.repeat)
        self._shutdown.append(reader.stop)

    def _real_voice(self) -> Speaking:
        from kiosk.ui.reading.player import Player
        from kiosk.ui.reading.voice import Voice
        from kiosk.ui.worker_process import WorkerProcess
        from kiosk.wire.worker_messages import Start

        settings = self._config.voice
        worker = WorkerProcess("voice", self, greeting=[Start({"voice": asdict(settings)})])
        player = Player(self._sound_worker(), self)
        voice = Voice(worker, player, settings.headset, settings.loudspeaker, self)
        if self.speech is not None:
            self.speech.guard_echo(voice.since_loudspeaker)
        if settings.kind is not VoiceKind.OFF:
            worker.start()
            self._sound_worker().start()
            self._shutdown.append(worker.shutdown)
        return voice

    def _send(self, event: Event) -> None:
        if self.session is not None:
            self.session.send(event)

    def _scanned(self, text: str) -> None:
        self._send(CodeScanned(at=SessionController.now(), text=text, visit_id=new_visit_id()))

    def _show(self) -> None:
        self._screens.show(
            Inputs(
                state=self.state,
                tr=self._engine.shown,
                now=SessionController.now(),
                wall=self._clock.now(),
                hospital=self._hospital_name,
                ways=self._ways,
                levels=tuple(self._levels),
                kept=self._engine.kept,
                advice=self._advice,
            )
        )
        if self.reader is not None:
            self.reader.look()

    def _tick(self) -> None:
        self._show()
        state = self.state
        resting = state.screen is Screen.ATTRACT
        alone = SessionController.now() - state.last_touch > state.clinic.timing.idle_s
        if resting and alone and not self._screens.appearance.is_usual:
            # Nobody began a visit: what somebody set up for it must not greet the next one.
            self._screens.appearance.reset()

    def _forget_old_visits(self) -> None:
        from kiosk.services.retention import forget_old_visits

        try:
            report = forget_old_visits(self.store, self._clock, self._config.store.retention_days)
        except (StoreFull, StoreBusy) as error:
            facts.warning("retention_failed", kind=type(error).__name__)
            return
        facts.info("retention", count=report.deleted, state=f"kept_{report.kept}")

    def _louder(self, level: float, advice: Advice) -> None:
        self._levels.append(level)
        self._advice = advice
        self._show()

    def _change_language(self, language: Language, tag: str) -> None:
        named = (locale for locale in self.state.clinic.locales if locale.tag == tag)
        self._engine.use(next(named, OWN_LOCALE[language]))
        self._show()

    def _forget(self) -> None:
        self._screens.appearance.reset()
        self._levels.extend([0.0] * LOUDNESSES)
        self._advice = Advice.NONE
        self._engine.forget()
        self._show()


def run_kiosk(config: Config, *, windowed: bool = False) -> int:
    """`kiosk run`: until the service manager or the window's close button ends it; the exit code."""
    logs.to_stderr()
    crash.install()
    return KioskApplication(config, windowed=windowed).exec()


def _compile_patterns() -> None:
    from kiosk.domain.understanding import prepare as compile_all

    compile_all()
