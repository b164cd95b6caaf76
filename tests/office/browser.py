"""A real browser in front of a real server, for tests that look at pages as people do. Skips visibly without chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: pages were not looked at")
PATIENCE_MS = 60_000
"""How long a page may take before a test gives up: a machine with much else to do is no fault of the page."""


@contextmanager
def serving() -> Iterator[str]:
    """The office on a port of its own, with its static files; gives its address. The database must be a committed one."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    class Static(StaticFilesHandler):
        def __init__(self, application: Any) -> None:
            super().__init__(application)

    thread = LiveServerThread("127.0.0.1", Static)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()


@contextmanager
def browsing(**options: Any) -> Iterator[Any]:
    """A browser window (`BrowserContext`) that keeps nothing; `options` as Playwright's `new_context` takes them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            window = browser.new_context(**options)
            window.set_default_timeout(PATIENCE_MS)
            yield window
        finally:
            # While Playwright's loop runs, Django gives this thread connections of their own. Left open, the next test
            # would write to this one's database.
            connections.close_all()
            browser.close()
