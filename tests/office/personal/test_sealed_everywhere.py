"""Whatever is sealed can be sealed anew and can be erased, in every room."""

from __future__ import annotations

import pytest
from django.db import connection

from gongkai.office.personal.actions import sealed_fields

MODELS = [model for model, _ in sealed_fields()]


@pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])
def test_no_sealed_value_stands_in_a_table_that_can_only_be_added_to(db: None, model) -> None:
    asked = (
        "SELECT tgname FROM pg_trigger"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        triggers = {name.lower() for (name,) in cursor.fetchall()}
    assert "casework_applicationevent_refuses_update" in triggers, "triggers are called otherwise by now"
    assert f"{model._meta.db_table}_refuses_update" not in triggers
