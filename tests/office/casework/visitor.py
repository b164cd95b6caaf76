"""Somebody in front of the public pages, as the tests play them: fills in, answers the captcha, keeps number and code."""

from __future__ import annotations

import io
import re
from typing import Any

from django.test import Client
from PIL import Image

from gongkai.office.accounts import captcha
from gongkai.office.accounts.captcha.answers import read_number
from gongkai.office.casework.models import Application

IDENTITY = "11010519491231002X"
"""The example of GB 11643: nobody's."""
FILLED = {
    "applicant_name": "孙申请人",
    "identity_kind": "居民身份证",
    "identity_number": IDENTITY,
    "phone": "13900001234",
    "address": "青溪县城关镇和平路1号",
    "wanted_title": "县城小学招生片区划分的会议纪要",
    "wanted": "2023年县城小学招生片区划分的会议纪要",
    "wanted_form": "paper",
    "delivery": "post",
}
FORM = "/applications/new/qingxi-education/natural_person/"
COMPANY = FILLED | {
    "applicant_name": "青溪县清泉食品有限公司",
    "identity_kind": "统一社会信用代码证书",
    "identity_number": "11341702486344515H",
    "representative": "何代表",
    "contact_person": "吕联系",
}


def photo(size: int = 40) -> bytes:
    """A small picture, as a telephone takes it of a card."""
    written = io.BytesIO()
    Image.new("RGB", (size, size), (200, 220, 240)).save(written, "PNG")
    return written.getvalue()


def fill_in(client: Client, to: str = FORM, /, **changes: Any) -> Any:
    """Fill in the form; the answer."""
    filled = (COMPANY if "natural_person" not in to else FILLED) | changes
    return client.post(to, filled)


def send(client: Client, *, answer: str = "") -> Any:
    """Press the last button, with the right answer to the captcha where no other is given."""
    shown = client.get("/applications/preview/").content.decode()
    token = re.search(r'name="captcha_token" value="([^"]+)"', shown)
    assert token is not None, shown
    return client.post(
        "/applications/preview/", {"captcha_token": token[1], "captcha_answer": answer or right(token[1])}
    )


def apply(client: Client, to: str = FORM, /, **changes: Any) -> Application:
    """Apply from the first page to the receipt."""
    assert fill_in(client, to, **changes).status_code == 302
    assert send(client).headers["Location"] == "/applications/receipt/"
    return Application.objects.latest("id")


def enter(client: Client, application: Application) -> Any:
    """Come in with number and code."""
    return client.post("/applications/track/", {"number": application.number, "code": application.query_code})


def right(token: str) -> str:
    """What only this installation can open."""
    from django.utils import timezone

    sealed = captcha._open(token, timezone.now())
    assert sealed is not None
    return str(sealed["answer"])


def answer_to(question: str) -> int:
    """What a person says to a captcha in words."""
    asked = question.removeprefix("验证：").strip()
    if found := re.fullmatch(r"(.+)加(.+)等于几？", asked):
        return _number(found[1]) + _number(found[2])
    if found := re.fullmatch(r"(.+)减去(.+)等于几？", asked):
        return _number(found[1]) - _number(found[2])
    if found := re.fullmatch(r"“(.+)”一共有几个字？", asked):
        return len(found[1])
    if found := re.fullmatch(r"(.+)，这三个数里最(大|小)的是几？", asked):
        numbers = [_number(each) for each in found[1].split("、")]
        return max(numbers) if found[2] == "大" else min(numbers)
    found = re.fullmatch(r"“(.+)”，从前往后数，第(.)个数字是几？", asked)
    assert found is not None, asked
    return _number(found[1].split("、")["一二三四五".index(found[2])])


def _number(text: str) -> int:
    number = read_number(text)
    assert number is not None, text
    return number
