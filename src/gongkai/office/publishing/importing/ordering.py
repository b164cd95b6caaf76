"""Imports from the screen: a file is brought, tried, ordered; the background tries and carries out.

A screen answers at once; what takes long is done by `work_off`, by the clock. Killed in the middle, it goes on with the next
round: a trial from the beginning, an import after the last batch.
"""

from __future__ import annotations

import logging
import shutil
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import policy
from gongkai.office.publishing.importing.carrying_out import begin, carry_on, try_out
from gongkai.office.publishing.importing.reading import FORMATS, CannotImport
from gongkai.office.publishing.models import PlannedImport

log = logging.getLogger(__name__)

MOST_FILES = 20_000
LARGEST_UNPACKED = 2 * 2**30
"""Files of a ZIP, and the bytes they may unpack to: what is more is brought with the command instead."""


def bring(pieces: Iterable[bytes], name: str, archive: Any, *, source: str, by: User, at: datetime) -> PlannedImport:
    """Keep a file of rows, and the attachments in a ZIP beside it (None: there are none); it is tried in the background.

    Errors: Refused without the role, for a format that is not read, or a ZIP that can't be unpacked.
    """
    policy.require_for_site(by, "import", on=timezone.localdate(at))
    name = PurePosixPath(name.replace("\\", "/")).name
    suffix = Path(name).suffix.lower()
    if suffix not in FORMATS:
        raise Refused(f"不支持“{suffix or name}”文件。请导出成 {'、'.join(FORMATS)} 之一，表头见导入说明。")
    if not source.strip():
        raise Refused("请写明信息来自哪个网站，以后同一来源的信息不会重复导入。")
    with transaction.atomic():
        planned = PlannedImport.objects.create(
            source=source.strip(), file_name=name, suffix=suffix, brought_by=by, brought_at=at
        )
        folder = folder_of(planned)
        folder.mkdir(parents=True)
        try:
            with file_of(planned).open("xb") as file:
                for piece in pieces:
                    file.write(piece)
            if archive is not None:
                planned.attachments = _unpack(archive, folder / "attachments")
                planned.save(update_fields=["attachments"])
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return planned


@transaction.atomic
def order(planned: PlannedImport, *, by: User, at: datetime) -> None:
    """Have a tried file imported; also again, after it failed.

    Errors: Refused without the role, before the trial is done, or when no row can come in.
    """
    policy.require_for_site(by, "import", on=timezone.localdate(at))
    planned = PlannedImport.objects.select_for_update().get(pk=planned.pk)
    if planned.trial is None:
        raise Refused("试导入还没有做完，请等它做完、看过结果再正式导入。")
    if not planned.trial["ready"]:
        raise Refused("没有一行可以导入。请按错误清单改正文件，再重新上传。")
    planned.ordered_at, planned.ordered_by, planned.failure = at, by, ""
    planned.save(update_fields=["ordered_at", "ordered_by", "failure"])
    audit.record(
        audit.Act(
            by.staff_number,
            "publishing.order_import",
            f"publishing.planned_import:{planned.pk}",
            detail={"source": planned.source, "file": planned.file_name, "rows": planned.trial["rows"]},
        ),
        at=at,
    )


@transaction.atomic
def discard(planned: PlannedImport, *, by: User, at: datetime) -> None:
    """Throw a file away that was not imported. Errors: Refused without the role, or once it was ordered."""
    policy.require_for_site(by, "import", on=timezone.localdate(at))
    planned = PlannedImport.objects.select_for_update().get(pk=planned.pk)
    if planned.ordered_at:
        raise Refused("已经正式导入，不能放弃。中断了的导入会自动接着做完。")
    folder = folder_of(planned)
    planned.delete()
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def work_off(at: datetime) -> None:
    """Try what was brought and carry out what was ordered, the oldest first. One that fails says why and stops no other."""
    for planned in waiting():
        try:
            if planned.trial is None:
                _try(planned)
            else:
                _carry_out(planned, at)
        except (CannotImport, Refused) as refused:
            _fail(planned, str(refused))
        except FileNotFoundError:
            _fail(planned, "上传的文件已经不在了。请重新上传。")


def waiting() -> QuerySet[PlannedImport]:
    """What the background has to do: no trial yet, or ordered and not finished."""
    to_try = Q(trial__isnull=True)
    to_do = Q(ordered_at__isnull=False) & (Q(run=None) | Q(run__finished_at=None))
    return PlannedImport.objects.filter(to_try | to_do, failure="").select_related("run", "ordered_by").order_by("pk")


def folder_of(planned: PlannedImport) -> Path:
    """Where a file and its attachments lie until they are imported."""
    return Path(settings.MEDIA_ROOT) / "imports" / str(planned.pk)


def file_of(planned: PlannedImport) -> Path:
    """The file of rows."""
    return folder_of(planned) / f"rows{planned.suffix}"


def _try(planned: PlannedImport) -> None:
    def progress(rows: int) -> None:
        PlannedImport.objects.filter(pk=planned.pk).update(rows_read=rows)

    tried = try_out(file_of(planned), _attachments(planned), planned.source, progress)
    PlannedImport.objects.filter(pk=planned.pk).update(
        rows_read=tried.rows,
        trial={
            "rows": tried.rows,
            "ready": tried.ready,
            "already_there": tried.already_there,
            "refused": tried.refused,
            "errors": [[each.row, each.heading, each.message] for each in tried.errors],
        },
    )


def _carry_out(planned: PlannedImport, at: datetime) -> None:
    path, by = file_of(planned), planned.ordered_by
    assert by is not None, "the constraint says: what was ordered was ordered by somebody"
    run = planned.run or begin(path, planned.source, by=by, at=at, name=planned.file_name)
    PlannedImport.objects.filter(pk=planned.pk, run=None).update(run=run)
    carry_on(run, path, _attachments(planned), by=by, at=at)
    shutil.rmtree(folder_of(planned), ignore_errors=True)


def _fail(planned: PlannedImport, why: str) -> None:
    log.warning("导入“%s”没有完成：%s", planned.file_name, why)
    PlannedImport.objects.filter(pk=planned.pk).update(failure=why[:300])


def _attachments(planned: PlannedImport) -> Path | None:
    return folder_of(planned) / "attachments" if planned.attachments else None


def _unpack(archive: Any, folder: Path) -> int:
    """Unpack a ZIP into a folder, each file under the last folders of its name; gives how many. Errors: Refused."""
    folder.mkdir()
    try:
        with zipfile.ZipFile(archive) as package:
            members = [each for each in package.infolist() if not each.is_dir()]
            if len(members) > MOST_FILES or sum(each.file_size for each in members) > LARGEST_UNPACKED:
                raise Refused(
                    f"压缩包里超过 {MOST_FILES} 个文件或者解开后超过 {LARGEST_UNPACKED // 2**30} GB。"
                    "请把附件放到服务器的文件夹里，用导入命令导入（见导入说明）。"
                )
            for member in members:
                target = (folder / _name_in(member)).resolve()
                if not target.is_relative_to(folder.resolve()):
                    raise Refused(f"压缩包里的“{_name_in(member)}”指向文件夹以外，没有接收。请重新打包。")
                target.parent.mkdir(parents=True, exist_ok=True)
                with package.open(member) as packed, target.open("wb") as file:
                    shutil.copyfileobj(packed, file)
            return len(members)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise Refused("附件压缩包打不开：它不是 ZIP 格式、已损坏，或者加了密码。请重新打包成不加密的 ZIP。") from error


def _name_in(member: zipfile.ZipInfo) -> str:
    """A name as it was meant: Chinese Windows writes GB18030 and doesn't say so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
