"""Somebody at a browser: a window of their own, signing in, and an ear for what the browser complains of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.office.browser import CHROMIUM, FLAGS, PATIENCE_MS
from tests.office.cast import PASSWORD

# The browser's own report of a refusal; the console's wording of it changes between versions.
_LISTEN = """document.addEventListener('securitypolicyviolation',
  event => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"""
_ANSWERED_WITH = "Failed to load resource: the server responded with a status of "
"""The console's note of a page that is refused or gone, which is what some of these pages are for."""


class Person:
    """A browser window that knows nothing of the others, and what its console said (`complaints`)."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        usual = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1440, "height": 900}}
        self.window = browser.new_context(base_url=address, **{**usual, **options})
        self.window.set_default_timeout(PATIENCE_MS)
        self.window.add_init_script(_LISTEN)
        self.complaints: list[str] = []
        self.page = self.window.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))

    def sign_in(self, username: str, password: str = PASSWORD) -> Person:
        """Through the form, as everybody does."""
        self.page.goto("/desk/")
        self.page.get_by_label("账号").fill(username)
        self.page.get_by_label("密码").fill(password)
        # Whoever asks for a page before this one is answered asks as a stranger.
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="登录").click()
        return self

    def _hear(self, message: Any) -> None:
        if message.type == "error" and not message.text.startswith(_ANSWERED_WITH):
            self.complaints.append(f"{self.page.url}: {message.text}")


@contextmanager
def browser() -> Iterator[Any]:
    """The browser in which everybody opens windows."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield launched
        finally:
            launched.close()
