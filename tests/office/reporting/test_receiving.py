"""Reports of others come in: read apart, doubles recognised, packages unpacked, taken up again after a death."""

from __future__ import annotations

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from django.utils.timezone import now

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.reporting.actions import receiving
from gongkai.office.reporting.models import ReceivedFile, ReceivedReport
from gongkai.office.reporting.queries.received import progress_of
from gongkai.office.reporting.received.source import unpacked
from tests.office.cast import NOW, Cast
from tests.office.reporting.papers import paper, report, wrong

Outcome = ReceivedFile.Outcome


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def receive(cast: Cast, data: bytes, name: str = "年报.html", year: int | None = None) -> ReceivedFile:
    return receiving.receive_file(cast.county, [data], name, year=year, by=cast.officer, at=NOW)


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return made.getvalue()


def batch(cast: Cast, files: dict[str, bytes]):
    return receiving.begin_batch(
        cast.county, [(name, [data]) for name, data in files.items()], name="一批", year=2023, by=cast.officer, at=NOW
    )


@pytest.mark.parametrize("format", ["html", "docx", "pdf", "xlsx"])
def test_a_report_is_read_whatever_the_file(cast, format):
    row = receive(cast, paper(report(), format), f"年报.{format}")
    assert row.outcome == Outcome.READ
    assert (row.report.agency, row.report.year, row.report.is_identified) == ("青溪县教育局", 2023, False)
    assert row.report.contract["cells"]["applications.granted.total"]["value"] == 3
    assert "findings" not in row.report.contract


def test_every_cell_s_place_is_found_in_the_source_that_is_kept(cast):
    found = receive(cast, paper(report(), "docx"), "年报.docx").report
    places = {cell["at"] for block in unpacked(found.source) for row in block.get("rows", ()) for cell in row}
    assert {cell["where"] for cell in found.contract["cells"].values()} <= places


def test_what_is_wrong_is_counted(cast):
    found = receive(cast, paper(wrong(report(), "applications.granted.total", "7"))).report
    assert found.errors > 0
    assert any(finding["code"].startswith("APP-") for finding in found.findings)


def test_a_file_that_is_no_report_is_refused_with_the_reason(cast):
    row = receive(cast, "今天天气很好。".encode(), "天气.txt")
    assert (row.outcome, row.report) == (Outcome.REFUSED, None)
    assert row.code
    assert row.message


def test_the_same_file_again_is_a_double(cast):
    first = receive(cast, paper(report()))
    second = receive(cast, paper(report()), "又一次.html")
    assert (second.outcome, second.report) == (Outcome.DUPLICATE, first.report)


def test_the_same_numbers_in_another_file_are_a_double(cast):
    first = receive(cast, paper(report()))
    second = receive(cast, paper(report(), "docx"), "年报.docx")
    assert (second.outcome, second.report) == (Outcome.DUPLICATE, first.report)
    assert ReceivedReport.objects.count() == 1


def test_another_number_makes_another_report(cast):
    receive(cast, paper(report()))
    assert receive(cast, paper(wrong(report(), "applications.granted.total", "4"))).outcome == Outcome.READ


def test_who_is_no_disclosure_officer_of_the_receiving_agency_hands_in_nothing(cast):
    for person in (cast.editor, cast.outsider, cast.administrator):
        with pytest.raises(Refused, match="政务公开机构工作人员"):
            receiving.receive_file(cast.county, [paper(report())], "年报.html", year=None, by=person, at=NOW)
    assert not ReceivedFile.objects.exists()


def test_a_batch_waits_and_is_read_in_the_background(cast):
    made = batch(cast, {"甲.html": paper(report("青溪县水利局")), "乙.txt": "不是报告".encode()})
    assert progress_of(made).done == 0
    assert receiving.read_waiting(at=NOW, seconds=60) == 2
    assert progress_of(made).by_outcome == {Outcome.READ: 1, Outcome.REFUSED: 1}
    assert progress_of(made).is_finished
    assert receiving.read_waiting(at=NOW) == 0


def test_a_package_is_unpacked_and_each_of_its_files_read(cast):
    package = zipped(
        {
            "部门/水利.html": paper(report("青溪县水利局")),
            "部门/教育.docx": paper(report(), "docx"),
            "__MACOSX/部门/._水利.html": b"x",
            "空.html": b"",
        }
    )
    made = batch(cast, {"年报.zip": package})
    receiving.read_waiting(at=NOW, seconds=60)
    rows = {row.name: row.outcome for row in made.files.all()}
    assert rows == {
        "年报.zip": Outcome.UNPACKED,
        "年报/部门/水利.html": Outcome.READ,
        "年报/部门/教育.docx": Outcome.READ,
        "年报/空.html": Outcome.REFUSED,
    }
    assert progress_of(made).total == 3


def test_a_package_of_windows_keeps_its_chinese_names(cast):
    package = zipped({"aaaa.html": paper(report())}).replace(b"aaaa", "水利".encode("gb18030"))
    made = batch(cast, {"年报.zip": package})
    receiving.read_waiting(at=NOW, seconds=60)
    assert made.files.filter(name="年报/水利.html", outcome=Outcome.READ).exists()


def test_a_damaged_package_is_refused(cast):
    made = batch(cast, {"年报.zip": zipped({"甲.html": paper(report())})[:-30]})
    receiving.read_waiting(at=NOW, seconds=60)
    row = made.files.get()
    assert (row.outcome, row.code) == (Outcome.REFUSED, "PACKAGE")
    assert "压缩包已损坏" in row.message


def test_a_file_left_by_a_process_that_died_is_taken_up_again_and_in_the_end_refused(cast):
    made = batch(cast, {"甲.html": paper(report())})
    lately = now()
    made.files.update(claimed_at=lately, attempts=1)
    assert receiving.read_waiting(at=NOW, seconds=60) == 0, "somebody may still be reading it"
    made.files.update(claimed_at=lately - timedelta(minutes=5))
    assert receiving.read_waiting(at=NOW, seconds=60) == 1
    assert made.files.get().outcome == Outcome.READ

    stubborn = batch(cast, {"乙.html": paper(report("青溪县水利局"))})
    stubborn.files.update(claimed_at=lately - timedelta(minutes=5), attempts=receiving.MOST_ATTEMPTS)
    receiving.read_waiting(at=NOW, seconds=60)
    assert (stubborn.files.get().outcome, stubborn.files.get().code) == (Outcome.REFUSED, "CRASHED")


def test_what_was_received_is_on_record_without_its_content(cast):
    receive(cast, paper(report()))
    entry = Entry.objects.get(act="reporting.receive")
    assert (entry.actor, entry.citation) == (cast.officer.staff_number, "ogi-2019#49")
    assert "青溪县教育局" not in str(entry.detail)
