"""The screens of agencies: what the public sees, what administrators may, and that cost does not grow with the tree."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.audit.queries import history
from gongkai.office.organs import tables
from gongkai.office.organs.actions import change, set_rows
from gongkai.office.organs.exchange import export
from gongkai.office.organs.models import DisclosureOffice, Duty, GuideUpdate, Leader, Organ, Shift, Unit
from gongkai.office.renderings.actions import forget_all
from tests.office.cast import NOW, Cast
from tests.office.organs.test_actions import OFFICE
from tests.office.organs.test_exchange import filled


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.administrator)
    return client


def crowd(parent: Organ, count: int) -> None:
    Organ.objects.bulk_create(
        Organ(
            code=f"crowd-{number}",
            name=f"青溪县第{number}所",
            kind="authorised",
            parent=parent,
            path=f"{parent.path}{number:04d}.",
        )
        for number in range(1001, 1001 + count)
    )


def test_the_public_page_shows_powers_people_and_where_to_turn_to(cast: Cast, client: Client):
    filled(cast)
    set_rows(cast.education, Duty, [{"text": "管理义务教育。", "legal_basis": "《义务教育法》"}], by="test", at=NOW)
    head = {"name": "吴一", "title": "局长", "portfolio": "主持全面工作", "profile": "1975年出生，曾任教师。"}
    set_rows(cast.education, Leader, [head], by="test", at=NOW)
    page = client.get("/organ/qingxi-education/").content.decode()
    for words in ("管理义务教育。", "《义务教育法》", "吴一", "主持全面工作", "1975年出生", "基教科", OFFICE["phone"]):
        assert words in page
    assert "青溪县教育局" in client.get("/organs/").content.decode()


def test_the_duty_list_begins_today(cast: Cast, client: Client):
    today = localdate()
    days = [today - timedelta(days=1), today, today + timedelta(days=1)]
    shifts = [{"day": day, "leader": "吴一", "person": "郑二", "phone": "0999-1"} for day in days]
    set_rows(cast.education, Shift, shifts, by="test", at=NOW)
    page = client.get("/organ/qingxi-education/").content.decode()
    assert [f"{day:%Y-%m-%d}" in page for day in days] == [False, True, True]


def test_an_abolished_agency_says_so_first_and_leads_to_its_successor(cast: Cast, client: Client):
    Organ.objects.filter(pk=cast.water.pk).update(abolished_on="2024-04-12", successor=cast.education)
    page = client.get("/organ/qingxi-water/").content.decode()
    assert page.index("撤并") < page.index("<h1")
    assert "/organ/qingxi-education/" in page
    assert "qingxi-water" not in re.sub(r"(?s)<header.*?</header>", "", client.get("/organs/").content.decode())


@pytest.mark.parametrize("address", ["/organs/", "/organ/qingxi/"])
def test_a_public_page_costs_the_same_queries_however_many_agencies_there_are(cast: Cast, client: Client, address):
    counts = []
    for _ in range(2):
        forget_all()
        client.get("/accessibility/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
        crowd(cast.education, 2000 if not Organ.objects.filter(code="crowd-1001").exists() else 0)
    assert abs(counts[0] - counts[1]) <= 1


def test_the_tree_costs_the_same_queries_with_five_thousand_agencies(cast: Cast, desk: Client):
    def cost() -> list[int]:
        counts = []
        for query in ("", "?in=qingxi", "?q=青溪县"):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(f"/desk/organs/{query}").status_code == 200
            counts.append(len(queries))
        return counts

    cost()
    few = cost()
    crowd(cast.county, 5000)
    assert cost() == few
    assert "第100页，共101页" in desk.get("/desk/organs/?in=qingxi&page=100").content.decode()


def test_an_administrator_edits_the_agency_and_is_told_of_the_guide(cast: Cast, desk: Client):
    office = {f"office-{name}": value for name, value in OFFICE.items()}
    desk.post("/desk/organs/organ/qingxi-education/", {"form": "office", **office})
    desk.post("/desk/organs/organ/qingxi-education/", {"form": "office", **office, "office-phone": "0999-7654321"})
    assert DisclosureOffice.objects.get().phone == "0999-7654321"
    page = desk.get("/desk/organs/organ/qingxi-education/").content.decode()
    assert "须更新政府信息公开指南" in page
    assert "1 项指南更新待办" in desk.get("/desk/organs/").content.decode()
    desk.post(f"/desk/organs/guide-updates/{GuideUpdate.objects.get().pk}/done/")
    assert "没有待更新的指南" in desk.get("/desk/organs/guide-updates/").content.decode()


def test_a_change_of_the_agency_itself_is_saved_with_what_it_was_before(cast: Cast, desk: Client):
    form = {"form": "organ", "organ-name": "青溪县教育和体育局", "organ-kind": "department", "organ-position": "0"}
    desk.post("/desk/organs/organ/qingxi-education/", form | {"organ-credit_code": cast.education.credit_code})
    assert Organ.objects.get(pk=cast.education.pk).name == "青溪县教育和体育局"


def test_rows_are_added_ordered_and_deleted_on_one_screen(cast: Cast, desk: Client):
    filled(cast)
    address = "/desk/organs/organ/qingxi-education/list/unit/"
    assert "基教科" in desk.get(address).content.decode()
    form = {"form-TOTAL_FORMS": "5", "form-INITIAL_FORMS": "2"}
    for place, (name, order, deleted) in enumerate(
        [("办公室", 2, ""), ("基教科", 1, "on"), ("督导室", 1, ""), ("", "", ""), ("", "", "")]
    ):
        form |= {f"form-{place}-name": name, f"form-{place}-ORDER": str(order), f"form-{place}-DELETE": deleted}
    assert desk.post(address, form).status_code == 302
    assert [each.name for each in Unit.objects.filter(organ=cast.education)] == ["督导室", "办公室"]
    assert desk.get("/desk/organs/organ/qingxi-education/list/nothing/").status_code == 404


def test_moving_and_abolishing_by_screen(cast: Cast, desk: Client):
    address = "/desk/organs/organ/qingxi-water/move/"
    desk.post(address, {"form": "move", "move-code": "qingxi-education"})
    assert Organ.objects.get(code="qingxi-water").parent == cast.education
    desk.post(address, {"form": "abolish", "abolish-last_day": "2024-04-30", "abolish-code": "qingxi-education"})
    assert Organ.objects.get(code="qingxi-water").successor == cast.education


@pytest.mark.parametrize(
    "address",
    [
        "/desk/organs/organ/qingxi-education/",
        "/desk/organs/organ/qingxi-education/list/leader/",
        "/desk/organs/new/?in=qingxi",
    ],
)
def test_whoever_does_not_look_after_the_agency_is_refused_with_the_reason(cast: Cast, client: Client, address):
    for person in (cast.editor, cast.outsider):
        client.force_login(person)
        for answer in (client.get(address), client.post(address, {"form": "organ"})):
            assert answer.status_code == 403
            assert "系统管理职责" in answer.content.decode()


def test_a_file_is_tried_first_and_taken_in_when_asked(cast: Cast, desk: Client):
    change(cast.education, by="test", at=NOW, phone="old")
    sheets = export(Organ.objects.filter(pk=cast.education.pk))
    sheets["机关"][1][sheets["机关"][0].index("联系电话")] = "new"

    def upload(**more: str):
        from django.core.files.uploadedfile import SimpleUploadedFile

        return desk.post(
            "/desk/organs/import/", {"file": SimpleUploadedFile("o.xlsx", tables.write_xlsx(sheets)), **more}
        )

    assert "更新 1 行" in upload().content.decode()
    assert Organ.objects.get(pk=cast.education.pk).phone == "old"
    assert upload(carry_out="1").status_code == 302
    assert Organ.objects.get(pk=cast.education.pk).phone == "new"


def test_an_export_holds_the_agencies_somebody_looks_after(cast: Cast, client: Client):
    filled(cast)
    client.force_login(cast.outsider)
    sheets = tables.read(client.get("/desk/organs/export/").content, "organs.xlsx")
    assert [row.cells["机关代码"] for row in sheets["机关"]] == ["qingxi-water"]
    assert sheets["负责人"] == []


def test_one_sheet_goes_out_as_csv_and_comes_back_by_its_name(cast: Cast, desk: Client):
    set_rows(cast.water, Leader, [{"name": "冯三", "title": "局长"}], by="test", at=NOW)
    answer = desk.get("/desk/organs/export/", {"sheet": "负责人"})
    name = unquote(answer["Content-Disposition"].partition("''")[2])
    assert name == "负责人.csv"
    upload = SimpleUploadedFile(name, answer.content.replace("局长".encode(), "党组书记、局长".encode()))
    desk.post("/desk/organs/import/", {"file": upload, "carry_out": "1"})
    assert Leader.objects.get(name="冯三").title == "党组书记、局长"
    assert desk.get("/desk/organs/export/", {"sheet": "秘密"}).status_code == 404


def test_leaders_of_one_agency_stand_on_no_other_page(cast: Cast, client: Client):
    set_rows(cast.water, Leader, [{"name": "冯三", "title": "局长"}], by="test", at=NOW)
    assert "冯三" not in client.get("/organ/qingxi-education/").content.decode()


SITE = {
    "name": "青溪县人民政府门户网站",
    "owner": "qingxi",
    "identification_code": "9900010001",
    "icp_number": "青ICP备00000000号",
    "index_number_template": "{uscc}/{yyyymm}-{seq:05d}",
}


def test_the_website_is_renamed_on_every_public_page_at_once_and_it_is_recorded(cast: Cast, desk: Client):
    client = Client()
    assert "青ICP备" not in client.get("/accessibility/").content.decode()
    assert desk.post("/desk/organs/site/", SITE).status_code == 302
    assert "青ICP备00000000号" in client.get("/accessibility/").content.decode()
    assert history("organs.site:1").last().detail["changes"]["name"][1] == SITE["name"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("index_number_template", "{uscc}", "顺序号"),
        ("index_number_template", "{seq:05d}/{secret}", "顺序号"),
        ("index_number_template", "{uscc.__class__}/{seq:05d}", "顺序号"),
        ("owner", "nowhere", "没有代码"),
    ],
)
def test_a_website_without_an_owner_or_with_a_rule_that_gives_no_numbers_is_not_saved(
    cast: Cast, desk: Client, field, value, told
):
    assert told in desk.post("/desk/organs/site/", SITE | {field: value}).content.decode()
    assert not history("organs.site:1").exists()


def test_only_the_owner_s_administrator_or_whoever_runs_the_system_changes_the_website(cast: Cast, client: Client):
    for person in (cast.editor, cast.outsider, cast.final):
        client.force_login(person)
        assert client.post("/desk/organs/site/", SITE).status_code == 403
    root = User.objects.create_superuser(username="root", name="冯超级", staff_number="S001")
    client.force_login(root)
    assert client.post("/desk/organs/site/", SITE).status_code == 302
