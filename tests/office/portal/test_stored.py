"""Pages of the frame as files: kept, and gone when what they show changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongkai.office.organs.actions import set_disclosure_office
from tests.office.cast import NOW, assemble
from tests.office.portal.content import County, fill
from tests.office.portal.pages import addresses


@pytest.fixture
def county(committed: Path, settings: Any) -> County:
    settings.MEDIA_ROOT = committed.parent / "media"
    return fill(assemble(), items=30)


def test_every_public_page_is_kept_as_a_file_but_refusals_and_prefixed_pages(county: County, committed: Path) -> None:
    client = Client()
    for address in addresses(county).values():
        client.get(address)
        client.get(f"/large{address}")
    kept = {str(path.relative_to(committed)) for path in committed.rglob("*.html")}
    assert {"~.html", "column/policies.html", "disclosure/application.html", "topics.html"} <= kept
    assert not [name for name in kept if name.startswith("large")]
    assert not [name for name in kept if name.endswith(f"/{county.withdrawn.pk}.html")]
    assert not [name for name in kept if "nothing" in name]


def test_a_new_disclosure_office_stands_on_the_page_of_applications_at_once(county: County, committed: Path) -> None:
    client, file = Client(), committed / "disclosure" / "application.html"
    client.get("/disclosure/application/")
    assert "青溪县水利局办公室" not in file.read_text("utf-8")
    set_disclosure_office(
        county.cast.water,
        by=county.cast.administrator,
        at=NOW,
        name="青溪县水利局办公室",
        address="青溪县水利路 2 号",
        office_hours="工作日 8:30—17:30",
        phone="0599-0000020",
    )
    assert not file.exists()
    assert "青溪县水利局办公室" in client.get("/disclosure/application/").content.decode()
