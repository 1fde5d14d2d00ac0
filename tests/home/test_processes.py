"""The server and the task worker stand or fall together."""

import os
import select
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
LEFT_BEHIND = """
import pathlib, signal, sys
line = open(sys.argv[2], "w")
pathlib.Path(sys.argv[1]).touch()
signal.pause()
"""
LEAVES_ONE_BEHIND = """
import pathlib, subprocess, sys
subprocess.Popen([sys.executable, "-c", sys.argv[3], *sys.argv[1:3]])
while not pathlib.Path(sys.argv[1]).exists():
    pass
sys.exit(4)
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


def test_what_a_dead_one_leaves_behind_is_ended_too(tmp_path):
    """As a server's processes are, when their master is killed: they would hold the port."""
    marker, line = tmp_path / "marker", tmp_path / "line"
    os.mkfifo(line)
    ours = os.open(line, os.O_RDONLY | os.O_NONBLOCK)
    commands = {"server": python(LEAVES_ONE_BEHIND, marker, line, LEFT_BEHIND)}

    with pytest.raises(EndedByItselfError, match="exit code 4"):
        run_together(commands, folder=tmp_path)

    assert select.select([ours], [], [], 10)[0]
    assert os.read(ours, 1) == b"", "the other end of the line is still held"
    os.close(ours)
