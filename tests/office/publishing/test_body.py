"""Clean HTML: tables keep their spans, nothing runs; the text is what people read."""

from __future__ import annotations

import pytest

from gongkai.office.publishing.body import addresses, clean, text_of


def test_a_table_keeps_its_spans_and_loses_its_style():
    html = '<table style="x" border="1"><tr><td colspan="2" rowspan="3" width="9" onclick="x">甲</td></tr></table>'
    assert clean(html) == '<table><tbody><tr><td colspan="2" rowspan="3">甲</td></tr></tbody></table>'


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" &#106;avascript:alert(1)">x</a>',
        "<svg><script>alert(1)</script></svg>",
        "<iframe src='//x'></iframe>",
        "<style>*{display:none}</style>",
        "<p style='position:fixed'>x</p>",
        "<form action='//x'><input></form>",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        '<img src="data:text/html;base64,PHNjcmlwdD4=">',
    ],
)
def test_nothing_runs_or_reaches_out(html: str):
    cleaned = clean(html)
    for forbidden in ("script", "onerror", "style", "iframe", "form", "svg", "data:", 'alert(1)"'):
        assert forbidden not in cleaned


def test_words_from_an_office_program_lose_their_markup_and_keep_their_text():
    html = '<p class="MsoNormal"><span lang="EN-US" style="mso-x:1"><o:p>第一条</o:p></span></p><!--[if gte mso 9]>x<![endif]-->'
    assert clean(html) == '<p class="">第一条</p>' or clean(html) == "<p>第一条</p>"


def test_text_goes_by_blocks_and_cells():
    html = "<h2>一</h2><p>甲<br>乙</p><ul><li>丙</li></ul><table><tr><td>1</td><td>2</td></tr></table>"
    assert text_of(html).split("\n") == ["一", "甲", "乙", "丙", "1\t2"]


def test_a_number_split_by_markup_is_one_number_to_the_checks():
    assert text_of("<p>138<strong>1234</strong>5678</p>") == "13812345678"


def test_addresses_are_those_of_links_and_pictures():
    html = '<p><a href="/item/1/">x</a><img src="https://a.example/x.png" alt="图"></p>'
    assert list(addresses(html)) == ["/item/1/", "https://a.example/x.png"]
