"""Readers for identity cards."""
