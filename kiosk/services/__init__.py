"""Use cases over ports: no Qt, no SQL, no sockets."""
