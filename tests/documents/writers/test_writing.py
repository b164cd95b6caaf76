import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.documents.model import Document, Flow, FlowCell, Heading, Paragraph, Table, TableCell
from gongkai.documents.writers import FORMATS, render, write
from tests.documents.writers.sample_report import sample_report

SMALL = Document((Heading("青溪县", 1), Paragraph("正文。")), title="青溪县")


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no writer for 'odt'"):
        render(SMALL, "odt")


@pytest.mark.parametrize("format", FORMATS)
def test_equal_documents_give_equal_bytes(format: str) -> None:
    assert render(sample_report(), format) == render(sample_report(), format)


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_document_is_still_a_file(format: str) -> None:
    assert isinstance(render(Document(()), format), bytes)


@pytest.mark.parametrize("format", FORMATS)
def test_tables_without_cells_and_flattened_tables_are_taken(format: str) -> None:
    flow = Flow((FlowCell("信息内容"), FlowCell(""), FlowCell("8")))
    assert render(Document((Table(()), flow)), format)


@pytest.mark.parametrize("format", FORMATS)
def test_overlapping_cells_are_refused(format: str) -> None:
    table = Table((TableCell("甲", 0, 0, column_span=2), TableCell("乙", 0, 1)))
    with pytest.raises(ValueError, match="'甲' and '乙' overlap"):
        render(Document((table,)), format)


@pytest.mark.parametrize("format", FORMATS)
def test_characters_that_no_file_may_hold_are_left_out(format: str) -> None:
    dirty = Document(
        (Heading("青\x00溪\ud800县", 1), Paragraph("正\x0b文\uffff。"), Table((TableCell("格\x08", 0, 0),)))
    )
    clean = Document((Heading("青溪县", 1), Paragraph("正文。"), Table((TableCell("格", 0, 0),))))
    assert render(dirty, format) == render(clean, format)


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_is_written_as_it_is_rendered(format: str, tmp_path: Path) -> None:
    write(SMALL, tmp_path / "report", format)
    assert (tmp_path / "report").read_bytes() == render(SMALL, format)


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    write(SMALL, path, "html")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(replace(SMALL, title="另一份"), path, "html")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == render(SMALL, "html")


def test_a_document_that_can_not_be_rendered_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="U\\+E000"):
        write(Document((Paragraph("\ue000"),)), tmp_path / "report.pdf", "pdf")
    assert list(tmp_path.iterdir()) == []
