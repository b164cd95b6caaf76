"""年报体检: anyone's file is read, shown, and gone."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.office.organs.models import Site
from gongkai.office.reporting.received import reading_process
from gongkai.office.reporting.received.isolated import Answer
from gongkai.office.reporting.views.public import check_up
from tests.office.reporting.papers import paper, report, wrong

EXAMPLE = Path(__file__).parents[3] / "docs" / "example" / "qingxi-2020.txt"


@pytest.fixture
def here(monkeypatch):
    """Read in this process instead of one of its own, which takes a second."""
    monkeypatch.setattr(
        check_up, "read_once", lambda data, name: Answer(**reading_process.answer({"name": name}, data))
    )


def give(client, data: bytes, name: str = "年报.html"):
    return client.post(reverse("report_check"), {"file": SimpleUploadedFile(name, data)})


def text(response) -> str:
    return response.content.decode()


@pytest.mark.django_db
def test_the_example_gives_a_full_result(client):
    page = text(give(client, EXAMPLE.read_bytes(), EXAMPLE.name))
    for told in ("青溪县", "2020年", "2019年版", "没有发现错误", "本年新收政府信息公开申请数量", "5687条", "314"):
        assert told in page
    assert page.count('class="figure') == 198


@pytest.mark.django_db
def test_what_is_wrong_is_said_with_its_place_and_marked_in_the_table(client, here):
    page = text(give(client, paper(wrong(report(), "applications.granted.total", "7"))))
    assert "处错误" in page
    assert "figure--error" in page
    assert "予以公开·总计（" in page
    assert "怎么办：" in page


@pytest.mark.django_db
@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_nothing_is_kept_of_a_file_no_row_no_file_no_word_in_a_log(
    client, tmp_path, settings, caplog, format, monkeypatch
):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10  # what is longer would go to a file, were it not for our own handler
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    created: list[str] = []
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile", lambda *_: created.append("file"))
    before = {model: model._base_manager.count() for model in apps.get_models()}
    with caplog.at_level(logging.DEBUG):
        response = give(client, paper(report("只此一家局"), format), f"只此一家.{format}")
    assert response.status_code == 200
    assert "只此一家局" in text(response)
    assert {model: model._base_manager.count() for model in apps.get_models()} == before
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "media").exists()
    assert created == []
    assert "只此一家" not in caplog.text
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_file_that_is_no_report_is_refused_with_the_reason(client, here):
    for data, told in ((b"", "空的"), ("今天天气很好".encode(), "不是"), (b"%PDF-1.4", "不完整")):
        response = give(client, data, "x.bin")
        assert response.status_code in (400, 422)
        assert "没有体检。" in text(response)
        assert told in text(response) or "报告" in text(response)
    assert client.post(reverse("report_check")).status_code == 400


@pytest.mark.django_db
def test_what_is_longer_than_a_report_is_refused_before_it_is_read(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert give(client, b"x" * 2000).status_code == 413


@pytest.mark.django_db
def test_a_network_has_so_many_an_hour(client, here):
    for _ in range(check_up.LIMIT.times):
        assert give(client, paper(report())).status_code == 200
    response = give(client, paper(report()))
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "分钟再来" in text(response)
    assert client.get(reverse("report_check")).status_code == 200


@pytest.mark.django_db
def test_when_many_come_at_once_the_next_is_asked_to_wait_and_a_failure_frees_the_place(client, here, monkeypatch):
    held = [check_up._reading.acquire(blocking=False) for _ in range(check_up.AT_ONCE)]
    assert all(held)
    assert give(client, paper(report())).status_code == 503
    for _ in held:
        check_up._reading.release()

    def fail(data: bytes, name: str) -> Answer:
        raise OSError("no more processes")

    monkeypatch.setattr(check_up, "read_once", fail)
    client.raise_request_exception = False
    for _ in range(check_up.AT_ONCE + 1):
        assert give(client, paper(report())).status_code == 500


@pytest.mark.django_db
def test_the_office_can_switch_it_off(client):
    Site.objects.create(offers_report_check=False)
    assert client.get(reverse("report_check")).status_code == 404
    assert give(client, paper(report())).status_code == 404


@pytest.mark.django_db
def test_words_of_a_file_are_never_markup(client, here):
    page = text(give(client, paper(report("<script>alert(1)</script>局"))))
    assert "<script>alert" not in page
