"""Year and agency: what the words support, and nothing else."""

from __future__ import annotations

import pytest

from gongkai.regulation.annual_report.report import Narrative, Passage
from gongkai.regulation.annual_report.title import agency_of, is_title, period_of, year_of


def narrative(title: str = "", preamble: str = "", overview: str = "") -> Narrative:
    return Narrative(title, (Passage(preamble, where="line 2"),), {"overview": (Passage(overview),)})


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("青溪县水务局2023年政府信息公开工作年度报告", "青溪县水务局", 2023),
        ("青溪县人民政府２０２３年度政府信息公开工作年度报告", "青溪县人民政府", 2023),
        ("2023年青溪县水务局政府信息公开工作年度报告", "青溪县水务局", 2023),
        ("青溪县文昌街道办事处关于2023年度政府信息公开工作情况的报告", "青溪县文昌街道办事处", 2023),
        ("青溪县水务局政府信息公开工作年度报告（2023年度）", "青溪县水务局", 2023),
        ("青溪县水务局政府信息公开2023年度报告", "青溪县水务局", 2023),
        ("青溪县水务局二〇二三年政府信息公开年报", "青溪县水务局", 2023),
        ("关于2023年政府信息公开工作年度报告", None, 2023),
        ("2023年政府信息公开工作年度报告", None, 2023),
        ("我局2023年政府信息公开工作年度报告", None, 2023),
    ],
)
def test_a_title_names_its_agency_and_its_year(title: str, agency: str | None, year: int) -> None:
    assert is_title(title)
    assert agency_of(narrative(title), "")[0] == agency
    assert year_of(narrative(title)) == (year, "title", [])


@pytest.mark.parametrize(
    "line",
    [
        "首页>政府信息公开>2023年政府信息公开年度报告",
        "现将2023年政府信息公开工作年度报告公布如下",
        "二、主动公开政府信息情况",
    ],
)
def test_a_line_about_reports_is_no_title(line: str) -> None:
    assert not is_title(line)


def test_the_title_of_the_file_names_the_agency_when_the_text_has_none() -> None:
    page = "青溪县水务局2023年政府信息公开工作年度报告_青溪县人民政府网"
    assert agency_of(narrative(), page) == ("青溪县水务局", "document title")
    assert agency_of(narrative(), "政府信息公开-青溪县人民政府") == (None, "")


def test_a_statement_of_who_compiled_the_report_names_the_agency() -> None:
    assert agency_of(narrative(preamble="本报告由青溪县水务局编制。"), "") == ("青溪县水务局", "line 2")
    assert (
        agency_of(narrative(preamble="本年度报告由青溪县人民政府办公室根据《条例》编制。"), "")[0]
        == "青溪县人民政府办公室"
    )


@pytest.mark.parametrize(
    "words",
    [
        "如有疑问，请与青溪县政务公开办联系（地址：青溪县文昌路8号）。",
        "结合我办信息公开工作编制而成。",
        "本报告由我局办公室编制。",
        "本报告由本机关编制。",
    ],
)
def test_a_contact_or_a_pronoun_is_no_agency(words: str) -> None:
    assert agency_of(narrative(preamble=words), "") == (None, "")


@pytest.mark.parametrize(
    "words",
    [
        "统计期限为 2023年1月1日至12月31日。",
        "数据统计期限自 2023 年 1 月 1 日起至 2023 年 12 月 31 日止。",
        "统计数据期限：２０２３年1月1日—12月31日。",
        "所列数据的统计期限为二〇二三年一月一日至十二月三十一日。",
        "本报告数据时限从2023年01月01日到2023年12月31日。",
    ],
)
def test_the_statistical_period_gives_the_year_where_the_title_does_not(words: str) -> None:
    assert year_of(narrative(preamble=words)) == (2023, "line 2", [])
    period = period_of(narrative(preamble=words))
    assert period is not None
    assert period.is_full_year


def test_the_date_of_a_law_is_no_period() -> None:
    assert period_of(narrative(preamble="《条例》2019年4月3日修订，2019年5月15日施行。")) is None


def test_last_years_period_under_this_years_title_is_a_finding() -> None:
    made = narrative(
        "青溪县水务局2023年政府信息公开工作年度报告", "统计期限为2022年1月1日至12月31日。", "2023年推进公开。"
    )
    year, where, (finding,) = year_of(made)
    assert (year, where) == (2023, "title")
    assert (finding.code, finding.left, finding.right) == ("N-PERIOD", 2022, 2023)


def test_last_years_title_over_this_years_words_is_a_finding() -> None:
    made = narrative(
        "青溪县水务局2022年政府信息公开工作年度报告", "统计期限为2023年1月1日至12月31日。", "2023年推进公开。"
    )
    year, where, (finding,) = year_of(made)
    assert (year, where) == (2023, "line 2")
    assert (finding.code, finding.left, finding.right) == ("N-TITLE-YEAR", 2022, 2023)


def test_a_report_that_names_no_year_has_none() -> None:
    assert year_of(narrative("青溪县水务局政府信息公开工作年度报告")) == (None, "", [])
