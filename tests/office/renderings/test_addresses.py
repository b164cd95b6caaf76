"""Which addresses have a file, and that no two share one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.office.renderings.addresses import address_of, content_type, file_of


@pytest.mark.parametrize(
    "path",
    [
        "",
        "items/1/",
        "//",
        "/../",
        "/items/../1/",
        "/items/..%2f1/",
        "/.git/",
        "/items/~345/120345/",
        "/a.b/",
        "/items/1",
        "/a.html",
        "/~.html",
        "/index.php",
        "/a\x00/",
        "/a\n/",
        "/a\\b/",
        "/items/１２３４/",
        "/feed.xml/x/",
        "/.feed.xml",
        "/attachments/1/1/",
        "/attachments/1/1/.hidden",
        "/attachments/1/1/~x",
        "/attachments/1/1/a/b",
        "/attachments/1/1/a\r\nb.pdf",
        "/attachments/../1/a.pdf",
        "/attachments/1/1/\u202egnp.exe",
        "/" + "a/" * 300,
    ],
)
def test_what_is_not_spelled_like_a_public_address_has_no_file(path):
    assert file_of(path) is None


def test_pages_data_and_attachments_have_a_file_of_their_own():
    assert file_of("/columns/notices/page/2/") == "columns/notices/page/2.html"
    assert file_of("/sitemap-12.xml") == "sitemap-12.xml"
    assert file_of("/attachments/12/1/关于 通知（一）.pdf") == "attachments/12-1-关于 通知（一）.pdf"
    assert file_of("/attachments/120345/1/a.pdf") == "attachments/~345/120345-1-a.pdf"


_PART = st.text(alphabet="ab19.~_-/通%\\", max_size=12)


@given(st.lists(_PART, max_size=5), st.sampled_from(["/", "", ".xml", ".html"]))
def test_a_file_leads_back_to_its_one_address_and_stays_inside(parts, end):
    path = "/" + "/".join(parts) + end
    file = file_of(path)
    if file is not None:
        assert address_of(file) == path
        assert not file.startswith("/")
        assert all(part and not part.startswith(".") for part in file.split("/"))


def test_an_attachment_is_never_something_a_browser_would_run():
    for name in ("a.html", "a.svg", "a.xhtml", "a.js", "a.xml", "a", "a.PDF.html"):
        assert content_type(f"attachments/1-1-{name}") == "application/octet-stream"
    assert content_type("attachments/1-1-a.PDF") == "application/pdf"
