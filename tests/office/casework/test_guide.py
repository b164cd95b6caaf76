"""一图读懂 says what the law of the day says, drawn twice and in words."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from gongkai.office.casework import flow
from gongkai.office.casework.guide import Step, results, steps
from gongkai.regulation.deadlines import periods_on
from gongkai.regulation.law import law_on

TODAY = date(2026, 11, 25)


def by_key(day: date) -> dict[str, Step]:
    found = steps(day)
    return {step.key: step for each in found for step in (each, *each.asides)}


def test_the_figures_are_those_of_the_law() -> None:
    found, periods = by_key(TODAY), periods_on(TODAY)
    assert found["reply"].figure == periods.reply == 20
    assert found["extension"].figure == periods.extension_limit
    assert found["correction"].figure == periods.correction_notice
    assert found["consultation"].figure == periods.third_party_opinion
    assert found["fee"].figure == law_on(TODAY).parameter("fee_payment_period", int).value


def test_another_law_draws_another_picture() -> None:
    before, after = by_key(date(2019, 5, 14)), by_key(date(2019, 5, 15))
    assert (before["reply"].figure, after["reply"].figure) == (15, 20)
    assert "correction" not in before
    assert "correction" in after
    assert "fee" not in by_key(date(2020, 12, 31))
    assert "fee" in by_key(date(2021, 1, 1))


def test_reconsideration_comes_first_since_the_law_says_so() -> None:
    assert not any("先复议" in line for line in by_key(date(2023, 12, 31))["remedy"].lines)
    assert any("先复议" in line for line in by_key(date(2024, 1, 1))["remedy"].lines)


def test_channels_stand_with_the_day_that_counts_for_them() -> None:
    assert len(by_key(date(2019, 5, 14))["receipt"].lines) == 1
    at_once, confirmed = by_key(TODAY)["receipt"].lines
    assert "当面提交" in at_once
    assert "网上提交" in confirmed
    assert "确认" in confirmed


def test_every_step_cites_articles_that_exist() -> None:
    for day in (date(2016, 1, 1), date(2019, 5, 15), date(2021, 1, 1), TODAY):
        for step in by_key(day).values():
            assert step.citations, step.key


def test_results_are_the_groups_of_the_statutory_table() -> None:
    assert results(TODAY) == ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"]


@pytest.mark.parametrize("draw", [flow.wide, flow.narrow])
@pytest.mark.parametrize("day", [date(2016, 1, 1), TODAY])
def test_a_drawing_is_described_says_everything_and_stays_in_its_boxes(draw: Any, day: date) -> None:
    drawn = draw(steps(day))
    root = ElementTree.fromstring(drawn)
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == ["title", "desc"]
    assert not re.search(r"style=|<script", drawn)
    text = "".join(root.itertext())
    for step in by_key(day).values():
        assert step.name in text
        for line in step.lines:
            assert line.replace(" ", "") in text.replace(" ", "")
    boxes = [{name: float(rect.get(name, 0)) for name in ("x", "y", "width", "height")} for rect in root.iter("rect")]
    for said in root.iter("text"):
        x, y = float(said.get("x", 0)), float(said.get("y", 0))
        width = sum(0.56 if character.isascii() else 1 for character in said.text or "") * float(
            said.get("font-size", 0)
        )
        width = 0 if said.get("text-anchor") == "middle" else width
        assert any(
            box["x"] <= x and x + width <= box["x"] + box["width"] + 1 and box["y"] <= y <= box["y"] + box["height"]
            for box in boxes
        ), said.text


def test_the_page_stands_as_a_file_and_says_everything_in_words(client: Any, db: None) -> None:
    answer = client.get("/disclosure/application/guide/")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert shown.count('<svg class="flow ') == 2
    assert "第三十三条" in shown
    assert "<strong>20</strong> 个工作日内" in shown
