"""A gateway that takes messages over HTTP."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings

from gongkai.office.notices.channels.port import Answer, Claimed
from gongkai.office.notices.states import Result

_TIMEOUT = 20.0
_LATER = (408, 409, 425, 429)
"""Answers below 500 that mean "not now"."""


def deliver(message: Claimed, handing: Callable[[], None]) -> Answer:
    """POST one message as JSON; 2xx is accepted, 4xx refused, anything else later. The number is the idempotency key."""
    name = message.message_id.partition("@")[0]
    body = json.dumps({"id": name, "to": message.to, "text": message.body}, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json", "Idempotency-Key": name}
    if settings.TEXT_TOKEN:
        headers["Authorization"] = f"Bearer {settings.TEXT_TOKEN}"
    url = urlsplit(settings.TEXT_URL)
    connection = _connection(url.scheme, url.hostname or "", url.port)
    try:
        connection.connect()
    except OSError as error:
        connection.close()
        return Answer(Result.DEFERRED, f"连不上短信网关（{type(error).__name__}）", stops=True)
    try:
        handing()
        connection.request("POST", f"{url.path or '/'}{'?' + url.query if url.query else ''}", body, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return Answer(Result.UNCERTAIN, "短信已交出，网关没有答复", stops=True)
    finally:
        connection.close()
    if 200 <= status < 300:
        return Answer(Result.ACCEPTED, str(status))
    if 400 <= status < 500 and status not in _LATER:
        return Answer(Result.REFUSED, f"{status} 短信网关拒收")
    return Answer(Result.DEFERRED, f"{status} 短信网关暂时不收", stops=True)


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=_TIMEOUT, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=_TIMEOUT)
