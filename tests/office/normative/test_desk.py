"""The staff's screens: a document's life, the forms, the round, the counts; each as its own people see it."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from gongkai.office.normative import actions
from gongkai.office.normative.models import CleanupRound, NormativeDocument
from tests.office.normative.records import document, item

pytestmark = pytest.mark.django_db


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


def held(cast, **columns) -> NormativeDocument:
    today = localdate()
    return document(
        cast,
        today - timedelta(days=40),
        effective_date=today - timedelta(days=40),
        expiry_date=columns.pop("expiry_date", today + timedelta(days=900)),
        written_date=today - timedelta(days=45),
        **columns,
    )


def test_an_editor_registers_a_document_and_sees_its_life(cast, at_desk):
    client = at_desk("editor")
    given = {
        "organ": cast.education.pk,
        "title": "青溪县校外培训管理办法",
        "level": "department",
        "affects_rights": "on",
    }
    answer = client.post("/desk/normative/register/", given, follow=True)
    made = NormativeDocument.objects.get()
    assert made.title in page(answer)
    today = localdate().isoformat()
    step = {"on": today, "body": "县司法局", "result": "passed"}
    answer = client.post(f"/desk/normative/{made.pk}/record/legality_reviewed/", step, follow=True)
    assert "审核机构：县司法局" in page(answer)
    assert "张起草登记" in page(answer)
    assert "没有合法性审核" not in page(answer)


def test_a_form_says_what_is_missing_and_an_action_why_it_is_refused(cast, at_desk):
    found = held(cast)
    client = at_desk("editor")
    assert "有1处需要改正" in page(client.post(f"/desk/normative/{found.pk}/record/filed/", {"on": localdate()}), 400)
    tomorrow = {"on": localdate() + timedelta(days=1), "to": "县人民政府"}
    assert "还没有到" in page(client.post(f"/desk/normative/{found.pk}/record/filed/", tomorrow), 403)
    lapse = {"on": localdate(), "reason": "任务完成"}
    assert "政务公开机构工作人员" in page(client.post(f"/desk/normative/{found.pk}/record/lapsed/", lapse), 403)
    assert not found.events.exists()


def test_who_works_elsewhere_finds_neither_list_nor_document_nor_form(cast, at_desk):
    found = held(cast)
    event = actions.record_step(found, "filed", {"to": "县人民政府"}, on=localdate(), by=cast.editor, at=now())
    client = at_desk("outsider")
    assert found.title not in page(client.get("/desk/normative/"))
    for address in ("", "describe/", "record/filed/", "number/", "publication/", "link/"):
        for answer in (
            client.get(f"/desk/normative/{found.pk}/{address}"),
            client.post(f"/desk/normative/{found.pk}/{address}"),
        ):
            assert answer.status_code == 404, address
    assert client.post(f"/desk/normative/event/{event.pk}/strike/", {"reason": "x"}).status_code == 404
    assert client.get(f"/desk/normative/stock/{cast.education.code}/2024/issued/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(cast, client):
    found = held(cast)
    for address in ("", f"{found.pk}/", "register/", "expiring/", "stock/", "cleanup/"):
        answer = client.get(f"/desk/normative/{address}")
        assert answer.status_code == 302, address
        assert "/desk/login/" in answer["Location"]


def test_somebody_without_an_appointment_is_told_why_nothing_can_be_done(cast, at_desk):
    client = at_desk("administrator")
    assert "登记规范性文件的权限" in page(client.get("/desk/normative/register/"), 403)
    assert "办理规范性文件清理的权限" in page(client.get("/desk/normative/cleanup/open/"), 403)


def test_the_officer_strikes_a_wrong_entry(cast, at_desk):
    found = held(cast)
    event = actions.record_effect(found, "lapsed", {"reason": "误登"}, on=localdate(), by=cast.officer, at=now())
    client = at_desk("officer")
    answer = client.post(f"/desk/normative/event/{event.pk}/strike/", {"reason": "登记错了文件"}, follow=True)
    assert "已更正：登记错了文件" in page(answer)


def test_a_document_is_numbered_and_joined_to_its_item_by_address(cast, at_desk):
    made = actions.register(cast.education, title="办法", by=cast.editor, at=now())
    public = item(cast, localdate() - timedelta(days=3))
    client = at_desk("editor")
    today = localdate()
    answer = client.post(f"/desk/normative/{made.pk}/number/", {"on": today}, follow=True)
    assert f"青教规〔{today.year}〕1号" in page(answer)
    wrong = client.post(f"/desk/normative/{made.pk}/link/", {"item": "没有这条"})
    assert "没有找到这条信息" in page(wrong, 400)
    client.post(f"/desk/normative/{made.pk}/link/", {"item": f"https://example.org/item/{public.pk}/"})
    made.refresh_from_db()
    assert made.item == public
    assert made.is_listed


def test_what_ends_soon_stands_there_with_the_days_left(cast, at_desk):
    today = localdate()
    for days in (5, 60, 170, 300):
        held(cast, expiry_date=today + timedelta(days=days), title=f"还有{days}天的办法")
    shown = page(at_desk("editor").get("/desk/normative/expiring/"))
    places = [shown.find(f"{days}天</span>") for days in (5, 60, 170)]
    assert -1 not in places
    assert places == sorted(places)
    assert "还有300天的办法" not in shown
    assert shown.count("desk-badge--bad") == shown.count("desk-badge--warn") == 1


def test_a_round_is_decided_in_bulk_and_closed(cast, at_desk):
    first, second = held(cast), held(cast)
    client = at_desk("officer")
    given = {"organ": cast.education.pk, "title": "县教育局清理", "on": localdate().isoformat()}
    client.post("/desk/normative/cleanup/open/", given)
    round = CleanupRound.objects.get()
    address = f"/desk/normative/cleanup/{round.pk}/"
    assert "没有选择文件" in page(client.post(address, {"outcome": "continued"}), 403)
    client.post(address, {"one": f"{first.pk}:continued", "document": [second.pk]})
    assert "还有1件没有结论，不能公布" in page(client.get(address))
    client.post(address, {"document": [second.pk], "outcome": "repealed"})
    closing = {"act": "青教〔2024〕20号", "on": localdate().isoformat(), "act_item": ""}
    assert "查看公开页面" in page(client.post(f"{address}close/", closing, follow=True))
    second.refresh_from_db()
    assert second.ended_as == "repealed"


def test_every_number_of_the_stock_opens_the_documents_it_counts(cast, at_desk):
    found = held(cast)
    year = found.disclosed_on.year
    client = at_desk("editor")
    table = page(client.get("/desk/normative/stock/"))
    for figure in ("issued", "repealed", "in_force", "newly_made", "newly_disclosed", "total_disclosed", "lapsed"):
        address = f"/desk/normative/stock/{cast.education.code}/{year}/{figure}/"
        assert address in table
        counted = page(client.get(address))
        assert (found.title in counted) == (figure not in ("repealed", "lapsed"))


def test_the_list_is_narrowed_by_words_and_state(cast, at_desk):
    found = held(cast, title="校外培训管理办法")
    draft = actions.register(cast.education, title="食堂管理办法", by=cast.editor, at=now())
    client = at_desk("editor")
    assert draft.title not in page(client.get("/desk/normative/?text=培训"))
    only_drafts = page(client.get("/desk/normative/?state=unpublished"))
    assert draft.title in only_drafts
    assert found.title not in only_drafts
