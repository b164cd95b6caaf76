"""The shipped nginx configuration, run by a real nginx before a real `gongkai serve`."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from gongkai.office.project import headers
from gongkai.office.renderings.addresses import ATTACHMENT_TYPES, TYPES
from tests.office.project import installation
from tests.office.project.installation import Installation
from tests.office.project.test_serving import parts
from tests.samples import REPOSITORY

DEPLOY = REPOSITORY / "deploy" / "nginx"
NGINX = shutil.which("nginx")

needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed (apt install nginx-light)")


@dataclass
class Site:
    """`front` is nginx's port. The item is public, with an attachment."""

    installation: Installation
    front: int
    item: int

    def get(self, path: str, **said: str) -> installation.Answer:
        return self.installation.get(path, port=self.front, **said)

    def act(self, *arguments: str) -> str:
        return act(self.installation.data, *arguments)


def act(data: Path, *arguments: str) -> str:
    """Do something as the desk would, in a process of its own."""
    command = [sys.executable, "-m", "tests.office.project.seeding", *arguments]
    surroundings = installation.environment(data)
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def configured(folder: Path, data: Path, application: int, front: int, *, more: str = "") -> Path:
    """The shipped files, with this folder and these ports, in the http block of an nginx of its own, which may hold `more`."""
    site = (DEPLOY / "gongkai.conf").read_text("utf-8")
    site = site.replace("/var/lib/gongkai", str(data)).replace("127.0.0.1:8000", f"127.0.0.1:{application}")
    site = site.replace("listen 80;", f"listen 127.0.0.1:{front};")
    folder.mkdir(exist_ok=True)
    (folder / "gongkai.conf").write_text(site, "utf-8")
    shutil.copy(DEPLOY / "gongkai-headers.conf", folder)
    # As root, workers would be `nobody`, whom pytest's folders keep out.
    user = "user root;\n" if Path("/proc/self").stat().st_uid == 0 else ""
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{user}pcre_jit on;\ndaemon off;\nworker_processes 2;\npid {folder}/pid;\nerror_log {folder}/error.log;\n"
        f"events {{ worker_connections 256; }}\n"
        f"http {{\naccess_log off;\n{more}{temporary}include {folder}/gongkai.conf;\n}}\n",
        "utf-8",
    )
    return folder / "nginx.conf"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("nginx")
    data = folder / "data"
    installation.prepare(data)
    item = int(act(data, "seed"))
    with installation.serving(data) as application, running(folder / "nginx", data, application.port) as front:
        yield Site(application, front, item)


@contextmanager
def running(folder: Path, data: Path, application: int, *, more: str = "") -> Iterator[int]:
    """The shipped configuration before an application's port, run by an nginx of its own; its port."""
    front = installation.free_port()
    configuration = configured(folder, data, application, front, more=more)
    nginx = subprocess.Popen(
        [str(NGINX), "-c", str(configuration)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        installation.wait_for(front, nginx)
        yield front
    finally:
        nginx.terminate()
        nginx.wait(20)


def kept(site: Site, path: str) -> installation.Answer:
    """What comes once the file stands: who finds the database being written to gets an answer that isn't kept."""
    deadline = time.monotonic() + 60
    while "last-modified" not in (answer := site.get(path)).headers and time.monotonic() < deadline:
        pass
    return answer


@needs_nginx
def test_pages_come_from_files_as_the_front_gives_them(site):
    path = f"/item/{site.item}/"
    made = site.get(path)
    assert made.status == 200
    for asked in ("/", path, "/feed.atom", "/sitemap.xml", "/robots.txt"):
        through_nginx, direct = kept(site, asked), site.installation.get(asked)
        assert through_nginx.headers["server"] == "nginx"
        assert (through_nginx.status, through_nginx.body) == (200, direct.body)
        for name in ("content-type", "etag", "last-modified", "cache-control", "content-security-policy"):
            assert parts(through_nginx.headers[name]) == parts(direct.headers[name]), f"{asked} {name}"
        for name, value in headers.of_pages():
            assert parts(through_nginx.headers[name.lower()]) == parts(value), f"{asked} {name}"
        assert site.get(asked, if_none_match=direct.headers["etag"]).status == 304
    packed = site.get(path, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == site.get(path).body


@needs_nginx
def test_it_is_the_file_that_nginx_sends_and_not_the_application(site):
    site.get("/accessibility/")
    (site.installation.data / "public" / "accessibility.html").write_text("the file itself", "utf-8")
    assert site.get("/accessibility/").body == b"the file itself"


@needs_nginx
def test_static_files_and_the_display_sheet(site):
    sheet = site.get("/").body.decode().partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    answer = site.get(sheet)
    assert answer.status == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/css")
    plain = site.get("/display.css")
    large = site.get("/display.css", cookie="display=large")
    assert plain.body != large.body
    assert large.headers["cache-control"] == "private, no-cache"
    assert "Cookie" in large.headers["vary"]
    assert site.get("/display.css", cookie="display=../../../secret").body == plain.body


@needs_nginx
def test_what_is_no_public_address_gets_nothing_from_the_folder(site):
    site.get(f"/item/{site.item}/")
    for path in (
        f"/item/{site.item}.html",
        "/~.html",
        "/..%2fgongkai.sqlite3",
        "/static/..%2f..%2fgongkai.sqlite3",
        "/static/../../gongkai.sqlite3",
        "/%2e%2e/gongkai.sqlite3",
        "/gongkai.sqlite3",
        "/media/",
    ):
        answer = site.get(path)
        assert answer.status in (301, 400, 404), path
        assert b"SQLite format" not in answer.body, path


@needs_nginx
def test_the_desk_and_what_is_sent_go_to_the_application(site):
    assert site.get("/desk/login/").status == 200
    refused = _sent(site, "POST", "/accessibility/")
    assert refused.code in (403, 405)


@needs_nginx
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("where", ["page", "attachment"])
def test_nothing_but_reading_is_answered_from_a_file(site, method, where):
    page = f"/item/{site.item}/"
    path = page if where == "page" else _attachment(site.get(page))
    assert site.get(path).status == 200
    refused = _sent(site, method, path)
    # The application refuses, in its own words; nginx would in English.
    assert refused.code in (403, 405)
    assert b"nginx" not in refused.read()


def _attachment(page: installation.Answer) -> str:
    """Where the attachment of an item's page is."""
    return "/attachments/" + page.body.decode().partition('href="/attachments/')[2].partition('"')[0]


def _sent(site: Site, method: str, path: str) -> HTTPError:
    """How the site refuses what is sent to an address."""
    request = Request(f"http://127.0.0.1:{site.front}{path}", data=b"x=1", method=method)
    with pytest.raises(HTTPError) as refused:
        urlopen(request, timeout=20)
    return refused.value


@needs_nginx
def test_withdrawn_is_gone_with_the_next_request(site):
    """Last in this file: the item doesn't come back."""
    page = site.get(f"/item/{site.item}/")
    address = _attachment(page)
    attachment = site.get(address)
    again = kept(site, address)
    for answer in (attachment, again):
        assert answer.status == 200
        assert "人人可以下载" in answer.body.decode()
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-type"].replace("; ", ";") == "text/plain;charset=utf-8"
    assert list((site.installation.data / "public" / "attachments").rglob("*-通知.txt"))
    site.act("withdraw", str(site.item))
    gone = site.get(f"/item/{site.item}/", if_none_match=page.headers["etag"])
    assert gone.status == 410
    assert "食堂" not in site.get("/").body.decode()
    assert site.get(address).status in (404, 410)
    assert "食堂" not in site.get("/feed.atom").body.decode()
    assert not [file for file in (site.installation.data / "public").rglob("*") if "通知" in file.name]


def test_the_configuration_knows_the_types_that_the_front_knows():
    """The two must say the same of a file; this part needs no nginx."""
    text = (DEPLOY / "gongkai.conf").read_text("utf-8")
    for extension, kind in (TYPES | ATTACHMENT_TYPES).items():
        plain = kind.partition(";")[0]
        assert any(
            line.strip().startswith(f"{plain} ") and f" {extension}" in line.replace(";", " ")
            for line in text.splitlines()
        ), extension


@needs_nginx
@pytest.mark.parametrize("address", ["/desk/login/", "/search/", "/", "/attachments/1/1/a.pdf"])
def test_who_sends_more_than_nginx_lets_through_reads_in_chinese_what_to_do(site, address):
    answer = installation.send(site.front, address, b"x" * (111 * 2**20))
    assert answer.status == 413
    assert answer.headers["content-type"].startswith("text/html")
    assert "提交的内容太大" in answer.body.decode()


@needs_nginx
def test_while_the_application_is_away_files_are_read_and_the_rest_says_so_in_chinese(site, tmp_path):
    kept(site, "/accessibility/")
    with running(tmp_path / "nginx", site.installation.data, installation.free_port()) as front:
        assert installation.get(front, "/accessibility/").status == 200
        away = installation.get(front, "/desk/login/")
        assert away.status == 502
        assert away.headers["content-type"].startswith("text/html")
        assert "网站暂时打不开" in away.body.decode()
