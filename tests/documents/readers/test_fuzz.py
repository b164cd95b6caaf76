"""Mutated files: always a document or a refusal, and a report or a refusal, never an error; within ten seconds and 300 MB."""

import json
import os
import subprocess
import sys

import pytest

from tests.documents.readers import fuzzing
from tests.samples import REPOSITORY

FEW = {"text": 40, "html": 40, "csv": 40, "docx": 40, "xlsx": 40, "pdf": 10}
MANY = {"text": 2500, "html": 2500, "csv": 500, "docx": 2000, "xlsx": 1500, "pdf": 1000}
BATCH = 500


@pytest.mark.parametrize("kind", FEW)
def test_a_mutated_file_is_read_or_refused(kind):
    assert [fault for index in range(FEW[kind]) if (fault := fuzzing.verdict(kind, index))] == []


def test_the_same_number_gives_the_same_file():
    assert fuzzing.mutated("html", 7) == fuzzing.mutated("html", 7) != fuzzing.mutated("html", 8)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "first"), [(kind, first) for kind, count in MANY.items() for first in range(0, count, BATCH)]
)
def test_ten_thousand_mutated_files_are_read_or_refused_within_the_limits(kind, first):
    paths = os.pathsep.join([str(REPOSITORY), *(path for path in sys.path if path)])
    finished = subprocess.run(
        [sys.executable, "-m", fuzzing.__name__, kind, str(first), str(BATCH)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    report = json.loads(finished.stdout)
    assert report["faults"] == []
    assert report["seconds"] < 10
    assert report["megabytes"] < 300
