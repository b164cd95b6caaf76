"""What a row of an import means, and everything that is wrong with it, said at once."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gongkai.office.publishing.importing.reading import Row
from gongkai.office.publishing.importing.rows import Incoming, Places, RowError, understand
from gongkai.office.publishing.models import Column
from tests.office.cast import Cast

GOOD = {"标题": "关于停水的公告", "栏目": "通知公告", "发布机构": "青溪县水利局", "发布日期": "2020-04-12 09:30"}


def read(folder: Path | None = None, **changed: str) -> Incoming | list[RowError]:
    return understand(Row(2, GOOD | changed), Places(), folder)


def wrong(folder: Path | None = None, **changed: str) -> dict[str, str]:
    errors = read(folder, **changed)
    assert isinstance(errors, list)
    return {error.heading: error.message for error in errors}


def test_a_row_names_its_agency_and_column_by_name_or_code(cast: Cast):
    by_name = read()
    by_code = read(**{"栏目": "notices", "发布机构": "qingxi-water"})
    assert isinstance(by_name, Incoming)
    assert isinstance(by_code, Incoming)
    assert (by_name.organ, by_name.column) == (cast.water.pk, cast.column.pk) == (by_code.organ, by_code.column)
    assert by_name.published_at == datetime(2020, 4, 12, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_json_may_use_the_keys_instead_of_the_chinese_headings(cast: Cast):
    row = Row(1, {"title": "公告", "column": "notices", "organ": "qingxi-water", "published_at": "2020-04-12"})
    assert isinstance(understand(row, Places(), None), Incoming)


@pytest.mark.parametrize("written", ["2020-4-12", "2020.04.12", "2020/4/12", "2020年4月12日"])
def test_days_are_read_as_clerks_write_them(cast: Cast, written):
    incoming = read(**{"成文日期": written})
    assert isinstance(incoming, Incoming)
    assert incoming.fields["written_date"] == date(2020, 4, 12)


def test_a_document_number_gets_its_one_form(cast: Cast):
    incoming = read(**{"发文字号": "青政[2020]第8号"})
    assert isinstance(incoming, Incoming)
    assert incoming.fields["document_number"] == "青政〔2020〕8号"


def test_the_category_is_the_column_s_unless_the_row_says_another(cast: Cast):
    Column.objects.create(code="fees", name="收费", path="0002.", art20_category="fees")
    own, said = read(**{"栏目": "收费"}), read(**{"栏目": "收费", "法定主动公开类别": "7"})
    assert isinstance(own, Incoming)
    assert isinstance(said, Incoming)
    assert (own.fields["art20_category"], said.fields["art20_category"]) == ("fees", "budget_accounts")


def test_everything_wrong_with_a_row_is_said_at_once(cast: Cast):
    assert set(wrong(**{"标题": "", "栏目": "没有的栏目", "发布日期": "2020-02-30", "转载": "也许", "颜色": "红"})) == {
        "标题",
        "栏目",
        "发布日期",
        "转载",
        "颜色",
    }


def test_a_name_that_means_two_columns_is_not_guessed(cast: Cast):
    Column.objects.create(code="notices-2", name="通知公告", path="0002.")
    assert "不止一个" in wrong()["栏目"]


@pytest.mark.parametrize(
    ("heading", "value"),
    [("标题", "长" * 301), ("试点领域", "航天"), ("法定主动公开类别", "16"), ("生效日期", "明天")],
)
def test_a_value_that_cannot_be_is_refused(cast: Cast, heading, value):
    assert heading in wrong(**{heading: value})


def test_an_item_does_not_end_before_it_begins(cast: Cast):
    assert "早于生效日期" in wrong(**{"生效日期": "2020-05-01", "废止（失效）日期": "2020-04-30"})["废止（失效）日期"]


def test_an_attachment_must_be_in_the_folder_and_may_not_lead_out_of_it(cast: Cast, tmp_path: Path):
    (tmp_path / "secret.pdf").write_bytes(b"x")
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "表.pdf").write_bytes(b"x")
    assert isinstance(read(folder, **{"附件": "表.pdf"}), Incoming)
    assert "没有“别的.pdf”" in wrong(folder, **{"附件": "表.pdf；别的.pdf"})["附件"]
    assert "附件" in wrong(folder, **{"附件": "../secret.pdf"})
    assert "没有给出附件文件夹" in wrong(None, **{"附件": "表.pdf"})["附件"]
