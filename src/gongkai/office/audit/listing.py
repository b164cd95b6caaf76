"""The signed list of everything given out under a seal, made once a day and kept as a file."""

from __future__ import annotations

import os
import secrets
from datetime import date
from pathlib import Path

from django.conf import settings

from gongkai.office.audit.queries import seals_with_files
from gongkai.office.audit.signing import as_json, certificate_list


def list_of(day: date) -> Path:
    """The file with the list of a day, made if it is not there yet."""
    folder = Path(settings.DATA_DIR) / "sealed"
    path = folder / f"list-{day.isoformat()}.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = as_json(certificate_list(seals_with_files(), site=settings.SITE_URL, as_of=day.isoformat()))
        unfinished = folder / f".{secrets.token_hex(8)}.tmp"
        unfinished.write_text(made, encoding="utf-8")
        os.replace(unfinished, path)
        for old in folder.glob("list-*.json"):
            if old.name < path.name:
                old.unlink(missing_ok=True)
    return path
