"""Text messages through a folder and through a gateway: as the contract in docs/notices.md says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from gongkai.office.notices.actions import deliver_due
from gongkai.office.notices.models import Outgoing
from tests.office.cast import NOW
from tests.office.notices.letters import queued, state

NUMBER = "13800000000"


def text() -> Outgoing:
    return queued(channel="text", to="138 0000 0000", body="您的申请已受理。")


@contextmanager
def gateway(status: int | None) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A gateway that answers so; None: it hangs up."""
    asked: list[dict[str, Any]] = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append({**json.loads(body), "headers": dict(self.headers), "path": self.path})
            if status is not None:
                self.send_response(status)
                self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/send?app=1", asked
    finally:
        server.shutdown()
        server.server_close()


def test_without_a_gateway_nothing_is_pretended(db, settings):
    settings.TEXT_URL = ""
    waiting = text()
    deliver_due(NOW)
    assert state(waiting) == "waiting"


def test_a_folder_gets_one_whole_file_for_each(db, settings, tmp_path):
    settings.TEXT_URL = tmp_path.as_uri()
    sent = text()
    deliver_due(NOW)
    name = sent.message_id.partition("@")[0]
    assert [each.name for each in tmp_path.iterdir()] == [f"{name}.json"]
    assert json.loads((tmp_path / f"{name}.json").read_text("utf-8")) == {
        "id": name,
        "to": NUMBER,
        "text": "您的申请已受理。",
    }
    assert state(sent) == "accepted"


def test_a_folder_that_is_gone_is_tried_again(db, settings, tmp_path):
    settings.TEXT_URL = (tmp_path / "gone").as_uri()
    waiting = text()
    assert deliver_due(NOW).deferred == 1
    assert state(waiting) == "waiting"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, "accepted"), (202, "accepted"), (400, "failed"), (429, "waiting"), (503, "waiting"), (None, "uncertain")],
)
def test_a_gateway_s_answer_is_what_it_means(db, settings, status, outcome):
    settings.TEXT_TOKEN = "geheim"
    with gateway(status) as (url, asked):
        settings.TEXT_URL = url
        sent = text()
        deliver_due(NOW)
    assert state(sent) == outcome
    (request,) = asked
    assert (request["to"], request["text"], request["path"]) == (NUMBER, "您的申请已受理。", "/send?app=1")
    assert request["headers"]["Idempotency-Key"] == request["id"] == sent.message_id.partition("@")[0]
    assert request["headers"]["Authorization"] == "Bearer geheim"


def test_a_gateway_that_is_away_is_tried_again(db, settings):
    settings.TEXT_URL = "http://127.0.0.1:1/"
    waiting = text()
    assert deliver_due(NOW).deferred == 1
    assert state(waiting) == "waiting"
