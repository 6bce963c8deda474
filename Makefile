# Everything a newcomer needs: `make run` and `make test`. Both set up what is missing and are quick the second time.
.PHONY: run demo test check setup bench bench-frames evaluate fuzz hear voice-visit soak soak-llm soak-hl7 chaos backlog backlog-frames race sheets gallery golden intake-model intake-steps speech-models clean

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python

run:
	@$(PYTHON) packaging/dev.py run $(ARGS)

setup:
	@$(PYTHON) packaging/dev.py setup

demo: setup
	@$(VENV_PYTHON) -m kiosk demo $(ARGS)

# One process a core, four at most; a module's tests stay together, because they share what it started.
test: setup
	@$(VENV_PYTHON) -m pytest -n auto --maxprocesses 4 --dist loadfile $(ARGS)

check: setup
	@$(VENV_PYTHON) packaging/check.py

# Further files or folders of cases: make evaluate CASES=/path/to/cases
evaluate: setup
	@$(VENV_PYTHON) -m kiosk evaluate tests/data/cases tests/data/statements $(CASES)

# How well does the running kiosk hear? In real time, about 45 minutes a language; an interrupted run goes on. Needs
# PulseAudio, espeak-ng, flite and `pip install -e .[train]`. make hear ARGS="--only zh --conditions clean,far", or
# recordings of people: make hear ARGS="--recordings FILE" (tab separated: language, WAV, words)
hear: setup
	@nice -n 5 $(VENV_PYTHON) -m tests.heard $(ARGS)

# A whole visit by voice in each language as sound: build/voice-visit-zh.wav and -en.wav.
voice-visit: setup
	@nice -n 5 $(VENV_PYTHON) -m tests.heard.voice_visit $(ARGS)

# Random words, cues and junk against understanding; FUZZ_SECONDS=60 for a short run.
fuzz: setup
	@$(VENV_PYTHON) tests/fuzz/fuzz_understanding.py --seconds $(or $(FUZZ_SECONDS),600)

# Visits one after another in one window: memory, warnings, leftovers; VISITS=100 for a short run.
soak: setup
	@$(VENV_PYTHON) tests/soak/soak_visits.py --visits $(or $(VISITS),1000)

# Questions to the language model worker with random cancels and kills; REQUESTS=100 for a short run.
soak-llm: setup
	@$(VENV_PYTHON) -m tests.soak.soak_llm --requests $(or $(REQUESTS),1000)

# Visits queued while an HL7 v2 system is away: all arrive once; VISITS=300 for a short run.
soak-hl7: setup
	@$(VENV_PYTHON) -m tests.soak.soak_hl7 --visits $(or $(VISITS),10000)

# Does every visit arrive exactly once, whatever fails and dies? make chaos ARGS="--visits 200 --seconds 60 --seed 7"
# In GNU Health: make chaos ARGS="--his gnuhealth --visits 200 --seconds 120"
chaos: setup
	@$(VENV_PYTHON) -m tests.chaos $(ARGS)

# How fast a backlog drains, against a bare client on the same server: make backlog ARGS="--visits 1000"
backlog: setup
	@$(VENV_PYTHON) -m tests.chaos.backlog $(ARGS)

# Does the window stay smooth while a backlog drains? On a machine that does nothing else: make backlog-frames
backlog-frames: setup
	@$(VENV_PYTHON) -m tests.chaos.backlog_frames $(ARGS)

# Eight kiosks race for fifty times, a hundred times over: make race ARGS="--rounds 10 --seed 7"
race: setup
	@$(VENV_PYTHON) -m tests.chaos.race $(ARGS)

sheets: setup
	@$(VENV_PYTHON) -m kiosk knowledge sheet --pdf

# Every screen in every language, theme and size, with the checks: make gallery ARGS="--screens booking"
gallery: setup
	@$(VENV_PYTHON) -m kiosk gallery --check $(ARGS)

# Accept how the screens look now; look at what git says has changed before you commit it.
golden: setup
	@$(VENV_PYTHON) -m pytest tests/ui/test_golden.py --accept-golden

# The language model of models/intake from nothing; needs `pip install -e .[train]`. INTAKE_MINUTES=5 for a try.
INTAKE_RUN ?= build/intake-run
intake-model: setup
	@$(VENV_PYTHON) -m kiosk.training.intake train --run $(INTAKE_RUN) --minutes $(or $(INTAKE_MINUTES),60)
	@$(VENV_PYTHON) -m kiosk.training.intake export --run $(INTAKE_RUN)
	@$(VENV_PYTHON) -m kiosk.training.intake parity --run $(INTAKE_RUN)
	@$(VENV_PYTHON) -m kiosk.training.intake ship --run $(INTAKE_RUN)
	@$(VENV_PYTHON) -m kiosk.evaluation.intake models/intake/model/intake.gguf tests/data/statements tests/data/later

# Which steps make the intake model better or smaller, each as short runs: models/intake/README.md. An hour and a half on
# one core; an interrupted comparison goes on. make intake-steps ARGS="--only pruning"
intake-steps: setup
	@nice -n 5 $(VENV_PYTHON) -m kiosk.evaluation.intake_steps $(ARGS)

# The speech models of models/speech and the sounds of tests/data/speech from nothing: an hour and a half on two cores.
# Needs `pip install -e .[train]` and the synthesisers that the first step names; an interrupted run goes on.
SPEECH_RUN ?= build/speech-run
speech-models: setup
	@nice -n 19 $(VENV_PYTHON) -m kiosk.training.speech train --run $(SPEECH_RUN)
	@nice -n 19 $(VENV_PYTHON) -m kiosk.training.speech export --run $(SPEECH_RUN)
	@nice -n 19 $(VENV_PYTHON) -m kiosk.training.speech measure --run $(SPEECH_RUN)
	@nice -n 19 $(VENV_PYTHON) -m kiosk.training.speech ship --run $(SPEECH_RUN)

bench: setup
	@$(VENV_PYTHON) -m kiosk bench start

# Smooth while speech and the language model work? On a machine that does nothing else: make bench-frames ROUNDS=8
bench-frames: setup
	@$(VENV_PYTHON) -m kiosk bench frames --rounds $(or $(ROUNDS),4)

clean:
	rm -rf build .mypy_cache .ruff_cache .pytest_cache
