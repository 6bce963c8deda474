"""The conversation of a visit: its events and effects, and its steps, a module a part; session.advance joins them."""
