"""Every kind of public page, by an address of each: what the tests of the frame walk through."""

from __future__ import annotations

from tests.office.portal.content import County

FORMS = {
    "applying: the form": "/applications/new/qingxi/natural_person/",
    "following an application": "/applications/track/",
    "an account: register": "/applications/account/register/",
    "an account: forgotten password": "/applications/account/forgotten/",
    "an account: sign in": "/applications/account/sign-in/",
    "an account: a link that is over": "/applications/account/link/over/",
    "write a message": "/messages/write/",
    "find a message": "/messages/find/",
}
"""Pages of one visitor's, with a token in them: never kept as files, and looked at for everything else."""


def addresses(county: County) -> dict[str, str]:
    """The kinds of pages by name."""
    return {
        "home": "/",
        "item": f"/item/{county.full.pk}/",
        "withdrawn": f"/item/{county.withdrawn.pk}/",
        "column": "/column/policies/",
        "topic": "/column/topic-1/",
        "empty column": "/column/coercion/",
        "year of a column": "/column/policies/year/2023/",
        "category": "/catalogue/category/fees/",
        "field": "/catalogue/field/social_assistance/",
        "items of a field": "/catalogue/field/social_assistance/items/",
        "items of an agency": "/organ/qingxi/items/",
        "disclosure of an agency": "/organ/qingxi/disclosure/",
        "agency": "/organ/qingxi/",
        "leaders of an agency": "/organ/qingxi/leaders/",
        "agencies": "/organs/",
        "topics": "/topics/",
        "guide": "/disclosure/guide/",
        "systems": "/disclosure/systems/",
        "content": "/disclosure/content/",
        "annual reports": "/disclosure/annual-reports/",
        "application": "/disclosure/application/",
        "application guide": "/disclosure/application/guide/",
        "application statistics": "/disclosure/application/statistics/",
        "application guide of an agency": "/organ/qingxi/application-guide/",
        "applying: which agency": "/applications/new/",
        "applying: who": "/applications/new/qingxi/",
        "site map": "/site-map/",
        "statement": "/accessibility/",
        "report an error": "/report-error/",
        "subscribe": "/subscribe/",
        "open data": "/open-data/",
        "normative library": "/normative/",
        "search of the library": "/normative/search/?state=holding&on=2024-04-12",
        "clean-up results": "/normative/cleanup/",
        "filings": "/normative/filing/",
        "interpretations": "/interpretations/",
        "responses": "/responses/",
        "press conferences": "/press-conferences/",
        "consultations": "/consultations/",
        "messages": "/messages/",
        "search of the ledgers": "/search/records/?q=留言",
        "service items": "/services/",
        "service points": "/services/points/",
        "online cases": "/services/online-cases/",
        "accounts": "/new-media/",
        **county.pages,
        "verify a file": "/verify/",
        "numbers of annual reports": "/report-data/",
        "check-up of annual reports": "/report-check/",
        "search": "/search/?q=学校",
        "search without an answer": "/search/?q=没有的字词",
        "not found": "/nothing-here/",
    }
