"""A field whose content the database never sees."""

from __future__ import annotations

from typing import Any

from django.db import models

from gongkai.office.personal.keys import seal, unseal


class SealedField(models.TextField[str, str]):
    """Text in Python, ciphertext in the database. It can't be searched or sorted; compare by `keys.fingerprint`."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return seal(text) if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return unseal(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only empty or not can be asked of the database.

        Errors: TypeError for anything else, because it would silently find nothing.
        """
        if lookup_name not in ("isnull",):
            raise TypeError(
                f"{self.name} is sealed and can't be filtered by {lookup_name}; keep a fingerprint beside it"
            )
        return super().get_lookup(lookup_name)
