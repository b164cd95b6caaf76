"""What publishing gives to the annual report: each figure with its records, as the last day of the period left them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gongkai.office.publishing.models import Column, Item
from gongkai.office.publishing.queries import counted, tally
from tests.office.cast import Cast
from tests.office.public_items import public_item

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
NEXT = (date(2025, 1, 1), date(2025, 12, 31))


def beijing(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def counts(organs: list[int], period: tuple[date, date] = YEAR) -> dict[str, int]:
    return {each.measure.key: int(each.value) for each in tally(organs, *period, "2019")}


def test_an_item_counts_in_the_year_it_went_public_by_the_calendar_of_beijing(cast: Cast) -> None:
    for number, at in enumerate(
        (
            beijing(2023, 12, 31, 23, 59),
            beijing(2024, 1, 1, 0, 0),
            beijing(2024, 12, 31, 23, 59),
            beijing(2025, 1, 1, 0),
        )
    ):
        public_item(cast.education, cast.column, number, at=at)
    assert counts([cast.education.pk])["items_disclosed"] == 2
    assert counts([cast.education.pk], NEXT)["items_disclosed"] == 1
    assert counts([cast.water.pk])["items_disclosed"] == 0


def test_reprints_are_on_the_website_but_not_the_office_s_own(cast: Cast) -> None:
    public_item(cast.education, cast.column, 1)
    public_item(cast.education, cast.column, 2, is_reprint=True)
    found = counts([cast.education.pk])
    assert (found["items_disclosed"], found["website_items"]) == (1, 2)


def test_what_was_withdrawn_by_the_end_of_the_year_does_not_count_and_what_was_later_still_does(cast: Cast) -> None:
    for number, withdrawn in ((1, None), (2, beijing(2024, 12, 31, 23, 59)), (3, beijing(2025, 1, 1, 0, 0))):
        item = public_item(cast.education, cast.column, number)
        Item.objects.filter(pk=item.pk).update(withdrawn_at=withdrawn, withdrawn_reason="内容有误" if withdrawn else "")
    found = counts([cast.education.pk])
    assert (found["items_disclosed"], found["website_items"]) == (2, 2)


def test_an_item_in_two_battles_counts_once(cast: Cast) -> None:
    battles = Column.objects.create(code="three-battles", name="三大攻坚战", kind="topic", path="0002.")
    risks = Column.objects.create(code="battle-risks", name="防范风险", kind="topic", parent=battles, path="0002.0001.")
    poverty = Column.objects.create(code="battle-poverty", name="脱贫", kind="topic", parent=battles, path="0002.0002.")
    public_item(cast.education, cast.column, 1, topics=(risks.pk, poverty.pk))
    public_item(cast.education, risks, 2)
    public_item(cast.education, cast.column, 3)
    assert counts([cast.education.pk])["three_battles_items"] == 2
    assert counts([cast.education.pk], NEXT)["three_battles_items"] == 0


def test_columns_of_the_site_count_for_whoever_runs_it_as_long_as_they_are_open(cast: Cast) -> None:
    Column.objects.create(code="epidemic", name="疫情防控", kind="topic", path="0003.")
    Column.objects.create(code="old", name="旧专栏", kind="topic", path="0004.", closed_on=date(2024, 12, 31))
    Column.objects.create(code="own", name="教育专栏", kind="topic", path="0005.", organ=cast.education)
    assert counts([cast.county.pk])["columns"] == 1
    assert counts([cast.education.pk])["columns"] == 1
    assert counts([cast.county.pk, cast.education.pk])["columns"] == 2


def test_a_field_counts_once_something_is_public_in_it(cast: Cast) -> None:
    public_item(cast.education, cast.column, 1, grassroots_field="health")
    public_item(cast.education, cast.column, 2, grassroots_field="health")
    gone = public_item(cast.education, cast.column, 3, grassroots_field="budget_accounts")
    Item.objects.filter(pk=gone.pk).update(withdrawn_at=beijing(2025, 3, 1), withdrawn_reason="内容有误")
    assert counts([cast.education.pk])["grassroots_fields"] == 2
    assert counts([cast.education.pk], NEXT)["grassroots_fields"] == 1
    assert counts([cast.education.pk], (date(2023, 1, 1), date(2023, 12, 31)))["grassroots_fields"] == 0


def test_each_count_opens_its_records(cast: Cast) -> None:
    item = public_item(cast.education, cast.column, 1, grassroots_field="health")
    Column.objects.create(code="epidemic", name="疫情防控", kind="topic", path="0003.")
    found = {each.measure.key: each for each in tally([cast.county.pk, cast.education.pk], *YEAR, "2021")}
    shown = {key: counted(each.measure.kind, each.ids) for key, each in found.items()}
    assert [(one.title, one.public_path) for one in shown["items_disclosed"]] == [(item.title, f"/item/{item.pk}/")]
    assert [one.title for one in shown["columns"]] == ["疫情防控"]
    assert [one.public_path for one in shown["grassroots_fields"]] == ["/catalogue/field/health/"]


def test_a_kind_of_another_room_is_refused(cast: Cast) -> None:
    with pytest.raises(KeyError):
        counted("normative.document", [1])
