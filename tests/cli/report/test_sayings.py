import io

import pytest

from gongkai.cli.console import Console
from gongkai.cli.report.sayings import finding_lines, place, severities
from gongkai.documents.model import Position


def console(language: str = "zh", width: int = 80) -> Console:
    return Console(language, io.StringIO(), io.StringIO(), colour=False, err_colour=False, width=width)


@pytest.mark.parametrize(
    "position",
    [
        Position(line=96),
        Position(page=3, table=2, row=4, column=5),
        Position(sheet="表一, 主表", table=1, row=2),
        Position(paragraph=7),
    ],
)
def test_a_place_is_said_in_chinese_as_the_model_says_it(position):
    assert place(str(position), console()) == position.in_chinese()
    assert place(str(position), console("en")) == str(position)


def test_a_place_of_another_kind_is_left_as_it_is():
    assert place("标题", console()) == "标题"


def test_counts_are_told_gravest_first_and_nothing_is_told_too():
    assert severities({"info": 1, "error": 2}, console()) == "错误 2 · 提示 1"
    assert severities({}, console()) == "未发现问题"


def test_a_finding_that_could_not_be_judged_says_so():
    finding = {
        "code": "APP-FLOW",
        "severity": "warning",
        "verdict": "not_assessable",
        "cells": ["applications.new_received.total"],
        "where": [],
        "message": "缺少单元格。",
        "advice": "补填。",
    }
    lines = list(finding_lines(finding, console(), indent=2, where="line 9", advice=True))
    assert lines == ["  ! 警告 APP-FLOW（无法判断）", "    缺少单元格。", "    位置：第9行", "    怎么办：补填。"]
