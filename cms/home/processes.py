"""Programs that stand or fall together: all run until a signal comes or one of them ends."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

STOP_SECONDS = 10
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class EndedByItselfError(Exception):
    """One of the programs ended though nobody asked it to."""

    def __init__(self, name: str, code: int) -> None:
        super().__init__(f"The {name} stopped by itself (exit code {code}).")


class _Stop(Exception):
    """A signal asked for the end."""


def is_port_free(host: str, port: int) -> bool:
    """Whether nobody listens there. A server that shares ports would start beside another one unnoticed."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def run_together(commands: Mapping[str, Sequence[str]], *, folder: Path) -> None:
    """Run `commands` in `folder`; returns once a signal has stopped them all.

    Raises `EndedByItselfError`, after stopping the others, when one ends. The programs do not share this
    one's terminal session: Ctrl-C reaches them through here, once, so that they can finish what they do.
    """
    with _signals_raising(_Stop):
        children: dict[str, subprocess.Popen] = {}
        try:
            for name, command in commands.items():
                children[name] = subprocess.Popen(command, cwd=folder, start_new_session=True)  # noqa: S603
            _watch(children)
        except _Stop:
            return
        finally:
            for number in STOP_SIGNALS:
                signal.signal(number, signal.SIG_IGN)
            _end(children.values())


@contextmanager
def _signals_raising(error: type[Exception]) -> Iterator[None]:
    def stop(*_signal: Any) -> None:
        raise error

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _watch(children: Mapping[str, subprocess.Popen]) -> None:
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                raise EndedByItselfError(name, child.returncode)
        time.sleep(0.25)


def _end(children: Collection[subprocess.Popen]) -> None:
    """Ask each to stop; after ten seconds, end those that have not, and whatever a dead one left behind."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
