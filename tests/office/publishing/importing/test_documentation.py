"""The page about importing names every heading there is."""

from gongkai.office.publishing.importing.rows import HEADINGS
from tests.samples import REPOSITORY


def test_every_heading_and_key_is_described():
    page = (REPOSITORY / "docs" / "importing.md").read_text("utf-8")
    for heading, key in HEADINGS.items():
        assert heading in page, heading
        assert f"`{key}`" in page, key
