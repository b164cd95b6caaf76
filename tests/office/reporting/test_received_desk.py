"""The staff's screens of received reports."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.office.reporting.models import ReceivedBatch, ReceivedReport
from gongkai.office.reporting.queries.received import effective, stage_of
from gongkai.office.reporting.received import isolated, reading_process
from gongkai.office.reporting.received.isolated import Answer
from tests.office.reporting.papers import paper, report, wrong
from tests.office.reporting.received import accepted, handed_in, identified

CELL = "applications.granted.total"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "media"

    def read(self, data, name, **asked):
        return Answer(**reading_process.answer({"name": name, **asked}, data))

    monkeypatch.setattr(isolated.Reader, "read", read)


@pytest.fixture
def desk(client, cast):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def upload(client, cast, *files, year=""):
    papers = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(reverse("reporting_upload"), {"receiver": cast.county.pk, "year": year, "papers": papers})


def act(client, pk, verb, **data):
    return client.post(reverse("reporting_received_act", args=[pk, verb]), data)


def test_one_file_is_read_at_once_and_shown(desk, cast):
    response = upload(desk(cast.officer), cast, ("年报.html", paper(report())))
    found = ReceivedReport.objects.get()
    assert response.url == reverse("reporting_received", args=[found.pk])


def test_many_files_become_a_batch_that_looks_again_by_itself(desk, cast):
    client = desk(cast.officer)
    response = upload(
        client, cast, ("甲.html", paper(report())), ("乙.html", paper(report("青溪县水利局"))), year="2023"
    )
    batch = ReceivedBatch.objects.get()
    assert response.url == reverse("reporting_batch", args=[batch.pk])
    page = client.get(response.url)
    assert page["Refresh"]
    assert "正在后台读取" in page.content.decode()


def test_no_file_is_said(desk, cast):
    assert "没有选择文件" in upload(desk(cast.officer), cast).content.decode()


def test_the_chosen_cell_is_marked_in_the_table_and_in_the_source(desk, cast):
    found = handed_in(cast, report())
    page = desk(cast.officer).get(reverse("reporting_received", args=[found.pk]), {"cell": CELL}).content.decode()
    assert page.count("figure--chosen") == 1
    assert page.count('class="received-here"') == 1
    assert "予以公开·总计" in page


def test_a_report_is_taken_from_the_file_to_acceptance(desk, cast):
    client = desk(cast.officer)
    found = handed_in(cast, wrong(report(), CELL, "7"))
    assert act(client, found.pk, "identify", organ=cast.education.pk, agency="", year=2023).status_code == 302
    assert act(client, found.pk, "accept", is_public="1").status_code == 403
    corrected = act(client, found.pk, "correct", cell=CELL, state="number", value="3", reason="对照原文应为3")
    assert corrected.status_code == 302
    assert act(client, found.pk, "accept", is_public="1").status_code == 302
    assert stage_of(found) == "accepted"
    assert effective(found).cells[CELL].value == 3


def test_a_refusal_is_shown_with_its_reason(desk, cast):
    found = handed_in(cast, report())
    response = act(desk(cast.officer), found.pk, "accept")
    assert response.status_code == 403
    assert "请先确认机关和年度" in response.content.decode()


def test_a_return_has_its_letter_in_both_formats(desk, cast):
    client = desk(cast.officer)
    found = identified(cast, wrong(report(), CELL, "7"), cast.education)
    assert act(client, found.pk, "return", due_on="2099-01-31", note="请逐格核对").status_code == 302
    event = found.events.get(kind="returned")
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = client.get(reverse("reporting_return_letter", args=[event.pk, ending]))
        assert answer.content.startswith(start)


def test_the_original_is_given_out_as_it_came_and_never_run(desk, cast):
    found = handed_in(cast, report())
    response = desk(cast.officer).get(reverse("reporting_received_file", args=[found.pk]))
    assert b"".join(response.streaming_content) == paper(report())
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"


def test_reports_of_a_batch_with_exact_names_are_confirmed_together(desk, cast):
    found = handed_in(cast, report())
    other = handed_in(cast, report("青溪县水务局"))
    batch = found.files.get().batch
    other.files.update(batch=batch, position=2)
    assert desk(cast.officer).post(reverse("reporting_identify_batch", args=[batch.pk])).status_code == 302
    found.refresh_from_db()
    other.refresh_from_db()
    assert (found.is_identified, found.organ, other.is_identified) == (True, cast.education, False)


def test_who_works_elsewhere_finds_nothing(desk, cast):
    found = identified(cast, report(), cast.education)
    client = desk(cast.outsider)
    assert client.get(reverse("reporting_received", args=[found.pk])).status_code == 404
    assert act(client, found.pk, "accept").status_code == 404
    assert "没有符合条件的报告" in client.get(reverse("reporting_received_list")).content.decode()


def test_who_has_no_such_role_is_told_why(desk, cast):
    response = desk(cast.editor).get(reverse("reporting_upload"))
    assert response.status_code == 403
    assert "政务公开机构工作人员" in response.content.decode()


@pytest.mark.parametrize("ending", ["xlsx", "csv", "parquet"])
def test_a_collection_is_shown_and_given_out_as_a_file(desk, cast, ending):
    accepted(cast, report(), cast.education)
    client = desk(cast.officer)
    page = client.get(reverse("reporting_collection")).content.decode()
    assert "共 1 份报告" in page
    assert "2023年缺 2 家" in page
    answer = client.get(reverse("reporting_collection_table", args=[ending]))
    assert answer.status_code == 200
    assert answer.content.startswith({"xlsx": b"PK", "csv": b"\xef\xbb\xbf", "parquet": b"PAR1"}[ending])
