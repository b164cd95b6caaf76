"""The content of an item as JSON: the same bytes for ever, because reviews and versions signed their hash."""

from dataclasses import fields
from datetime import date

from gongkai.office.publishing.content import AttachedFile, Content

WHOLE = Content(
    title="关于停水的公告",
    column=7,
    body="<p>停水通知</p>",
    topics=(3, 4),
    keywords=("停水", "供水"),
    written_date=date(2024, 4, 12),
    expiry_date=date(2025, 4, 11),
    is_reprint=True,
    attachments=(AttachedFile("ab" * 32, "停水范围.pdf"),),
)


def test_the_hash_of_a_content_never_changes():
    assert WHOLE.hash() == "9d29ef4a68aeaaf3b5b345f45a73d2f8f1daa80a25bf6ed85b7697cdbd731ece"
    assert Content(title="甲", column=1).hash() == "2b7abdde1268ffca79a3c30468c81efe5d5f62d0e5c1f2ea8429ee82885c6b63"


def test_every_field_is_written_in_plain_values():
    written = WHOLE.to_json()
    assert set(written) == {each.name for each in fields(Content)}
    assert (written["topics"], written["keywords"]) == ([3, 4], ["停水", "供水"])
    assert (written["written_date"], written["formed_date"]) == ("2024-04-12", None)
    assert written["attachments"] == [{"sha256": "ab" * 32, "name": "停水范围.pdf"}]


def test_what_was_written_is_read_back_the_same():
    assert Content.from_json(WHOLE.to_json()) == WHOLE
