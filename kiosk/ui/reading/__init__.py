"""Reading aloud: the spoken page, the voice, where it may be heard, and the keypad that goes with it."""
