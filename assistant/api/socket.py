"""The socket that the service listens on."""

from __future__ import annotations

import socket


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes any that is free.

    Raises OSError, or UnicodeError for a host that cannot be a name.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once only over sockets that name their protocol.
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen()
    except (OSError, UnicodeError):
        found.close()
        raise
    return found
