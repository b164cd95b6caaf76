"""One stored page, several ways of showing it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from gongkai.office.portal import display
from gongkai.office.portal.display import DISPLAYS, sheet

STATIC = Path(display.__file__).parent / "static" / "portal"


def test_the_sheet_is_the_readers_and_kept_by_no_shared_cache(client: Client, db: None) -> None:
    plain = client.get("/display.css")
    client.cookies["display"] = "large"
    large = client.get("/display.css")
    assert "140%" in large.content.decode()
    assert "140%" not in plain.content.decode()
    for answer in (plain, large):
        assert answer["Content-Type"] == "text/css; charset=utf-8"
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["Vary"] == "Cookie"


@pytest.mark.parametrize("cookie", ["", "nonsense", "../../frame", "large.css", "a" * 5000])
def test_an_unknown_choice_shows_the_standard(client: Client, db: None, cookie: str) -> None:
    client.cookies["display"] = cookie
    assert client.get("/display.css").content.decode() == sheet(display.STANDARD)


@pytest.mark.parametrize("name", DISPLAYS)
def test_every_way_of_showing_has_its_sheet(name: str) -> None:
    assert sheet(DISPLAYS[name])
    for imported in re.findall(r'@import url\("/static/portal/(.+?)"\)', sheet(DISPLAYS[name])):
        assert (STATIC / imported).is_file()


def test_choosing_keeps_the_choice_and_goes_back(client: Client, db: None) -> None:
    answer = client.get("/display/large-contrast/", {"next": "/column/notices/page/2/"})
    assert (answer.status_code, answer["Location"]) == (302, "/column/notices/page/2/")
    assert client.cookies["display"].value == "large-contrast"
    client.get("/display/standard/")
    assert client.cookies["display"].value == ""


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_going_back_never_leads_to_another_site(client: Client, db: None, elsewhere: str) -> None:
    assert client.get("/display/large/", {"next": elsewhere})["Location"] == "/"


def test_a_way_that_does_not_exist_cannot_be_chosen(client: Client, db: None) -> None:
    assert client.get("/display/enormous/").status_code == 404


def test_below_a_prefix_pages_link_their_sheet_and_each_other(client: Client, db: None) -> None:
    page = client.get("/large/accessibility/").content.decode()
    assert "/static/portal/display/large.css" in page
    assert 'href="/display.css"' not in page
    assert 'href="/large/disclosure/guide/"' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/accessibility/">' in page
    assert 'href="/large/' not in client.get("/disclosure/guide/").content.decode(), "the next page is without prefix"


@pytest.mark.parametrize("path", ["/large/desk/", "/contrast/desk/login/", "/standard/", "/large", "/large/large/"])
def test_what_has_no_business_below_a_prefix_is_not_there(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code in (301, 404)


def test_sizes_follow_the_type_and_colours_the_tokens() -> None:
    """What is in px or a colour of its own would stay as it is when the reader asks for more."""
    for name in ("frame.css", "pages.css", "home.css"):
        rules = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text("utf-8"), flags=re.S)
        assert not re.findall(r"font(?:-size)?:[^;]*\dpx", rules), name
        body = rules.partition("--measure")[2] if name == "frame.css" else rules
        colours = set(re.findall(r"#[0-9a-f]{3,6}\b", body)) - {"#fff", "#000"}
        assert not colours, f"{name}: {colours}"
