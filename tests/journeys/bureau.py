"""The education bureau on a server, and the browser of its officers, for journeys of one case."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.journeys.people import Person, browser
from tests.office.project import installation
from tests.samples import REPOSITORY

PASSWORD = "Qingxi-2024-case"


@dataclass
class Bureau:
    """An installation that serves the bureau's cases, and the browser of its officers."""

    site: installation.Installation
    browser: Any
    everybody: list[Person] = field(default_factory=list)

    def officer(self, username: str) -> Person:
        """郑经办 (c001), 何经办 (c002) or 冯审签 (c003), signed in."""
        person = Person(self.browser, f"http://127.0.0.1:{self.site.port}")
        person.window.set_default_timeout(
            90_000
        )  # a letter is typeset, a copy looked through, on a machine that does other things
        self.everybody.append(person)
        return person.sign_in(username, PASSWORD)

    def ask(self, verb: str) -> Any:
        """What a verb of `bureau_acts` answers."""
        return told(self.site.data, verb)

    def complaints(self) -> list[str]:
        """What any browser's console said."""
        return [each for person in self.everybody for each in person.complaints]


@contextmanager
def bureau(data: Path, verb: str) -> Iterator[tuple[Bureau, Any]]:
    """The bureau after a verb was done, and what it answered."""
    installation.prepare(data)
    answer = told(data, verb)
    with installation.serving(data, GONGKAI_REQUIRE_SECOND_FACTOR="no") as site, browser() as launched:
        yield Bureau(site, launched), answer


def told(data: Path, verb: str) -> Any:
    """Run a verb of `bureau_acts` in a process of its own."""
    command = [sys.executable, "-m", "tests.journeys.bureau_acts", verb]
    done = subprocess.run(
        command, env=installation.environment(data), cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout)


def save(person: Person, button: str) -> None:
    """Press a button whose form leads back to a page, and wait until it is there."""
    with person.page.expect_navigation():
        person.page.get_by_role("button", name=button, exact=True).click()


def signed(officer: Person, approver: Person) -> None:
    """A letter that is open before the officer: submitted by the one, signed by the other."""
    save(officer, "送审")
    approver.page.goto(officer.page.url)
    save(approver, "签发")
    officer.page.reload()
