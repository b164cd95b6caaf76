"""What templates show of a normative document: its badge, its band, its links, its downloads.

The item's page belongs to publishing, which doesn't know this room; its slots are filled by templates of this room.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from gongkai.office.normative import downloads, queries
from gongkai.office.normative.facts import standing_events
from gongkai.office.normative.models import NormativeDocument
from gongkai.office.publishing.models import Item
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import depends_on
from gongkai.regulation.disclosure.normative.validity import LABELS

register = template.Library()

_COLOURS = {
    "in_force": "badge-green",
    "amended": "badge-green",
    "published_not_effective": "badge-amber",
    "lapsed": "badge-red",
    "repealed": "badge-red",
}
_NAMES = {str(state): label for state, label in LABELS.items()}
_RELATIONS = (
    ("amended", "修改本文件的文件", "本文件修改的文件"),
    ("extended", "延长本文件有效期的文件", "本文件延长有效期的文件"),
    ("repealed", "废止或者替代本文件的文件", "本文件废止或者替代的文件"),
    ("cleaned_up", "清理本文件的决定", "本决定清理的文件"),
    ("interpreted", "政策解读", "本解读对应的文件"),
)


@register.simple_tag
def state_badge(state: str) -> SafeString:
    """A state as a coloured badge with words; nothing for a state the public doesn't see."""
    if state not in _COLOURS:
        return SafeString("")
    return format_html('<span class="badge {}">{}</span>', _COLOURS[state], _NAMES[state])


@register.simple_tag
def normative_of(item: Item) -> dict[str, Any]:
    """The normative document an item is, and where it stands today; empty for any other item."""
    document = queries.of_item(item)
    if document is None:
        return {}
    depends_on(keys.normative(document.pk))
    return {"document": document, "validity": queries.standing_of(document, on=localdate())}


@register.simple_tag
def normative_links(item: Item) -> list[dict[str, Any]]:
    """The acts that changed this document, and the documents that it, as an act, changed: each pair linked both ways."""
    document = NormativeDocument.objects.filter(item=item).first()
    suffered = list(standing_events().filter(document=document).select_related("act_item")) if document else []
    done = list(queries.acts_on(item))
    others = {event.act_item_id for event in suffered} | {event.document.item_id for event in done}
    depends_on(*(keys.item(each) for each in others if each))
    found = []
    for kind, by_label, of_label in _RELATIONS:
        acts = [
            {"on": event.on, "title": _title(event.act_item, event.detail), "item": _shown(event.act_item)}
            for event in suffered
            if event.kind == kind and (event.act_item or event.detail.get("act"))
        ]
        documents = [
            {"on": event.on, "title": event.document.title, "item": _shown(event.document.item)}
            for event in done
            if event.kind == kind
        ]
        found += [{"label": label, "rows": rows} for label, rows in ((by_label, acts), (of_label, documents)) if rows]
    return found


@register.simple_tag
def normative_public_facts(document: NormativeDocument) -> list[tuple[str, str]]:
    """What of a document's procedure is public: comment, filing, clean-up, and whom to ask."""
    facts = []
    for event in standing_events().filter(document=document).order_by("on", "id"):
        detail = event.detail
        if event.kind == "comment_held":
            facts.append(("征求意见", f"{event.on:%Y-%m-%d}至{detail['until']}"))
        elif event.kind == "filed":
            receipt = f"，登记号{detail['receipt']}" if detail.get("receipt") else ""
            facts.append(("备案", f"{event.on:%Y-%m-%d}报送{detail['to']}{receipt}"))
    for decision in document.cleanup_decisions.filter(round__closed_on__isnull=False).select_related("round"):
        facts.append(("清理", f"{decision.round.title}：{decision.get_outcome_display()}"))
    if document.contact_phone:
        facts.append(("政策咨询", f"{document.contact_unit} {document.contact_phone}"))
    return facts


@register.simple_tag
def normative_downloads(item: Item) -> list[downloads.Format]:
    """The formats in which the text can be had; none when the text is an attachment."""
    return list(downloads.FORMATS.values()) if downloads.read_body(item.body) else []


def _shown(item: Item | None) -> Item | None:
    return item if item is not None and item.is_public else None


def _title(item: Item | None, detail: dict[str, Any]) -> str:
    return item.title if item is not None and _shown(item) else str(detail.get("act", ""))
