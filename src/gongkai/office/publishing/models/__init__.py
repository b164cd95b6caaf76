"""What the room stores."""

from gongkai.office.publishing.models.columns import CatalogueRow, Column
from gongkai.office.publishing.models.drafts import Draft, OutsideLink, ReviewEvent, WordPreference
from gongkai.office.publishing.models.imports import ImportRun, ItemOrigin, PlannedImport
from gongkai.office.publishing.models.items import PUBLIC, IndexSequence, Item, ItemAttachment, StoredFile, Version
from gongkai.office.publishing.models.journal import SearchChange

__all__ = [
    "PUBLIC",
    "CatalogueRow",
    "Column",
    "Draft",
    "ImportRun",
    "IndexSequence",
    "Item",
    "ItemAttachment",
    "ItemOrigin",
    "OutsideLink",
    "PlannedImport",
    "ReviewEvent",
    "SearchChange",
    "StoredFile",
    "Version",
    "WordPreference",
]
