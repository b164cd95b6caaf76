"""What a report says it is: its title, its year, its agency. What the text does not say is left open, never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.regulation.annual_report import numerals
from gongkai.regulation.annual_report.report import Narrative
from gongkai.regulation.annual_report.wording import fold, squeeze, squeeze_prose
from gongkai.regulation.finding import Finding

TITLE_LENGTH = 80
_LINES = 3  # a title is printed over so many lines at most, the line with the agency not counted
_YEAR = r"(?<!\d)(\d{4}|[二一][〇○零OoＯ0一二三四五六七八九]{3})"
_TITLE_YEAR = re.compile(rf"[（(\[]?{_YEAR}(?:年度?|(?=政府|政务|[）)]))[）)\]]?")
_CORE = re.compile(
    rf"(?:政府|政务)信息公开(?:工作)?(?:{_YEAR}年?度?)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?的?(?:总结)?(?:报告|年报)"
    r"(?:[（(\[【].{0,12}[）)\]】])?[》”]?$"
)
_NOT_A_TITLE = re.compile(r"[。；;，,>»|/？?]|^(?:现将|根据|按照|本)|^[一二三四五六1-9][、.．]")

_SUFFIXES = (
    "人民政府|办公厅|办公室|委员会|管委会|管理局|分局|局|厅|委|处|院|所|站|中心|支队|大队|总队|集团|公司|学校|大学|学院|医院|"
    "街道办事处|办事处|街道|镇|乡|县|区|市|省|旗|州|盟"
)
_AGENCY_LINE = re.compile(rf"[一-鿿（）()·]{{1,36}}(?:{_SUFFIXES})")
_FULL_NAME = (
    r"[一-鿿（）()·]{2,36}?(?:人民政府|办公厅|办公室|委员会|管委会|管理局|局|厅|街道办事处|办事处|大队|支队|中心)"
)
_COMPILED_BY = re.compile(rf"(?:年度)?报告(?:由|系)({_FULL_NAME})(?=编制|编写|根据|按照|依据|依照|负责|结合|[，,。])")
_FILLER = re.compile(
    r"(?:关于)?(?:报送|公布|发布|印发|公开|编制|做好|填报)?|本机关|本单位|我[局委厅办镇乡县区市]|附件\d*[:：]?"
)
_LEADING = re.compile(r"^(?:附件\d*[:：]?|[【\[].{0,12}[】\]]|关于|[《“])+")
_TRAILING = re.compile(r"(?:关于)?(?:报送|公布|发布|印发|公开|编制)?[《“]?$")
_SITE_NAME = re.compile(r"[_|｜\-—–]+")

_DAY = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_PERIOD = re.compile(
    rf"{_YEAR}年{_DAY}月{_DAY}日(?:起|始|开始)?[，,]?(?:至|到|—+|-+|－+|~|～)"
    rf"(?:{_YEAR}年|当年|同年|本年)?{_DAY}月{_DAY}日"
)
_PERIOD_WORD = re.compile(r"统计|期限|数据|起止|时限|周期|期间")


@dataclass(frozen=True, slots=True)
class Period:
    """A statistical period as printed: `year` is the year it ends in, `is_full_year` says 1 January to 31 December."""

    year: int
    is_full_year: bool
    quote: str
    where: str


def find_title(lines: Sequence[str], level_of: Sequence[int]) -> tuple[str, int]:
    """The title among the first lines of a report, white space left out, and the place after it; ("", 0) without one.

    The lines are those before section one, white space left out. A title stands over one to three lines, with the
    agency perhaps on a line of its own before it; of several (a page repeats it) the fullest is taken, then the last.
    """
    best, title, after = 0, "", 0
    for start in range(len(lines)):
        for count in range(1, _LINES + 1):
            text = "".join(lines[start : start + count])
            if start + count > len(lines) or len(text) > TITLE_LENGTH:
                break
            if not is_title(text):
                continue
            end = start + count
            if not title_year(text) and end < len(lines) and re.fullmatch(rf"[（(]{_YEAR}年?度?[）)]", lines[end]):
                text, end = text + lines[end], end + 1
            if not _agency_in(text) and start and _is_agency_line(lines[start - 1]):
                text = lines[start - 1] + text
            score = 1 + 2 * bool(title_year(text)) + bool(_agency_in(text)) + (level_of[start] == 1)
            if score >= best:
                best, title, after = score, text, end
            break
    return title, after


def is_title(text: str) -> bool:
    """Whether a line without white space is the title of an annual report."""
    folded = fold(text)
    return "信息公开" in folded and _CORE.search(folded) is not None and not _NOT_A_TITLE.search(folded)


def title_year(title: str) -> int | None:
    """The year a title names.

    >>> title_year("青溪县水利局２０２３年政府信息公开工作年度报告"), title_year("政府信息公开年报")
    (2023, None)
    """
    match = _TITLE_YEAR.search(fold(title))
    return numerals.year(match[1]) if match else None


def period_of(narrative: Narrative) -> Period | None:
    """The statistical period stated in the preamble."""
    for passage in narrative.preamble:
        text = fold(squeeze_prose(passage.text))
        for match in _PERIOD.finditer(text):
            if not _PERIOD_WORD.search(text, max(0, match.start() - 30), match.end() + 12):
                continue
            first_year, last_year = numerals.year(match[1]), numerals.year(match[4] or match[1])
            days = [numerals.number(match[group]) for group in (2, 3, 5, 6)]
            if last_year is not None:
                full = first_year == last_year and days == [1, 1, 12, 31]
                return Period(last_year, full, match[0], passage.where)
    return None


def year_of(narrative: Narrative) -> tuple[int | None, str, list[Finding]]:
    """The reporting year, where it was read (`title` or a place), and what contradicts it.

    The title and the statistical period say it. When they differ, the one the first section speaks of more often is
    taken, the title when that does not decide, and the other one is a finding (N-TITLE-YEAR or N-PERIOD).
    """
    printed, period = title_year(narrative.title), period_of(narrative)
    if printed is None:
        return (period.year, period.where, []) if period else (None, "", [])
    if period is None or period.year == printed:
        return printed, "title", []
    text = fold("".join(squeeze(passage.text) for passage in narrative.sections.get("overview", ())))
    if text.count(f"{period.year}年") > text.count(f"{printed}年"):
        return period.year, period.where, [title_year_finding(narrative, printed, period.year)]
    return printed, "title", [period_finding(period, printed)]


def title_year_finding(narrative: Narrative, printed: int, expected: int) -> Finding:
    """N-TITLE-YEAR: the title names another year than the report is of."""
    values = {"year": str(expected)}
    return Finding("N-TITLE-YEAR", "error", "fails", (), printed, expected, values, ("title",), (narrative.title,))


def period_finding(period: Period, expected: int) -> Finding:
    """N-PERIOD: the statistical period is not the reporting year from 1 January to 31 December."""
    return Finding(
        "N-PERIOD",
        "error",
        left=period.year,
        right=expected,
        values={"period": period.quote, "year": str(expected)},
        where=(period.where,) if period.where else (),
        quotes=(period.quote,),
    )


def agency_of(narrative: Narrative, document_title: str) -> tuple[str | None, str]:
    """The agency that made the report and where that was read (`title`, `document title` or a place).

    Read from the title, the file's own title, or a statement that names who compiled the report; the office to ask for
    details is not the agency. (None, "") when none of them says it.
    """
    if name := _agency_in(narrative.title):
        return name, "title"
    for part in (document_title, *_SITE_NAME.split(document_title)):
        if is_title(squeeze(part)) and (name := _agency_in(squeeze(part))):
            return name, "document title"
    for passage in narrative.preamble:
        match = _COMPILED_BY.search(squeeze(passage.text))
        if match and not _FILLER.fullmatch(match[1]) and not match[1].startswith(("我", "本")):
            return match[1], passage.where
    return None, ""


def _agency_in(title: str) -> str | None:
    """The words of a title that are neither its year nor its kind: the agency, when they can be one."""
    folded = fold(title)
    core = _CORE.search(folded)
    if not core:
        return None
    head = folded[: core.start()]
    found = _TITLE_YEAR.search(head)
    parts = (head[: found.start()], head[found.end() :]) if found else (head,)
    for part in parts:
        name = _TRAILING.sub("", _LEADING.sub("", part))
        name = re.sub(r"(?:年度?|本级|的)$", "", name)
        if len(name) >= 2 and re.fullmatch(r"[一-鿿（）()·、]+", name) and not _FILLER.fullmatch(name):
            return name
    return None


def _is_agency_line(line: str) -> bool:
    return len(line) <= 40 and _AGENCY_LINE.fullmatch(line) is not None
