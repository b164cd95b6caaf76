"""What the tests of the office share: a copied database, and a standing cast of staff."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.office import database
from tests.office.cast import Cast, assemble

_folders = count()


@pytest.fixture(scope="session")
def django_db_setup(tmp_path_factory: pytest.TempPathFactory, worker_id: str, django_db_blocker: Any) -> Iterator[None]:
    """Instead of migrating for each process: a copy of a database that was migrated once."""
    from django.db import connection

    with django_db_blocker.unblock():
        connection.close()
        if connection.vendor == "postgresql":
            name = f"gongkai_test_{worker_id}"
            url = os.environ["DATABASE_URL"]
            database.postgresql_copy(url, name)
            connection.settings_dict["NAME"] = name
            yield
            connection.close()
            database.drop_postgresql(url, name)
        else:
            copy = tmp_path_factory.mktemp("database") / "gongkai.sqlite3"
            shutil.copyfile(database.sqlite_template(), copy)
            connection.settings_dict["NAME"] = str(copy)
            yield
            connection.close()


@pytest.fixture(autouse=True)
def search_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder for the search index that nobody else has; made when something is looked for."""
    from django.conf import settings

    before = settings.SEARCH_ROOT
    number = next(_folders)
    settings.SEARCH_ROOT = tmp_path_factory.getbasetemp() / f"search-{number}"
    yield
    settings.SEARCH_ROOT = before


@pytest.fixture(autouse=True)
def nobody_has_called_yet() -> None:
    """Calls are counted in the process: a test that makes too many would have every later one of its worker refused."""
    from django.core.cache import caches

    caches["counters"].clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """青溪县 with two departments, and the people who work there."""
    return assemble()


@pytest.fixture
def committed(
    django_db_setup: None, django_db_blocker: Any, tmp_path: Path, worker_id: str, settings: Any
) -> Iterator[Path]:
    """A database of the test's own where commits are real, and a public folder beside it (the value).

    For what only shows when transactions end: stored pages, several connections, processes that are killed.
    """
    from django.db import connection

    settings.RENDERINGS_ROOT = tmp_path / "public"
    with django_db_blocker.unblock():
        connection.close()
        usual = connection.settings_dict["NAME"]
        name = f"gongkai_committed_{worker_id}"
        if connection.vendor == "postgresql":
            database.postgresql_copy(os.environ["DATABASE_URL"], name)
            connection.settings_dict["NAME"] = name
        else:
            shutil.copyfile(database.sqlite_template(), tmp_path / "gongkai.sqlite3")
            connection.settings_dict["NAME"] = str(tmp_path / "gongkai.sqlite3")
        yield tmp_path / "public"
        connection.close()
        connection.settings_dict["NAME"] = usual
        if connection.vendor == "postgresql":
            database.drop_postgresql(os.environ["DATABASE_URL"], name)
