"""A site of its own for the benchmark: filled by the demonstration, served with production settings."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
THREADS = 2


@dataclass(frozen=True)
class Site:
    """Where the site answers, where it keeps its files, and how its server was started."""

    url: str
    folder: Path
    command: list[str]


def workers() -> int:
    return min(os.cpu_count() or 1, 8)


@contextmanager
def prepared() -> Iterator[Path]:
    """A folder with everything of a fresh site but its server; the environment then speaks of it.

    The database is what `DATABASE_URL` names, or a SQLite file in the folder.
    """
    folder = Path(tempfile.mkdtemp(prefix="bench."))
    before = dict(os.environ)
    try:
        os.environ.update(_environment(folder))
        demo = [sys.executable, "manage.py", "demo", "--no-serve"]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
        subprocess.run(demo, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        yield folder
    finally:
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path) -> dict[str, str]:
    """Production settings; the proxy that ends TLS is played by whoever sends the requests."""
    return {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "DATABASE_URL": os.environ.get("DATABASE_URL") or f"sqlite:///{folder / 'site.sqlite3'}",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "PIN_SECRET": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "https://127.0.0.1",
        "SECURE_SSL_REDIRECT": "0",
        "VAR_DIR": str(folder / "var"),
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
    }


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """The server, on a free port of this machine only, until the block ends."""
    port = _free_port()
    command = ["-m", "granian", "--interface", "wsgi", "cms.wsgi:application"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(workers())]
    command += ["--blocking-threads", str(THREADS), "--no-access-log", "--log-level", "warning"]
    with (folder / "server.log").open("w+") as log:
        server = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=log, stderr=log)  # noqa: S603
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/healthz", server)
            yield Site(url, folder, command)
        except Exception:
            log.seek(0)
            sys.stderr.write(log.read()[-4000:])
            raise
        finally:
            server.terminate()
            server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError("the server stopped while starting")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no answer from {url} within {START_SECONDS} s")
