"""Language models: on this machine by llama.cpp, or on a server of the hospital. Only the worker runs the engine."""
