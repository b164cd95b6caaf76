"""Somebody at a browser without scripts, over plain HTTP: keeps cookies, fills in the forms that are shown, keeps every page.

Much faster than a real browser, for journeys in which nothing depends on how a page looks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from bs4 import BeautifulSoup, Tag

from tests.journeys.people import PASSWORD

File = tuple[str, bytes]


@dataclass(frozen=True)
class Seen:
    """A page that was shown to somebody."""

    who: str
    method: str
    path: str
    status: int
    content: bytes
    headers: str

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.content, "html.parser")

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text(" ").split())


class Client:
    """One browser. `seen` holds every page in order; several may share one list."""

    def __init__(self, address: str, who: str, seen: list[Seen]) -> None:
        self.address, self.who, self.seen = address, who, seen
        self.session = requests.Session()
        self.session.trust_env = False

    def sign_in(self, username: str, password: str = PASSWORD) -> Client:
        self.send("/desk/", username=username, password=password)
        return self

    def get(self, path: str) -> Seen:
        """A page, wherever it leads."""
        return self._keep(self.session.get(urljoin(self.address, path), timeout=120))

    def send(self, path: str, press: str = "", /, **filled: Any) -> Seen:
        """Open a page and `fill` it in."""
        return self.fill(self.get(path), press, **filled)

    def fill(self, shown: Seen, press: str = "", /, **filled: Any) -> Seen:
        """Fill in the form that has these fields (and a button of that name), send it, follow where it leads.

        A value that is a pair of a name and bytes is a file; a list of them is several.
        """
        answer = self.try_to_fill(shown, press, **filled)
        was_refused = answer.status >= 400 or "没有办成" in answer.text
        assert not was_refused, f"{shown.path}: {answer.status} {answer.text[:1500]}"
        return answer

    def try_to_fill(self, shown: Seen, press: str = "", /, **filled: Any) -> Seen:
        """The same, where the office may well refuse."""
        form = self._form(shown, set(filled), press)
        data, files = list(_defaults(form, set(filled))), []
        for name, value in filled.items():
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, tuple):
                    files.append((name, each))
                else:
                    data.append((name, str(each)))
        target = urljoin(urljoin(self.address, shown.path), str(form.get("action") or shown.path))
        if not files and form.get("enctype"):
            files = [("", ("", b""))]
        return self._keep(
            self.session.post(target, data=data, files=files or None, headers={"Referer": target}, timeout=120)
        )

    def walk(self, starts: Iterable[str], *, most: int, follows: Callable[[str], bool]) -> None:
        """Look at every page that links lead to from some, the nearest first."""
        queue = deque(starts)
        known = set(queue)
        while queue and most:
            shown, most = self.get(queue.popleft()), most - 1
            if "html" not in shown.headers:
                continue
            for link in shown.page.find_all("a", href=True):
                there = urlsplit(urldefrag(urljoin(urljoin(self.address, shown.path), str(link["href"])))[0])
                path = there.path + (f"?{there.query}" if there.query else "")
                if f"{there.scheme}://{there.netloc}" == self.address and path not in known and follows(path):
                    known.add(path)
                    queue.append(path)

    def _keep(self, answer: requests.Response) -> Seen:
        for each in (*answer.history, answer):
            there = urlsplit(each.url)
            path = there.path + (f"?{there.query}" if there.query else "")
            headers = "\n".join(f"{name}: {value}" for name, value in each.headers.items())
            self.seen.append(Seen(self.who, str(each.request.method), path, each.status_code, each.content, headers))
        assert answer.status_code < 500, f"{self.seen[-1].path}: {answer.status_code}"
        return self.seen[-1]

    def _form(self, shown: Seen, names: set[str], press: str) -> Tag:
        for form in shown.page.find_all("form"):
            fields = {str(each.get("name")) for each in form.find_all(["input", "select", "textarea"])}
            buttons = [each.get_text() for each in form.find_all("button")]
            if (
                str(form.get("method", "")).lower() == "post"
                and names <= fields
                and (not press or any(press in each for each in buttons))
            ):
                return form
        raise AssertionError(
            f"{shown.path} ({shown.status}) has no form with {names} and “{press}”: {shown.text[:600]}"
        )


def _defaults(form: Tag, filled: set[str]) -> Iterator[tuple[str, str]]:
    """What stands in a form and is sent as it is."""
    for field in form.find_all(["input", "select", "textarea"]):
        name, kind = str(field.get("name") or ""), str(field.get("type") or "")
        if not name or name in filled or kind in ("file", "submit", "button", "image") or field.has_attr("disabled"):
            continue
        if field.name == "textarea":
            yield name, field.get_text().removeprefix("\n").removeprefix("\r\n")
        elif field.name == "select":
            chosen = field.find_all("option", selected=True) or field.find_all("option")[:1]
            for option in chosen:
                yield name, str(option.get("value", option.get_text()))
        elif kind not in ("checkbox", "radio") or field.has_attr("checked"):
            yield name, str(field.get("value", ""))
