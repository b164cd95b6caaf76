import subprocess
import sys

import pytest

from gongkai.documents import readers
from gongkai.documents.model import Document, Paragraph, Position, Refusal
from gongkai.documents.readers import limits, read, read_bytes, refusing

REFUSALS = {
    name: make
    for name, make in vars(refusing).items()
    if callable(make) and getattr(make, "__module__", "") == refusing.__name__ and name.islower()
}
ARGUMENTS = {"not_a_file": ("一个文件夹", "a folder"), "too_slow": (10,), "needs_libreoffice": ("DOC",)}


def test_a_file_is_read_with_its_format(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("青溪县\n", encoding="gbk")
    assert read(path) == Document((Paragraph("青溪县", Position(line=1)),), format="text")


def test_an_error_of_a_library_becomes_a_refusal_that_names_it(monkeypatch):
    def stumble(_data: bytes, _kind: str) -> Document:
        raise ZeroDivisionError

    monkeypatch.setattr(readers, "_read_kind", stumble)
    answer = read_bytes(b"x")
    assert isinstance(answer, Refusal)
    assert answer.code == "DAMAGED"
    assert "ZeroDivisionError" in answer.message


def test_memory_that_runs_out_becomes_a_refusal(monkeypatch):
    def hoard(_data: bytes, _kind: str) -> Document:
        raise MemoryError

    monkeypatch.setattr(readers, "_read_kind", hoard)
    answer = read_bytes(b"x")
    assert isinstance(answer, Refusal)
    assert answer.code == "TOO-LARGE"


def test_bytes_beyond_the_limit_are_refused_before_anything_looks_at_them(monkeypatch):
    monkeypatch.setattr(limits, "LARGEST_FILE", 10)
    answer = read_bytes(b"x" * 11)
    assert isinstance(answer, Refusal)
    assert answer.code == "TOO-LARGE"


@pytest.mark.parametrize("name", REFUSALS)
def test_every_refusal_says_in_both_languages_what_to_do(name):
    refusal = REFUSALS[name](*ARGUMENTS.get(name, ()))
    assert refusal.code == refusal.code.upper()
    assert "请" in refusal.message
    assert refusal.message.endswith("。")
    assert refusal.message_en.endswith(".")


def test_codes_of_refusals_are_used_once():
    codes = [make(*ARGUMENTS.get(name, ())).code for name, make in REFUSALS.items()]
    assert len(codes) == len(set(codes))


def test_reading_text_loads_no_library_for_other_formats():
    program = (
        "import sys; from gongkai.documents.readers import read_bytes; read_bytes('青溪县'.encode());"
        "print(sorted({'lxml', 'openpyxl', 'docx', 'pypdfium2', 'pdfplumber'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {program}"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[]"
