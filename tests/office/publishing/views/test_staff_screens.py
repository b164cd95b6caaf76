"""The staff's screens: journey A through the web, what each shows to whom, and that a screen opens nothing by itself."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.office.accounts.models import Role, User
from gongkai.office.publishing import actions, files
from gongkai.office.publishing.models import Column, Draft, Item, WordPreference
from gongkai.office.publishing.queries import public_items
from tests.office.cast import Cast, appoint
from tests.office.publishing import papers
from tests.office.publishing.stage import content, delegated, drafted, later, passed, published, shown, submitted

DESK = "/desk/publishing/"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(cast: Cast, **more: object) -> dict[str, object]:
    """A form filled in as a person would, dated so that nothing is late."""
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    return {
        "title": "关于开放学校体育场地的通知",
        "body": "各学校：\n请在周末开放体育场地。",
        "summary": "周末开放学校体育场地。",
        "keywords": "学校、体育场地",
        "column": cast.column.pk,
        "art20_category": "livelihood",
        "issuing_agency": "青溪县教育局",
        "formed_date": day,
        "written_date": day,
        "disclosure_mode": "proactive",
        **more,
    }


def do(user: User, item: Item, verb: str, **typed_in: object):
    return as_(user).post(f"{DESK}items/{item.pk}/do/{verb}/", typed_in, follow=True)


def test_an_item_goes_from_the_form_to_the_public_through_three_people(cast: Cast):
    as_(cast.editor).post(f"{DESK}new/", typed(cast))
    item = Item.objects.get()
    assert Draft.objects.get().content["body"] == "<p>各学校：</p><p>请在周末开放体育场地。</p>"
    do(cast.editor, item, "submit", content_hash=shown(item))
    do(cast.secrecy, item, "review_secrecy", content_hash=shown(item), decision="may_disclose", basis="不涉密")
    for step, by in (("first", cast.first), ("second", cast.second), ("final", cast.final)):
        assert not public_items().exists()
        page = as_(by).get(f"{DESK}items/{item.pk}/").content.decode()
        assert shown(item) in page
        do(by, item, "pass", step=step, content_hash=shown(item))
    assert public_items().get() == item


def test_a_final_pass_before_the_set_hour_says_when_it_goes_public(cast: Cast):
    as_(cast.editor).post(f"{DESK}new/", typed(cast))
    item = Item.objects.get()
    do(cast.editor, item, "submit", content_hash=shown(item))
    do(cast.secrecy, item, "review_secrecy", content_hash=shown(item), decision="may_disclose", basis="不涉密")
    for step, by in (("first", cast.first), ("second", cast.second)):
        do(by, item, "pass", step=step, content_hash=shown(item))
    hour = timezone.now() + timedelta(days=2)
    actions.schedule(item, publish_at=hour, by=cast.editor, at=timezone.now())
    answer = do(cast.final, item, "pass", step="final", content_hash=shown(item)).content.decode()
    assert f"终审通过，定于{timezone.localtime(hour):%Y-%m-%d %H:%M}公开" in answer
    assert not public_items().exists()


def test_a_refused_act_says_why_on_the_page_and_keeps_what_was_typed(cast: Cast):
    item = passed(cast, 1)
    answer = do(cast.first, item, "return", step="second", return_reason="我想退回")
    assert answer.status_code == 403
    assert "没有在青溪县教育局复审的权限" in answer.content.decode()
    appoint(cast.first, Role.SECOND_REVIEWER, cast.education)
    answer = do(cast.first, item, "pass", step="second", content_hash=shown(item))
    assert answer.status_code == 403
    assert "已经作过初审" in answer.content.decode()


def test_a_closed_button_says_the_rule(cast: Cast):
    item = passed(cast, 1)
    page = as_(cast.first).get(f"{DESK}items/{item.pk}/").content.decode()
    assert re.search(r"<button[^>]* disabled>复审通过</button>\s*<span[^>]*>李初审没有在青溪县教育局复审的权限", page)


def test_the_form_of_an_old_screen_passes_nothing_new(cast: Cast):
    item = passed(cast, 0)
    old = shown(item)
    actions.edit(item, content(cast, summary="改了"), edition=item.draft.edition, by=cast.editor, at=later(20))
    actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(21))
    answer = do(cast.first, item, "pass", step="first", content_hash=old)
    assert answer.status_code == 403
    answer = do(cast.first, item, "pass", step="first")  # somebody leaves the hash out
    assert answer.status_code == 403
    assert not item.review_events.filter(kind="passed").exists()


@pytest.mark.parametrize("page", ["", "edit/", "preview/", "files/0/"])
def test_staff_of_another_agency_see_no_draft(cast: Cast, page: str):
    item = drafted(cast)
    answer = as_(cast.outsider).get(f"{DESK}items/{item.pk}/{page}")
    assert answer.status_code == 403
    assert item.title not in answer.content.decode()


def test_lists_hold_the_agencies_of_whoever_looks(cast: Cast):
    item = submitted(cast)
    for user, sees in ((cast.editor, True), (cast.officer, True), (cast.outsider, False)):
        page = as_(user).get(f"{DESK}?list=working").content.decode()
        assert (item.title in page) is sees
    assert item.title in as_(cast.first).get(DESK).content.decode()  # what waits for somebody comes first


@pytest.mark.parametrize("name", ["mine", "waiting", "returned", "working", "scheduled", "public", "withdrawn"])
def test_every_list_opens_and_can_be_filtered(cast: Cast, name: str):
    published(cast)
    drafted(cast)
    answer = as_(cast.editor).get(DESK, {"list": name, "words": "食堂", "column": cast.column.pk})
    assert answer.status_code == 200


def test_what_the_check_says_stands_beside_its_field(cast: Cast):
    item = drafted(cast, keywords=(), body="<p>电话13812345678</p>")
    page = as_(cast.editor).get(f"{DESK}items/{item.pk}/edit/").content.decode()
    assert '<a href="#field-body">' in page
    assert re.search(r'id="field-keywords">.*?finding--warning', page, re.S)
    assert "13812345678" not in re.sub(r"<textarea.*?</textarea>", "", page, flags=re.S)


def test_a_draft_saves_itself_and_says_its_new_edition(cast: Cast):
    item = drafted(cast)
    data = {**typed(cast), "edition": 1}
    saved = as_(cast.editor).post(f"{DESK}items/{item.pk}/edit/", data, headers={"accept": "application/json"})
    assert saved.json()["edition"] == 2
    again = as_(cast.editor).post(
        f"{DESK}items/{item.pk}/edit/", {**data, "title": "别的"}, headers={"accept": "application/json"}
    )
    assert again.status_code == 409


def test_two_editors_at_once_see_both_texts_and_go_on(cast: Cast):
    appoint(cast.officer, Role.EDITOR, cast.education)
    item = drafted(cast)
    address = f"{DESK}items/{item.pk}/edit/"
    as_(cast.officer).post(address, {**typed(cast, summary="吴公开写的概述"), "edition": 1})
    answer = as_(cast.editor).post(address, {**typed(cast, summary="张起草写的概述"), "edition": 1})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "<del>吴公开写的概述</del>" in page
    assert "<ins>张起草写的概述</ins>" in page
    as_(cast.editor).post(address, {**typed(cast, summary="合并的概述"), "edition": 2})
    assert Draft.objects.get().content["summary"] == "合并的概述"


def test_attachments_come_with_the_form_and_can_be_put_in_order_and_removed(cast: Cast):
    item = drafted(cast)
    address = f"{DESK}items/{item.pk}/edit/"
    files = [SimpleUploadedFile(f"{name}.docx", papers.docx(name)) for name in ("甲", "乙", "丙")]
    as_(cast.editor).post(address, {**typed(cast), "edition": 1, "uploads": files})
    places = {"attachment-1-place": 3, "attachment-2-remove": "1", "attachment-3-place": 1}
    as_(cast.editor).post(address, {**typed(cast), "edition": 2, **places})
    draft = Draft.objects.get()
    assert [each["name"] for each in draft.content["attachments"]] == ["丙.docx", "甲.docx"]
    file = as_(cast.first).get(f"{DESK}items/{item.pk}/files/{draft.content['attachments'][0]['sha256']}/")
    assert b"".join(file.streaming_content)[:2] == b"PK"
    assert file["Content-Disposition"].startswith("attachment")


def test_a_file_that_may_not_be_attached_is_refused_beside_its_field_and_nothing_typed_is_lost(cast: Cast):
    item = drafted(cast)
    bad = [SimpleUploadedFile("a.exe", b"MZ"), SimpleUploadedFile("b.pdf", b"MZ"), SimpleUploadedFile("c.txt", b"")]
    for address in (f"{DESK}items/{item.pk}/edit/", f"{DESK}new/"):
        for each in bad:
            each.seek(0)
        answer = as_(cast.editor).post(address, {**typed(cast), "edition": 1, "uploads": bad})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "请在周末开放体育场地" in page
        said = re.findall(r'<p class="desk-error" id="id_uploads_error\d">([^<]*)', page)
        assert [each.partition("：")[0] for each in said] == ["a.exe", "b.pdf", "c.txt"]
        assert all("请" in each for each in said), "each says what to do"
        assert 'href="#id_uploads"' in page
    assert Draft.objects.get().edition == 1


def test_a_file_that_is_too_large_is_refused_in_the_same_way(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "LARGEST", 10)
    large = SimpleUploadedFile("大.txt", "很长的文字".encode())
    answer = as_(cast.editor).post(f"{DESK}new/", {**typed(cast), "uploads": [large]})
    assert answer.status_code == 422
    assert "附件超过" in answer.content.decode()
    assert not Draft.objects.exists()


def test_the_record_says_for_whom_a_delegate_passed(cast: Cast):
    item = passed(cast, 1)
    delegated(cast.second, cast.officer, Role.SECOND_REVIEWER)
    actions.pass_review(item, step="second", content_hash=shown(item), by=cast.officer, at=later(9))
    page = as_(cast.final).get(f"{DESK}items/{item.pk}/").content.decode()
    assert f"{cast.officer.name}（{cast.officer.staff_number}，受{cast.second.name}委托）" in page
    assert f"{cast.first.name}（{cast.first.staff_number}）" in page


def test_the_preview_is_the_public_page(cast: Cast):
    item = drafted(cast)
    page = as_(cast.first).get(f"{DESK}items/{item.pk}/preview/")
    assert "publishing/public/item.html" in [template.name for template in page.templates]
    assert "定期公示检查结果" in page.content.decode()


def test_the_preview_names_the_public_address_and_not_its_own(cast: Cast):
    item = drafted(cast)
    page = as_(cast.first).get(f"{DESK}items/{item.pk}/preview/").content.decode()
    assert f"{settings.SITE_URL}/item/{item.pk}/" in page
    assert "/preview/" not in page.partition("<footer")[2]


def test_in_the_preview_an_attachment_opens_before_it_is_public(cast: Cast):
    attached = actions.store_file(cast.education, [papers.docx()], "附件1（样表）.docx", by=cast.editor, at=later(0))
    item = drafted(cast, attachments=(attached,))
    client = as_(cast.first)
    page = client.get(f"{DESK}items/{item.pk}/preview/").content.decode()
    address = re.search(rf'href="({DESK}items/{item.pk}/files/[0-9a-f]+/)"', page)
    assert address is not None
    assert client.get(address[1]).status_code == 200


def test_a_correction_shows_what_it_changes_and_public_stays(cast: Cast):
    item = published(cast)
    do(cast.editor, item, "correct", reason="更正概述")
    item.refresh_from_db()
    changed = content(cast, summary="新概述。", correction_note="更正概述")
    actions.edit(item, changed, edition=1, by=cast.editor, at=timezone.now())
    page = as_(cast.first).get(f"{DESK}items/{item.pk}/").content.decode()
    assert "<ins>新概述。</ins>" in page
    assert "作废" not in page  # the passes that made it public were not in vain
    assert public_items().get().summary == content(cast).summary


def test_withdrawing_and_restoring_by_their_buttons(cast: Cast):
    item = published(cast)
    do(cast.final, item, "withdraw", reason="内容有误")
    assert not public_items().exists()
    assert "内容有误" in as_(cast.editor).get(f"{DESK}items/{item.pk}/").content.decode()
    do(cast.editor, item, "restore", reason="核实无误")
    assert Draft.objects.get().content["correction_note"] == "核实无误"


def test_an_act_is_never_carried_out_by_looking_at_its_address(cast: Cast):
    item = published(cast)
    as_(cast.final).get(f"{DESK}items/{item.pk}/do/withdraw/", {"reason": "有误"})
    assert public_items().exists()
    assert Client(enforce_csrf_checks=True).post(f"{DESK}items/{item.pk}/do/withdraw/").status_code in (302, 403)


def test_columns_are_managed_by_the_disclosure_office(cast: Cast):
    data = {"code": "policies", "name": "政策文件", "kind": "column", "update_interval_days": 30}
    assert as_(cast.editor).post(f"{DESK}columns/add/", data).status_code == 403
    as_(cast.officer).post(f"{DESK}columns/add/", data)
    column = Column.objects.get(code="policies")
    assert column.path == "0002."
    as_(cast.officer).post(
        f"{DESK}columns/{column.pk}/",
        {"name": "政策", "update_interval_days": 30, "nothing_expected_reason": "本年度没有"},
    )
    column.refresh_from_db()
    assert (column.name, column.nothing_expected_reason, column.code) == ("政策", "本年度没有", "policies")
    refused = as_(cast.outsider).post(f"{DESK}columns/{column.pk}/", {"name": "改"})
    assert refused.status_code == 403


def test_a_reason_without_an_interval_is_refused(cast: Cast):
    answer = as_(cast.officer).post(
        f"{DESK}columns/{cast.column.pk}/", {"name": "通知公告", "nothing_expected_reason": "没有"}
    )
    assert "先填更新周期" in answer.content.decode()


def test_word_rules_are_kept_by_the_disclosure_office(cast: Cast):
    rule = {"word": "食堂", "suggestion": "餐厅", "is_error": "on"}
    assert as_(cast.editor).post(f"{DESK}words/", rule).status_code == 403
    as_(cast.officer).post(f"{DESK}words/", rule)
    assert WordPreference.objects.get().is_error
    as_(cast.officer).post(f"{DESK}words/", {"forget": WordPreference.objects.get().pk})
    assert not WordPreference.objects.exists()


def test_no_screen_has_inline_script_or_style_or_english(cast: Cast):
    item = passed(cast, 1, attachments=())
    for user, address in (
        (cast.editor, DESK),
        (cast.editor, f"{DESK}new/"),
        (cast.editor, f"{DESK}items/{item.pk}/edit/"),
        (cast.second, f"{DESK}items/{item.pk}/"),
        (cast.officer, f"{DESK}columns/"),
        (cast.officer, f"{DESK}columns/add/"),
        (cast.officer, f"{DESK}words/"),
        (cast.officer, f"{DESK}overdue-columns/"),
    ):
        page = as_(user).get(address).content.decode()
        main = page.split('<div class="desk">')[1]
        assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", main), address
        text = re.sub(r"<script.*?</script>|<[^>]+>", " ", main.split("</main>")[0], flags=re.S)
        words = set(re.findall(r"[A-Za-z]{4,}", text)) - {"Word", "Excel", "notices", "http"}
        assert not words, f"{address}: {words}"
