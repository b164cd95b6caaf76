"""Copied passages: named with both places, without taking the form's own words for a copy."""

from __future__ import annotations

import random

from gongkai.regulation.annual_report.messages import message
from gongkai.regulation.annual_report.report import Narrative, Passage, Report
from gongkai.regulation.annual_report.similarity import similar_passages

SENTENCES = [
    "县水务局把河道采砂许可、取水许可和水费标准逐项列入公开目录，并由专人每周核对一次更新情况。",
    "围绕城乡供水一体化工程，邀请用水户代表列席两次局务会，现场说明管网改造的进度和费用分担办法。",
    "收到申请后由办公室登记、业务股室提出意见、分管领导审签，重要答复先送法律顾问审核再行送达。",
    "把文件属性认定嵌入公文流转，起草时即注明公开方式，不公开的写明理由并由保密员复核签字。",
    "改版门户网站的水质公告栏目，按乡镇列出监测点位，群众点开地图就能看到当月的检测结果。",
    "开展业务培训并组织交叉检查，发现的断链和错别字当场登记，下一周内逐条销号。",
]


def report(*passages: str) -> Report:
    placed = tuple(Passage(text, where=f"line {number}") for number, text in enumerate(passages, 10))
    return Report(2023, "青溪县水务局", {}, {}, Narrative(sections={"overview": placed}))


def invented(seed: int, count: int = 8) -> list[str]:
    """Sentences of nonsense that share nothing but the characters they are made of."""
    marks = random.Random(seed)
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 900)]
    return ["".join(marks.choices(letters, k=40)) + "。" for _ in range(count)]


def test_a_copied_passage_is_named_with_both_places() -> None:
    (finding,) = similar_passages(
        report(*invented(1), SENTENCES[0]), [("去年的报告", report(SENTENCES[0], *invented(2)))]
    )
    assert (finding.code, finding.severity) == ("COPY-PASSAGE", "warning")
    assert finding.where == ("line 18", "line 10")
    assert finding.quotes[0] == SENTENCES[0]
    assert (finding.values["other"], finding.values["shared_fraction"]) == ("去年的报告", "1.00")
    assert "去年的报告" in message(finding)
    assert SENTENCES[0][:20] in message(finding, "en")


def test_other_years_and_numbers_do_not_hide_a_copy() -> None:
    ours = "2023年全局围绕城乡供水一体化工程发布图解18篇，邀请用水户代表120人列席会议并现场说明管网改造费用。"
    theirs = "2022年全局围绕城乡供水一体化工程发布图解七篇，邀请用水户代表96人列席会议并现场说明管网改造费用。"
    assert [finding.code for finding in similar_passages(report(ours), [("去年", report(theirs))])] == ["COPY-PASSAGE"]


def test_a_report_that_is_mostly_copied_is_an_error_with_the_share() -> None:
    findings = similar_passages(report(*SENTENCES), [("县林业局", report(*SENTENCES[1:], *invented(3)))])
    assert (findings[0].code, findings[0].severity) == ("COPY-REPORT", "error")
    assert 0.75 < float(findings[0].values["shared_fraction"]) < 0.9
    assert [finding.code for finding in findings[1:]] == ["COPY-PASSAGE"] * 5


def test_reports_of_different_words_share_nothing() -> None:
    assert similar_passages(report(*SENTENCES), [("县林业局", report(*invented(4)))]) == []


def test_the_words_of_the_form_are_no_copy() -> None:
    standard = [
        "本报告由办公室根据《中华人民共和国政府信息公开条例》的规定和年度报告格式的要求编制而成。",
        "全面贯彻落实《中华人民共和国政府信息公开条例》和省、市、县工作部署。",
        "我局没有其他需要报告的事项，本年度没有收取政府信息公开信息处理费用。",
    ]
    assert similar_passages(report(*standard), [("县林业局", report(*standard))]) == []


def test_the_closest_of_several_is_named_and_the_others_are_counted() -> None:
    others = [
        ("甲局", report(SENTENCES[0])),
        ("乙局", report(SENTENCES[0] + SENTENCES[1])),
        ("丙局", report(*invented(5))),
    ]
    (finding,) = similar_passages(report(SENTENCES[0] + SENTENCES[1]), others)
    assert (finding.values["other"], finding.values["others"]) == ("乙局", "2")


def test_a_report_without_words_is_compared_with_nothing() -> None:
    assert similar_passages(report(), [("县林业局", report(*SENTENCES))]) == []
