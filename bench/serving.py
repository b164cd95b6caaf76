"""What a visit costs: stored pages, lists and search, from our own server, behind nginx, and from stock Wagtail.

Run: python -m bench.serving [--write] [--quick]
Everything runs on this machine in this run, in turns, so that the ratios hold whatever else the machine does. Needs nginx and wrk.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench.speed import machine
from tests.office.project import installation
from tests.samples import REPOSITORY

PAGE = REPOSITORY / "docs" / "performance-serving.md"
ITEMS = 500
CONNECTIONS = 32
WORKERS = 2
REQUIRED = {"embedded": 0.7, "behind nginx": 0.95, "stock item": 50.0}
PER_PAGE = 20
WORD = "学校食堂"
PARAGRAPH = "<p>各乡镇人民政府，县政府有关部门：为做好春季学校食堂食品安全管理工作，保障师生身体健康，现就有关事项通知如下。</p>"
RUN = "县政府有关部门"
"""Stands between two marks in every body: such a run is one word to stock Wagtail's index, so it finds it too."""
VISITORS = """local n = 0
request = function()
  n = n + 1
  wrk.headers["X-Forwarded-For"] = string.format("10.%d.%d.%d", n / 65536 % 256, n / 256 % 256, n % 256)
  return wrk.format()
end
"""
"""For wrk: the requests of a search come from ever new visitors."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is measured: who answers, and which address."""

    name: str
    label: str
    port: int
    path: str
    result: str = ""
    """How a result begins in the page, where it is a search; `results` is how many the page has to show."""
    results: int = 0


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true", help="write docs/performance-serving.md")
    parser.add_argument("--quick", action="store_true", help="one short round")
    options = parser.parse_args(arguments)
    missing = [program for program in ("nginx", "wrk") if shutil.which(program) is None]
    if missing:
        print(f"没有安装 {'、'.join(missing)}，这一项不量。")
        return
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="gongkai-bench-")))
        folder.chmod(0o755)
        asked = _start(folder, running)
        size = _warm(asked)
        rounds = 1 if options.quick else 4
        print("开始轮流测量", file=sys.stderr)
        (folder / "visitors.lua").write_text(VISITORS, "utf-8")
        speeds = _measure(asked, folder / "visitors.lua", rounds, 1 if options.quick else 2)
        publication = _publication(folder / "data")
    text = _told(asked, speeds, size, publication)
    print(text)
    if options.write:
        PAGE.write_text(text, "utf-8")


def _start(folder: Path, running: ExitStack) -> list[Asked]:
    data = folder / "data"
    installation.prepare(data)
    item = _fill(folder, data)
    ours = running.enter_context(_serving(data))
    nginx = running.enter_context(_nginx(folder / "nginx", data, ours, item))
    stock = running.enter_context(_stock(folder / "stock", _exported(data)))
    page, listed = f"/item/{item}/", "/column/notices/"
    search, stock_search = "/search/?q=", "/search/?query="
    result, stock_result = 'class="result-title"', '<li><a href="/item-'
    return [
        Asked("nginx", "nginx 直接送同一个文件", nginx["plain"], page),
        Asked("embedded", "本平台自己的服务器，已存的页面", ours, page),
        Asked("behind nginx", "本平台放在 nginx 后面，已存的页面", nginx["front"], page),
        Asked("stock item", "原装 Wagtail，同样内容的页面", stock, "/item-7/"),
        Asked("list", "本平台，栏目列表", ours, listed),
        Asked("stock list", "原装 Wagtail，栏目列表", stock, "/"),
        Asked("run search", f"本平台，搜索“{RUN}”", ours, search + quote(RUN), result, PER_PAGE),
        Asked(
            "stock run search", f"原装 Wagtail，搜索“{RUN}”", stock, stock_search + quote(RUN), stock_result, PER_PAGE
        ),
        Asked("word search", f"本平台，搜索“{WORD}”", ours, search + quote(WORD), result, PER_PAGE),
        Asked("stock word search", f"原装 Wagtail，搜索“{WORD}”", stock, stock_search + quote(WORD), stock_result, 0),
    ]


def _run(module: str, environment: dict[str, str], *arguments: str, given: str = "") -> str:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, input=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def _fill(folder: Path, data: Path) -> int:
    with (folder / "items.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("标题", "栏目", "发布机构", "发布日期", "原编号", "正文"))
        for number in range(ITEMS):
            subject = WORD if number % 20 == 0 else "农村饮水"
            body = f"<p>第{number}号。</p>" + PARAGRAPH * 12
            day = f"2024-04-{number % 28 + 1:02d}"
            lines.writerow(
                (f"关于做好{subject}管理工作的通知（第{number}号）", "通知公告", "青溪县教育局", day, str(number), body)
            )
    return int(_run("bench.serving_acts", installation.environment(data), "fill", str(folder / "items.csv")))


def _exported(data: Path) -> str:
    return _run("bench.serving_acts", installation.environment(data), "export")


def _publication(data: Path) -> list[float]:
    """Milliseconds that the last pass takes, with everything that goes public with it."""
    return list(json.loads(_run("bench.serving_acts", installation.environment(data), "publish")))


@contextmanager
def _serving(data: Path) -> Iterator[int]:
    # Searches are counted by visitor; each request comes as another one (`VISITORS`).
    with installation.serving(data, "--workers", str(WORKERS), GONGKAI_TRUSTED_PROXIES="1") as site:
        yield site.port


@contextmanager
def _nginx(folder: Path, data: Path, application: int, item: int) -> Iterator[dict[str, int]]:
    """The shipped configuration, and beside it a server that only sends the item's file."""
    from gongkai.office.renderings.addresses import file_of
    from tests.office.project.test_nginx import running

    plain = installation.free_port()
    file = file_of(f"/item/{item}/")
    server = (
        f"server {{ listen 127.0.0.1:{plain}; root {data}/public; default_type text/html; "
        f"location = /item/{item}/ {{ try_files /{file} =404; }} }}\n"
    )
    tuned = "keepalive_requests 1000000;\nsendfile on;\ntcp_nopush on;\n"
    with running(folder, data, application, more=f"{tuned}{server}") as front:
        yield {"front": front, "plain": plain}


@contextmanager
def _stock(folder: Path, items: str) -> Iterator[int]:
    folder.mkdir()
    environment = os.environ | {
        "STOCK_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "bench.stock_site.settings",
        "PYTHONPATH": f"{REPOSITORY / 'src'}{os.pathsep}{REPOSITORY}",
    }
    _run("bench.stock_site.fill", environment, given=items)
    port = installation.free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(WORKERS), "--port", str(port)]
    command += [
        "--blocking-threads",
        "8",
        "--no-log",
        "--workers-kill-timeout",
        "3",
        "bench.stock_site.wsgi:application",
    ]
    print("原装 Wagtail 的站点已填好", file=sys.stderr)
    process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stderr=subprocess.DEVNULL, text=True)
    try:
        installation.wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _warm(asked: list[Asked]) -> int:
    """Visit each a few times; gives the size of the stored page. Errors: a page that isn't answered with what it has to show."""
    # Ours first: the first visit makes the file that nginx sends.
    for each in [asked[1], *asked * 3]:
        answer = installation.get(each.port, each.path)
        if answer.status != 200:
            raise SystemExit(f"{each.label}: {answer.status}")
        shown = answer.body.decode().count(each.result) if each.result else 0
        if shown != each.results:
            raise SystemExit(f"{each.label}: 应当显示 {each.results} 条，显示了 {shown} 条")
        time.sleep(0.2)
    return len(installation.get(asked[1].port, asked[1].path).body)


def _measure(asked: list[Asked], visitors: Path, rounds: int, seconds: int) -> dict[str, list[float]]:
    speeds: dict[str, list[float]] = {each.name: [] for each in asked}
    for _ in range(rounds):
        for each in asked:
            url = f"http://127.0.0.1:{each.port}{each.path}"
            script = ["-s", str(visitors)] if each.name.endswith("search") else []
            command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *script, url]
            answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            if "Non-2xx" in answer:
                raise SystemExit(f"{each.label}: {answer}")
            found = re.search(r"Requests/sec:\s+([\d.]+)", answer)
            assert found, answer
            speeds[each.name].append(float(found[1]))
    return speeds


def _ratio(speeds: dict[str, list[float]], one: str, other: str) -> float:
    """The median of the rounds' ratios: what disturbs a round disturbs both."""
    return statistics.median(a / b for a, b in zip(speeds[one], speeds[other], strict=True))


def _told(asked: list[Asked], speeds: dict[str, list[float]], size: int, publication: list[float]) -> str:
    middle = {name: statistics.median(values) for name, values in speeds.items()}
    embedded, behind = _ratio(speeds, "embedded", "nginx"), _ratio(speeds, "behind nginx", "nginx")
    stock = _ratio(speeds, "embedded", "stock item")
    listed = _ratio(speeds, "list", "stock list")
    by_run, by_word = (
        _ratio(speeds, "run search", "stock run search"),
        _ratio(speeds, "word search", "stock word search"),
    )
    load = os.getloadavg()[1]
    slowest = sorted(publication)[int(len(publication) * 0.95)]
    lines = [
        "# 速度：公开页面的访问",
        "",
        f"`.venv/bin/python -m bench.serving --write` 在同一台机器、同一次运行里轮流量出：{machine()}。",
        f"{ITEMS} 条信息，页面 {size / 1000:.1f} KB，wrk 用 {CONNECTIONS} 个连接，与被量的程序共用处理器；"
        f"各 {len(speeds['nginx'])} 轮取中位数。"
        "比值逐轮计算再取中位数；绝对数随机器忙闲而变，请看比值。",
        "",
        "| | 每秒次数 |",
        "|---|---|",
        *(f"| {each.label} | {middle[each.name]:,.0f} |" for each in asked),
        "",
        "| 比较 | 比值 | 要求 |",
        "|---|---|---|",
        f"| 自己的服务器 ÷ nginx 送同一个文件 | {embedded:.2f} | ≥ {REQUIRED['embedded']} |",
        f"| 放在 nginx 后面 ÷ nginx 送同一个文件 | {behind:.2f} | ≥ {REQUIRED['behind nginx']} |",
        f"| 已存的页面 ÷ 原装 Wagtail | {stock:.0f} | ≥ {REQUIRED['stock item']:.0f} |",
        f"| 栏目列表 ÷ 原装 Wagtail | {listed:.0f} | |",
        f"| 搜索“{RUN}” ÷ 原装 Wagtail，两边都找到 | {by_run:.2f} | |",
        f"| 搜索“{WORD}” ÷ 原装 Wagtail，它一条也没找到 | {by_word:.2f} | |",
        "",
        f"通过终审到公开（审核、编号、版本、审计、搜索、删除旧页面，一个事务）：中位数 {statistics.median(publication):.0f} 毫秒，"
        f"95% 在 {slowest:.0f} 毫秒以内（要求 150 毫秒；{len(publication)} 次，SQLite）。",
        "",
        "原装 Wagtail 的站点在 `bench/stock_site/`：同样的标题、正文、元数据，Wagtail 教程的写法，同样的 granian 和进程数，SQLite。",
        "它的数据库搜索把两个标点之间的一整串汉字当作一个词，只有整串输入才找得到；本平台相邻两个字就找得到。所以搜索比两次：",
        "",
        f"- “{RUN}”在每篇正文里都是这样一整串，两边都找到 {ITEMS} 条、排序、显示 {PER_PAGE} 条。原装的结果只有标题和链接；"
        "本平台每条另有标出字词的标题和摘录、机关、文号、日期，并按机关、类别、年份、栏目各数条数，再看其他公开内容里有没有。",
        f"- “{WORD}”在标题和正文里是一串的一部分：本平台找到 {ITEMS} 条、显示 {PER_PAGE} 条，原装一条也没找到，送的是空页。",
        "",
        "搜索本身的速度见[搜索的测量](performance-search.md)。",
        f"量的时候机器的负载是 {load:.0f}（两核，空闲时应小于 1）：越忙，95% 的数字越没有意义。",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
