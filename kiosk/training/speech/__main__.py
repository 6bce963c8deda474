"""`python -m kiosk.training.speech`: every step from the word lists to the model folders."""

from __future__ import annotations

from kiosk.training.speech.command import app

app()
