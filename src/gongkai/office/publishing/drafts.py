"""Beginning to write: the draft of a new item, or of one that has been public."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import record
from gongkai.office.publishing.body import clean
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Draft, Item
from gongkai.regulation.review import Edited


def tidy(content: Content) -> Content:
    """The content as it may be stored: its HTML clean, no blanks around what is written, no keyword twice."""
    texts = {
        name: getattr(content, name).strip()
        for name in ("title", "summary", "issuing_agency", "document_number", "source", "source_url", "correction_note")
    }
    keywords = tuple(dict.fromkeys(word.strip() for word in content.keywords if word.strip()))
    topics = tuple(sorted(set(content.topics)))
    return replace(content, body=clean(content.body), keywords=keywords, topics=topics, **texts)


def begin(item: Item, content: Content, *, by: User, at: datetime) -> Draft:
    """Lay a draft beside an item that has none, and record who wrote it. The caller holds the item's lock.

    Errors: Refused when there is a draft already.
    """
    if standing := Draft.objects.select_related("saved_by").filter(item=item).first():
        raise Refused(f"这条信息已经有一份正在处理的稿件（{standing.saved_by.name}保存），请在那份稿件上修改。")
    content = tidy(content)
    draft = Draft.objects.create(
        item=item,
        organ=item.organ,
        content=content.to_json(),
        content_hash=content.hash(),
        saved_by=by,
        saved_at=at,
        started_by=by,
    )
    dossier = record.read(item, at=at, by=by)
    if dossier.unwritten is None:
        # The very text that is public, taken up again: a new round begins all the same.
        record.add(dossier, Edited(by.staff_number, dossier.at, content.hash()))
    else:
        record.note_standing(draft, record.write_edit(dossier))
    draft.refresh_from_db()
    return draft
