"""Mutated files from a fixed seed, and a process that reads a batch of them and reports what it cost.

Every second file was a whole report, so that the law has something to read in what is left of it: whatever a reader gives
is read as a report, checked, put into words in both languages, and composed again.

Run as `python -m tests.documents.readers.fuzzing KIND FIRST COUNT`; prints one line of JSON.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

from gongkai.documents.model import Document, Refusal
from gongkai.documents.readers import _read_strict, limits, read_bytes
from gongkai.documents.readers.refusing import CannotRead
from gongkai.regulation import annual_report
from tests.corpus.family import EDITIONS, Origin
from tests.corpus.outputs import OUTPUTS
from tests.documents.readers.office_files import small_sheet_file, small_word_file, with_part

TEXT = (
    "青溪县人民政府2020年政府信息公开工作年度报告\r\n一、总体情况\r\n主动公开政府信息5687条，收到申请2件。\r\n"
    "二、主动公开政府信息情况\n第二十条第(一)项 |\n|||\n信息内容 |\n本年新 制作数量 |\n规章 |\n0 |\n|\n9.46万元\n"
    "三、收到申请\n| 项 | 数 |\n|---|---|\n| 规章 | 0 |\n\n规范性文件 | 8 | 314\n"
    "行政许可 | 减4 | —\n甲\t乙\t丙\n1\t\t3\n"
).encode()
PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>年报</title><style>p{color:red}</style></head><body>"
    "<table><tr><td>导航<td><h1>青溪县<br>年报</h1><p>主动<span style='display:none'>x</span>公开&nbsp;5687条</p>"
    "<table border=1><caption>表</caption><thead><tr><th rowspan=2>项<th colspan=3>申请人</tr>"
    "<tr><td>a<td>b<td>c</thead>"
    "<tbody><tr><td rowspan=0>规章<td>0<td><p>1</p><p>2</p><td>3<tr><td>4<td>5<td>6</table></table>"
    "<pre>规章 |\n0 |\n</pre>"
    '<script>var t = "<table class=\\"t\\">'
    '<tr><td>\\u89c4\\u7ae0<\\/td><td>0</td></tr></table>";</script></body></html>'
).encode()
TOKENS = (
    *(
        b"<table>",
        b"</table>",
        b"<tr>",
        b"<td colspan=9999999 rowspan=0>",
        b"</td>",
        b"<!--",
        b"]]>",
        b"<![CDATA[",
        b"&#x110000;",
    ),
    *(
        b"|",
        b"|||\n",
        b"\n|\n",
        b"\t\t",
        b"---|---",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xef\xbf\xbd",
        b'"',
        b"'",
        b"\\u003c",
    ),
    *(
        b"<w:p>",
        b"</w:p>",
        b'<w:gridSpan w:val="99999"/>',
        b"<w:vMerge/>",
        b"<w:tbl>",
        b"<w:del>",
        b"<f>",
        b"<v>1e999</v>",
    ),
    *(
        b"endobj",
        b"stream\n",
        b"<<",
        b">>",
        b"[0 0 1e9 1e9]",
        b"-1",
        b"99999999999",
        b"%PDF-",
        b"PK\x03\x04",
        b"9" * 400,
    ),
)
TEXT_OF_MARKUP = re.compile(rb"(?<=>)([^<>]+)(?=</)")
VALUES = tuple(
    value.encode()
    for value in (
        "0",
        "-",
        "/",
        "无",
        "-7",
        "9.46万元",
        "1e9",
        "9" * 400,
        "1 2",
        "其他",
        "总计",
        "22（其中修订16件）",
        "１２",
        "²",
    )
)
SEEDS_OF_A_KIND = 20
STRICT = frozenset({"text", "html", "csv", "docx"})
"""Readers of our own making, in which any error but a refusal is a mistake of ours."""


def typeset_page() -> bytes:
    from tests.documents.readers.pdf_files import typeset

    return typeset("= 青溪县\n主动公开5687条。\n#table(columns: 3, [项], [甲], [乙], [规章], [0], [1])")


SEEDS: dict[str, Callable[[], bytes]] = {
    "text": lambda: TEXT,
    "html": lambda: PAGE,
    "csv": lambda: '项目,"数量\n（件）"\r\n规章,"1,234"\r\n规范性文件,8\r\n'.encode("gbk"),
    "docx": small_word_file,
    "xlsx": small_sheet_file,
    "pdf": typeset_page,
}


# The formats of the corpus in which whole reports are mutated.
REPORTS: dict[str, tuple[str, ...]] = {
    "text": ("text-fillers", "text-rows", "text-tabs", "markdown", "text-cells"),
    "html": ("html", "html-word"),
    "docx": ("docx",),
    "xlsx": ("xlsx",),
    "pdf": ("pdf",),
}
PARTS_WITH_TABLES = ("word/document.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")


@cache
def seed_of(kind: str, number: int) -> bytes:
    """The sound file before it is mutated: of every two one is small and odd, the other a whole report."""
    formats = REPORTS.get(kind, ())
    if not number % 2 or not formats:
        return SEEDS[kind]()
    name = formats[number // 2 % len(formats)]
    return OUTPUTS[name].write(Origin().report(EDITIONS[number // 2 % len(EDITIONS)], f"fuzz/{kind}/{number}"))


def mutated(kind: str, index: int) -> bytes:
    """The mutated file of a number: the same on every run."""
    random = Random(f"{kind} {index}")
    data = seed_of(kind, index % SEEDS_OF_A_KIND)
    # A sound file that says something else reaches the law more often than a broken one.
    spoil = _with_other_texts if index % 2 and random.random() < 0.5 else _mutated
    if kind in ("docx", "xlsx") and (spoil is _with_other_texts or random.random() < 0.8):
        with ZipFile(BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
            tables = [name for name in names if name in PARTS_WITH_TABLES]
            name = random.choice(tables if index % 2 else names)
            return with_part(data, name, spoil(archive.read(name), random))
    return spoil(data, random)


def _with_other_texts(data: bytes, random: Random) -> bytes:
    """The same file with texts of it, or lines, in the wrong places, lost, or said over again."""
    pieces = TEXT_OF_MARKUP.split(data) if b"</" in data else data.splitlines(keepends=True)
    texts = range(1, len(pieces), 2) if b"</" in data else range(len(pieces))
    for _ in range(min(random.choice((1, 4, 16, 64)), len(texts))):
        place, other = random.choice(texts), random.choice(texts)
        match random.randrange(4):
            case 0:
                pieces[place], pieces[other] = pieces[other], pieces[place]
            case 1:
                pieces[place] = pieces[other]
            case 2:
                pieces[place] = b"\n" if pieces[place].endswith(b"\n") else b""
            case 3:
                pieces[place] = random.choice(VALUES) + (b"\n" if pieces[place].endswith(b"\n") else b"")
    return b"".join(pieces)


def _mutated(data: bytes, random: Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        start = random.randrange(len(spoilt) + 1)
        end = min(len(spoilt), start + random.choice((1, 4, 30, 300)))
        match random.randrange(7):
            case 0:
                spoilt[start:end] = random.randbytes(end - start)
            case 1:
                del spoilt[start:end]
            case 2:
                spoilt[start:start] = spoilt[start:end] * random.choice((1, 5, 200))
            case 3:
                spoilt[start:start] = random.choice(TOKENS) * random.choice((1, 1, 50))
            case 4:
                other = random.randrange(len(spoilt) + 1)
                spoilt[start:end] = spoilt[other : other + (end - start)]
            case 5 if start < len(spoilt):
                spoilt[start] ^= 1 << random.randrange(8)
            case 6 if random.random() < 0.3:
                del spoilt[start:]
    return bytes(spoilt)


def verdict(kind: str, index: int) -> str:
    """What is wrong with how a mutated file was read; empty when it was read or refused as it should be."""
    try:
        answer = _read(mutated(kind, index), kind)
        if isinstance(answer, Document):
            answer = _judged(answer)
    except Exception as error:
        return f"{kind} {index}: {error!r}"
    if isinstance(answer, Refusal) and not (answer.message and answer.message_en):
        return f"{kind} {index}: {answer!r}"
    return ""


def _read(data: bytes, kind: str) -> Document | Refusal:
    if kind not in STRICT:
        return read_bytes(data, f"a.{kind}")
    try:
        with limits.guard():
            return _read_strict(data, f"a.{kind}")
    except CannotRead as cannot:
        return cannot.refusal


def _judged(document: Document) -> annual_report.Report | Refusal:
    """Everything that a command does with a document."""
    report = annual_report.read(document)
    if not isinstance(report, Refusal):
        findings = annual_report.check(report)
        for language in ("zh", "en"):
            json.dumps(annual_report.to_json(report, findings, language))
        annual_report.compose(report)
    return report


def main(kind: str, first: int, count: int) -> None:
    for number in range(SEEDS_OF_A_KIND):
        seed_of(kind, number)
    slowest = 0.0
    faults = []
    for index in range(first, first + count):
        started = time.monotonic()
        fault = verdict(kind, index)
        slowest = max(slowest, time.monotonic() - started)
        faults += [fault] if fault else []
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"faults": faults, "seconds": slowest, "megabytes": max(own_peak_kilobytes(), children) / 1024}))


def own_peak_kilobytes() -> int:
    """The most memory this process had. Not `ru_maxrss`: that counts what its parent had when it was forked."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
