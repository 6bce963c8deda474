"""Microphones, outputs and the sound server. What Qt does here may abort the process: never in the window's."""
