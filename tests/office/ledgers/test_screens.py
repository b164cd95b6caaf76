"""The staff's screens of any ledger: list and filters, forms, import, export; each as its own people see it."""

import csv
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from gongkai.office.engagement.ledgers import RESPONSE
from gongkai.office.engagement.models import Interpretation, Message, Response
from gongkai.office.ledgers.ledger import ledgers
from tests.office.engagement.entries import item, message, response

pytestmark = pytest.mark.django_db
LIST = "/desk/engagement/response/"


@pytest.fixture
def at_desk(cast, client):
    """A browser in which somebody is signed in."""

    def sign_in(part: str):
        client.force_login(getattr(cast, part), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def page(answer, status: int = 200) -> str:
    assert answer.status_code == status, answer
    return answer.content.decode()


def test_the_list_is_narrowed_by_words_year_and_kind(cast, at_desk):
    response(cast, title="关于口罩供应的回应", topic="epidemic")
    response(cast, title="关于校车的回应")
    client = at_desk("editor")
    assert "共2条" in page(client.get(LIST))
    assert "共1条" in page(client.get(LIST, {"words": "校车"}))
    assert "共1条" in page(client.get(LIST, {"topic": "epidemic", "year": "2024"}))
    assert "没有符合条件的记录" in page(client.get(LIST, {"year": "2023"}))
    assert "没有符合条件的记录" in page(client.get(LIST, {"state": "struck"}))


def test_a_clerk_enters_corrects_strikes_and_restores(cast, at_desk):
    public = item(cast)
    client = at_desk("editor")
    given = {
        "organ": cast.education.pk,
        "item": public.index_number,
        "form": "picture",
        "level": "own",
        "elements": ["background", "scope"],
    }
    answer = client.post("/desk/engagement/interpretation/register/", given, follow=True)
    made = Interpretation.objects.get()
    assert public.title in page(answer)
    assert "主要内容" in page(answer), "what it doesn't speak of is named"
    address = f"/desk/engagement/interpretation/{made.pk}/"
    assert public.index_number in page(client.get(f"{address}change/"))
    page(client.post(f"{address}change/", {**given, "form": "video"}, follow=True))
    made.refresh_from_db()
    assert made.form == "video"
    assert "有1处需要改正" in page(client.post(f"{address}strike/", {"reason": ""}), 400)
    assert "重复登记" in page(client.post(f"{address}strike/", {"reason": "重复登记"}, follow=True))
    assert "已恢复" in page(client.post(f"{address}restore/", {"sure": "1"}, follow=True))


def test_a_refusal_of_the_rules_is_said_on_the_form(cast, at_desk):
    given = {"organ": cast.education.pk, "topic": "education", "gravity": "ordinary", "title": "回应"}
    assert "缺少“回应时间”" in page(at_desk("editor").post(f"{LIST}register/", given), 403)
    assert not Response.objects.exists()


def test_who_works_elsewhere_finds_no_entry_and_who_has_no_role_no_form(cast, at_desk):
    made = response(cast)
    client = at_desk("outsider")
    assert made.title not in page(client.get(LIST))
    for screen in ("", "change/", "strike/"):
        assert client.get(f"{LIST}{made.pk}/{screen}").status_code == 404
    assert client.get(f"{LIST}{made.pk}/restore/").status_code == 404
    client = at_desk("first")
    assert "没有登记" in page(client.get(f"{LIST}register/"), 403)
    assert "没有登记" in page(client.get(f"{LIST}import/"), 403)
    assert "没有查看“留言”" in page(client.get("/desk/engagement/message/"), 403)


def test_a_file_is_tried_then_brought_in(cast, at_desk):
    rows = (
        "机关,回应事项,主题,舆情轻重,回应时间\n青溪县教育局,校车的回应,教育,其他政务舆情,2024-03-01 09:30\n"
        "青溪县教育局,x,没有,其他政务舆情,2024-03-01\n"
    )
    file = SimpleUploadedFile("responses.csv", rows.encode())
    client = at_desk("editor")
    answer = page(client.post(f"{LIST}import/", {"file": file, "source": "旧台账"}))
    assert "可以导入1，早已导入0，有误1" in answer
    assert "没有写入任何内容" in answer
    assert not Response.objects.exists()
    kept = answer.partition('name="kept" value="')[2].partition('"')[0]
    answer = page(client.post(f"{LIST}import/", {"kept": kept, "source": "旧台账", "file_name": "responses.csv"}))
    assert "导入1" in answer
    assert Response.objects.get().title == "校车的回应"
    assert "重新选择文件" in page(
        client.post(f"{LIST}import/", {"kept": "../gongkai.sqlite3", "source": "x", "file_name": "x.csv"}), 400
    )
    bad = SimpleUploadedFile("responses.pdf", b"%PDF")
    assert "不支持" in page(client.post(f"{LIST}import/", {"file": bad, "source": "旧台账"}), 400)


def test_a_file_with_a_name_longer_than_the_disk_takes_is_read_too(cast, at_desk):
    rows = "机关,回应事项,主题,舆情轻重,回应时间\n青溪县教育局,校车的回应,教育,其他政务舆情,2024-03-01 09:30\n"
    file = SimpleUploadedFile(f"{'回应关切台账' * 20}.csv", rows.encode())
    assert "可以导入1" in page(at_desk("editor").post(f"{LIST}import/", {"file": file, "source": "旧台账"}))


@pytest.mark.parametrize("ledger", ledgers().values(), ids=lambda each: each.key)
def test_every_ledger_s_template_has_the_headings_its_import_takes(ledger, at_desk):
    answer = at_desk("officer").get(f"/desk/{ledger.room}/{ledger.noun}/import/template.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [*ledger.form.headings(), "原编号"]


def test_the_export_is_what_the_list_shows_safe_for_a_spreadsheet_and_without_personal_data(cast, at_desk):
    response(cast, title="=HYPERLINK(1)")
    response(cast, title="另一条")
    message(cast)
    client = at_desk("editor")
    lines = _csv(client.get(f"{LIST}export.csv", {"words": "HYPER"}))
    assert lines[0] == list(RESPONSE.form.headings())
    assert [line[2] for line in lines[1:]] == ["'=HYPERLINK(1)"]
    text = str(_csv(client.get("/desk/engagement/message/export.csv")))
    assert Message.objects.get().subject in text
    assert "13800138000" not in text


def _csv(answer) -> list[list[str]]:
    return list(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
