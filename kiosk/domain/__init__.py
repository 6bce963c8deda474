"""The pure core: no clock, no input or output, no Qt, nothing but the standard library."""
