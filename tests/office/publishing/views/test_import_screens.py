"""The bulk import on the screen: from a file to public items without leaving the browser."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.office.accounts.models import User
from gongkai.office.publishing.importing import ordering
from gongkai.office.publishing.models import PlannedImport
from gongkai.office.publishing.queries import public_items
from tests.office.cast import NOW, Cast

ROWS = (
    "标题,栏目,发布机构,发布日期,原编号\n"
    "第一号通知,通知公告,青溪县水利局,2020-04-01,old-1\n"
    "=无栏目,,青溪县水利局,2020-04-01,old-2\n"
).encode()
LIST = "/desk/publishing/imports/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def brought(cast: Cast) -> str:
    given = {"source": "旧网站", "file": SimpleUploadedFile("旧网站.csv", ROWS)}
    answer = as_(cast.administrator).post(LIST, given, follow=True)
    assert "正在试导入" in answer.content.decode()
    return f"{LIST}{PlannedImport.objects.get().pk}/"


def test_a_file_is_brought_tried_ordered_and_public(cast: Cast):
    page, client = brought(cast), as_(cast.administrator)
    assert "正式导入 1 条" not in client.get(page).content.decode()
    ordering.work_off(NOW)
    tried = client.get(page).content.decode()
    assert "正式导入 1 条" in tried
    assert "没有填写" in tried
    assert not public_items().exists()
    ordered = client.post(f"{page}do/", {"order": "1"}, follow=True).content.decode()
    assert "可以离开这一页" in ordered
    ordering.work_off(NOW)
    assert [item.title for item in public_items()] == ["第一号通知"]
    done = client.get(page).content.decode()
    assert "已导入" in done
    assert "正式导入 1 条" not in done


def test_the_errors_can_be_downloaded_and_are_no_formulas(cast: Cast):
    page = brought(cast)
    ordering.work_off(NOW)
    answer = as_(cast.administrator).get(f"{page}errors/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["行", "表头", "错误"],
        ["3", "栏目", "没有填写"],
    ]


def test_a_file_is_thrown_away(cast: Cast):
    page = brought(cast)
    answer = as_(cast.administrator).post(f"{page}do/", {"discard": "1"}, follow=True)
    assert "已放弃" in answer.content.decode()
    assert not PlannedImport.objects.exists()


def test_what_cannot_be_taken_is_said_beside_the_form(cast: Cast):
    given = {"source": "旧网站", "file": SimpleUploadedFile("旧网站.doc", b"x")}
    answer = as_(cast.administrator).post(LIST, given)
    assert answer.status_code == 422
    assert "不支持" in answer.content.decode()


@pytest.mark.parametrize("name", ["editor", "first", "final", "officer", "outsider"])
def test_nobody_else_sees_or_does_any_of_it(cast: Cast, name: str):
    page, client = brought(cast), as_(getattr(cast, name))
    for address in (LIST, page, f"{page}errors/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{page}do/", {"order": "1"}).status_code == 403
    assert PlannedImport.objects.get().ordered_at is None
