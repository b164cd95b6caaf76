"""The front: what it answers from files, what it leaves to the application, and what it never gives away."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from gongkai.office.project.front import Front


@dataclass
class Answer:
    status: str
    headers: dict[str, str]
    body: bytes


Get = Callable[..., Answer]

PAGE = b"<!doctype html>" + "公开".encode() * 400


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for file, content in {
        "public/~.html": b"home",
        "public/items/~345/12345.html": PAGE,
        "public/feed.xml": b"<feed/>",
        "public/attachments/12-1-通知.pdf": b"%PDF",
        "public/attachments/12-2-页.html": b"<script>",
        "static/a.0123456789ab.css": b"a{}",
        "static/plain.css": b"p{}",
        "static/portal/display/standard.css": b"",
        "static/portal/display/large.css": b"html{font-size:140%}",
        "secret.txt": b"secret",
        "public/.hidden": b"secret",
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes(content)
    return tmp_path


@pytest.fixture
def get(site: Path) -> Get:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("299 Application", [])
        return [b"application"]

    said = [("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "default-src 'self'")]
    front = Front(
        application,
        pages=site / "public",
        static=site / "static",
        displays=["standard", "large"],
        page_headers=said,
    )

    def ask(path: str, method: str = "GET", **headers: str) -> Answer:
        said: list[Any] = []
        environ = {"PATH_INFO": path.encode().decode("latin-1"), "REQUEST_METHOD": method}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        body = b"".join(front(environ, lambda status, headers: said.extend((status, headers))))
        assert len({name for name, _ in said[1]}) == len(said[1]), "a header stands twice"
        return Answer(said[0], dict(said[1]), body)

    return ask


def test_a_page_comes_from_its_file_with_what_a_browser_has_to_know(get):
    answer = get("/items/12345/")
    assert (answer.status, answer.body) == ("200 OK", PAGE)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(PAGE))
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert get("/").body == b"home"
    assert get("/feed.xml").headers["Content-Type"] == "application/xml; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "/items/1/",
        "/items/12345",
        "/items/~345/12345.html",
        "/items/~345/12345/",
        "/~.html",
        "/.hidden",
        "/../secret.txt",
        "/items/../../secret.txt",
        "/static/../secret.txt",
        "/static//secret.txt",
        "/static/./a.css",
        "/static/",
        "/static/portal/",
        "/items/12345/\x00",
        "//items/12345/",
        "/items",
        "/attachments/12/1/别的名字.pdf",
        "/display.css?standard",
        "",
    ],
)
def test_everything_else_is_the_application_s(get, path):
    assert get(path).status == "299 Application"
    assert get(path).body == b"application"


def test_a_path_that_is_no_utf8_is_the_application_s(site):
    front = Front(lambda environ, start: [b"application"], pages=site, static=site, displays=[], page_headers=[])
    assert front({"PATH_INFO": "/attachments/1/1/\xff.pdf", "REQUEST_METHOD": "GET"}, print) == [b"application"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_only_reading_is_answered(get, method):
    assert get("/items/12345/", method).status == "299 Application"


def test_what_is_deleted_or_replaced_is_so_with_the_next_request(get, site):
    file = site / "public/items/~345/12345.html"
    assert get("/items/12345/").body == PAGE
    (site / "new").write_bytes(b"x" * len(PAGE))
    os.utime(site / "new", ns=(file.stat().st_mtime_ns, file.stat().st_mtime_ns))
    (site / "new").replace(file)
    assert get("/items/12345/").body == b"x" * len(PAGE)
    file.unlink()
    assert get("/items/12345/").status == "299 Application"


def test_head_says_the_same_without_the_body(get):
    whole, head = get("/items/12345/"), get("/items/12345/", "HEAD")
    assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b"")


def test_who_has_the_page_already_is_told_so(get):
    first = get("/items/12345/")
    etag = first.headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        answer = get("/items/12345/", if_none_match=known)
        assert (answer.status, answer.body) == ("304 Not Modified", b"")
        assert answer.headers["ETag"] == etag
    assert get("/items/12345/", if_modified_since=first.headers["Last-Modified"]).status == "304 Not Modified"


def test_who_has_another_version_gets_the_page(get):
    first = get("/items/12345/")
    assert get("/items/12345/", if_none_match='"other"').status == "200 OK"
    # The ETag goes before the time (RFC 9110, 13.1.3).
    answer = get("/items/12345/", if_none_match='"other"', if_modified_since=first.headers["Last-Modified"])
    assert answer.status == "200 OK"
    assert get("/items/12345/", if_modified_since=formatdate(0, usegmt=True)).status == "200 OK"
    for nonsense in ("yesterday", "", "Mon, 99 Foo 2024 00:00:00 GMT"):
        assert get("/items/12345/", if_modified_since=nonsense).status == "200 OK"


def test_a_browser_that_can_gets_it_compressed(get):
    answer = get("/items/12345/", accept_encoding="br, gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.body) == PAGE
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert get("/items/12345/").headers["Vary"] == "Accept-Encoding"
    assert get("/items/12345/", if_none_match=answer.headers["ETag"]).status == "304 Not Modified"


def test_an_attachment_is_to_be_saved_and_can_t_act_for_the_site(get):
    answer = get("/attachments/12/1/通知.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert get("/attachments/12/2/页.html").headers["Content-Type"] == "application/octet-stream"


def test_a_large_file_comes_in_pieces(get, site):
    content = os.urandom(3_000_000)
    (site / "public/attachments/12-3-大.zip").write_bytes(content)
    assert get("/attachments/12/3/大.zip").body == content
    assert get("/attachments/12/3/大.zip").headers["Content-Length"] == "3000000"


@pytest.mark.parametrize("linked", ["file", "folder"])
def test_links_are_not_followed(get, site, linked):
    if linked == "file":
        (site / "public/leak.xml").symlink_to(site / "secret.txt")
        assert get("/leak.xml").status == "299 Application"
    else:
        (site / "elsewhere").mkdir()
        (site / "elsewhere/12.html").write_text("secret")
        (site / "public/leak").symlink_to(site / "elsewhere")
        assert get("/leak/12/").status == "299 Application"


def test_what_is_no_file_hangs_nobody(get, site):
    os.mkfifo(site / "public/pipe.xml")
    assert get("/pipe.xml").status == "299 Application"


def test_static_files_with_a_hash_are_kept_for_a_year_and_others_asked_for(get):
    assert "immutable" in get("/static/a.0123456789ab.css").headers["Cache-Control"]
    assert get("/static/plain.css").headers["Cache-Control"] == "no-cache"
    assert get("/static/plain.css").headers["Content-Type"] == "text/css; charset=utf-8"


def test_the_display_sheet_is_the_one_the_visitor_chose(get):
    assert get("/display.css").body == b""
    for cookie in ("display=large", "a=b; display=large; c=d"):
        assert get("/display.css", cookie=cookie).body == b"html{font-size:140%}"
    for cookie in ("display=none", "xdisplay=large", "display=../../secret", "display=large-contrast"):
        assert get("/display.css", cookie=cookie).body == b""
    assert get("/display.css").headers["Vary"] == "Cookie"
    assert get("/display.css").headers["Cache-Control"] == "private, no-cache"


def test_memory_stays_bounded(get, site, monkeypatch):
    monkeypatch.setattr("gongkai.office.project.front._MEMORY", 4000)
    for number in range(100):
        (site / f"public/{number}.html").write_bytes(b"x" * 1000)
        assert get(f"/{number}/").body == b"x" * 1000
        assert get(f"/{number}/").body == b"x" * 1000
