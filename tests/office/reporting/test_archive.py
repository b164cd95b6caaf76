"""The public asks: an agency's numbers, a cell over agencies, a cell over years; only of what was published."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.regulation.annual_report.forms import form
from tests.office.cast import assemble
from tests.office.reporting.papers import report
from tests.office.reporting.received import accepted

NEW = "applications.new_received.total"


def of(agency: str, year: int, count: int):
    cells = {
        f"applications.{row}.{column}": count
        for row in ("new_received", "granted", "results_total")
        for column in ("natural_person", "total")
    }
    return report(agency, year, cells=cells)


@pytest.fixture
def some(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.RENDERINGS_ROOT = tmp_path / "public"
    accepted(cast, of("青溪县教育局", 2022, 4), cast.education)
    mine = accepted(cast, of("青溪县教育局", 2023, 7), cast.education)
    accepted(cast, of("白石市气象局", 2023, 40))
    accepted(cast, of("青溪县水利局", 2023, 99), cast.water, is_public=False)
    return mine


def page(client, name: str, *parts: object, status: int = 200) -> str:
    response = client.get(reverse(name, args=parts))
    assert response.status_code == status
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def pk_of(agency: str, year: int) -> int:
    from gongkai.office.reporting.models import SettledReport

    return SettledReport.objects.get(agency=agency, year=year).pk


def test_what_is_not_published_by_its_agency_is_nowhere(client, some):
    hidden = pk_of("青溪县水利局", 2023)
    page(client, "report_data_report", hidden, status=404)
    page(client, "report_data_trend", hidden, *NEW.split("."), status=404)
    for text in (page(client, "report_data"), page(client, "report_data_cell", 2023, *NEW.split("."))):
        assert "水利局" not in text
        assert "99" not in text


def test_a_cell_over_agencies_is_ranked_drawn_and_summed(client, some):
    text = page(client, "report_data_cell", 2023, *NEW.split("."))
    assert text.index("白石市气象局</a>") < text.index("青溪县教育局</a>")
    assert "<svg" in text
    assert "合计 <strong>47</strong>" in text


def test_what_a_government_s_report_adds_up_already_is_not_added_again(client, cast):
    accepted(cast, of("青溪县教育局", 2023, 7), cast.education)
    accepted(cast, of("青溪县人民政府", 2023, 16), cast.county)
    accepted(cast, of("白石市气象局", 2023, 40))
    text = page(client, "report_data_cell", 2023, *NEW.split("."))
    assert "3 份报告合计 <strong>56</strong>" in text
    assert "有 1 份已由上级人民政府的报告汇总" in text


def test_a_cell_over_years_is_drawn_with_its_table(client, some):
    text = page(client, "report_data_trend", pk_of("青溪县教育局", 2023), *NEW.split("."))
    assert "2022年 4件，2023年 7件" in text
    assert "<svg" in text


def test_the_same_numbers_as_csv(client, some):
    response = client.get(reverse("report_data_cell_csv", args=[2023, *NEW.split(".")]))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[1:] == ["白石市气象局,2023,40", "青溪县教育局,2023,7"]
    trend = client.get(reverse("report_data_trend_csv", args=[pk_of("青溪县教育局", 2023), *NEW.split(".")]))
    assert trend.content.decode("utf-8-sig").splitlines()[1:] == ["青溪县教育局,2022,4", "青溪县教育局,2023,7"]


def test_the_form_leads_to_a_page_with_an_address_of_its_own(client, some):
    ask = reverse("report_data_ask")
    assert client.get(ask, {"cell": NEW, "year": "2023"}).url == reverse(
        "report_data_cell", args=[2023, *NEW.split(".")]
    )
    pk = pk_of("青溪县教育局", 2023)
    assert client.get(ask, {"cell": NEW, "agency": pk}).url == reverse("report_data_trend", args=[pk, *NEW.split(".")])
    for wrong in ({"cell": "no"}, {"cell": NEW, "year": "x"}, {}):
        assert client.get(ask, wrong).url == reverse("report_data")


def test_one_report_is_shown_in_the_statutory_tables(client, some):
    text = page(client, "report_data_report", pk_of("青溪县教育局", 2023))
    assert "本年新收政府信息公开申请数量" in text
    assert text.count('class="figure') == len(form("2021").addresses())


def test_what_does_not_exist_is_not_found(client, some):
    page(client, "report_data_cell", 2023, "no", "such", "cell", status=404)
    page(client, "report_data_cell", 1999, *NEW.split("."), status=404)


@pytest.mark.django_db
def test_without_reports_the_page_says_so(client):
    assert "还没有收录" in client.get(reverse("report_data")).content.decode()


def test_pages_are_kept_until_another_report_counts(client, committed, settings, tmp_path):
    cast = assemble()
    settings.MEDIA_ROOT = tmp_path / "media"
    accepted(cast, of("青溪县教育局", 2023, 7), cast.education)
    page(client, "report_data")
    kept = committed / "report-data.html"
    assert kept.exists()
    accepted(cast, of("白石市气象局", 2023, 40))
    assert not kept.exists()
    assert "白石市气象局" in page(client, "report_data")


@pytest.mark.parametrize("typed", ["²", "-1", "二〇二〇", "9" * 5000], ids=["superscript", "negative", "words", "long"])
def test_a_question_about_a_year_that_is_no_number_leads_back_to_the_form(client, some, typed: str):
    answer = client.get(reverse("report_data_ask"), {"cell": NEW, "year": typed, "agency": typed})
    assert (answer.status_code, answer["Location"]) == (302, reverse("report_data"))
