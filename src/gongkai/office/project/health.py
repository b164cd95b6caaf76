"""What `gongkai doctor` looks at: one function a part of the installation, each says what it found."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error, connection

from gongkai.office.notices.channels import mail
from gongkai.office.project import heartbeat, preparing
from gongkai.office.publishing import search

State = Literal["ok", "missing", "broken"]
"""`missing` is something one can do without; `broken` must be mended."""

_LEAST_FREE = 2 * 1024**3
_SILENT_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Symptom:
    """What was found about one thing, and what to do when it isn't in order; both in Chinese and English."""

    code: str
    state: State
    found: tuple[str, str]
    advice: tuple[str, str] = ("", "")


def examine() -> Iterator[Symptom]:
    """Look at everything, in the order in which it would be mended."""
    for look in (
        _folders,
        _space,
        _secret,
        _addresses,
        _database,
        _search,
        _static,
        _background,
        _mail,
        _fonts,
        _programs,
    ):
        yield from look()


def _folders() -> Iterator[Symptom]:
    for code, path, chinese, english in (
        ("data", settings.DATA_DIR, "数据目录", "data folder"),
        ("media", settings.MEDIA_ROOT, "附件目录", "folder of attachments"),
        ("public", settings.RENDERINGS_ROOT, "公开文件夹", "public folder"),
    ):
        if _is_writable(Path(path)):
            yield Symptom(code, "ok", (f"{chinese} {path} 可以写入", f"The {english} {path} can be written to"))
        else:
            yield Symptom(
                code,
                "broken",
                (f"{chinese} {path} 不能写入", f"The {english} {path} can't be written to"),
                (
                    "请检查目录的所有者和权限；位置由环境变量 GONGKAI_DATA 决定",
                    "Check owner and permissions; GONGKAI_DATA says where it is",
                ),
            )


def _space() -> Iterator[Symptom]:
    free = shutil.disk_usage(settings.DATA_DIR).free
    gigabytes = f"{free / 1024**3:.1f}"
    enough = free >= _LEAST_FREE
    yield Symptom(
        "space",
        "ok" if enough else "broken",
        (f"数据目录所在磁盘剩余 {gigabytes} GB", f"{gigabytes} GB are free on the disk of the data folder"),
        ("", "")
        if enough
        else ("请腾出空间：磁盘写满以后不能发布，也不能存附件", "Make room: a full disk stops publishing"),
    )


def _secret() -> Iterator[Symptom]:
    if os.environ.get("GONGKAI_SECRET_KEY"):
        yield Symptom("secret", "ok", ("密钥来自环境变量", "The secret comes from the environment"))
        return
    file = Path(settings.DATA_DIR) / "gongkai_secret_key.secret"
    is_private = file.exists() and not file.stat().st_mode & 0o077
    yield Symptom(
        "secret",
        "ok" if is_private else "broken",
        (
            f"密钥存放在 {file}，{'只有所有者能读' if is_private else '别的用户也能读'}",
            f"The secret is in {file}, {'readable by its owner only' if is_private else 'readable by others'}",
        ),
        ("", "") if is_private else (f"请执行 chmod 600 {file}", f"Run chmod 600 {file}"),
    )


def _addresses() -> Iterator[Symptom]:
    host = urlsplit(settings.SITE_URL).hostname or ""
    known = any(
        each in ("*", host) or (each.startswith(".") and host.endswith(each)) for each in settings.ALLOWED_HOSTS
    )
    yield Symptom(
        "address",
        "ok" if known else "broken",
        (
            f"网站地址 {settings.SITE_URL}{'' if known else ' 不在允许的主机名里'}",
            f"The site's address is {settings.SITE_URL}{'' if known else ', which is not among the allowed hosts'}",
        ),
        ("", "")
        if known
        else (f"请把 {host} 加进环境变量 GONGKAI_HOSTS", f"Add {host} to GONGKAI_HOSTS in the environment"),
    )
    if settings.DEBUG:
        yield Symptom(
            "debug",
            "broken",
            ("调试方式开着：出错时会把内部情况显示给访问者", "Debugging is on: errors show internals to visitors"),
            ("正式使用时请去掉环境变量 GONGKAI_DEBUG", "Take GONGKAI_DEBUG out of the environment"),
        )


def _database() -> Iterator[Symptom]:
    kind = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    try:
        connection.ensure_connection()
        waiting = preparing.missing_migrations()
    except Error as error:
        yield Symptom(
            "database",
            "broken",
            (f"{kind} 数据库连不上：{error}", f"The {kind} database can't be reached: {error}"),
            ("请检查环境变量 DATABASE_URL 和数据库服务", "Check DATABASE_URL and the database server"),
        )
        return
    yield Symptom("database", "ok", (f"{kind} 数据库能够连接", f"The {kind} database answers"))
    yield Symptom(
        "migrations",
        "broken" if waiting else "ok",
        (
            f"数据库差 {len(waiting)} 步没有升级" if waiting else "数据库与程序版本一致",
            f"The database is {len(waiting)} steps behind" if waiting else "The database is up to date",
        ),
        ("先备份，再执行 gongkai serve --migrate", "Back up, then run gongkai serve --migrate")
        if waiting
        else ("", ""),
    )


def _search() -> Iterator[Symptom]:
    try:
        standing = search.look()
    except Error:
        return  # Without a database, or with one that is not up to date, there is nothing to find: that was said above.
    if standing.trouble:
        yield Symptom(
            "search",
            "broken",
            (
                f"检索索引：{standing.trouble}（{settings.SEARCH_ROOT}）",
                f"The search index in {settings.SEARCH_ROOT} fails",
            ),
            (
                "请检查这个目录的权限和磁盘空间；索引可以整个删去，程序会重新建立",
                "Check permissions and space of that folder; the index may be deleted, it is made anew",
            ),
        )
        return
    lacks = standing.waiting
    yield Symptom(
        "search",
        "missing" if lacks else "ok",
        (
            f"检索索引还差约 {lacks} 条信息" if lacks else "检索索引完整",
            f"The search index lacks about {lacks} items" if lacks else "The search index is complete",
        ),
        (
            "gongkai serve 在后台自动编入；也可以运行 manage.py rebuild_search",
            "gongkai serve enters them in the background; or run manage.py rebuild_search",
        )
        if lacks
        else ("", ""),
    )


def _static() -> Iterator[Symptom]:
    current = preparing.static_files_are_current()
    yield Symptom(
        "static",
        "ok" if current else "missing",
        (
            "样式和图片是当前版本的" if current else "样式和图片还没有收集",
            "Style sheets and pictures are current" if current else "Style sheets and pictures are not collected yet",
        ),
        ("", "") if current else ("gongkai serve 启动时自动收集", "gongkai serve collects them when it starts"),
    )


def _background() -> Iterator[Symptom]:
    silent = heartbeat.seconds_since()
    works = silent is not None and silent < _SILENT_SECONDS
    yield Symptom(
        "background",
        "ok" if works else "missing",
        (
            "后台任务正常运行" if works else "后台任务没有在运行：定时发布、期限提醒不会进行",
            "The background is at work"
            if works
            else "Nothing works in the background: nothing is published by the clock",
        ),
        ("", "") if works else ("请运行 gongkai serve", "Run gongkai serve"),
    )


def _mail() -> Iterator[Symptom]:
    on = mail.is_on()
    yield Symptom(
        "mail",
        "ok" if on else "missing",
        (
            f"邮件交给 {settings.EMAIL_HOST} 发送" if on else "没有设置邮件服务器：不发邮件，要发的都在等待",
            f"Mail is handed to {settings.EMAIL_HOST}" if on else "There is no mail server: what is to be sent waits",
        ),
        ("", "") if on else ("请设置环境变量 GONGKAI_SMTP_URL", "Set GONGKAI_SMTP_URL in the environment"),
    )


def _fonts() -> Iterator[Symptom]:
    there = find_spec("pylopdf_fonts_zh_cn") is not None
    yield Symptom(
        "fonts",
        "ok" if there else "broken",
        (
            "写 PDF 的中文字体齐全" if there else "缺少写 PDF 的中文字体",
            "Chinese fonts for PDF" + ("" if there else " are missing"),
        ),
        ("", "") if there else ("请重新安装：make start", "Install again: make start"),
    )


def _programs() -> Iterator[Symptom]:
    for program, chinese, english, package in (
        ("soffice", "读取 DOC、WPS、ODT 等旧格式", "reads DOC, WPS, ODT", "libreoffice-writer libreoffice-calc"),
        ("nginx", "放在前面，直接送出公开文件（可选）", "stands in front and sends public files (optional)", "nginx"),
    ):
        where = shutil.which(program)
        yield Symptom(
            program,
            "ok" if where else "missing",
            (
                f"{program}（{chinese}）{'在 ' + where if where else '没有安装'}",
                f"{program}, which {english}: {where or 'not installed'}",
            ),
            ("", "") if where else (f"需要时执行 apt install {package}", f"When needed: apt install {package}"),
        )


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
