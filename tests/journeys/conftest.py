"""What the journeys share: a database that is migrated once, as in the office's tests."""

from tests.office.conftest import committed, django_db_setup

__all__ = ["committed", "django_db_setup"]
