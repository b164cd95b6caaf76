"""What changed between two contents: field by field, line by line, character by character."""

from __future__ import annotations

from gongkai.office.publishing.differences import differences
from tests.office.cast import Cast
from tests.office.publishing.stage import content


def text(pieces) -> str:
    return "".join(piece.text if piece.is_common else f"[{piece.text}]" for piece in pieces)


def test_the_same_content_has_no_differences(cast: Cast):
    assert not differences(content(cast), content(cast))


def test_a_changed_field_stands_with_both_values_under_its_chinese_name(cast: Cast):
    changed = differences(content(cast), content(cast, art20_category="fees")).fields
    assert [(each.label, each.before[:4], each.after[:3]) for each in changed] == [
        ("法定主动公开类别", "（11）", "（8）")
    ]


def test_a_changed_line_marks_its_characters(cast: Cast):
    before, after = content(cast, body="<p>每月公示一次。</p>"), content(cast, body="<p>每周公示一次。</p>")
    (line,) = differences(before, after).lines
    assert (line.kind, text(line.before), text(line.after)) == ("changed", "每[月]公示一次。", "每[周]公示一次。")


def test_lines_that_came_and_went_stand_alone(cast: Cast):
    before = content(cast, body="<p>甲甲甲甲</p><p>乙乙乙乙</p>")
    after = content(cast, body="<p>甲甲甲甲</p><p>丙丙丙丙</p><p>丁丁丁丁</p>")
    kinds = [line.kind for line in differences(before, after).lines]
    assert kinds == ["same", "removed", "added", "added"]


def test_far_from_a_change_nothing_is_shown(cast: Cast):
    lines = [f"<p>第{number}段</p>" for number in range(50)]
    changed = [*lines[:25], "<p>插入的一段话</p>", *lines[25:]]
    found = differences(content(cast, body="".join(lines)), content(cast, body="".join(changed))).lines
    assert len(found) == 5
