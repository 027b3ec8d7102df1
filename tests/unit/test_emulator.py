"""The emulator's port is chosen before Java has started: who takes it in between costs a second start, no test."""

from __future__ import annotations

import socket
import sys

import pytest

from eval import emulator

SERVER = """
import socket, sys
try:
    listener = socket.create_server(("127.0.0.1", int(sys.argv[-1].partition("=")[2])))
except OSError:
    sys.exit("java.net.BindException: Address already in use")
while True:
    caller, _ = listener.accept()
    caller.recv(4096)
    caller.sendall(b"HTTP/1.0 200 OK\\r\\n\\r\\n")
    caller.close()
"""


def test_a_port_that_was_taken_meanwhile_is_replaced_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    free = emulator._free_port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        ports = iter([taken.getsockname()[1]])
        monkeypatch.setattr(emulator, "_free_port", lambda: next(ports, None) or free())
        process, address = emulator._started([sys.executable, "-c", SERVER])
        emulator._stop(process)
        assert address != f"127.0.0.1:{taken.getsockname()[1]}"


def test_what_never_starts_is_told_with_its_last_words() -> None:
    with pytest.raises(RuntimeError, match=r"exit status 1\): no Java here"):
        emulator._started([sys.executable, "-c", "import sys; sys.exit('no Java here')"])
