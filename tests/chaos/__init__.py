"""Visits against everything that goes wrong between a kiosk and its hospital system."""
