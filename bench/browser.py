"""The system's Chromium."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser that `CHROMIUM` names, or the first that is there. It asks no host but ours."""
    names = [name for name in (os.environ.get("CHROMIUM", ""), *NAMES) if name]
    path = next(found for name in names if (found := shutil.which(name)))
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    browser = playwright.chromium.launch(executable_path=path, args=quiet)
    try:
        yield browser
    finally:
        browser.close()
