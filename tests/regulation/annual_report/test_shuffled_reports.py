"""Reports with lines lost, doubled, cut and swapped: whatever is left is read or refused, checked and composed again."""

from __future__ import annotations

from random import Random

import pytest

from gongkai.documents.model import Refusal
from gongkai.documents.readers import read_bytes
from gongkai.regulation.annual_report import Report, advice, check, compose, message, read
from tests.corpus.corpus import BY_KEY

FAMILIES = ("00-clean", "01-old-form-later", "02-old-applications", "04-joined", "18-fillers", "36-one-table")
TURNS = 40


def shuffled(data: bytes, rng: Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(rng.randint(1, 12)):
        one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        match rng.randrange(4):
            case 0 if len(lines) > 1:
                del lines[one]
            case 1:
                lines.insert(one, lines[other])
            case 2:
                lines[one] = lines[one][: rng.randint(0, len(lines[one]))]
            case _:
                lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


@pytest.mark.parametrize("key", FAMILIES)
def test_a_shuffled_report_is_read_or_refused_and_never_breaks_the_reader(key: str) -> None:
    rng = Random(key)
    cases = [case for case in BY_KEY[key].cases() if case.file_name.endswith((".txt", ".html", ".md"))]
    for _ in range(TURNS):
        case = rng.choice(cases)
        document = read_bytes(shuffled(case.data, rng), case.file_name)
        report = document if isinstance(document, Refusal) else read(document)
        if isinstance(report, Report):
            for finding in check(report):
                assert message(finding)
                assert advice(finding, "en")
            assert compose(report).blocks
