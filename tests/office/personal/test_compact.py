"""After an erasure and a change of keys, the database's own files hold no ciphertext of before: on SQLite, on PostgreSQL."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as configured
from django.db import connection

from gongkai.office.casework.models import Application
from gongkai.office.personal import actions
from gongkai.office.personal.actions import StillInUse, compact, rotate
from gongkai.office.personal.keys import unseal
from tests.office.casework.cases import at, officers, received
from tests.office.cast import TODAY, assemble


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than an office needs: tests run side by side have their databases on one server, some in a long transaction."""
    monkeypatch.setattr(actions, "_PATIENCE_SECONDS", 600.0)


def files_of_the_database() -> list[Path]:
    """Every file in which the database keeps its tables, and SQLite's log; all of it written out."""
    if connection.vendor != "postgresql":
        name = str(connection.settings_dict["NAME"])
        return [path for ending in ("", "-wal", "-journal") if (path := Path(name + ending)).exists()]
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        asked = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        cursor.execute(asked)
        folder, oid = cursor.fetchone()
    return list((Path(folder) / "base" / str(oid)).iterdir())


def standing(tokens: set[str]) -> set[str]:
    """Those of them that stand in a file of the database, by their beginnings: a page may cut a long one."""
    contents = [path.read_bytes() for path in files_of_the_database()]
    return {token for token in tokens if any(token[:60].encode() in content for content in contents)}


def sealed() -> set[str]:
    """The ciphertexts of names, telephones and wishes as they stand in the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT applicant_name, phone, wanted FROM casework_application")
        return {value for row in cursor.fetchall() for value in row if value}


@pytest.mark.usefixtures("committed")
def test_nothing_that_was_erased_or_sealed_with_an_old_key_is_left(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    cast = assemble()
    desk = officers(cast)
    first, second = received(cast, desk.case), received(cast, desk.case)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself: PostgreSQL keeps samples of each column
    before = sealed()
    assert standing(before) == before
    Application.objects.filter(pk=first.pk).update(applicant_name="", phone="", wanted="")
    compact()
    kept = sealed()
    assert standing(before) == kept
    settings.PERSONAL_KEYS = [Fernet.generate_key().decode(), *configured.PERSONAL_KEYS]  # type: ignore[attr-defined]
    rotate(at=at(TODAY))
    compact()
    assert standing(kept) == set()
    assert Application.objects.get(pk=second.pk).applicant_name == unseal(
        next(value for value in sealed() if unseal(value) == "孙申请")
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite a reader is told by the log that stays")
@pytest.mark.usefixtures("committed")
def test_who_may_still_see_old_rows_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = connection.copy()
    try:
        with reader.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count(*) FROM casework_application")
            with monkeypatch.context() as hurry:
                hurry.setattr(actions, "_PATIENCE_SECONDS", 0.0)
                with pytest.raises(StillInUse, match="稍后再运行"):
                    compact()
            cursor.execute("COMMIT")
    finally:
        reader.close()
    compact()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one database in a file")
@pytest.mark.usefixtures("committed")
def test_a_writer_in_another_database_of_the_server_is_waited_for(
    settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    cast = assemble()
    first = received(cast, officers(cast).case)
    before = sealed()
    elsewhere = connection.copy()
    elsewhere.settings_dict = {**elsewhere.settings_dict, "NAME": "postgres"}

    with elsewhere.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT pg_current_xact_id()")
        Application.objects.filter(pk=first.pk).update(applicant_name="", phone="", wanted="")
        with monkeypatch.context() as hurry:
            hurry.setattr(actions, "_PATIENCE_SECONDS", 0.0)
            with pytest.raises(StillInUse, match="稍后再运行"):
                compact()
        ending = threading.Timer(1.0, cursor.execute, ["COMMIT"])
        ending.start()
        compact()
        ending.join()
    elsewhere.close()
    assert standing(before) == set()
