"""Measurements that an installer can repeat on the hospital's own machine."""
