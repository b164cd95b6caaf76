"""A furnished office on a server: something stands on every page, the public's and the staff's."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.journeys.people import Person, browser
from tests.office.project import installation
from tests.samples import REPOSITORY


@dataclass
class Office:
    """A furnished office on a server, its staff pages by name, and the browser that looks at them."""

    address: str
    pages: dict[str, list[str]]
    browser: Any

    def somebody(self, username: str = "") -> Person:
        """A stranger, or one of the staff, signed in."""
        person = Person(self.browser, self.address)
        return person.sign_in(username) if username else person

    def screens(self, person: Person) -> Iterator[tuple[str, str]]:
        """Names and addresses of what answers with a page: no files, nothing that only a button may ask for."""
        for name, addresses in self.pages.items():
            for address in addresses:
                answer = person.window.request.get(address)
                attached = "attachment" in answer.headers.get("content-disposition", "")
                if answer.status != 405 and not attached and "text/html" in answer.headers["content-type"]:
                    yield name, address


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    data = tmp_path_factory.mktemp("office") / "data"
    installation.prepare(data)
    command = [sys.executable, "-m", "tests.journeys.furnish"]
    told = subprocess.run(
        command, env=installation.environment(data), cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True
    )
    with installation.serving(data, GONGKAI_REQUIRE_SECOND_FACTOR="no") as site, browser() as launched:
        yield Office(f"http://127.0.0.1:{site.port}", json.loads(told.stdout), launched)
