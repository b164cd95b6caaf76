"""Whoever copies the database, the log or the public folder learns of no account's mailbox or password."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from gongkai.office.applicants.models import Account
from tests.office.applicants.somebody import ACCOUNT, ask, link_in, received, registered, sign_in
from tests.office.casework.visitor import apply
from tests.office.cast import assemble
from tests.office.notices.conftest import mailbox as mailbox
from tests.office.notices.mail_server import Mailbox

SECRETS = (
    "sun.mailbox@example.cn",
    "sun.newbox@example.cn",
    "nobody.here@example.cn",
    "Qingxi-2024-known",
    "Tried-2024-x",
)


def test_found_only_encrypted(
    committed: Path, tmp_path: Path, settings, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
):
    settings.MEDIA_ROOT = tmp_path / "media"
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "mail.log")  # the test's own mail server
    assemble()
    old, new, unknown, known, tried = SECRETS
    client = Client()
    account = registered(client, mailbox, old, known)
    apply(client)
    client.get(ACCOUNT)
    sign_in(Client(), old, tried)
    sign_in(Client(), unknown, tried)
    ask(Client(), "forgotten", unknown)
    client.post(f"{ACCOUNT}address/", {"email": new, "present": known})
    client.post(link_in(received(mailbox)[-1]))
    account.refresh_from_db()
    assert account.email == new, "what was sent did arrive: an empty database would hold no secrets either"
    places = dict(_database(tmp_path)) | {"log": caplog.text.encode()}
    places |= {str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert b"applicants.change_address" in b"".join(places.values())
    found = [(place, secret) for place, content in places.items() for secret in SECRETS if secret.encode() in content]
    assert found == []
    assert Account.objects.count() == 1


def _database(folder: Path) -> Iterator[tuple[str, bytes]]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
    for model in apps.get_models():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            rows = json.dumps(cursor.fetchall(), default=str, ensure_ascii=False)
        yield model._meta.db_table, rows.encode()
