"""A real site for the journeys: its own database and secrets, filled by `manage.py demo`, served by Granian.

The journeys of one run share it (they run in one process, see `pytest_collection_modifyitems`), so each
makes what it changes.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
PHONE = {"width": 360, "height": 640}
DESKTOP = {"width": 1280, "height": 800}
START_SECONDS = 90
PATIENCE = 30_000
"""Milliseconds that a slow machine may take for one step; only a failing journey waits so long."""

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    """All journeys go to one worker, where they share one site and one browser."""
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass(frozen=True)
class Site:
    """The site under test: where it answers, and who may sign in with what."""

    url: str
    people: dict[str, Any]


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    port = _free_port()
    environment = _environment(folder)
    command = [sys.executable, "manage.py"]
    subprocess.run([*command, "demo", "--no-serve"], cwd=ROOT, env=environment, check=True)
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [*command, "serve", "--port", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(f"{url}/healthz", server)
            yield Site(url, json.loads((folder / "var" / "demo.json").read_text(encoding="utf-8")))
        finally:
            server.terminate()
            server.wait(timeout=30)


def _environment(folder: Path) -> dict[str, str]:
    """The environment of a fresh installation that keeps everything of its own in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "VAR_DIR": str(folder / "var"),
        "STATIC_ROOT": str(folder / "static"),
        "QUICK_EXIT_URL": "/exit/gone/",
    }


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server stopped while starting"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url} within {START_SECONDS} s")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    path = next(found for name in names if name and (found := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
            ],
        )
        yield browser
        browser.close()


class Visit:
    """One person's browser; remembers every request to a host that is not the site's."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.context = context
        self.site = site
        self.strangers: list[str] = []
        self.errors: list[str] = []
        context.on("request", self._see)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hear)

    def _see(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" != self.site.url:
            self.strangers.append(request.url)

    def _hear(self, message) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def go(self, path: str) -> Page:
        self.page.goto(self.site.url + path)
        return self.page

    def check_accessibility(self) -> None:
        """Fail with axe's own words unless the page is free of violations."""
        results = Axe().run(self.page)
        assert results.violations_count == 0, f"{self.page.url}\n{results.generate_report()}"


@pytest.fixture
def visit(browser, site) -> Iterator:
    """Call it for a new person's browser: `visit()`, `visit(javascript=False)`, `visit(viewport=DESKTOP)`."""
    visits: list[Visit] = []

    def new(*, javascript: bool = True, viewport: dict[str, int] = PHONE, **options: Any) -> Visit:
        context = browser.new_context(
            java_script_enabled=javascript, viewport=viewport, reduced_motion="reduce", **options
        )
        context.set_default_timeout(PATIENCE)
        visits.append(Visit(context, site))
        return visits[-1]

    yield new
    for one in visits:
        one.context.close()
    assert not [stranger for one in visits for stranger in one.strangers], "a request to another host"
    assert not [error for one in visits for error in one.errors], "an error in the browser"
