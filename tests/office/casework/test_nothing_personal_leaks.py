"""Whoever copies the database, the logs, the public folder, the files or an export learns of no applicant.

Known numbers and names are sent through the public pages and through the whole life of a case; then every place where
something is written is searched for them, in every shape in which they could stand there. The quick one of two: every
journey, every page, backups and logs are `tests/journeys/test_nothing_personal_leaks.py`.
"""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from gongkai.office.casework import actions
from gongkai.office.casework.actions.delivering import deliver
from gongkai.office.casework.models import Application
from gongkai.office.personal.keys import unseal
from tests.office.casework.cases import officers
from tests.office.casework.letters import DISCLOSED, reply, set_up, signed
from tests.office.casework.visitor import COMPANY, IDENTITY, apply, enter, photo
from tests.office.cast import assemble
from tests.office.personal.seeking import shapes

SECRETS = {
    "identity": IDENTITY,
    "name": "孙申请人",
    "phone": "13900001234",
    "mail": "sun.shenqing@example.cn",
    "address": "青溪县城关镇和平路1号",
    "description": "我家住和平路，想知道片区怎么划",
    "correction": "二〇二二年那一份，我孩子那届用的",
    "withdrawal": "孩子已经转学到外地",
    "company": COMPANY["applicant_name"],
    "credit code": COMPANY["identity_number"],
    "representative": COMPANY["representative"],
    "file name": "孙家身份证.png",
}


@pytest.fixture
def journey(committed: Path, tmp_path: Path, settings: Any, caplog: Any) -> Application:
    """Two applications through everything: applied, confirmed, corrected, replied and fetched; and withdrawn."""
    settings.MEDIA_ROOT = tmp_path / "media"
    caplog.set_level(logging.DEBUG)
    cast = assemble()
    desk = officers(cast)
    named = set_up(cast.education)
    named.reconsideration_channel = "青溪县行政复议网上受理平台"
    named.save()
    client, today = Client(), timezone.localdate()
    for address in (
        "/",
        "/disclosure/application/",
        "/disclosure/application/guide/",
        "/organ/qingxi-education/application-guide/",
    ):
        client.get(address)
    client.post(
        "/applications/new/qingxi-education/natural_person/",
        {"applicant_name": SECRETS["name"], "identity_number": "1"},
    )
    made = apply(
        client,
        email=SECRETS["mail"],
        delivery="online",
        wanted=SECRETS["description"],
        identity_files=[SimpleUploadedFile(SECRETS["file name"], photo())],
    )
    client.get("/applications/receipt/")
    client.get("/applications/receipt.pdf")
    client.post("/applications/track/", {"number": made.number, "code": "AAAA"})
    enter(client, made)
    client.post("/applications/case/confirm/")
    actions.confirm(made, side="agency", on=today, at=timezone.now(), by=desk.case)
    actions.request_correction(
        made, points=f"请{SECRETS['name']}写明年度。", working_days=5, on=today, at=timezone.now(), by=desk.case
    )
    client.post("/applications/case/correction/", {"wanted": SECRETS["correction"]})
    made.refresh_from_db()
    assert made.state == "under_review"
    letter = signed(reply(made, "disclose", desk, on=today, **DISCLOSED), desk, on=today)
    deliver(letter, way="online", by=desk.case, at=timezone.now())
    shown = client.get("/applications/case/").content.decode()
    assert SECRETS["correction"] not in shown.partition("<title>")[2].partition("</title>")[0]
    fetched = client.get(f"/applications/case/files/{letter.pdf_id}/")
    assert fetched.content.startswith(b"%PDF")
    other = apply(Client(), "/applications/new/qingxi-education/commercial_enterprise/")
    visitor = Client()
    enter(visitor, other)
    visitor.post("/applications/case/withdraw/", {"sure": "1", "words": SECRETS["withdrawal"]})
    for address in ("/api/v1/items/", "/search/?q=孙申请人", "/site-map/", "/feed.atom", "/sitemap.xml"):
        client.get(address)
    made.refresh_from_db()
    return made


def test_found_only_encrypted(journey: Application, committed: Path, tmp_path: Path, caplog: Any) -> None:
    # What was sent did arrive: an empty database would hold no secrets either.
    assert (journey.applicant_name, journey.phone, journey.email) == (
        SECRETS["name"],
        SECRETS["phone"],
        SECRETS["mail"],
    )
    assert journey.state == "replied"
    places = {"log": caplog.text.encode(), **dict(_database(tmp_path)), **dict(_files(tmp_path))}
    assert any(place.startswith("public/") for place in places)
    assert any(place.startswith("media/sealed") for place in places)
    found = [
        (place, name)
        for place, content in places.items()
        for name, secret in SECRETS.items()
        if any(shape in content for shape in shapes(secret))
    ]
    assert found == []


def test_the_search_would_find_what_stands_open(journey: Application, tmp_path: Path) -> None:
    """The same search finds what is public: it looks where things are, and in the right shapes."""
    database = b"".join(content for _, content in _database(tmp_path))
    assert any(shape in database for shape in shapes(journey.number))
    assert any(shape in database for shape in shapes("青溪县教育局"))


def test_what_is_sealed_can_be_read_with_the_key(journey: Application) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT applicant_name FROM casework_application WHERE id = %s", [journey.pk])
        (sealed,) = cursor.fetchone()
    assert unseal(sealed) == SECRETS["name"]


def _database(folder: Path) -> Iterator[tuple[str, bytes]]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
        for path in folder.glob("gongkai.sqlite3*"):
            yield path.name, path.read_bytes()
        return
    from django.apps import apps

    for model in apps.get_models():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" AS t')
            yield model._meta.db_table, "\n".join(row[0] for row in cursor.fetchall()).encode()


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that was written: public pages, sealed files, exports; what is packed is unpacked."""
    for path in folder.rglob("*"):
        if not path.is_file() or path.name.startswith("gongkai.sqlite3"):
            continue
        content = path.read_bytes()
        yield str(path.relative_to(folder)), str(path).encode() + content
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for name in archive.namelist():
                    yield f"{path.name}:{name}", archive.read(name)


def test_an_answer_to_somebody_else_names_nobody(journey: Application) -> None:
    client = Client()
    client.cookies.clear()
    for address in ("/applications/receipt/", "/applications/case/", "/applications/preview/", "/applications/new/"):
        shown = client.get(address, follow=True).content
        assert not any(secret.encode() in shown for secret in SECRETS.values()), address
