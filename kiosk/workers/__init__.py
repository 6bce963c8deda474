"""Separate processes around native code and the network: read a message, work, write a message."""
