"""Bringing in a file on the screen: tried first, carried out on a second click, carried on where it stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.ledgers import intake, policy
from gongkai.office.ledgers.fields import choices_of
from gongkai.office.ledgers.forms import FileForm
from gongkai.office.ledgers.intake import IDENTIFIER
from gongkai.office.ledgers.ledger import Ledger
from gongkai.office.ledgers.views.frame import to_list
from gongkai.office.organs.tables import XLSX
from gongkai.office.personal import files
from gongkai.office.publishing.importing.reading import FORMATS, CannotImport

_SALT = "gongkai.ledgers.import"
_KEPT_SECONDS = 24 * 3600
MAX_BYTES = 20 * 2**20
"""What is larger comes in by the command, which shows its progress."""


def bring_in(request: HttpRequest, ledger: Ledger) -> HttpResponse:
    """Upload a file and see what would happen; then, with the same file, let it happen."""
    by, at = person(request), now()
    if not policy.organs(by, ledger, "register", on=localdate(at)).exists():
        raise Refused(policy.nowhere(person(request), ledger, "register"))
    form, status = FileForm(), 200
    context: dict[str, Any] = {"ledger": ledger, **to_list(ledger)}
    if request.method == "POST":
        try:
            if kept := request.POST.get("kept"):
                handle = _handle(kept, ledger, by)
                source = request.POST.get("source", "").strip()
                name = request.POST.get("file_name", "")
                with _laid_out(_kept(handle), name) as path:
                    context["run"] = intake.bring_in(ledger, path, source, by=by, at=at, name=name)
                files.remove(handle)
            else:
                form = FileForm(request.POST, request.FILES)
                if form.is_valid():
                    file, source = form.cleaned_data["file"], form.cleaned_data["source"].strip()
                    content = _content(file)
                    with _laid_out(content, file.name) as path:
                        context["trial"] = intake.try_out(ledger, path, source, by=by, at=at)
                    if context["trial"].ready:
                        context["kept"] = signing.dumps([files.keep(content), ledger.key, by.pk], salt=_SALT)
                    context |= {"source": source, "file_name": file.name}
                else:
                    status = 400
        except (CannotImport, Refused) as refused:
            context["refusal"], status = str(refused), 403 if isinstance(refused, Refused) else 400
    return render(request, "ledgers/desk/import.html", context | {"form": form}, status=status)


@require_safe
def template(request: HttpRequest, ledger: Ledger) -> HttpResponse:
    """An empty sheet with the headings an import takes, and a second one that says what goes under each."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#eef3f9", "border": 1})
    sheet, told = book.add_worksheet(ledger.label[:31]), book.add_worksheet("填写说明")
    for number, heading in enumerate(["表头", "必填", "可以填写"]):
        told.write_string(0, number, heading, bold)
    names = {str(field.label): field for field in ledger.form.base_fields.values()}
    for number, (label, field) in enumerate(names.items()):
        sheet.write_string(0, number, label, bold)
        told.write_row(number + 1, 0, [label, "必填" if field.required else "", _accepts(field)])
    sheet.write_string(0, len(names), IDENTIFIER, bold)
    told.write_row(len(names) + 1, 0, [IDENTIFIER, "", "原来系统里的编号；填了以后再次导入不会重复"])
    sheet.set_column(0, len(names), 18)
    told.set_column(0, 0, 24)
    told.set_column(2, 2, 80)
    book.close()
    response = HttpResponse(file.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{ledger.key}.xlsx"'
    return response


def _accepts(field: forms.Field) -> str:
    choices = [label for key, label in choices_of(field) if key]
    if choices:
        many = "；可以写几个，用分号隔开" if isinstance(field, forms.MultipleChoiceField) else ""
        return f"{'、'.join(choices)}{many}"
    if isinstance(field, forms.BooleanField):
        return "是、否"
    if isinstance(field, forms.DateTimeField):
        return "2020-04-12 09:30"
    if isinstance(field, forms.DateField):
        return "2020-04-12"
    return str(field.help_text)


def _content(file: UploadedFile[Any]) -> bytes:
    """What was uploaded. Errors: CannotImport for what is too large for the screen."""
    if (file.size or 0) > MAX_BYTES:
        raise CannotImport("文件超过 20 兆，请由系统管理员用命令 import_ledger 导入。")
    return bytes(file.read())


def _handle(kept: str, ledger: Ledger, by: User) -> str:
    """The file that this person tried for this ledger, not long ago, and no other. Errors: CannotImport."""
    try:
        handle, key, person_id = signing.loads(kept, salt=_SALT, max_age=_KEPT_SECONDS)
    except signing.BadSignature:
        handle, key, person_id = "", "", 0
    if (key, person_id) != (ledger.key, by.pk):
        raise CannotImport("找不到刚才检查过的文件，请重新选择文件。")
    return str(handle)


def _kept(handle: str) -> bytes:
    """A file that was tried; between the two clicks it lies sealed, since messages are personal. Errors: CannotImport."""
    try:
        return files.read(handle)
    except (files.FileGone, ValueError) as gone:
        raise CannotImport("找不到刚才检查过的文件，请重新选择文件。") from gone


@contextmanager
def _laid_out(content: bytes, name: str) -> Iterator[Path]:
    """The file with the ending of its name, in a folder that is gone afterwards. Errors: CannotImport for another ending.

    Not under its name: a disk takes no more than 255 bytes, which are 85 Chinese characters.
    """
    ending = Path(name).suffix.lower()
    if ending not in FORMATS:
        raise CannotImport(f"不支持“{ending or name}”文件，请用 {'、'.join(FORMATS)}。")
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"rows{ending}"
        path.write_bytes(content)
        yield path
