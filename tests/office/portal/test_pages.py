"""What every public page carries, and that it carries nothing of its reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import transaction
from django.test import Client, override_settings
from lxml import html

from gongkai.office.portal.templatetags.portal import qr
from tests.office.cast import assemble
from tests.office.portal.content import County, fill
from tests.office.portal.pages import addresses

NOT_200 = {"withdrawn": 410, "not found": 404}


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """The county of this folder's tests, filled once for all of this file: its pages are only looked at."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        yield fill(assemble())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def pages(county: County) -> dict[str, bytes]:
    found, client = {}, Client()
    for name, address in addresses(county).items():
        response = client.get(address)
        assert response.status_code == NOT_200.get(name, 200), f"{name} {address}"
        found[name] = response.getvalue()
    return found


def test_every_page_is_well_formed_html_with_one_heading_and_its_landmarks(pages: dict[str, bytes]) -> None:
    for name, page in pages.items():
        tree = html.fromstring(page)
        assert tree.get("lang") == "zh-CN", name
        assert len(tree.xpath("//h1")) == 1, name
        assert len(tree.xpath("//main[@id='content']")) == 1, name
        assert len(tree.xpath("//header")) == 1, name
        assert len(tree.xpath("//footer")) == 1, name
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), f"{name}: an id stands twice"
        levels = [int(heading.tag[1]) for heading in tree.xpath("//main//h1|//main//h2|//main//h3|//main//h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), f"{name}: {levels}"
        for field in tree.xpath("//input[not(@type='hidden')]|//select|//textarea"):
            assert tree.xpath(f"//label[@for='{field.get('id')}']"), f"{name}: a field without a label"
        for image in tree.xpath("//img"):
            assert image.get("alt") is not None, name


def test_every_page_names_the_five_statutory_parts_in_their_order(pages: dict[str, bytes]) -> None:
    for name, page in pages.items():
        parts = html.fromstring(page).xpath("//header//nav[@aria-label='政府信息公开']//a")
        assert [part.text_content() for part in parts] == [
            "政府信息公开指南",
            "政府信息公开制度",
            "法定主动公开内容",
            "政府信息公开年报",
            "依申请公开",
        ], name


def test_every_page_carries_the_government_meta_tags_of_the_site(pages: dict[str, bytes]) -> None:
    for name, page in pages.items():
        metas = _metas(page)
        assert metas["SiteName"] == "青溪县政府信息公开平台", name
        assert metas["SiteIDCode"] == "9900010001", name
        assert metas["SiteDomain"], name


def test_an_item_carries_the_meta_tags_of_an_article(pages: dict[str, bytes], county: County) -> None:
    metas = _metas(pages["item"])
    assert metas["ColumnName"] == "政策文件"
    assert metas["ArticleTitle"] == county.full.title
    assert metas["PubDate"] == "2024-04-12 09:00"
    assert metas["ContentSource"] == "青溪县水利局"
    assert metas["Keywords"] == "饮用水,水源保护,农村"
    assert metas["Author"] == "青溪县人民政府办公室"
    assert metas["Url"].endswith(f"/item/{county.full.pk}/")


def test_a_page_has_no_inline_script_no_inline_style_and_nothing_from_elsewhere(pages: dict[str, bytes]) -> None:
    for name, page in pages.items():
        tree = html.fromstring(page)
        assert not tree.xpath("//script[not(@src)]|//style|//iframe|//*[@style]"), name
        assert not [a for a in tree.xpath("//@*") if a.attrname.startswith("on")], name
        for source in tree.xpath("//link[@rel='stylesheet']/@href|//img/@src|//script/@src"):
            assert re.match(r"/[^/]", source), f"{name}: {source}"


def test_a_page_carries_nothing_of_its_reader(pages: dict[str, bytes], county: County, client: Client) -> None:
    client.force_login(county.cast.editor)
    client.cookies["display"] = "large"
    for name, address in addresses(county).items():
        response = client.get(address)
        assert response.getvalue() == pages[name], name
        assert "csrf" not in response.getvalue().decode().lower(), name


@pytest.mark.slow
def test_no_link_of_the_site_leads_nowhere(pages: dict[str, bytes], county: County, client: Client) -> None:
    where = addresses(county)
    links = {
        urljoin(where[name], link): name
        for name, page in pages.items()
        for link in html.fromstring(page).xpath("//a/@href")
        if not re.match(r"https?://", link) and not link.startswith("#")
    }
    assert len(links) > 100
    for link, name in links.items():
        assert client.get(link).status_code in (200, 302, 410), f"{link} on {name}"


def test_a_site_without_anything_shows_pages_that_say_what_to_do(client: Client, db: None) -> None:
    for address in ("/", "/topics/", "/site-map/", "/catalogue/category/fees/", "/catalogue/field/taxation/"):
        assert client.get(address).status_code == 200, address
    for part in ("guide", "systems", "content", "annual-reports", "application"):
        assert client.get(f"/disclosure/{part}/").status_code == 200, part


def _metas(page: bytes) -> dict[str, str]:
    return {meta.get("name"): meta.get("content") for meta in html.fromstring(page).xpath("//meta[@name]")}


WITHOUT_CODE = ("not found", "search", "search without an answer", "search of the ledgers")
"""Pages whose address on a phone would not show the same: a missing one, and what somebody typed into the search box."""


def test_every_page_shows_its_own_address_as_one_qr_code(pages: dict[str, bytes], county: County) -> None:
    for name, page in pages.items():
        on_screen = html.fromstring(page).xpath("//figure[contains(@class, 'qr')][not(contains(@class, 'print-only'))]")
        assert len(on_screen) == (0 if name in WITHOUT_CODE else 1), name
    assert qr(f"http://127.0.0.1:8000{addresses(county)['column']}") in pages["column"].decode()
