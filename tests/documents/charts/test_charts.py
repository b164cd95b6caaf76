"""Charts: standing alone, saying what they show, never running over themselves, whatever the values."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import combinations

import pytest
from lxml import etree

from gongkai.documents.charts import bars, flow, lines, png, stacked
from gongkai.documents.charts.lettering import width
from gongkai.documents.charts.numbers import scale

SVG = "{http://www.w3.org/2000/svg}"
PARTS = ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
HUGE = 123_456_789_012_345_678

CHARTS: dict[str, Callable[[], str]] = {
    "bars": lambda: bars("主动公开", [("政府信息", 5687), ("微博", 618), ("没读出", None), ("零", 0)], unit="条"),
    "bars of nothing": lambda: bars("空", []),
    "bars of zeros": lambda: bars("零", [("甲", 0), ("乙", 0)]),
    "bars of one": lambda: bars("一", [("政府集中采购", Decimal("9.46"))], unit="万元"),
    "bars below zero": lambda: bars("本年增减", [("行政许可", -8), ("行政处罚", 12)], unit="项"),
    "bars of huge numbers": lambda: bars("巨大", [("全国", HUGE), ("一县", 1)], unit="条"),
    "bars of long names": lambda: bars("长", [("法人或其他组织申请政府信息公开情况中的社会公益组织" * 3, 3)]),
    "stacked": lambda: stacked("结果", PARTS, [("全部", [120, 30, 12, 44, 2, 7])], unit="件"),
    "stacked of zeros": lambda: stacked("结果", PARTS, [("甲", [0] * 6), ("乙", [None] * 6)]),
    "stacked of nothing": lambda: stacked("结果", PARTS, []),
    "stacked of huge numbers": lambda: stacked("结果", PARTS, [("甲", [HUGE, 1, 0, 0, 0, 0]), ("乙", [1] * 6)]),
    "lines": lambda: lines(
        "近五年", ["2019年", "2020年", "2021年"], [("新收", [3, None, 5]), ("结转", [1, 2, 2])], unit="件"
    ),
    "one line": lambda: lines("近五年", ["2019年", "2020年"], [("新收", [3, 14069])], unit="件"),
    "a line that begins at the top": lambda: lines("甲", ["2021年", "2022年"], [("新收", [6, 4])], unit="件"),
    "lines of one year": lambda: lines("一年", ["2020年"], [("新收", [3]), ("结转", [3])]),
    "lines of nothing": lambda: lines("无", [], []),
    "lines of unknowns": lambda: lines("未知", ["2019年", "2020年"], [("新收", [None, None])]),
    "lines of huge numbers": lambda: lines("巨大", ["2019年", "2020年"], [("甲", [HUGE, 1]), ("乙", [1, HUGE])]),
    "lines of thirty years": lambda: lines(
        "久", [f"{year}年" for year in range(1995, 2025)], [("新收", list(range(30)))]
    ),
    "lines ending together": lambda: lines("同", ["2019年", "2020年"], [(name, [1, 5]) for name in "甲乙丙丁戊"]),
    "flow": lambda: flow("流向", [("本年新收", 14069), ("上年结转", 560)], [("予以公开", 13810), ("结转下年度", 819)]),
    "flow of two": lambda: flow("流向", [("新收", 2), ("结转", 0)], [(part, 2 * (part == PARTS[0])) for part in PARTS]),
    "flow of nothing": lambda: flow("流向", [("新收", 0), ("结转", None)], []),
    "flow of huge numbers": lambda: flow("流向", [("新收", HUGE)], [(part, HUGE // 6) for part in PARTS]),
}


@pytest.fixture(params=CHARTS)
def chart(request: pytest.FixtureRequest) -> etree._Element:
    return etree.fromstring(CHARTS[request.param]())


def test_stands_alone_without_script_style_or_anything_from_elsewhere(chart: etree._Element) -> None:
    for element in chart.iter():
        assert element.tag in {
            SVG + name for name in ["svg", "title", "desc", "defs", "pattern", "rect", "path", "text"]
        }
        assert "style" not in element.attrib
        assert "class" not in element.attrib
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)


def test_says_what_it_is_and_what_it_shows(chart: etree._Element) -> None:
    assert chart.get("role") == "img"
    named = [chart.xpath(f"//*[@id='{name}']")[0] for name in str(chart.get("aria-labelledby")).split()]
    assert [element.tag for element in named] == [SVG + "title", SVG + "desc"]
    assert all(element.text for element in named)


def test_ids_it_refers_to_exist(chart: etree._Element) -> None:
    ids = chart.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert {re.sub(r"url\(#(.*)\)", r"\1", fill) for fill in chart.xpath("//@fill[starts-with(., 'url')]")} <= set(ids)


def boxes(chart: etree._Element) -> list[tuple[str, float, float, float, float]]:
    """Every text with the room it takes: left, top, right, bottom."""
    found = []
    for text in chart.iter(SVG + "text"):
        x, y, size = (float(text.get(name, "0")) for name in ("x", "y", "font-size"))
        wide = width(text.text or "", size)
        left = x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[text.get("text-anchor", "start")]
        found.append((text.text or "", left, y - size * 0.8, left + wide, y + size * 0.1))
    return found


def test_no_text_runs_over_another_or_out_of_the_drawing(chart: etree._Element) -> None:
    texts = boxes(chart)
    _, _, wide, high = map(float, str(chart.get("viewBox")).split())
    for text, left, top, right, bottom in texts:
        assert 0 <= left <= right <= wide, text
        assert 0 <= top <= bottom <= high, text
    for one, other in combinations(texts, 2):
        assert one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2], (one, other)


def test_every_shape_stays_inside_the_drawing(chart: etree._Element) -> None:
    _, _, wide, high = map(float, str(chart.get("viewBox")).split())
    for shape in chart.findall(SVG + "rect"):
        x, y, width_, height = (float(shape.get(name, "0")) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert y >= 0
        assert x + width_ <= wide + 1
        assert y + height <= high + 1


def test_equal_charts_are_equal_strings_and_different_ones_share_no_ids() -> None:
    assert CHARTS["stacked"]() == CHARTS["stacked"]()
    ids = [set(re.findall(r' id="([^"]+)"', draw())) for draw in CHARTS.values()]
    assert not any(one & other for one, other in combinations(ids, 2))


def test_a_description_holds_every_value_and_calls_an_unknown_one_unknown() -> None:
    said = bars("甲", [("新收", 14069), ("没读出", None)], unit="件")
    assert "<desc" in said
    assert "新收 14,069件；没读出 无数据" in said


def test_bars_are_as_long_as_their_values_from_zero() -> None:
    drawn = etree.fromstring(bars("甲", [("一", 100), ("二", 50)]))
    first, second = [float(shape.get("width", "0")) for shape in drawn.findall(SVG + "rect")[1:]]
    assert first == pytest.approx(2 * second, abs=0.2)


def test_a_year_without_a_value_breaks_the_line() -> None:
    drawn = lines("甲", ["1", "2", "3", "4"], [("新收", [1, 2, None, 4])])
    curve = re.findall(r'<path d="(M[^"]*)" stroke="#1a4f8b"', drawn)[0]
    assert curve.count("M") == 2
    assert curve.count("L") == 1


def test_a_flow_that_does_not_add_up_says_so() -> None:
    drawn = flow("流向", [("新收", 5)], [("予以公开", 4)], unit="件")
    assert "两边不等：收到和结转合计5件，结果和结转下年合计4件" in drawn
    assert "两边不等" not in flow("流向", [("新收", 5)], [("予以公开", 5)])


def test_words_are_never_markup() -> None:
    drawn = bars('<script>"&\0', [("]]><b", 1)])
    assert etree.fromstring(drawn).findtext(SVG + "title") == '<script>"&'


@pytest.mark.parametrize(("most", "step", "last"), [(7, 2, "8"), (1, 1, "1"), (126048, 50000, "15万"), (0, 1, "1")])
def test_scales_begin_at_zero_with_round_steps(most: int, step: int, last: str) -> None:
    axis = scale([most], 0, 100)
    assert (axis.low, axis.step, axis.ticks()[-1][1]) == (0, step, last)


def test_wrong_shapes_of_data_are_refused() -> None:
    with pytest.raises(ValueError, match="must have 2 values"):
        stacked("甲", ("一", "二"), [("行", [1])])
    with pytest.raises(ValueError, match="at least 0"):
        stacked("甲", ("一",), [("行", [-1])])
    with pytest.raises(ValueError, match="at least 0"):
        flow("甲", [("新收", -1)], [])
    with pytest.raises(ValueError, match="must have 1 values"):
        lines("甲", ["2020"], [("新收", [1, 2])])


def test_a_picture_of_a_chart_shows_its_words_in_the_fonts_at_hand() -> None:
    with_words = png(bars("予以公开", [("新收", 3)]))
    without = png(re.sub("<text.*?</text>", "", bars("予以公开", [("新收", 3)])))
    assert with_words.startswith(b"\x89PNG")
    assert with_words != without
