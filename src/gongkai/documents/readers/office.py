"""Formats that only an office program knows (DOC, WPS, ODT, RTF, XLS, ODS).

LibreOffice converts them where it is installed: text documents to DOCX and spreadsheets to XLSX, which the readers of
those formats read.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from gongkai.documents.model import Document
from gongkai.documents.readers import limits, refusing
from gongkai.documents.readers.refusing import CannotRead

SHEET_KINDS = frozenset({"xls", "et", "ods", "xlsb"})
STOPS_AFTER = limits.SECONDS - 1.0  # seconds; leaves time to read what it wrote

# No macro runs, and no picture or section is fetched from an address that the file names.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
_UNSAFE_IN_NAMES = re.compile(r"[^a-z]")


def read_office(data: bytes, kind: str) -> Document:
    """A document of one of the kinds above; `format` of the result is that kind.

    Errors: CannotRead NEEDS-LIBREOFFICE, TOO-SLOW, DAMAGED and whatever the reader of the converted file refuses.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise CannotRead(refusing.needs_libreoffice(kind.upper()))
    if kind in SHEET_KINDS:
        from gongkai.documents.readers.xlsx import read_xlsx

        return replace(read_xlsx(_converted(program, data, kind, "xlsx")), format=kind)
    from gongkai.documents.readers.docx import read_docx

    return replace(read_docx(_converted(program, data, kind, "docx")), format=kind)


def _converted(program: str, data: bytes, kind: str, target: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gongkai-office-") as folder:
        profile = Path(folder, "profile")
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        source = Path(folder, f"source.{_UNSAFE_IN_NAMES.sub('', kind)}")
        source.write_bytes(data)
        # A profile of its own: a second LibreOffice with the user's would hand the job to the first and leave.
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to"]
        _run([*command, target, "--outdir", folder, str(source)])
        result = Path(folder, f"source.{target}")
        if not result.exists():
            raise CannotRead(refusing.damaged("LibreOffice"))
        return limits.read_file(result)


def _run(command: list[str]) -> None:
    """Run LibreOffice to its end or to ours; its launcher starts further processes, so the whole group is ended."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(STOPS_AFTER)
    except subprocess.TimeoutExpired as error:
        raise CannotRead(refusing.too_slow(STOPS_AFTER)) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
