"""`python -m kiosk.training.intake`: every step from the knowledge base to the model file."""

from __future__ import annotations

from kiosk.training.intake.command import app

app()
