# Everything a newcomer needs: `make run` and `make test`. Both set up what is missing and are quick the second time.
.PHONY: run demo test check setup bench clean

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python

run:
	@$(PYTHON) packaging/dev.py run $(ARGS)

setup:
	@$(PYTHON) packaging/dev.py setup

demo: setup
	@$(VENV_PYTHON) -m kiosk demo $(ARGS)

test: setup
	@$(VENV_PYTHON) -m pytest $(ARGS)

check: setup
	@$(VENV_PYTHON) packaging/check.py

bench: setup
	@$(VENV_PYTHON) -m kiosk bench start

clean:
	rm -rf build .mypy_cache .ruff_cache .pytest_cache
