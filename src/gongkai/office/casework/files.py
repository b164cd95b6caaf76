"""The files of a case: checked like every upload, ciphertext on the disk, outside every folder a web server gives out."""

from __future__ import annotations

import hashlib
from datetime import datetime

from gongkai.office.accounts.policy import FileRefused
from gongkai.office.casework.models import Application, ApplicationEvent, ApplicationFile
from gongkai.office.personal import files as sealed
from gongkai.office.publishing.queries import MEDIA_TYPES, kind_of, public_name

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE


class FileSpoilt(Exception):
    """A file of a case is not what was taken in."""


def keep(
    application: Application,
    data: bytes,
    name: str,
    role: str,
    *,
    at: datetime,
    event: ApplicationEvent | None = None,
) -> ApplicationFile:
    """Keep a file of a case. The bytes are on the disk before the row is written: a killed process leaves no row without.

    Errors: FileRefused for a kind that may not be uploaded, an empty or too large file.
    """
    name = public_name(name)
    if not data:
        raise FileRefused(f"“{name}”是空的，没有保存。请检查文件是否完整，再重新上传。")
    if len(data) > LARGEST:
        raise FileRefused(f"“{name}”超过 {LARGEST // MEGABYTE} MB，没有保存。请压缩图片或者拆成几个文件后再上传。")
    kind = kind_of(data, name)
    return ApplicationFile.objects.create(
        application=application,
        event=event,
        role=role,
        name=name,
        handle=sealed.keep(data),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        media_type=MEDIA_TYPES[kind],
        stored_at=at,
    )


def read(file: ApplicationFile) -> bytes:
    """The bytes of a file. Errors: FileSpoilt; `personal.files.FileGone` where it was erased."""
    data = sealed.read(file.handle)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise FileSpoilt(f"案卷文件{file.pk}的内容与登记的摘要值不一致。请从备份恢复。")
    return data
