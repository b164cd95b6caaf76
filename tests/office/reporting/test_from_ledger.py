"""The report from the command line: the ledger's, with charts; and what the public has, once it is public."""

from __future__ import annotations

import io
import json
from datetime import date
from zipfile import ZipFile

import pytest

from gongkai.documents.readers import read_bytes
from gongkai.office.reporting import actions
from gongkai.office.reporting.files import FORMATS
from gongkai.office.reporting.from_ledger import Compiled, file_of_compiled, from_ledger
from gongkai.office.reporting.models import PublishedReport
from gongkai.office.reporting.publication import file_of, report_in
from gongkai.regulation.annual_report import Report, from_json, read
from tests.office.cast import Cast
from tests.office.reporting.ledger import YEAR, opened
from tests.office.reporting.published import later, public
from tests.office.reporting.received import accepted
from tests.office.reporting.test_archive import of

TODAY = date(2025, 2, 1)
AT = later(60)


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path / "data"
    settings.RENDERINGS_ROOT = tmp_path / "public"


def compiled(cast: Cast) -> Compiled:
    return from_ledger(cast.education, YEAR, today=TODAY)


def numbers(content: bytes, name: str) -> dict[str, tuple[str, object]]:
    found = from_json(json.loads(content)) if name == "json" else read(read_bytes(content, f"report.{name}"))
    assert isinstance(found, Report), (name, found)
    return {address: (cell.state, cell.value) for address, cell in found.cells.items()}


def drawn(content: bytes, name: str) -> bool:
    """Has the file the chart over the years?"""
    if name == "html":
        return "近2年的申请" in content.decode() and b"<svg" in content
    if name == "docx":
        with ZipFile(io.BytesIO(content)) as archive:
            return 'descr="近2年的申请。' in archive.read("word/document.xml").decode()
    return content.count(b"/Figure") > 0


def test_what_is_public_is_written_as_the_public_has_it(cast: Cast) -> None:
    accepted(cast, of("青溪县教育局", 2023, 4), cast.education)
    public(cast)
    found = compiled(cast)
    published = PublishedReport.objects.get()
    assert found.published == published
    expected = {address: (cell.state, cell.value) for address, cell in report_in(published).cells.items()}
    for name in FORMATS:
        content = file_of_compiled(found, name, at=AT)
        assert numbers(content, name) == expected, name
        if name not in ("json", "html"):
            assert content == file_of(published, name, at=AT), name
    page = file_of_compiled(found, "html", at=AT)
    assert drawn(page, "html")
    assert "校验码：" in page.decode()


@pytest.mark.parametrize("name", ["html", "docx", "pdf"])
def test_what_is_not_public_yet_has_its_charts_and_no_code(cast: Cast, name: str) -> None:
    accepted(cast, of("青溪县教育局", 2023, 4), cast.education)
    content = file_of_compiled(compiled(cast), name, at=AT)
    assert drawn(content, name)
    assert "校验码".encode() not in content


def test_while_it_is_corrected_the_files_are_those_of_the_correction(cast: Cast) -> None:
    report = public(cast).report_year
    actions.reopen(report, reason="漏计一条", by=cast.officer, at=later(30))
    assert compiled(cast).published is None


def test_a_year_that_was_only_opened_is_counted_now(cast: Cast) -> None:
    opened(cast)
    found = compiled(cast)
    assert (found.is_locked, found.published) == (False, None)
