"""Take in reports of others (接收年度报告): one file at once, or many in the background."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.organs.models import Organ
from gongkai.office.publishing.actions.store_file import keep_unread, path_of
from gongkai.office.publishing.models import StoredFile
from gongkai.office.reporting import policy
from gongkai.office.reporting.models import ReceivedBatch, ReceivedEvent, ReceivedFile, ReceivedReport
from gongkai.office.reporting.queries.received import digest_of
from gongkai.office.reporting.received import packages
from gongkai.office.reporting.received.isolated import Answer, Reader
from gongkai.office.reporting.received.source import packed

SLICE_SECONDS = 12.0
"""How long the background reads before it looks after its other duties; it comes back for the rest."""
CLAIM_MINUTES = 2
"""A file that was taken up longer ago than this was left by a process that died."""
MOST_ATTEMPTS = 3
_LONGEST_NAME = 300
_LONGEST_MESSAGE = 500


def begin_batch(
    receiver: Organ,
    files: Iterable[tuple[str, Iterable[bytes]]],
    *,
    name: str,
    year: int | None,
    by: User,
    at: datetime,
) -> ReceivedBatch:
    """Keep files to be read in the background; `files` are names (with folders) and contents.

    Errors: Refused without the role, without files, or for one that is too large.
    """
    policy.require(by, "receive", receiver, on=timezone.localdate(at))
    kept = [(path[-_LONGEST_NAME:], _kept(path, pieces, at)) for path, pieces in files]
    if not kept:
        raise Refused("没有选择文件。请选择报告文件、文件夹或者压缩包后再上传。")
    with transaction.atomic():
        batch = ReceivedBatch.objects.create(
            receiver=receiver, name=name[:200] or kept[0][0], year=year, started_by=by, started_at=at
        )
        ReceivedFile.objects.bulk_create(
            _row(batch, position, path, stored, at) for position, (path, stored) in enumerate(kept, start=1)
        )
        detail = {"receiver": receiver.code, "files": len(kept), "account": by.get_username()}
        audit.record(
            audit.Act(by.staff_number, "reporting.receive", f"reporting.batch:{batch.pk}", "ogi-2019#49", detail), at=at
        )
    return batch


def read_waiting(*, at: datetime, seconds: float = SLICE_SECONDS) -> int:
    """Read files that wait, for some seconds; the number that was dealt with. For the background, every round.

    Each file is its own transaction: whoever is killed has lost no more than the one being read, which is taken up again.
    """
    end, count = time.monotonic() + seconds, 0
    with Reader(waits=False) as reader:
        while time.monotonic() < end and (row := _claimed(timezone.now())) is not None:
            _deal_with(row, reader, at=timezone.now())
            count += 1
    return count


def receive_file(
    receiver: Organ,
    pieces: Iterable[bytes],
    name: str,
    *,
    year: int | None,
    by: User,
    at: datetime,
    reader: Reader | None = None,
) -> ReceivedFile:
    """Take in one file and read it at once; gives the row that says what became of it.

    `reader` is a process for whoever has several files; without one, a process is started for this file.

    Errors: Refused without the role, or for an empty or too large file.
    """
    batch = begin_batch(receiver, [(name, pieces)], name=name, year=year, by=by, at=at)
    row = batch.files.get()
    if row.outcome == ReceivedFile.Outcome.WAITING and not _is_package(row):
        claimed = ReceivedFile.objects.filter(pk=row.pk, claimed_at=None).update(claimed_at=at, attempts=1)
        if claimed:
            with nullcontext(reader) if reader else Reader() as reading:
                _deal_with(row, reading, at=at)
    row.refresh_from_db()
    return row


def _kept(path: str, pieces: Iterable[bytes], at: datetime) -> StoredFile | str:
    try:
        return keep_unread(pieces, at=at)
    except Refused as refused:
        return str(refused)


def _row(batch: ReceivedBatch, position: int, path: str, stored: StoredFile | str, at: datetime) -> ReceivedFile:
    if isinstance(stored, StoredFile):
        return ReceivedFile(batch=batch, position=position, name=path, file=stored)
    refused = ReceivedFile.Outcome.REFUSED
    return ReceivedFile(
        batch=batch, position=position, name=path, outcome=refused, message=stored[:_LONGEST_MESSAGE], done_at=at
    )


def _claimed(at: datetime) -> ReceivedFile | None:
    """A waiting file that nobody else works at, now ours; None when there is none."""
    stale = at - timedelta(minutes=CLAIM_MINUTES)
    free = Q(claimed_at=None) | Q(claimed_at__lt=stale)
    while True:
        waiting = ReceivedFile.objects.filter(free, outcome=ReceivedFile.Outcome.WAITING)
        row = waiting.select_related("batch__receiver", "batch__started_by", "file").order_by("id").first()
        if row is None:
            return None
        mine = ReceivedFile.objects.filter(free, pk=row.pk, outcome=ReceivedFile.Outcome.WAITING)
        if mine.update(claimed_at=at, attempts=F("attempts") + 1):
            row.attempts += 1
            return row


def _deal_with(row: ReceivedFile, reader: Reader, *, at: datetime) -> None:
    assert row.file is not None, "only files that are kept wait to be read"
    if row.attempts > MOST_ATTEMPTS:
        _finish(
            row,
            ReceivedFile.Outcome.REFUSED,
            "读取这个文件时程序几次中断，已不再尝试。请换一种格式再上传。",
            at=at,
            code="CRASHED",
        )
    elif _is_package(row):
        _unpack(row, at=at)
    else:
        _read(row, reader, at=at)


def _is_package(row: ReceivedFile) -> bool:
    assert row.file is not None
    with path_of(row.file).open("rb") as file:
        return packages.is_package(file.read(4), row.name)


def _unpack(row: ReceivedFile, *, at: datetime) -> None:
    """Put the files of a package behind the batch's files; a package that was begun before goes on where it stopped."""
    assert row.file is not None
    try:
        for found in packages.files_in(path_of(row.file), skip=row.inside.count()):
            name = f"{row.name.rpartition('.')[0]}/{found.name}"[-_LONGEST_NAME:]
            stored = found.refusal if found.content is None else _kept(name, [found.content], at)
            with transaction.atomic():
                last = row.batch.files.aggregate(last=Max("position"))["last"]
                member = _row(row.batch, last + 1, name, stored, at)
                member.package = row
                member.save()
    except Refused as refused:
        _finish(row, ReceivedFile.Outcome.REFUSED, str(refused), at=at, code="PACKAGE")
        return
    _finish(row, ReceivedFile.Outcome.UNPACKED, "", at=at)


def _read(row: ReceivedFile, reader: Reader, *, at: datetime) -> None:
    assert row.file is not None
    same = ReceivedReport.objects.filter(receiver=row.batch.receiver, file=row.file).first()
    if same is not None:
        _finish(row, ReceivedFile.Outcome.DUPLICATE, f"与已收到的“{same.file_name}”是同一个文件。", at=at, report=same)
        return
    answer = reader.read(path_of(row.file).read_bytes(), row.name)
    if refusal := answer.contract["refused"]:
        _finish(row, ReceivedFile.Outcome.REFUSED, refusal["message"], at=at, code=refusal["code"])
        return
    _take_in(row, answer, at=at)


@transaction.atomic
def _take_in(row: ReceivedFile, answer: Answer, *, at: datetime) -> None:
    assert row.file is not None
    contract = answer.contract
    findings = contract.pop("findings")
    digest = digest_of(contract)
    twin = ReceivedReport.objects.filter(receiver=row.batch.receiver, digest=digest).first()
    if twin is not None and contract["cells"] and contract["agency"] and contract["year"]:
        _finish(row, ReceivedFile.Outcome.DUPLICATE, f"数字与已收到的“{twin.file_name}”完全相同。", at=at, report=twin)
        return
    severities = [finding["severity"] for finding in findings]
    report = ReceivedReport.objects.create(
        receiver=row.batch.receiver,
        file=row.file,
        file_name=row.name,
        agency=(contract["agency"] or "")[:200],
        year=contract["year"] or row.batch.year,
        contract=contract,
        source=packed(answer.source),
        digest=digest,
        noticed=answer.noticed,
        findings=findings,
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        received_by=row.batch.started_by,
        received_at=at,
    )
    ReceivedEvent.objects.create(report=report, kind=ReceivedEvent.Kind.RECEIVED, at=at, by=row.batch.started_by)
    _finish(row, ReceivedFile.Outcome.READ, "", at=at, report=report)


def _finish(
    row: ReceivedFile,
    outcome: ReceivedFile.Outcome,
    message: str,
    *,
    at: datetime,
    code: str = "",
    report: ReceivedReport | None = None,
) -> None:
    row.outcome, row.message, row.code, row.report, row.done_at = outcome, message[:_LONGEST_MESSAGE], code, report, at
    row.save(update_fields=["outcome", "message", "code", "report", "done_at"])
