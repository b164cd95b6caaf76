"""Articles as the law's data names them, for every room's templates: no article is typed into a page."""

from __future__ import annotations

from django import template

from gongkai.regulation.law import resolve

register = template.Library()


@register.filter
def article(source: str) -> str:
    """The title and article of a source: 《中华人民共和国政府信息公开条例》第十二条. Errors: LawMissing."""
    instrument, found = resolve(source)
    return f"《{instrument.title}》{found.label}"


@register.filter
def gist(source: str) -> str:
    """What a source says, in our own words. Errors: LawMissing."""
    return resolve(source)[1].gist
