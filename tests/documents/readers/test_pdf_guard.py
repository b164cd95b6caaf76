"""PDFs that are made to harm: each costs its own refusal and nothing else."""

import os
import random
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from gongkai.documents.model import Document
from gongkai.documents.readers.pdf import read_pdf
from gongkai.documents.readers.pdf.reading import document_from
from gongkai.documents.readers.refusing import CannotRead
from tests.documents.readers.pdf_files import at, drawn, photographed, stream, typeset

TEXT = drawn(at(100, 700, "青溪县人民政府"))


def unpacking_to(megabytes: int) -> bytes:
    """A page whose content stream is deflated twice and unpacks to this much."""
    packer = zlib.compressobj(1)
    parts = [packer.compress(b"q Q " * (1 << 18)) for _ in range(megabytes)]
    content = zlib.compress(b"".join(parts) + packer.flush())
    return drawn(stream(content, "/Filter[/FlateDecode/FlateDecode]"))


def nested_forms(levels: int, calls: int) -> bytes:
    """A page that draws a form that draws a form … `calls` times on each level."""
    forms = {}
    for level in range(levels):
        body = f"/X{level + 1} Do " * calls if level + 1 < levels else "0 0 10 10 re f"
        inner = f"/Resources<</XObject<</X{level + 1} {21 + level} 0 R>>>>"
        forms[20 + level] = stream(body.encode(), f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]{inner}")
    return drawn("/X0 Do", resources="/XObject<</X0 20 0 R>>", more=forms)


def refusal_of(data: bytes) -> str:
    """The code with which the guarded reader refuses a file."""
    with pytest.raises(CannotRead) as refused:
        read_pdf(data)
    return refused.value.refusal.code


def outcome(data: bytes) -> str:
    """`read`, or the code of the refusal; anything else is an error of the reader."""
    try:
        read_pdf(data)
    except CannotRead as refused:
        return refused.refusal.code
    return "read"


def test_the_guarded_reader_gives_the_same_document() -> None:
    data = typeset("青溪县\n\n#table(columns: 2)[规章][0]")
    assert read_pdf(data) == document_from(data)


def test_a_refusal_comes_through_the_guard() -> None:
    assert refusal_of(photographed((600, 800))) == "SCAN"


def test_a_stream_that_unpacks_to_more_than_the_limit_is_refused_and_the_next_file_is_read() -> None:
    assert refusal_of(unpacking_to(320)) == "TOO-LARGE"
    assert isinstance(read_pdf(TEXT), Document)


def test_a_file_too_large_for_the_worker_is_refused_at_once() -> None:
    assert refusal_of(TEXT + bytes(64 << 20)) == "TOO-LARGE"


def test_forms_that_draw_each_other_without_end_are_refused() -> None:
    assert refusal_of(nested_forms(levels=30, calls=10)) in {"TOO-LARGE", "TOO-SLOW"}


def test_a_file_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    hang = (
        "import gongkai.documents.readers.pdf.worker as worker, gongkai.documents.readers.pdf.reading as reading, time;"
        "worker.SECONDS = 0.3; reading.document_from = lambda data: time.sleep(60); worker.serve()"
    )
    start = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda command, **how: start([*command[:-1], hang], **how))
    from gongkai.documents.readers.pdf.guard import Worker

    worker = Worker()
    answer = worker.ask(TEXT)
    assert getattr(answer, "code", "") == "TOO-SLOW"
    assert not worker.is_alive


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "DAMAGED"),
        ("bytearray(200 << 20), os.abort()", "TOO-LARGE"),  # as PDFium does when it is refused memory
    ],
)
def test_why_the_worker_died_is_told_whatever_the_caller_holds_itself(deed: str, code: str) -> None:
    end = (
        "import os, signal, gongkai.documents.readers.pdf.worker as worker, gongkai.documents.readers.pdf.reading as reading;"
        f"reading.document_from = lambda data: ({deed}); worker.serve()"
    )
    caller = (
        "import subprocess, sys; from gongkai.documents.readers.pdf.guard import Worker; held = b'x' * (220 << 20);"
        "start = subprocess.Popen;"
        "subprocess.Popen = lambda command, **how: start([*command[:-1], sys.argv[1]], **how);"
        "print(Worker().ask(b'%PDF-').code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", caller, end],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.strip() == code, done.stderr


def test_many_threads_share_the_worker() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert all(isinstance(document, Document) for document in pool.map(read_pdf, [TEXT] * 12))


def test_a_forked_process_gets_a_worker_of_its_own() -> None:
    code = (
        "import os, sys; from gongkai.documents.readers.pdf import read_pdf; data = open(sys.argv[1], 'rb').read();"
        "first = read_pdf(data); child = os.fork(); second = read_pdf(data); assert first == second;"
        "child and sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )
    path = f"/proc/self/fd/{os.memfd_create('pdf')}"
    with open(path, "wb") as file:
        file.write(TEXT)
    with open(path, "rb") as file:
        command = [sys.executable, "-c", code, f"/proc/{os.getpid()}/fd/{file.fileno()}"]
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, timeout=60)
    assert done.returncode == 0


def test_mutated_files_are_read_or_refused_and_never_fail() -> None:
    rng = random.Random("mutated PDFs")
    sources = [typeset("青溪县政府信息公开工作年度报告\n\n#table(columns: 2)[规章][0]"), TEXT, photographed((60, 80))]
    outcomes = set()
    for _ in range(300):
        data = bytearray(rng.choice(sources))
        match rng.randrange(3):
            case 0:
                for _ in range(rng.choice((1, 10, 100))):
                    data[rng.randrange(len(data))] = rng.randrange(256)
            case 1:
                del data[rng.randrange(len(data)) :]
            case _:
                start = rng.randrange(len(data))
                del data[start : start + rng.choice((1, 20, 500))]
        outcomes.add(outcome(bytes(data)))
    assert outcomes >= {"read", "DAMAGED", "TRUNCATED"}
