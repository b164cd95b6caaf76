"""The official table of a standard catalogue, in and out."""

from __future__ import annotations

import pytest

from gongkai.office.organs.tables import Row, read, write_xlsx
from gongkai.office.publishing import standard_table
from gongkai.office.publishing.actions import set_catalogue
from gongkai.office.publishing.models import CatalogueRow
from gongkai.office.publishing.standard_table import COLUMN_CODE, HEADINGS, Known, Matter, export, matter_of, plan
from tests.office.cast import NOW, Cast

LINE = {
    "一级事项": "最低生活保障",
    "二级事项": "审核信息",
    "公开内容（要素）": "初审对象名单\n相关材料",
    "公开依据": "【行政法规】《社会救助暂行办法》；【规章】某规定",
    "公开时限": "信息形成之日起7个工作日内",
    "公开主体": "青溪县水利局",
    "公开渠道和载体": "■政府网站 ■两微一端、村务微信群",
    "特定群体": "救助对象",
    "依申请": "√",
    "县级": "",
    "乡、村级": "√",
    COLUMN_CODE: "notices",
}


def faults(**cells: str) -> dict[str, str]:
    return dict(matter_of({**LINE, **cells}, Known())[1])


def test_a_line_of_the_official_table_is_read_as_people_write_it(cast: Cast) -> None:
    matter, wrong = matter_of(LINE, Known())
    assert wrong == []
    assert matter == Matter(
        item_level1="最低生活保障",
        item_level2="审核信息",
        content_elements=("初审对象名单", "相关材料"),
        legal_basis=("【行政法规】《社会救助暂行办法》", "【规章】某规定"),
        time_limit_days=7,
        responsible_organ=cast.water.pk,
        channels=("government_website", "weibo_wechat_app", "村务微信群"),
        specific_audience="救助对象",
        on_application=True,
        level_county=False,
        level_township_village=True,
        column=cast.column.pk,
    )


@pytest.mark.parametrize(
    ("words", "limit", "days", "shown"),
    [
        ("20个工作日内", "", 20, "20个工作日内"),
        ("7 个自然日内", "natural_day", 7, "7个自然日内"),
        ("及时", "promptly", None, "及时公开"),
        ("实时公开", "at_once", None, "实时公开"),
        ("按季度", "按季度", None, "按季度"),
        ("", "", None, ""),
    ],
)
def test_time_limits_are_days_or_words(cast: Cast, words: str, limit: str, days: int | None, shown: str) -> None:
    matter, wrong = matter_of({**LINE, "公开时限": words}, Known())
    assert (wrong, matter.time_limit, matter.time_limit_days) == ([], limit, days)
    assert standard_table.limit_words(CatalogueRow(time_limit=limit, time_limit_days=days)) == shown


@pytest.mark.parametrize(
    ("heading", "cell", "says"),
    [
        ("一级事项", "", "至少要有一级事项"),
        ("二级事项", "长" * 101, "超过 100 个字"),
        ("公开时限", "视情况由有关单位研究以后另行确定并向社会公布", "20个工作日内"),
        ("乡、村级", "大概是", "看不出是不是勾选"),
        (COLUMN_CODE, "nowhere", "没有代码为“nowhere”的栏目"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_with_its_heading(cast: Cast, heading: str, cell: str, says: str) -> None:
    assert says in faults(**{heading: cell})[heading]


def test_everybody_and_a_group_cannot_both_be_the_audience(cast: Cast) -> None:
    assert "只留一样" in faults(全社会="√")["特定群体"]


def test_what_is_exported_is_read_back_as_the_same_matters(cast: Cast) -> None:
    matters = [
        matter_of(LINE, Known())[0],
        Matter("特困供养", responsible_body="各乡镇人民政府", time_limit="promptly"),
    ]
    set_catalogue("social_assistance", matters, by=cast.officer, at=NOW)
    sheets = export(["social_assistance"])
    assert list(sheets) == ["社会救助"]
    assert tuple(sheets["社会救助"][0]) == HEADINGS
    again = plan(read(write_xlsx(sheets), "目录.xlsx"))
    assert again.problems == []
    assert not set_catalogue("social_assistance", again.fields["social_assistance"], by=cast.officer, at=NOW)


def test_a_sheet_that_is_no_field_and_an_empty_one_are_told(cast: Cast) -> None:
    made = plan({"养老": [Row(2, LINE)], "社会救助": []})
    assert [(each.sheet, each.row) for each in made.problems] == [("养老", 1), ("社会救助", 1)]
    assert "没有“养老”这个领域" in made.problems[0].message
