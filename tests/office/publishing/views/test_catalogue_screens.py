"""The screens of the standard catalogues: a line typed in, a file tried and taken in, what may not be."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.office.accounts.models import User
from gongkai.office.organs.tables import write_xlsx
from gongkai.office.publishing.models import CatalogueRow
from gongkai.office.publishing.standard_table import HEADINGS
from tests.office.cast import Cast

DESK = "/desk/publishing/catalogue/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(**more: object) -> dict[str, object]:
    return {"number": 1, "item_level1": "低保", "item_level2": "审核", "time_limit": "20个工作日内", **more}


def workbook(*lines: dict[str, str], sheet: str = "社会救助") -> SimpleUploadedFile:
    rows = [list(HEADINGS), *([line.get(heading, "") for heading in HEADINGS] for line in lines)]
    return SimpleUploadedFile("目录.xlsx", write_xlsx({sheet: rows}))


def test_a_line_is_typed_in_changed_moved_and_taken_away(cast: Cast) -> None:
    desk = as_(cast.officer)
    desk.post(f"{DESK}social_assistance/add/", typed(level_county="on"))
    desk.post(f"{DESK}social_assistance/add/", typed(item_level1="特困", responsible_body="青溪县教育局"))
    assert list(CatalogueRow.objects.values_list("number", "item_level1")) == [(1, "特困"), (2, "低保")]
    assert CatalogueRow.objects.get(number=1).responsible_organ == cast.education
    low = CatalogueRow.objects.get(item_level1="低保")
    page = desk.get(f"{DESK}rows/{low.pk}/").content.decode()
    assert 'value="20个工作日内"' in page
    desk.post(f"{DESK}rows/{low.pk}/", typed(item_level1="最低生活保障", specific_audience="救助对象"))
    low.refresh_from_db()
    assert (low.number, low.item_level1, low.specific_audience, low.level_county) == (
        1,
        "最低生活保障",
        "救助对象",
        False,
    )
    desk.post(f"{DESK}rows/{low.pk}/", {"remove": "1"})
    assert list(CatalogueRow.objects.values_list("number", "item_level1")) == [(1, "特困")]


def test_what_is_typed_wrongly_comes_back_with_its_field(cast: Cast) -> None:
    page = as_(cast.officer).post(f"{DESK}social_assistance/add/", typed(item_level1="", time_limit="长" * 30))
    assert "有几栏填得不对" in page.content.decode()
    assert "20个工作日内" in page.content.decode()
    assert not CatalogueRow.objects.exists()


def test_a_file_is_tried_first_and_taken_in_when_asked(cast: Cast) -> None:
    desk, line = as_(cast.officer), {"一级事项": "低保", "县级": "√"}
    tried = desk.post(f"{DESK}import/", {"file": workbook(line)}).content.decode()
    assert "没有错误：社会救助 1 项" in tried
    assert not CatalogueRow.objects.exists()
    done = desk.post(f"{DESK}import/", {"file": workbook(line), "carry_out": "1"}, follow=True).content.decode()
    assert "新增 1 项" in done
    exported = desk.get(f"{DESK}export/", {"field": "social_assistance"}).content
    assert exported[:2] == b"PK"


def test_a_file_with_one_fault_is_not_taken_in_at_all(cast: Cast) -> None:
    lines = {"一级事项": "低保"}, {"二级事项": "没有一级"}
    page = as_(cast.officer).post(f"{DESK}import/", {"file": workbook(*lines), "carry_out": "1"}).content.decode()
    assert "发现 1 处错误，一行也没有导入" in page
    assert "至少要有一级事项" in page
    assert not CatalogueRow.objects.exists()


def test_an_editor_reads_the_catalogue_and_may_not_change_it(cast: Cast) -> None:
    desk = as_(cast.editor)
    assert "编制标准目录的权限" in desk.get(f"{DESK}social_assistance/").content.decode()
    assert desk.post(f"{DESK}social_assistance/add/", typed()).status_code == 403
    assert desk.post(f"{DESK}import/", {"file": workbook({"一级事项": "低保"}), "carry_out": "1"}).status_code == 403
    assert not CatalogueRow.objects.exists()


def test_a_field_that_is_none_is_not_found(cast: Cast) -> None:
    desk = as_(cast.officer)
    assert desk.get(f"{DESK}astronomy/").status_code == 404
    assert desk.get(f"{DESK}export/", {"field": "astronomy"}).status_code == 404
