"""A real Chromium for tests of pages: Playwright's own, or else one that is installed on the machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")


def browser_program() -> str | None:
    """The path of the browser; None where there is none. ``$ARCBATT_BROWSER`` names another."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    candidates = (os.environ.get("ARCBATT_BROWSER"), own, *map(shutil.which, NAMES))
    return next((path for path in candidates if path and os.path.exists(path)), None)


@contextmanager
def opened_browser(program: str) -> Iterator[Browser]:
    """A browser without a window, closed at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # A root user has no sandbox of Chromium's; the pages are ours.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """What a page did that it should not: errors in its console, requests that leave it.

    Args:
        page: a page that nothing was opened in yet.
        home: what every request begins with.
    """

    def __init__(self, page: Page, home: str) -> None:
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("request", lambda request: self._ask(request.url, home))

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.errors.append(text)

    def _ask(self, url: str, home: str) -> None:
        if not url.startswith((home, "data:", "blob:")):
            self.requests.append(url)
