"""The server and the task worker stand or fall together."""

import os
import sys

import pytest

from cms.home import processes
from cms.home.processes import EndedByItselfError, run_together

STAYS = """
import os, pathlib, signal, sys
{ignore}
path = pathlib.Path(sys.argv[1])
path.with_suffix(".new").write_text(str(os.getpid()))
path.with_suffix(".new").rename(path)
while True:
    signal.pause()
"""
ENDS = """
import pathlib, sys
while not pathlib.Path(sys.argv[1]).exists():
    pass
sys.exit(3)
"""
ASKS_FOR_THE_END = """
import os, pathlib, signal, sys
while not pathlib.Path(sys.argv[1]).exists():
    pass
os.kill(os.getppid(), getattr(signal, sys.argv[2]))
signal.pause()
"""


def python(program, *arguments):
    return [sys.executable, "-c", program, *map(str, arguments)]


def has_ended(path):
    try:
        os.kill(int(path.read_text()), 0)
    except ProcessLookupError:
        return True
    return False


def test_when_one_ends_the_other_is_stopped_and_it_is_named(tmp_path):
    marker = tmp_path / "pid"
    commands = {"server": python(STAYS.format(ignore=""), marker), "task worker": python(ENDS, marker)}

    with pytest.raises(EndedByItselfError, match=r"The task worker stopped by itself \(exit code 3\)"):
        run_together(commands, folder=tmp_path)

    assert has_ended(marker)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_stops_both(tmp_path, name):
    marker = tmp_path / "pid"
    commands = {
        "server": python(STAYS.format(ignore=""), marker),
        "task worker": python(ASKS_FOR_THE_END, marker, name),
    }

    run_together(commands, folder=tmp_path)

    assert has_ended(marker)


def test_one_that_does_not_listen_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "STOP_SECONDS", 0.2)
    marker = tmp_path / "pid"
    stubborn = STAYS.format(ignore="signal.signal(signal.SIGTERM, signal.SIG_IGN)")
    commands = {"server": python(stubborn, marker), "task worker": python(ENDS, marker)}

    with pytest.raises(EndedByItselfError):
        run_together(commands, folder=tmp_path)

    assert has_ended(marker)
