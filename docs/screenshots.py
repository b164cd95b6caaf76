"""Pictures of the main pages for the documentation, taken from a running office.

    python -m docs.screenshots http://127.0.0.1:8000

Needs chromium; writes JPEG files of less than 200 KB into docs/images, which docs/pictures.md shows. The public's pages
are taken on a desktop, on a phone and in large type; the staff's on a desktop, signed in as the people of the
demonstration (`--public` leaves them out, so that any installation will do). The pictures in the repository show the
invented county.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen
from xml.etree import ElementTree

IMAGES = Path(__file__).parent / "images"
SMALLEST, LARGEST = 40, 80
"""JPEG quality: the best that stays below the limit is taken."""
LIMIT = 200 * 1024
WINDOWS = {"desktop": (1440, 1000, ""), "phone": (375, 812, ""), "large": (1440, 1000, "/large")}
"""Width and height in pixels, and the prefix of the way of showing."""
DESK = {
    "desk-home": ("officer", "/desk/", ()),
    "desk-writing": ("editor", "/desk/publishing/new/", ()),
    "desk-review": ("first", "/desk/", ("集中培训的通知",)),
    "desk-catalogue": ("officer", "/desk/publishing/catalogue/", ()),
    "desk-stock": ("officer", "/desk/normative/stock/", ()),
    "desk-log": ("auditor", "/desk/log/", ()),
    "desk-applications": ("case", "/desk/cases/", ()),
    "desk-annual-report": ("officer", "/desk/reporting/?year=2020", ("青溪县人民政府",)),
}
"""The staff's pages: who looks, where from, and the links followed in turn, by what is written on them."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main() -> int:
    """Take all pictures. Status 1 without chromium."""
    parser = argparse.ArgumentParser(description="给公开页面拍照，存入 docs/images。")
    parser.add_argument("office", help="正在运行的站点，例如 http://127.0.0.1:8000")
    parser.add_argument("--item", help="信息页地址，例如 /item/12/；默认取最新一条规范性文件或者最新一条")
    parser.add_argument("--field", default="social_assistance", help="基层政务公开领域")
    parser.add_argument("--query", default="饮水安全", help="搜索的字词")
    parser.add_argument("--password", default="qingxi-demo-2020", help="演示账号的密码")
    parser.add_argument("--public", action="store_true", help="只拍公开页面，不登录工作平台")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("没有找到 chromium，无法拍照。请先安装，例如 apt install chromium。", file=sys.stderr)
        return 1
    pages = {
        "home": "/",
        "item": asked.item or _newest(asked.office, "normative-documents"),
        "report": f"{_newest(asked.office, 'annual-reports')}#charts",
        "column": "/column/normative-documents/",
        "catalogue": "/disclosure/content/",
        "field": f"/catalogue/field/{asked.field}/",
        "search": f"/search/?q={asked.query}",
        "organ": "/organ/qingxi/",
        "library": "/normative/",
        "application": "/disclosure/application/",
    }
    _photograph(asked.office, pages, chromium)
    if not asked.public:
        _photograph_desk(asked.office, asked.password, chromium)
    return 0


def _photograph(office: str, pages: dict[str, str], chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for window, (width, height, prefix) in WINDOWS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            for name, path in pages.items():
                answer = page.goto(f"{office}{prefix}{path}")
                if answer is None or answer.status != 200:
                    print(f"{path} 没有打开，跳过 {name}-{window}", file=sys.stderr)
                    continue
                _keep(page, f"portal-{name}-{window}")
        browser.close()


def _photograph_desk(office: str, password: str, chromium: str) -> None:
    from playwright.sync_api import sync_playwright

    width, height, _ = WINDOWS["desktop"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, (username, path, links) in DESK.items():
            page = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()
            page.goto(f"{office}/desk/login/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", password)
            with page.expect_navigation():
                page.click("button[type=submit]")
            page.goto(f"{office}{path}")
            for words in links:
                with page.expect_navigation():
                    page.locator("main a", has_text=words).first.click()
            _keep(page, name)
            page.context.close()
        browser.close()


def _keep(page: Any, name: str) -> None:
    """A picture of what the window shows, in the best quality below the limit."""
    picture = IMAGES / f"{name}.jpg"
    for quality in range(LARGEST, SMALLEST - 1, -10):
        picture.write_bytes(page.screenshot(type="jpeg", quality=quality))
        if picture.stat().st_size < LIMIT:
            break
    print(f"{picture.name} {picture.stat().st_size // 1024} KB")


def _newest(office: str, column: str) -> str:
    """The address of the newest item of a column, or of all."""
    for feed in (f"/column/{column}/feed.atom", "/feed.atom"):
        try:
            with urlopen(f"{office}{feed}") as answer:
                links = ElementTree.parse(answer).findall("{*}entry/{*}link")
        except OSError:
            continue
        if links:
            return urlsplit(links[0].get("href", "/")).path
    return "/"


if __name__ == "__main__":
    raise SystemExit(main())
