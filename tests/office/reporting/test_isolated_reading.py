"""Files of strangers are read in a process that knows nothing of the office and ends when it should."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from gongkai.documents.readers.pdf.worker import receive
from gongkai.office.reporting.received import isolated
from gongkai.office.reporting.received.isolated import Reader, read_once
from tests.office.reporting.papers import paper, report


def test_a_report_is_read_and_checked():
    answer = read_once(paper(report()), "年报.html")
    assert answer.contract["agency"] == "青溪县教育局"
    assert answer.contract["refused"] is None


def test_the_json_of_a_report_is_one_of_its_formats():
    import json

    contract = read_once(paper(report()), "年报.html").contract
    again = read_once(json.dumps(contract).encode(), "年报.json").contract
    assert again["cells"] == contract["cells"]


def test_the_process_sees_no_setting_of_the_office(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "secret")
    with Reader() as reader:
        process = reader._started()
        environment = Path(f"/proc/{process.pid}/environ").read_bytes()
        reader.read(paper(report()), "年报.html")
    assert b"secret" not in environment
    assert b"DJANGO" not in environment


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_is_read(monkeypatch):
    with Reader(seconds=1) as reader:
        process = reader._started()
        os.kill(process.pid, signal.SIGSTOP)  # it will never answer
        started = time.monotonic()
        assert reader.read(b"x", "x.txt").contract["refused"]["code"] == "TOO-SLOW"
        assert time.monotonic() - started < isolated.SECONDS
        monkeypatch.setattr(reader, "_seconds", isolated.SECONDS)  # a busy machine takes its time to start the next one
        assert reader.read(paper(report()), "年报.html").contract["refused"] is None


def test_a_file_that_kills_the_process_is_refused_and_the_next_one_is_read(monkeypatch):
    with Reader() as reader:
        process = reader._started()
        process.kill()
        process.wait()
        assert reader.read(paper(report()), "年报.html").contract["refused"] is None
        # Stopped first and killed when it has been asked: it must die while it reads, neither before nor afterwards.
        process = reader._started()
        os.kill(process.pid, signal.SIGSTOP)

        def killed(answers: io.BufferedReader) -> bytes | None:
            process.kill()
            return receive(answers)

        with monkeypatch.context() as once:
            once.setattr(isolated, "receive", killed)
            assert reader.read(b"x", "x.txt").contract["refused"]["code"] == "CRASHED"
        assert reader.read(paper(report()), "年报.html").contract["refused"] is None


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Reader() as reader:
        reader.read(paper(report(), "pdf"), "年报.pdf")
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"%PDF-1.7 nothing", b"PK\x03\x04 nothing", b'{"schema": 1, "cells": 3}']
)
def test_whatever_it_is_the_answer_is_a_refusal(data):
    assert read_once(data, "x").contract["refused"]["code"]


def test_no_text_that_a_database_could_not_keep_comes_back(tmp_path):
    page = paper(report()).replace("依法公开".encode(), b"\\u0000&#0;")
    answer = read_once(page, "年报.html")
    assert "\0" not in str(answer)
    assert "\\u0000" in str(answer.contract["narrative"]["sections"].values()).replace("\\\\", "\\")


def test_a_process_that_nobody_waits_for_gives_way_to_the_others() -> None:
    with Reader(waits=False) as behind, Reader() as ahead:
        for reader in (behind, ahead):
            assert reader.read(b"nothing", "a.txt").contract["refused"]
        nice = {reader: os.getpriority(os.PRIO_PROCESS, reader._process.pid) for reader in (behind, ahead)}
        assert nice[behind] > nice[ahead]


def test_what_reads_in_the_background_keeps_to_one_processor_while_it_reads_and_leaves_the_others_to_the_site() -> None:
    before = os.sched_getaffinity(0)
    with Reader(waits=False) as reader:
        reader.read(b"nothing", "a.txt")
        assert reader._process is not None
        assert len(os.sched_getaffinity(reader._process.pid)) == 1
        assert os.sched_getaffinity(0) == os.sched_getaffinity(reader._process.pid)
    assert os.sched_getaffinity(0) == before


def test_a_file_that_somebody_waits_for_is_read_wherever_there_is_room() -> None:
    with Reader() as reader:
        reader.read(b"nothing", "a.txt")
        assert reader._process is not None
        assert os.sched_getaffinity(reader._process.pid) == os.sched_getaffinity(0)


_BEGIN = """
import sys, time
from gongkai.office.reporting.received import isolated
from gongkai.office.reporting.received.isolated import Reader
reader = Reader()
reader._started()
open(reader._folder + "/source.doc", "w").write("只此一家局")
print(reader._folder, flush=True)
time.sleep(600)
"""


def test_what_a_killed_server_left_behind_is_swept_away_and_nothing_of_one_that_lives(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    server = subprocess.Popen([sys.executable, "-c", _BEGIN], stdout=subprocess.PIPE, text=True, env=environment)
    assert server.stdout is not None
    folder = Path(server.stdout.readline().strip())
    assert (folder / "source.doc").exists()
    assert isolated.sweep(young=0) == 0, "its server lives"
    server.kill()
    server.wait()
    server.stdout.close()
    assert (folder / "source.doc").exists()
    with Reader() as reader:
        reader._started()
        assert isolated.sweep() == 0, "one that was just begun is left in peace"
        assert isolated.sweep(young=0) == 1
        assert Path(reader._folder).exists()
    assert list(tmp_path.iterdir()) == []
