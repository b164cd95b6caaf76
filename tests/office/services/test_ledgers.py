"""Implementation lists that hold, places, and monthly counters whose corrections are new entries."""

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.ledgers import actions, intake
from gongkai.office.services import queries
from gongkai.office.services.ledgers import CASES
from gongkai.office.services.models import OnlineCaseCount
from gongkai.regulation.annual_report.figures import catalogue
from tests.office.cast import NOW, TODAY
from tests.office.services.entries import cases, item, point

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2024, 3, 1), date(2024, 4, 1)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def online_cases(*organs) -> int:
    [found] = queries.tally([organ.pk for organ in organs], *YEAR, "2021")
    return found.value


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"implementation_code": "123"}, "31位"),
        ({"implementation_code": "A" * 31, "base_code": "B1"}, "前面应当是基本编码"),
        ({"legal_basis": []}, "设定依据"),
        ({"promised_days": 31}, "长于法定"),
        ({"case_type": "instant", "promised_days": 5}, "即办件"),
        ({"materials": ["其他法律法规规定的材料"]}, "兜底条款"),
        ({"is_charged": True}, "收费标准和依据|收费项目"),
        ({"cancelled_on": date(2023, 1, 1)}, "早于启用日期"),
    ],
)
def test_an_implementation_list_that_can_t_be_right_is_refused(cast, values, said):
    with pytest.raises(Refused, match=said):
        item(cast, **values)


def test_an_implementation_code_is_one_item_s(cast):
    item(cast, implementation_code="1" * 31)
    with pytest.raises(Refused, match="已经登记了同样的实施编码"):
        item(cast, implementation_code="1" * 31, name="另一项")
    item(cast, name="没有赋码的")
    item(cast, name="也没有赋码的")


def test_tags_follow_from_what_the_list_says(cast):
    assert item(cast).tags == ["网上办", "一次办"]
    found = item(cast, case_type="instant", promised_days=0, level="village", online_depth="none", visits=2)
    assert found.tags == ["马上办", "就近办"]


def test_a_correction_is_a_new_entry_that_counts_in_place_of_the_old(cast):
    cases(cast, MARCH, 100)
    cases(cast, APRIL, 50)
    with pytest.raises(Refused, match="已经报过100件"):
        cases(cast, MARCH, 120)
    corrected = cases(cast, MARCH, 120, reason="漏报了窗口代办的")
    assert online_cases(cast.education) == 170
    assert online_cases(cast.water) == 0
    assert OnlineCaseCount.objects.count() == 3
    actions.strike(CASES, corrected, reason="更正错了", by=cast.editor, at=NOW)
    assert online_cases(cast.education) == 150, "the one before is current again"
    actions.restore(CASES, corrected, by=cast.editor, at=NOW)
    assert online_cases(cast.education) == 170
    with pytest.raises(Refused, match="登记一条新的"):
        actions.change(CASES, corrected, {"cases": 1, "organ": cast.education, "month": MARCH}, by=cast.editor, at=NOW)


def test_the_sum_opens_the_counters_it_added_up(cast):
    cases(cast, MARCH, 100)
    current = cases(cast, MARCH, 120, reason="更正")
    [found] = queries.tally([cast.education.pk], *YEAR, "2021")
    assert (found.value, found.ids) == (120, (current.pk,))
    assert [each.title for each in queries.counted(CASES.key, found.ids)] == ["青溪县教育局2024年03月：120件"]
    assert set(queries.MEASURES) <= set(catalogue())


def test_a_month_to_come_has_no_count(cast):
    with pytest.raises(Refused, match="还没有到"):
        cases(cast, date(2024, 5, 1), 1)


def test_counters_come_in_from_a_file_with_months_as_people_write_them(cast, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(
        "机关,月份,网上办件数\n青溪县教育局,2024年3月,12\n青溪县教育局,2024-02,8\n青溪县教育局,去年,1\n", "utf-8"
    )
    run = intake.bring_in(CASES, path, "一体化平台", by=cast.editor, at=NOW)
    assert (run.imported, run.refused) == (2, 1)
    assert online_cases(cast.education) == 20


def test_the_public_sees_items_places_and_counters(cast, client):
    found = item(cast)
    assert found.name in client.get("/services/").content.decode()
    assert found.name in client.get("/services/type/licence/").content.decode()
    assert client.get("/services/type/nothing/").status_code == 404
    page = client.get(f"/services/{found.pk}/").content.decode()
    assert "教师法" in page
    assert "网上办" in page
    point(cast)
    closed = point(cast, name="老窗口", closed_on=TODAY)
    page = client.get("/services/points/").content.decode()
    assert "教育服务窗口" in page
    assert closed.name not in page
    cases(cast, MARCH, 1234)
    assert "1234" in client.get("/services/online-cases/").content.decode()
    assert client.get("/services/online-cases/2023/").status_code == 404


def test_before_anything_is_reported_the_counters_page_says_so(cast, client):
    assert "还没有网上办件数" in client.get("/services/online-cases/").content.decode()
