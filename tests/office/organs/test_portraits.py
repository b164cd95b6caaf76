"""Photographs of leaders: drawn anew, shown where the leaders are, gone when they are taken away."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from gongkai.office.audit.queries import history
from gongkai.office.organs import actions, exchange, portraits
from gongkai.office.organs.models import Leader, Portrait
from gongkai.office.organs.policy import Refused
from gongkai.office.organs.portraits import NotAPortrait, drawn
from tests.office.cast import NOW, Cast
from tests.office.organs.photographs import photograph

HEADS = [{"name": "吴一", "title": "局长"}, {"name": "郑二", "title": "副局长"}]
DESK, PUBLIC = "/desk/organs/organ/qingxi-education/portraits/", "/organ/qingxi-education/"


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.fixture
def heads(cast: Cast) -> Cast:
    actions.set_rows(cast.education, Leader, HEADS, by="test", at=NOW)
    return cast


@pytest.fixture
def desk(heads: Cast, client: Client) -> Client:
    client.force_login(heads.administrator)
    return client


def shown(cast: Cast, name: str = "吴一") -> Portrait:
    return actions.set_portrait(cast.education, name, photograph(), alternative="", by=cast.administrator, at=NOW)


def upload(desk: Client, data: bytes, file_name: str = "wu.jpg", **more: str) -> Any:
    file = SimpleUploadedFile(file_name, data, content_type="image/jpeg")
    return desk.post(DESK, {"name": "吴一", "prefix": "p", "p-photo": file, **more})


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")]
)
def test_whatever_comes_is_kept_as_a_small_jpeg_of_three_by_four(kind: str, mode: str):
    made = opened(drawn(photograph(kind, (3000, 2000), mode)))
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", portraits.SIZE)


def test_nothing_that_came_along_with_a_photograph_is_kept():
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "taken at the mayor's house", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 11.0, 2.0)})
    data = (
        photograph(size=(400, 300), exif=exif, comment=b"secret", icc_profile=b"x" * 200) + b"<script>alert(1)</script>"
    )
    made = drawn(data)
    assert b"mayor" in data
    for trace in (b"mayor", b"secret", b"script", b"Exif", b"ICC_PROFILE"):
        assert trace not in made
    assert opened(made).size == (300, 400), "it stands upright, as the camera noted"


def test_what_is_transparent_is_white_and_nothing_is_enlarged():
    made = opened(drawn(photograph("PNG", (150, 200), "RGBA")))
    assert (made.size, made.getpixel((75, 100))) == ((150, 200), (255, 255, 255))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "不是完整的"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "不是完整的"),
        (b"\xff\xd8\xff\xe0 no picture", "不是完整的"),
        (photograph()[:3000], "不是完整的"),
        (photograph("GIF"), "不是完整的"),
        (photograph("TIFF"), "不是完整的"),
        (photograph(size=(100, 100)), "看不清楚"),
        (b"\0" * (portraits.LARGEST_BYTES + 1), "超过 10 MB"),
    ],
    ids=["empty", "svg", "only a beginning", "cut off", "gif", "tiff", "small", "large"],
)
def test_what_is_no_photograph_is_refused_with_what_to_do(data: bytes, why: str):
    with pytest.raises(NotAPortrait, match=why):
        drawn(data)


def test_a_picture_that_unpacks_to_something_vast_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch):
    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    header = chunk(b"IHDR", (30_000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0")
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    monkeypatch.setattr(portraits, "_upright", lambda opened: pytest.fail("it was unpacked"))
    with pytest.raises(NotAPortrait, match=r"像素太多|不是完整的"):
        drawn(bomb)


def test_a_photograph_stands_on_both_pages_with_words_for_who_cannot_see_it(heads: Cast, client: Client):
    portrait = shown(heads)
    for page in (PUBLIC, f"{PUBLIC}leaders/"):
        html = client.get(page).content.decode()
        assert f'src="{PUBLIC}portrait/{portrait.pk}/' in html
        assert 'alt="吴一（局长）的照片"' in html


def test_the_bytes_are_served_as_a_picture_that_can_do_nothing(heads: Cast, client: Client):
    portrait = shown(heads)
    answer = client.get(f"{PUBLIC}portrait/{portrait.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert opened(answer.content).size == (480, 640)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert client.get(f"{PUBLIC}portrait/{portrait.pk}/", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get(f"/organ/qingxi-water/portrait/{portrait.pk}/").status_code == 404


def test_a_photograph_that_is_removed_is_gone_from_pages_and_database(heads: Cast, desk: Client):
    portrait = shown(heads)
    assert "portrait" in desk.get(PUBLIC).content.decode()
    assert desk.post(DESK, {"name": "吴一", "remove": "1"}).status_code == 302
    assert not Portrait.objects.exists()
    assert "portrait/" not in desk.get(PUBLIC).content.decode()
    assert desk.get(f"{PUBLIC}portrait/{portrait.pk}/").status_code == 404
    acts = [each.act for each in history(f"organs.organ:{heads.education.pk}")]
    assert acts[-2:] == ["organs.set_portrait", "organs.remove_portrait"]


def test_whoever_stays_in_the_list_keeps_the_photograph_and_who_leaves_takes_it_along(heads: Cast):
    shown(heads)
    sheets = exchange.export(type(heads.education).objects.filter(pk=heads.education.pk))
    assert all("照片" not in str(heading) for heading in sheets["负责人"][0])
    actions.set_rows(heads.education, Leader, [{"name": "吴一", "title": "党组书记、局长"}], by="test", at=NOW)
    assert Portrait.objects.get().name == "吴一"
    actions.set_rows(heads.education, Leader, [{"name": "郑二", "title": "局长"}], by="test", at=NOW)
    assert not Portrait.objects.exists()


def test_only_a_leader_told_apart_by_name_gets_a_photograph(heads: Cast):
    with pytest.raises(Refused, match="名单里没有"):
        shown(heads, "钱外人")
    actions.set_rows(heads.education, Leader, [HEADS[0], HEADS[0]], by="test", at=NOW)
    with pytest.raises(Refused, match="分不清"):
        shown(heads)


def test_only_the_agencys_administrator_sets_and_removes_photographs(heads: Cast, client: Client):
    for act in (
        lambda: actions.set_portrait(heads.education, "吴一", photograph(), alternative="", by=heads.editor, at=NOW),
        lambda: actions.remove_portrait(heads.education, "吴一", by=heads.editor, at=NOW),
    ):
        with pytest.raises(Refused, match="系统管理"):
            act()
    client.force_login(heads.editor)
    assert client.get(DESK).status_code == 403


def test_an_upload_is_saved_and_replaces_the_one_before(desk: Client):
    assert upload(desk, photograph()).status_code == 302
    assert upload(desk, photograph("PNG", (600, 900)), **{"p-alternative": "吴一半身照"}).status_code == 302
    portrait = Portrait.objects.get()
    assert (portrait.alternative, portrait.width) == ("吴一半身照", 480)


def test_a_refused_upload_says_why_beside_the_field_and_keeps_what_was_typed(desk: Client):
    answer = upload(desk, b"MZ", "wu.exe", **{"p-alternative": "吴一半身照"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不是完整的 JPG" in page
    assert "吴一半身照" in page
    assert upload(desk, b"").status_code == 422
    assert not Portrait.objects.exists()


def test_who_left_the_list_meanwhile_is_told_of_above_the_list(desk: Client):
    answer = desk.post(
        DESK, {"name": "钱外人", "prefix": "p", "p-photo": SimpleUploadedFile("q.jpg", photograph())}, follow=True
    )
    assert "名单里没有“钱外人”" in answer.content.decode()
    assert not Portrait.objects.exists()
