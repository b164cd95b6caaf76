"""What the page of an error says is true: it was noted, in the server's own output, and nothing that was typed in with it."""

from __future__ import annotations

import io
import logging

import pytest
from django.test import Client

from gongkai.office.casework.views.public import track


@pytest.mark.django_db
def test_an_error_stands_in_the_output_without_what_was_typed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    [handler] = [
        each for each in logging.getLogger("django.request").handlers if isinstance(each, logging.StreamHandler)
    ]
    written = io.StringIO()
    monkeypatch.setattr(handler, "stream", written)

    def fails(number: str, code: str) -> None:
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(track, "by_number_and_code", fails)
    client = Client(raise_request_exception=False)
    answer = client.post("/applications/track/", {"number": "青教依申〔2026〕1号", "code": "SECRETCODE12"})
    assert answer.status_code == 500
    assert "我们已经记录下来" in answer.content.decode()
    said = written.getvalue()
    assert "the disk is gone" in said
    assert "/applications/track/" in said
    assert "SECRETCODE12" not in said
