"""Daozhen: the hospital lobby kiosk that listens, triages, books and prints the way."""

__version__ = "0.1.0"
