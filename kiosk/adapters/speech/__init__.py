"""Speech to text. Only the speech worker imports the engine itself."""
