"""Links to other sites: asked in the background, never into the office's own network, and dead only when they are."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from gongkai.office.publishing import outside, precheck
from gongkai.office.publishing.models import OutsideLink
from gongkai.office.publishing.outside import NoAnswer, NotPublic, Place, fault, place_of
from tests.office.cast import NOW, TODAY, Cast
from tests.office.publishing.stage import content, drafted

PUBLIC = "93.184.215.14"
LINK = "https://www.example.gov.cn/policy?id=1"


def looked_up(*machines: str):
    return lambda host, port: machines


def answering(status: int, onward: str = ""):
    return lambda place: (status, onward)


@pytest.mark.parametrize(
    "machine",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.9", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fd00::1", "fe80::1", "::ffff:10.0.0.1", "2002:a00:1::", "64:ff9b::a00:1"],
)  # fmt: skip
def test_no_link_leads_into_the_office_s_own_network(machine: str):
    with pytest.raises(NotPublic):
        place_of(LINK, looked_up(machine))
    with pytest.raises(NotPublic):
        place_of(LINK, looked_up(PUBLIC, machine))


@pytest.mark.parametrize(
    "address",
    ["ftp://www.example.gov.cn/", "http://www.example.gov.cn:8080/", "https://www.example.gov.cn:22/",
     "http://user:secret@www.example.gov.cn/", "http:///nowhere", "http://www.example.gov.cn:port/"],
)  # fmt: skip
def test_only_the_web_s_own_ports_are_asked(address: str):
    with pytest.raises(NotPublic):
        place_of(address, looked_up(PUBLIC))


@pytest.mark.parametrize(
    "address",
    ["http://www..example.gov.cn/", f"http://{'政' * 70}.example.gov.cn/"],
    ids=["an empty part", "a part that is too long"],
)
def test_a_name_that_can_t_be_looked_up_is_a_dead_link_and_stops_no_other(address: str):
    assert fault(address, looked_up(PUBLIC), answering(200)) == "没有应答"


def test_a_redirection_to_something_that_is_no_address_is_a_dead_link():
    assert fault(LINK, looked_up(PUBLIC), answering(302, "http://[")) == "没有应答"


def test_the_machine_that_was_looked_up_is_the_one_that_is_asked():
    assert place_of(LINK, looked_up(PUBLIC)) == Place("https", "www.example.gov.cn", PUBLIC, "/policy?id=1")
    assert place_of("http://例子.测试/公开", looked_up(PUBLIC)).host == "xn--fsqu00a.xn--0zwm56d"


def test_a_redirection_into_the_own_network_is_not_followed():
    asked: list[str] = []

    def look(host: str, port: int) -> list[str]:
        return ["10.0.0.1"] if host == "inner.example.com" else [PUBLIC]

    def ask(place: Place) -> tuple[int, str]:
        asked.append(place.host)
        return 302, "http://inner.example.com/admin"

    assert fault(LINK, look, ask) == ""
    assert asked == ["www.example.gov.cn"]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, ""),
        (404, "对方网站说没有这个页面（404）"),
        (410, "对方网站说没有这个页面（410）"),
        (403, ""),
        (405, ""),
        (500, ""),
    ],
)
def test_only_what_is_gone_is_dead(status: int, said: str):
    assert fault(LINK, looked_up(PUBLIC), answering(status)) == said


def test_who_sends_on_for_ever_has_no_page():
    assert fault(LINK, looked_up(PUBLIC), answering(301, "/policy")) == "转来转去没有结果"


def test_who_does_not_answer_has_no_page():
    def silent(place: Place) -> tuple[int, str]:
        raise NoAnswer(place.host)

    assert fault(LINK, looked_up(PUBLIC), silent) == "没有应答"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    asked: list[str] = []

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(f"{self.headers['Host']}{self.path}")
            self.send_response(301 if self.path == "/old" else 404)
            self.send_header("Location", "/new")
            self.end_headers()

        def log_message(self, *told: object) -> None:
            """Quiet."""

    with http.server.HTTPServer(("127.0.0.1", 0), Answers) as serving:
        monkeypatch.setattr(outside, "_PORTS", {"http": serving.server_port})
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield asked
        serving.shutdown()


def test_a_real_server_is_asked_by_the_site_s_name(server: list[str]):
    assert outside._ask(Place("http", "www.example.gov.cn", "127.0.0.1", "/old")) == (301, "/new")
    assert outside._ask(Place("http", "www.example.gov.cn", "127.0.0.1", "/gone?a=1"))[0] == 404
    assert server == ["www.example.gov.cn/old", "www.example.gov.cn/gone?a=1"]


def test_nobody_listening_is_no_answer(server: list[str], monkeypatch):
    monkeypatch.setattr(outside, "_PORTS", {"http": 1})
    with pytest.raises(NoAnswer):
        outside._ask(Place("http", "www.example.gov.cn", "127.0.0.1", "/"))


def body(*addresses: str) -> str:
    return "".join(f'<p><a href="{each}">原文</a></p>' for each in addresses)


def test_nothing_is_asked_unless_the_installation_says_so(cast: Cast, monkeypatch):
    monkeypatch.setattr(outside, "fault", lambda address: pytest.fail("asked"))
    drafted(cast, body=body(LINK))
    outside.ask_due(NOW)
    assert not OutsideLink.objects.exists()


def test_a_link_that_is_dead_two_days_in_a_row_is_told_at_the_check(cast: Cast, monkeypatch, settings):
    settings.CHECK_LINKS = True
    dead, alive = "https://gone.example.com/a", "https://here.example.com/b"
    monkeypatch.setattr(outside, "fault", lambda address: "没有应答" if "gone" in address else "")
    drafted(cast, body=body(dead, alive))

    def told() -> list[str]:
        found = precheck.check(content(cast, body=body(dead, alive)), cast.education, on=TODAY)
        return [quote for each in found if each.code == "LINK-DEAD" for quote in each.quotes]

    outside.ask_due(NOW)
    assert told() == []
    outside.ask_due(NOW + timedelta(hours=5))
    assert told() == []
    outside.ask_due(NOW + timedelta(days=1))
    assert len(told()) == 1
    assert "gone.example.com" in told()[0]
    link = OutsideLink.objects.get(address=dead)
    assert (link.fault, link.asked_at, link.dead_days) == ("没有应答", NOW + timedelta(days=1), 2)


def test_when_nothing_at_all_answers_it_is_our_own_way_out(cast: Cast, monkeypatch, settings):
    settings.CHECK_LINKS = True
    monkeypatch.setattr(outside, "fault", lambda address: "没有应答")
    drafted(cast, body=body("https://a.example.com/", "https://b.example.com/"))
    outside.ask_due(NOW)
    outside.ask_due(NOW + timedelta(days=1))
    assert not OutsideLink.objects.filter(dead_days__gt=0).exists()


def test_a_site_is_asked_once_a_round_and_a_link_nobody_holds_is_forgotten(cast: Cast, monkeypatch, settings):
    settings.CHECK_LINKS = True
    asked: list[str] = []
    monkeypatch.setattr(outside, "fault", lambda address: asked.append(address) or "")
    item = drafted(cast, body=body("https://a.example.com/1", "https://a.example.com/2", "/item/1/"))
    outside.ask_due(NOW)
    assert asked == ["https://a.example.com/1"]
    outside.ask_due(NOW)
    assert asked == ["https://a.example.com/1", "https://a.example.com/2"]
    item.draft.delete()
    outside.ask_due(NOW)
    assert not OutsideLink.objects.exists()
