"""Whether a server can listen where it is told to: asked before it says that it does."""

from __future__ import annotations

import socket

from tools.errors import UsageError


def require_free(host: str, port: int) -> None:
    """Raises UsageError where nothing can listen at this address, as at a port that is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (")[0]  # Python adds the address, which is told already
        raise UsageError(f"Nothing can listen at {host}:{port} ({reason}); name another: PORT=… or --port") from error
