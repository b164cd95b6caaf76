"""The pages of items and of lists, their feeds and site maps."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from gongkai.office.publishing.models import Item
from gongkai.office.publishing.views import lists
from tests.office.cast import Cast
from tests.office.portal.content import County, fill

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def county(cast: Cast, settings: Any, tmp_path: Any) -> County:
    settings.MEDIA_ROOT = tmp_path / "media"
    return fill(cast)


def test_an_item_shows_its_metadata_body_attachments_and_corrections(county: County, client: Client) -> None:
    page = client.get(f"/item/{county.full.pk}/").content.decode()
    for shown in (
        county.full.title, county.full.index_number, "青政办〔2024〕18号", "2024年4月10日", "2024年4月12日 09:00",
        "行政法规、规章和规范性文件", "饮用水、水源保护、农村", "摸清底数", "水源地名录.xlsx", "Excel 表格，234 KB",
        "已更正为“上游水库”", "https://water.example.org/notice/18", "三大攻坚战",
    ):  # fmt: skip
        assert shown in page, shown


def test_a_table_in_a_body_scrolls_in_a_box_of_its_own(county: County, client: Client) -> None:
    page = client.get(f"/item/{county.full.pk}/").content.decode()
    assert '<div class="table-box" role="region" aria-label="表格" tabindex="0"><table>' in page


def test_a_withdrawn_item_says_when_and_why_and_nothing_of_what_it_said(county: County, client: Client) -> None:
    answer = client.get(f"/item/{county.withdrawn.pk}/")
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "2024年4月15日" in page
    assert "岗位条件表述有误，重新核定后另行公告。" in page
    assert "已经撤回的正文" not in page
    assert "noindex" in page


def test_what_was_never_public_is_not_there(county: County, client: Client) -> None:
    draft = Item.objects.create(
        organ=county.cast.water, column=county.cast.column, title="还在起草", created_at=county.full.created_at
    )
    assert client.get(f"/item/{draft.pk}/").status_code == 404


def test_an_attachment_is_there_as_long_as_its_item_is(county: County, client: Client) -> None:
    address = f"/attachments/{county.full.pk}/2/水源地名录.xlsx"
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == "attachment"
    assert answer.getvalue().startswith("水源地名录.xlsx 的内容".encode())
    assert client.get(f"/attachments/{county.full.pk}/2/别的名字.xlsx").status_code == 404
    Item.objects.filter(pk=county.full.pk).update(withdrawn_at=county.full.published_at, withdrawn_reason="有误")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "path", ["/column/none/", "/catalogue/category/none/", "/catalogue/field/none/", "/organ/none/items/"]
)
def test_a_list_that_does_not_exist_is_not_there(county: County, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("tail", ["page/99/", "page/0/", "year/1999/", "year/99999/", "year/2024/page/99/"])
def test_a_page_or_year_without_items_is_not_there(county: County, client: Client, tail: str) -> None:
    assert client.get(f"/organ/qingxi/items/{tail}").status_code == 404


def test_the_first_page_has_one_address(county: County, client: Client) -> None:
    answer = client.get("/organ/qingxi/items/page/1/")
    assert (answer.status_code, answer["Location"]) == (301, "/organ/qingxi/items/")


def test_a_column_where_nothing_is_expected_says_so_instead_of_being_empty(county: County, client: Client) -> None:
    assert "本单位无此类事项。" in client.get("/column/coercion/").content.decode()


def test_a_column_shows_what_is_new_in_the_columns_below_it(county: County, client: Client) -> None:
    above = county.columns["policies"]
    below = county.columns["plans"]
    below.parent, below.path = above, f"{above.path}0001."
    below.save()
    page = client.get("/column/policies/").content.decode()
    assert '更多<span class="visually-hidden">：规划计划</span>' in page
    assert "规划计划" not in client.get("/column/policies/year/2023/").content.decode()


def test_a_field_shows_its_standard_catalogue_with_gaps(county: County, client: Client) -> None:
    page = client.get("/catalogue/field/social_assistance/").content.decode()
    assert '共 <span class="number">3</span> 项，已有公开信息 <span class="number">2</span> 项' in page
    assert page.count("尚未公开</span>") == 1
    assert "20个工作日内" in page
    assert "【行政法规】《社会救助暂行办法》" in page


@pytest.mark.parametrize(
    "list_address", ["/", "/column/policies/", "/catalogue/category/fees/", "/organ/qingxi/items/"]
)
def test_a_feed_names_the_newest_of_its_list_in_both_forms(county: County, client: Client, list_address: str) -> None:
    atom = ElementTree.fromstring(client.get(f"{list_address}feed.atom").content)
    rss = ElementTree.fromstring(client.get(f"{list_address}feed.rss").content)
    titles = [entry.findtext(f"{ATOM}title") for entry in atom.findall(f"{ATOM}entry")]
    assert titles
    assert titles == [item.findtext("title") for item in rss.iter("item")]
    times = [entry.findtext(f"{ATOM}published") for entry in atom.findall(f"{ATOM}entry")]
    assert times == sorted(times, reverse=True)
    assert not [title for title in titles if "公开招聘" in title], "what is withdrawn is in no feed"


def test_an_empty_feed_is_the_same_text_each_time(cast: Cast, client: Client) -> None:
    assert client.get("/feed.atom").content == client.get("/feed.atom").content


def test_the_site_map_names_every_public_item_once(county: County, client: Client, monkeypatch: Any) -> None:
    from gongkai.office.publishing.views import sitemaps

    monkeypatch.setattr(sitemaps, "SITEMAP_PART", 50)
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    parts = [part.text for part in index.iter(f"{MAP}loc")]
    assert len(parts) > 3
    found = [
        address.text
        for part in parts
        for address in ElementTree.fromstring(client.get(str(part).removeprefix("http://127.0.0.1:8000")).content).iter(
            f"{MAP}loc"
        )
    ]
    items = [address for address in found if address and "/item/" in address]
    assert len(items) == len(set(items)) == Item.objects.filter(withdrawn_at=None).count()
    assert f"http://127.0.0.1:8000/item/{county.withdrawn.pk}/" not in items
    assert "http://127.0.0.1:8000/column/policies/" in found


def test_robots_are_told_where_the_site_map_is_and_what_to_leave(client: Client, db: None) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    assert "Disallow: /desk/" in text


def test_far_pages_of_a_list_are_shown_but_not_kept(
    county: County, client: Client, monkeypatch: Any, settings: Any, tmp_path: Any
) -> None:
    kept: list[str] = []
    monkeypatch.setattr("gongkai.office.renderings.stored.keep", lambda path, *_, **__: kept.append(path))
    monkeypatch.setattr(lists, "KEPT_PAGES", 1)
    Item.objects.exclude(pk=county.withdrawn.pk).update(organ=county.cast.county)
    assert client.get("/organ/qingxi/items/").status_code == 200
    assert client.get("/organ/qingxi/items/page/2/").status_code == 200
    assert kept == ["/organ/qingxi/items/"]
