"""What the tests of the office share: a copied database, and a standing cast of staff."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from tests.office import database
from tests.office.cast import Cast, assemble


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


@pytest.fixture
def cast(db: None) -> Cast:
    """青溪县 with two departments, and the people who work there."""
    return assemble()
