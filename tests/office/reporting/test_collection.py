"""Many settled reports: totals, who is missing, rankings, trends, a parent against its parts."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.utils.timezone import now

from gongkai.office.organs.actions import found
from gongkai.office.organs.models import Organ
from gongkai.office.reporting import actions
from gongkai.office.reporting.collection import Wanted, collected, hierarchy
from gongkai.office.reporting.compiled import report_of as compiled_report
from gongkai.office.reporting.settling import report_of, settle
from tests.office.reporting.ledger import JANUARY, YEAR, opened, published
from tests.office.reporting.papers import report
from tests.office.reporting.received import accepted
from tests.office.reporting.test_archive import of

NEW = "applications.new_received.total"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def some(cast):
    accepted(cast, of("青溪县教育局", 2022, 4), cast.education)
    accepted(cast, of("青溪县教育局", 2023, 7), cast.education)
    accepted(cast, of("青溪县水利局", 2023, 9), cast.water)
    accepted(cast, of("白石市气象局", 2023, 40))
    return cast


def test_any_set_is_added_up(some):
    everything = collected(Wanted(2022, 2023))
    assert [(year, total.total) for year, total in everything.trend(NEW)] == [(2022, 4), (2023, 56)]
    ours = collected(Wanted(2023, 2023, foreign=False))
    assert [(year, total.total) for year, total in ours.trend(NEW)] == [(2023, 16)]
    of_county = collected(Wanted(2023, 2023, organ=some.county))
    assert [row.agency for row in of_county.rows] == ["青溪县教育局", "青溪县水利局"]


def test_who_has_not_reported_is_named_by_year(some):
    missing = collected(Wanted(2022, 2023, organ=some.county)).missing()
    assert {year: [each.name for each in organs] for year, organs in missing.items()} == {
        2022: ["青溪县人民政府", "青溪县水利局"],
        2023: ["青溪县人民政府"],
    }


def test_a_ranking_names_the_largest_first(some):
    ranking = collected(Wanted(2022, 2023)).ranking(NEW, 2023)
    assert [(row.agency, value) for row, value in ranking] == [
        ("白石市气象局", 40), ("青溪县水利局", 9), ("青溪县教育局", 7)
    ]  # fmt: skip


def test_totals_are_those_of_the_cells_that_are_not_zero(some):
    totals = {address: total.total for address, _, total in collected(Wanted(2023, 2023)).totals(2023)}
    assert totals[NEW] == 56
    assert "remedies.cases.reconsideration_total" not in totals


def test_a_government_is_compared_with_those_below_it(some):
    assert hierarchy(some.county, 2023) is None
    accepted(some, of("青溪县人民政府", 2023, 16), some.county)
    compared = hierarchy(some.county, 2023)
    assert (compared.parts, compared.missing, compared.findings) == (("青溪县教育局", "青溪县水利局"), (), ())
    accepted(some, of("青溪县人民政府", 2023, 20), some.county)
    assert {finding.left for finding in hierarchy(some.county, 2023).findings} == {20}


def test_a_report_that_adds_up_others_of_the_set_is_named_and_can_be_left_out(some):
    assert collected(Wanted(2023, 2023)).counted_twice() == []
    accepted(some, of("青溪县人民政府", 2023, 16), some.county)
    everything = collected(Wanted(2023, 2023, foreign=False))
    assert everything.counted_twice() == ["青溪县人民政府"]
    parts = collected(Wanted(2023, 2023, foreign=False, wholes=False))
    assert parts.counted_twice() == []
    totals = [{address: total.total for address, _, total in each.totals(2023)}[NEW] for each in (everything, parts)]
    assert totals == [32, 16]


def test_a_report_is_not_said_to_add_up_those_of_another_year(some):
    accepted(some, of("青溪县人民政府", 2021, 16), some.county)
    assert collected(Wanted(2021, 2023)).counted_twice() == []


def test_a_report_adds_up_those_further_below_too(some):
    particulars = {"code": "qingxi-exams", "name": "青溪县招生考试中心", "kind": Organ.Kind.DEPARTMENT}
    exams = found(by="test", at=now(), parent=some.education, **particulars)
    accepted(some, of("青溪县人民政府", 2024, 16), some.county)
    accepted(some, of(exams.name, 2024, 3), exams)
    assert collected(Wanted(2024, 2024)).counted_twice() == ["青溪县人民政府"]


def test_of_a_government_s_report_made_here_its_own_share_is_added_and_who_is_missing_is_named(cast):
    published(cast, 2)
    published(cast, 1, organ=cast.county, first=10)
    county = opened(cast, cast.county)
    actions.collect(county, by=cast.officer, at=JANUARY)
    settle(
        compiled_report(county),
        organ=cast.county,
        errors=0,
        warnings=0,
        is_public=False,
        report_year=county,
        at=JANUARY,
    )
    assert hierarchy(cast.county, YEAR) is None, "no report below yet"
    accepted(cast, of("青溪县教育局", YEAR, 4), cast.education)
    compared = hierarchy(cast.county, YEAR)
    assert compared.parts == ("青溪县人民政府本级", "青溪县教育局")
    assert compared.missing == ("青溪县水利局",)
    assert {(each.left, each.right) for each in compared.findings} == {(0, 4)}


def test_editions_are_never_added_to_each_other(some):
    cells = {
        f"applications.{row}.{column}": 1
        for row in ("new_received", "granted", "results_total")
        for column in ("natural_person", "total")
    }
    accepted(some, report("青溪县人民政府", 2020, "2019", cells), some.county)
    found = collected(Wanted(2020, 2023))
    assert found.aggregate.editions() == ("2019", "2021")
    assert [(year, total.total) for year, total in found.trend(NEW)] == [(2020, 1), (2022, 4), (2023, 56)]


def test_what_counts_is_what_was_accepted_with_its_corrections(cast):
    found = of("青溪县教育局", 2023, 7)
    row = settle(
        found,
        organ=cast.education,
        errors=0,
        warnings=0,
        is_public=True,
        at=now(),
        received=accepted(cast, found, cast.education),
    )
    assert {address: cell.value for address, cell in report_of(row).cells.items()} == {
        address: cell.value for address, cell in found.cells.items()
    }


def test_the_answers_are_one_workbook(some, client):
    accepted(some, of("青溪县人民政府", 2023, 20), some.county)
    client.force_login(some.officer, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/desk/reporting/collection/summary.xlsx?organ=qingxi&cell={NEW}")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))

    def rows(name: str) -> list[tuple[object, ...]]:
        return list(book[name].iter_rows(min_row=2, values_only=True))

    assert book.sheetnames == ["各格合计", "缺报", "排名", "历年", "远离同类的数", "上下级"]
    assert (2023, "本年新收政府信息公开申请数量·总计", 36, "件", 3, 3) in rows("各格合计")
    assert rows("缺报") == [(2022, "青溪县人民政府", "qingxi"), (2022, "青溪县水利局", "qingxi-water")]
    assert [row[1:] for row in rows("排名") if row[0] == 2023][:2] == [
        (1, "青溪县人民政府", 20),
        (2, "青溪县水利局", 9),
    ]
    assert [row[:2] for row in rows("历年")] == [(2022, 4), (2023, 36)]
    assert any("20" in str(row[2]) for row in rows("上下级"))
    client.force_login(some.editor, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/desk/reporting/collection/summary.xlsx").status_code == 403


def test_who_receives_for_one_agency_sees_what_is_public_and_the_own(cast, client):
    accepted(cast, of("青溪县教育局", 2023, 41), cast.education, is_public=False)
    accepted(cast, of("青溪县水利局", 2023, 52), cast.water, is_public=False)
    accepted(cast, of("白石市气象局", 2023, 63))
    client.force_login(cast.outsider, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/desk/reporting/collection/summary.xlsx?first=2023&last=2023&cell={NEW}")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    ranking = list(book["排名"].iter_rows(min_row=2, values_only=True))
    assert [row[2:4] for row in ranking] == [("白石市气象局", 63), ("青溪县水利局", 52)]
    missing = {row[1] for row in book["缺报"].iter_rows(min_row=2, values_only=True)}
    assert "青溪县教育局" not in missing, "it has one, which is not public yet"
    table = client.get("/desk/reporting/collection/table.csv?first=2023&last=2023").content.decode()
    assert "青溪县教育局" not in table
    assert "青溪县水利局" in table


def test_only_cells_of_the_forms_there_are_reports_of_are_offered(some, client):
    client.force_login(some.officer, backend="django.contrib.auth.backends.ModelBackend")
    told = client.get("/desk/reporting/collection/").content.decode()
    assert 'value="art20_1.normative_documents.issued"' in told
    assert 'value="art20_1.normative_documents.newly_made"' not in told
