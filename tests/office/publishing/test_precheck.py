"""What only the office can see before something goes to review: links, columns, catalogue limits, words of its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.office.publishing.models import CatalogueRow, Column, WordPreference
from gongkai.office.publishing.precheck import check
from tests.office.cast import TODAY, Cast
from tests.office.publishing.stage import content, published


def codes(cast: Cast, on: date = TODAY, **more: object) -> set[str]:
    return {finding.code for finding in check(content(cast, **more), cast.education, on=on)}


def test_the_usual_content_gives_no_findings(cast: Cast):
    assert codes(cast) == set()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://www.example.cn/a?b=1", ""),
        ("mailto:office@example.cn", ""),
        ("#part2", ""),
        ("/", ""),
        ("/column/notices/", ""),
        ("/no-such-page/", "LINK-BROKEN"),
        ("/item/999999/", "LINK-BROKEN"),
        ("/desk/publishing/", "LINK-BROKEN"),
        ("http://127.0.0.1:8000/no-such-page/", "LINK-BROKEN"),
        ("www.example.cn", "LINK-MALFORMED"),
        ("http://", "LINK-MALFORMED"),
        ("http://localhost/x", "LINK-MALFORMED"),
        ("//example.cn/x", "LINK-MALFORMED"),
        ("http://[broken", "LINK-MALFORMED"),
        ("C:/文件.doc", "LINK-MALFORMED"),
    ],
)
def test_a_link_must_lead_somewhere(cast: Cast, address: str, code: str):
    assert codes(cast, body=f'<p>见<a href="{address}">这里</a>。</p>') == ({code} if code else set())


def test_a_link_to_an_item_holds_as_long_as_it_is_public(cast: Cast):
    item = published(cast)
    body = f'<p><a href="/item/{item.pk}/">解读</a></p>'
    assert codes(cast, body=body) == set()
    type(item).objects.filter(pk=item.pk).update(withdrawn_at=item.published_at, withdrawn_reason="有误")
    assert codes(cast, body=body) == {"LINK-BROKEN"}


def test_outside_addresses_are_asked_only_by_whoever_may_ask(cast: Cast):
    asked: list[str] = []

    def answers(address: str) -> bool:
        asked.append(address)
        return False

    written = content(cast, body='<p><a href="https://gone.example.cn/">x</a></p>')
    assert check(written, cast.education, on=TODAY) == []
    assert [each.code for each in check(written, cast.education, on=TODAY, answers=answers)] == ["LINK-DEAD"]
    assert asked == ["https://gone.example.cn/"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"closed_on": TODAY}, "已经停用"),
        ({"kind": "topic"}, "专栏"),
    ],
)
def test_a_column_out_of_use_is_not_chosen(cast: Cast, change: dict[str, object], says: str):
    Column.objects.filter(pk=cast.column.pk).update(**change)
    found = check(content(cast), cast.education, on=TODAY)
    assert [each.code for each in found] == ["COLUMN-UNUSABLE"]
    assert says in found[0].values["reason"]


def test_only_the_last_step_of_the_tree_is_chosen(cast: Cast):
    Column.objects.create(code="below", name="下级", path="0001.0001.", parent=cast.column)
    assert codes(cast) == {"COLUMN-UNUSABLE"}


def test_the_column_of_another_agency_is_not_chosen(cast: Cast):
    Column.objects.filter(pk=cast.column.pk).update(organ=cast.water)
    assert codes(cast) == {"COLUMN-UNUSABLE"}


def test_the_limit_of_the_catalogue_row_takes_the_place_of_twenty_working_days(cast: Cast):
    row = CatalogueRow.objects.create(
        field="compulsory_education", number=1, item_level1="招生", time_limit="working_day", time_limit_days=7
    )
    formed = TODAY - timedelta(days=14)
    dated = {"formed_date": formed, "written_date": formed}
    assert codes(cast, **dated) == set()
    assert codes(cast, **dated, catalogue_row=row.pk) == {"ITEM-DEADLINE"}


def test_a_word_of_the_products_can_be_dropped_and_one_of_the_offices_added(cast: Cast):
    body = "<p>请作好布署。</p>"
    assert "ITEM-MISWRITTEN" in codes(cast, body=body)
    WordPreference.objects.create(word="布署", is_dropped=True)
    found = {quote for each in check(content(cast, body=body), cast.education, on=TODAY) for quote in each.quotes}
    assert "布署" not in found


def test_every_finding_of_the_office_has_its_words(cast: Cast):
    from gongkai.office.publishing.words import CATALOGUE

    for code, entry in CATALOGUE.entries.items():
        assert entry["severity"] in ("error", "warning"), code
        for part in ("title", "message", "advice", "source", "title_en", "message_en", "advice_en"):
            assert entry[part].strip(), f"{code} {part}"
