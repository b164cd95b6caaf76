"""What the public sees: the library, the badge, the links both ways, the texts with their codes."""

import re
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from gongkai.office.audit.models import Seal
from gongkai.office.normative import actions, downloads
from gongkai.office.normative.queries import Wanted, library
from tests.office.cast import NOW, TODAY
from tests.office.normative.records import document, item

pytestmark = pytest.mark.django_db


def text(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_the_library_tells_what_holds_on_a_day(cast):
    old = document(cast, date(2020, 3, 1), effective_date=date(2020, 3, 1), expiry_date=date(2022, 12, 31))
    new = document(cast, date(2023, 1, 10), effective_date=date(2023, 2, 1), expiry_date=date(2028, 1, 31))
    asked = {
        day: list(library(Wanted(on=day, state="holding")))
        for day in (date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 31), date(2023, 2, 1))
    }
    assert list(asked.values()) == [[old], [], [], [new]]
    assert list(library(Wanted(on=date(2023, 1, 15), state="published_not_effective"))) == [new]
    assert list(library(Wanted(on=date(2022, 1, 1)))) == [old]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"organ": "qingxi-water"}, ["water"]),
        ({"year": 2021}, ["water"]),
        ({"level": "government"}, ["county"]),
        ({"text": "培训 办法"}, ["education"]),
        ({"text": "青水规[2021]第07号"}, ["water"]),
    ],
)
def test_the_library_is_narrowed_by_what_is_asked(cast, wanted, found):
    made = {
        "education": document(cast, title="青溪县校外培训管理办法"),
        "water": document(cast, date(2021, 5, 1), organ=cast.water, document_number="青水规〔2021〕7号"),
        "county": document(cast, organ=cast.county),
    }
    assert list(library(Wanted(on=TODAY, **wanted))) == [made[name] for name in found]


def test_the_public_finds_by_a_form_and_the_pages_of_the_library_are_kept_as_files(cast, client):
    document(cast, title="青溪县校外培训管理办法")
    page = text(client, "/normative/search/?text=校外培训&state=holding&on=2024-04-12")
    assert '以 2024年4月12日 为准，找到 <span class="number">1</span> 件' in page
    assert "没有符合条件的文件" in text(client, "/normative/search/?text=校外培训&on=2020-01-01")
    assert "青溪县校外培训管理办法" in text(client, "/normative/")
    text(client, "/normative/page/2/", 404)
    text(client, "/normative/state/nonsense/", 404)
    assert "library-error" in text(client, "/normative/search/?year=abc", 400)


def test_the_page_of_a_document_says_whether_it_holds_and_the_page_of_other_information_does_not(cast, client):
    today = localdate()
    lapsed = document(cast, date(2020, 3, 1), effective_date=date(2020, 3, 1), expiry_date=date(2022, 12, 31))
    held = document(cast, date(2023, 3, 1), effective_date=date(2023, 3, 1), expiry_date=today + timedelta(days=400))
    plain = item(cast, is_normative_document=False)
    assert "本文件已失效" in (page := text(client, f"/item/{lapsed.item_id}/"))
    assert '<span class="badge badge-red">失效</span>' in page
    assert '<span class="badge badge-green">有效</span>' in text(client, f"/item/{held.item_id}/")
    assert "有效性" not in text(client, f"/item/{plain.pk}/")


def test_the_page_changes_with_the_act_that_is_recorded_and_both_pages_link_to_each_other(cast, client):
    old = document(cast, expiry_date=date(2035, 1, 1), effective_date=date(2023, 3, 1))
    new = document(cast, date(2024, 4, 10), expiry_date=date(2035, 1, 1), effective_date=date(2024, 4, 10))
    assert "有效</span>" in text(client, f"/item/{old.item_id}/")
    detail = {"act": new.document_number, "effective_on": date(2024, 4, 11), "manner": "superseded"}
    actions.record_effect(old, "repealed", detail, on=date(2024, 4, 11), by=cast.officer, at=NOW, act_item=new.item)
    page = text(client, f"/item/{old.item_id}/")
    assert "本文件已废止" in page
    assert f'href="/item/{new.item_id}/"' in page.partition("废止或者替代本文件的文件")[2]
    assert f'href="/item/{old.item_id}/"' in text(client, f"/item/{new.item_id}/").partition("本文件废止或者替代")[2]


@pytest.mark.parametrize("ending", sorted(downloads.FORMATS))
def test_a_text_is_the_same_file_each_time_and_is_genuine(cast, client, ending):
    found = document(cast)
    first = client.get(f"/item/{found.item_id}/text.{ending}")
    assert first.status_code == 200
    assert first.content == client.get(f"/item/{found.item_id}/text.{ending}").content
    seal = Seal.objects.get()
    answer = client.post("/verify/file/", {"file": _upload(first.content)}, follow=True)
    assert "校验结果：真实</h1>" in answer.content.decode()
    assert seal.files.get().name.endswith(ending)


def test_the_three_files_of_a_text_bear_one_code(cast, client):
    found = document(cast)
    text_file = client.get(f"/item/{found.item_id}/text.txt").content.decode()
    client.get(f"/item/{found.item_id}/text.pdf")
    code = re.search(r"校验码：([0-9A-Z-]{14})", text_file)[1]
    assert Seal.objects.count() == 1
    page = text(client, f"/verify/{code}/")
    assert found.title in page
    assert "真实" in page
    assert f"文号：{found.document_number}" in text_file
    assert Seal.objects.get().text_hash in text_file.replace(" ", "")


def test_a_corrected_text_has_another_code_and_the_old_file_is_no_longer_the_latest(cast, client):
    found = document(cast)
    old = client.get(f"/item/{found.item_id}/text.txt").content
    found.item.body, found.item.changed_at = "<p>第一条 改过的条文。</p>", NOW
    found.item.save()
    actions.follow([found.item_id], at=NOW)
    new = client.get(f"/item/{found.item_id}/text.txt").content
    assert old != new
    assert "不是最新文本" in client.post("/verify/file/", {"file": _upload(old)}, follow=True).content.decode()
    assert "校验结果：真实</h1>" in client.post("/verify/file/", {"file": _upload(new)}, follow=True).content.decode()


def test_a_withdrawn_text_is_no_longer_given_out_and_its_code_says_so(cast, client):
    found = document(cast)
    old = client.get(f"/item/{found.item_id}/text.txt").content
    found.item.withdrawn_at, found.item.withdrawn_reason = NOW, "内容有误"
    found.item.save()
    actions.follow([found.item_id], at=NOW)
    text(client, f"/item/{found.item_id}/text.txt", 404)
    page = client.post("/verify/file/", {"file": _upload(old)}, follow=True).content.decode()
    assert "已经撤下" in page
    assert "内容有误" in page


def test_a_document_whose_text_is_an_attachment_offers_no_text(cast, client):
    found = document(cast, body="")
    assert "下载文本" not in text(client, f"/item/{found.item_id}/")
    text(client, f"/item/{found.item_id}/text.pdf", 404)


def test_a_draft_or_other_information_has_no_text_to_download(cast, client):
    plain, unpublished = item(cast, is_normative_document=False), item(cast, None, index_number=None)
    for each in (plain, unpublished):
        text(client, f"/item/{each.pk}/text.pdf", 404)


def test_clean_up_results_are_public_once_the_round_is_closed(cast, client):
    found = document(cast)
    round = actions.open_round(cast.education, title="县教育局2024年清理", on=TODAY, by=cast.editor, at=NOW)
    actions.decide(round, [found], "repealed", by=cast.editor, at=NOW)
    assert round.title not in text(client, "/normative/cleanup/")
    text(client, f"/normative/cleanup/{round.pk}/", 404)
    actions.close_round(round, act="青教〔2024〕20号", on=TODAY, by=cast.officer, at=NOW)
    assert round.title in text(client, "/normative/cleanup/")
    assert found.title in text(client, f"/normative/cleanup/{round.pk}/")
    assert "县教育局2024年清理：废止" in text(client, f"/item/{found.item_id}/")


def test_filings_are_public_by_quarter(cast, client):
    found = document(cast)
    filed = {"to": "青溪县人民政府", "receipt": "青备〔2023〕4号"}
    actions.record_step(found, "filed", filed, on=date(2023, 3, 10), by=cast.editor, at=NOW)
    assert "2023年第1季度，1 件" in text(client, "/normative/filing/")
    assert "青备〔2023〕4号" in text(client, "/normative/filing/2023/1/")
    text(client, "/normative/filing/2023/2/", 404)


def test_a_day_that_passes_changes_the_stored_page(cast, client):
    today = localdate()
    found = document(cast, effective_date=date(2023, 3, 1), expiry_date=today)
    address = f"/item/{found.item_id}/"
    assert "有效</span>" in text(client, address)
    actions.pass_day(today=today)
    assert actions.pass_day(today=today + timedelta(days=1)) == 1


def _upload(content: bytes):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("given.bin", content)
