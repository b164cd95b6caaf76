"""`gongkai serve`: the whole installation in the foreground, until it is told to stop."""

from __future__ import annotations

import argparse
import os

from gongkai.cli.console import Console, Stop
from gongkai.cli.office.settings import set_up

_MOST = 8


def run(options: argparse.Namespace, console: Console) -> int:
    """Serve until SIGTERM or SIGINT; exit status 0, or 2 when it can't start."""
    set_up()
    from gongkai.office.project import preparing, serving

    if options.migrate:
        console.note(console.say("升级数据库 …", "Bringing the database up to date …"))
        preparing.migrate()
    if waiting := preparing.missing_migrations():
        raise Stop(
            f"数据库还没有升级到这个版本（差 {len(waiting)} 步），不能启动。请加上 --migrate 再试；重要的数据请先备份。",
            f"The database is {len(waiting)} steps behind this version. Add --migrate; back up what matters first.",
        )
    if not serving.is_free(options.host, options.port):
        raise Stop(
            f"{options.host}:{options.port} 不能使用：已被别的程序占用，或者本机没有这个地址。请换一个 --port 或 --host。",
            f"{options.host}:{options.port} can't be used: taken, or not this machine's. Choose another --port or --host.",
        )
    if preparing.collect_static_files():
        console.note(console.say("样式和图片已更新。", "Style sheets and pictures brought up to date."))
    prepared = preparing.prepare_public_folder()
    if prepared.forgotten:
        console.note(
            console.say("程序或设置有变化，公开页面将重新生成。", "Program or settings changed: pages are made anew.")
        )
    elif prepared.deleted:
        console.note(
            console.say(
                f"删除了 {prepared.deleted} 个不该有的公开文件。", f"{prepared.deleted} stray public files deleted."
            )
        )
    address = f"http://{f'[{options.host}]' if ':' in options.host else options.host}:{options.port}/"
    console.note(console.say(f"公开网站 {address}   工作平台 {address}desk/", f"Site {address}   desk {address}desk/"))
    console.note(console.say("按 Ctrl-C 停止。", "Ctrl-C stops it."))
    workers = options.workers or min(os.cpu_count() or 1, _MOST)
    serving.serve(options.host, options.port, workers=workers)
    console.note(console.say("已停止。", "Stopped."))
    return 0
