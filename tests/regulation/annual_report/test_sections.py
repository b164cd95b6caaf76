"""Title, preamble, six sections and five topics, found by their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.report import Narrative, Passage
from gongkai.regulation.annual_report.sections import split
from tests.samples import shared_sample

FORM = form("2021")
TITLE = "青溪县水务局2023年政府信息公开工作年度报告"
PREAMBLE = (
    "本报告依据《条例》编制。报告包括：总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、因政府信息公开被申请行政复议"
    "和提起行政诉讼情况、政府信息公开工作存在主要问题及改进情况、其他需要报告事项。统计期限为2023年1月1日至12月31日。"
)


def parts(*lines: str | tuple[str, int]) -> list[tuple[str, str, int]]:
    read = [(line, 0) if isinstance(line, str) else line for line in lines]
    return [(text, f"line {number}", level) for number, (text, level) in enumerate(read, 1)]


def printed(narrative: Narrative) -> list[tuple[str, str, int]]:
    """A narrative as its paragraphs, the way a report is composed."""
    lines: list[tuple[str, int]] = [(narrative.title, 1)] if narrative.title else []
    lines += [(passage.text, 0) for passage in narrative.preamble]
    for section in FORM.sections:
        if section.key in narrative.sections:
            lines.append((f"{section.numbering}、{section.label}", 2))
            lines += [(passage.text, passage.level) for passage in narrative.sections[section.key]]
    return parts(*lines)


def texts(narrative: Narrative, section: str) -> list[str]:
    return [passage.text for passage in narrative.sections[section]]


def whole(*changed: tuple[str, str]) -> list[tuple[str, str, int]]:
    lines = [
        TITLE, PREAMBLE, "一、总体情况", "我局推进公开。", "（一）主动公开情况", "公开信息12条。",
        "（二）依申请公开情况", "收到申请2件。", "（三）政府信息管理", "严格审核。", "（四）公开平台建设", "规范平台。",
        "（五）监督保障", "开展培训。",
        "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况", "（一）主要问题", "一是队伍建设不足。", "六、其他需要报告的事项", "无。",
    ]  # fmt: skip
    replaced = dict(changed)
    return parts(*(replaced.get(line, line) for line in lines))


def test_the_parts_of_a_plain_report_are_found() -> None:
    narrative = split(whole())
    assert narrative.title == TITLE
    assert [passage.text for passage in narrative.preamble] == [PREAMBLE]
    assert list(narrative.sections) == [section.key for section in FORM.sections]
    assert list(narrative.topics()) == [topic.key for topic in FORM.sections[0].topics]
    assert narrative.sections["overview"][1] == Passage("（一）主动公开情况", "proactive_disclosure", 3)
    assert texts(narrative, "problems") == ["（一）主要问题", "一是队伍建设不足。"]
    assert narrative.sections["other_matters"][0].where == "line 22"


@pytest.mark.parametrize(
    ("label", "printed_as"),
    [
        ("一、总体情况", "一、概述"),
        ("一、总体情况", "一、 总 体 情 况"),
        ("一、总体情况", "总体情况"),
        ("二、主动公开政府信息情况", "二．主动公开政府信息的情况"),
        ("三、收到和处理政府信息公开申请情况", "三、收到和处理申请情况"),
        ("四、政府信息公开行政复议、行政诉讼情况", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        ("四、政府信息公开行政复议、行政诉讼情况", "三、政府信息公开行政复议、行政诉讼情况"),
        ("五、存在的主要问题及改进情况", "五、政府信息公开工作存在的主要问题及改进措施"),
        ("五、存在的主要问题及改进情况", "五、存在的主要间题及改进情况"),
        ("五、存在的主要问题及改进情况", "第五部分 存在问题和不足及下一步工作打算"),
        ("六、其他需要报告的事项", "六、其它需要报告的事项："),
        ("六、其他需要报告的事项", "⼀、其他需要报告的事项"),
    ],
)
def test_a_heading_is_found_by_its_words_however_it_drifts(label: str, printed_as: str) -> None:
    assert split(whole((label, printed_as))).sections == split(whole()).sections


@pytest.mark.parametrize(
    ("label", "printed_as", "topic"),
    [
        ("（三）政府信息管理", "（三）强化政府信息规范管理。", "information_management"),
        ("（四）公开平台建设", "（四）政府信息公开平台建设情况。", "platform_construction"),
        ("（四）公开平台建设", "4.平台建设", "platform_construction"),
        ("（五）监督保障", "（五）政府信息公开监督保障情况", "supervision_guarantee"),
        ("（五）监督保障", "(五)加强监督保障", "supervision_guarantee"),
    ],
)
def test_a_topic_is_found_by_its_words(label: str, printed_as: str, topic: str) -> None:
    narrative = split(whole((label, printed_as)))
    assert list(narrative.topics()) == [entry.key for entry in FORM.sections[0].topics]
    assert narrative.topics()[topic][0] == Passage(printed_as, topic, 3)


def test_text_on_the_line_of_a_topic_heading_is_one_passage_of_that_topic() -> None:
    narrative = split(whole(("（一）主动公开情况", "（一）主动公开情况。主要通过网站公开。")))
    assert narrative.sections["overview"][1] == Passage(
        "（一）主动公开情况。主要通过网站公开。", "proactive_disclosure"
    )


@pytest.mark.parametrize("line", ["六、其他需要报告的事项：无。", "六、其他需要报告的事项　无。"])
def test_text_on_the_line_of_a_section_heading_is_its_first_passage(line: str) -> None:
    narrative = split(parts("一、总体情况", "推进公开。", line))
    assert texts(narrative, "other_matters") == ["无。"]


def test_headings_inside_one_long_paragraph_are_found() -> None:
    narrative = split(parts("一、总体情况", "推进公开。（二）依申请公开情况。收到2件。六、其他需要报告的事项。无。"))
    assert texts(narrative, "overview") == ["推进公开。", "（二）依申请公开情况。收到2件。"]
    assert texts(narrative, "other_matters") == ["无。"]


def test_numerals_alone_make_no_heading() -> None:
    rows = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理"]
    narrative = split(parts("一、总体情况", "推进公开。", *rows, "二、加强领导，主动公开政府信息情况良好。"))
    assert list(narrative.sections) == ["overview"]
    assert texts(narrative, "overview")[1:4] == rows


def test_a_table_of_contents_is_not_taken_for_the_headings() -> None:
    contents = [f"{section.numbering}、{section.label}" for section in FORM.sections]
    narrative = split(parts(TITLE, *contents, *(text for text, _, _ in whole()[1:])))
    assert narrative == split(whole())


def test_a_missing_section_is_not_there_and_an_empty_one_is_empty() -> None:
    narrative = split(parts("一、总体情况", "推进公开。", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"))
    assert list(narrative.sections) == ["overview", "problems", "other_matters"]
    assert narrative.sections["problems"] == ()


def test_what_the_web_page_adds_is_left_out() -> None:
    page = [
        "首页 > 政府信息公开 > 年报",
        "发布日期：2024-01-20",
        "来源：县水务局",
        "【打印】【关闭】",
        "字体：大 中 小",
    ]
    after = ["扫一扫在手机打开当前页", "责任编辑：张起草", "上一篇：通知", "某条无关的链接标题", "主办：青溪县人民政府"]
    page_of_report = parts(*page, *(text for text, _, _ in whole()), "第二十条第（一）项", "- 5 -", *after)
    assert split(page_of_report) == split(whole())


@pytest.mark.parametrize(
    "lines",
    [
        ["青溪县水务局", "2023年政府信息公开工作年度报告"],
        ["青溪县水务局2023年", "政府信息公开工作年度报告"],
        ["青溪县水务局", "2023年政府信息公开", "工作年度报告"],
        ["  青 溪 县 水 务 局 ", "2023 年政府信息公开工作年度报告"],
    ],
)
def test_a_title_over_several_lines_is_put_together(lines: list[str]) -> None:
    narrative = split(parts("首页", *lines, *(text for text, _, _ in whole()[1:])))
    assert narrative == split(whole())


def test_a_report_without_a_title_has_none() -> None:
    narrative = split(whole()[1:])
    assert narrative.title == ""
    assert len(narrative.preamble) == 1


def test_the_published_report_without_a_title_is_split() -> None:
    text = shared_sample("shitai-2020.txt").read_text(encoding="utf-8")
    narrative = split(parts(*(line for line in text.splitlines() if "|" not in line)))
    assert (narrative.title, len(narrative.preamble)) == ("", 1)
    assert list(narrative.sections) == [section.key for section in FORM.sections]
    assert len(narrative.topics()) == 5
    assert texts(narrative, "other_matters") == ["无。"]


WORDS = st.text(
    st.sampled_from("公开信息申请情况工作推进了的在全年收到二三一、。，（）12３ 件总体年"), min_size=1, max_size=30
)
LINES = st.lists(
    st.one_of(
        WORDS,
        st.sampled_from([text for text, _, _ in whole()]),
        st.sampled_from(
            ["六、其他需要报告的事项：无。", "（二）依申请公开情况。收到2件。", "（五）强化监督保障", "主动公开"]
        ),
    ),
    max_size=30,
)


@given(LINES)
def test_a_narrative_printed_and_split_again_is_the_same(lines: list[str]) -> None:
    narrative = split(parts(*lines))
    assert split(printed(narrative)) == narrative


@given(st.lists(WORDS.filter(lambda text: text.strip() and "、" not in text and "（" not in text), max_size=12))
def test_no_ordinary_paragraph_of_a_section_is_lost_or_changed(lines: list[str]) -> None:
    plain = [f"其间{line.strip()}" for line in lines]
    narrative = split(parts("五、存在的主要问题及改进情况", *plain))
    assert texts(narrative, "problems") == plain
