"""Agencies in and out as files: the same again changes nothing, a fault stops everything, cost does not grow."""

import io

import openpyxl
import pytest

from gongkai.office.organs import tables
from gongkai.office.organs.actions import set_disclosure_office, set_rows
from gongkai.office.organs.exchange import CODE, OFFICES, ORGANS, PARENT, carry_out, export, plan
from gongkai.office.organs.models import Leader, Organ, Unit
from gongkai.office.organs.policy import Refused
from gongkai.office.organs.tables import Row, Unreadable
from tests.office.cast import NOW, Cast
from tests.office.organs.test_actions import OFFICE


def rows(*cells: dict[str, str]) -> list[Row]:
    return [Row(number, each) for number, each in enumerate(cells, start=2)]


def organ(code: str, parent: str = "qingxi", **more: str) -> dict[str, str]:
    return {CODE: code, PARENT: parent, "名称": f"青溪县{code}局", "类别": "政府部门", **more}


def told(made) -> list[tuple[str, int, str]]:
    return [(each.sheet, each.row, each.message) for each in made.problems]


def filled(cast: Cast) -> Cast:
    set_disclosure_office(cast.education, by="test", at=NOW, **OFFICE)
    set_rows(
        cast.education, Leader, [{"name": "吴一", "title": "局长", "portfolio": "主持全面工作"}], by="test", at=NOW
    )
    set_rows(cast.education, Unit, [{"name": "办公室"}, {"name": "基教科"}], by="test", at=NOW)
    return cast


def test_what_was_exported_is_imported_again_without_a_change(cast: Cast):
    filled(cast)
    data = tables.write_xlsx(export(Organ.objects.all()))
    made = plan(tables.read(data, "organs.xlsx"), by=cast.administrator)
    assert told(made) == []
    assert (made.founded, made.changed, made.unchanged) == (0, 0, 3 + 1 + 1 + 2)


def test_a_whole_tree_is_taken_in_whatever_the_order_of_rows_and_the_second_time_nothing_happens(cast: Cast):
    sheets = {
        ORGANS: rows(organ("c", "b"), organ("b", "a"), organ("a")),
        OFFICES: rows({CODE: "c", "机构名称": "办公室", "办公地址": "某路", "办公时间": "工作日", "联系电话": "1"}),
        "负责人": rows({CODE: "c", "姓名": "吴一", "职务": "主任"}),
    }
    made = plan(sheets, by=cast.administrator)
    assert told(made) == []
    carry_out(made, by=cast.administrator, at=NOW)
    assert Organ.objects.get(code="c").path.startswith(Organ.objects.get(code="a").path)
    again = plan(sheets, by=cast.administrator)
    assert (again.founded, again.changed, again.organs, again.offices, again.lists) == (0, 0, [], [], [])


def test_every_fault_of_every_row_is_told_in_chinese_and_nothing_is_taken_in(cast: Cast):
    sheets = {
        ORGANS: rows(
            organ("ok"),
            organ("kind", **{"类别": "公司"}),
            organ("lost", "nowhere"),
            organ("不行"),
            organ("ok"),
            organ("credit", **{"统一社会信用代码": "11990001MB0A00002L"}),
            {CODE: "", PARENT: "qingxi", "名称": "无代码", "类别": "政府部门"},
        ),
        "值班安排": rows({CODE: "ok", "日期": "五一", "值班人员": "吴一", "值班电话": "1"}),
        "负责人": rows({CODE: "nobody", "姓名": "吴一", "职务": "主任"}),
    }
    made = plan(sheets, by=cast.administrator)
    messages = {(sheet, row): message for sheet, row, message in told(made)}
    assert "须是：人民政府" in messages[ORGANS, 3]
    assert "没有上级机关“nowhere”" in messages[ORGANS, 4]
    assert "只能用字母" in messages[ORGANS, 5]
    assert "与第 2 行重复" in messages[ORGANS, 6]
    assert "已属于“qingxi-education”" in messages[ORGANS, 7]
    assert "缺少“机关代码”" in messages[ORGANS, 8]
    assert "不是日期" in messages["值班安排", 2]
    assert "没有代码为“nobody”的机关" in messages["负责人", 2]
    with pytest.raises(Refused, match="一行也没有导入"):
        carry_out(made, by=cast.administrator, at=NOW)
    assert not Organ.objects.filter(code="ok").exists()


def test_a_circle_of_parents_is_told(cast: Cast):
    assert "成了一个圈" in told(plan({ORGANS: rows(organ("a", "b"), organ("b", "a"))}, by="test"))[-1][2]
    circle = rows(organ("qingxi", "qingxi-water", **{"名称": "青溪县人民政府", "类别": "人民政府"}))
    assert "圈" in told(plan({ORGANS: circle}, by="test"))[-1][2]


def test_an_administrator_imports_the_own_agencies_only(cast: Cast):
    sheets = {ORGANS: rows(organ("new"), organ("own", "qingxi-water"), organ("qingxi-education", "qingxi"))}
    assert [row for _, row, _ in told(plan(sheets, by=cast.outsider))] == [2, 4]


def test_another_parent_in_the_file_moves_the_agency(cast: Cast):
    row = organ("qingxi-water", "qingxi-education", **{"名称": "青溪县水利局"})
    carry_out(plan({ORGANS: rows(row)}, by="test"), by="test", at=NOW)
    assert Organ.objects.get(code="qingxi-water").path.startswith(cast.education.path)


def test_planning_for_five_thousand_agencies_costs_as_many_queries_as_for_one(cast: Cast, django_assert_num_queries):
    many = {ORGANS: rows(*(organ(f"office-{number}") for number in range(5000)))}
    with django_assert_num_queries(3):
        few = plan({ORGANS: rows(organ("office-0"))}, by=cast.administrator)
    cast.administrator.__dict__.pop("_administered")
    with django_assert_num_queries(3):
        made = plan(many, by=cast.administrator)
    assert (few.founded, made.founded) == (1, 5000)


def test_nothing_written_is_a_formula(cast: Cast):
    evil = "=HYPERLINK(1)"
    book = openpyxl.load_workbook(io.BytesIO(tables.write_xlsx({"表": [["名称"], [evil]]})))
    assert book["表"]["A2"].data_type == "s"
    data = tables.write_csv([["名称"], [evil], ["-1"]])
    assert b"'=HYPERLINK" in data
    assert [row.cells["名称"] for row in tables.read(data, "表.csv")["表"]] == [evil, "-1"]


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"PK\x03\x04broken", "打不开"), (b"\xd0\xcf\x11\xe0old", "旧格式"), (b"\xff\xfe\x00\x81\x30", "编码")],
)
def test_a_file_that_can_not_be_read_says_why_and_what_to_do(data, why):
    with pytest.raises(Unreadable, match=why):
        tables.read(data, "x.xlsx")


def test_csv_from_an_older_spreadsheet_program_is_read(cast: Cast):
    data = "机关代码,姓名,职务\nqingxi-water,吴一,局长\n".encode("gb18030")
    assert tables.read(data, "负责人.csv")["负责人"][0] == Row(
        2, {"机关代码": "qingxi-water", "姓名": "吴一", "职务": "局长"}
    )
