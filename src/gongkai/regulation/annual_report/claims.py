"""What the words of a report claim: every count in prose, tied to the figure it is about.

A number counts when a unit follows it; dates, document numbers, articles, list numerals and quoted phrases are no
counts. Its figure is found from the words of its own clause, before it or behind it, by rank and nearness (see
`figures.toml`); a clause of filler (`共计5件`) takes the words of the clause before. A count that can't be tied stays a
claim without a figure. `未收到…申请`, `无行政复议、行政诉讼` and the like claim zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, NamedTuple

from gongkai.regulation.annual_report import numerals
from gongkai.regulation.annual_report.figures import Figure, by_unit, catalogue
from gongkai.regulation.annual_report.report import Passage, Report
from gongkai.regulation.annual_report.wording import fold, sentences, squeeze_prose
from gongkai.regulation.finding import Number

Scope = Literal["", "own", "district", "other"]
Period = Literal["", "previous", "cumulative", "change", "planned"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One count claimed in prose.

    `text` is the number with its unit as printed (or the words that say there was none), white space left out;
    `value` is in `unit` with 万 and 亿 multiplied out (money is in 元). `figure` is a key of the catalogue or None,
    `cells` the cells of this report that hold the same figure. `clause` is the words that tied it, `sentence` what is
    around it.

    `scope` says whose figure it is where the sentence says so: the agency's own office, the whole district, or another
    body. `period` is set when the number isn't a count of the reporting year. `is_part` marks a number behind 其中.
    """

    text: str
    value: Number
    figure: str | None
    unit: str
    cells: tuple[str, ...] = ()
    where: str = ""
    sentence: str = ""
    clause: str = ""
    scope: Scope = ""
    period: Period = ""
    approximate: bool = False
    is_part: bool = False


_UNIT = (
    r"个?工作日|件次|人次|条次|篇次|场次|户次|家次|批次|元|件(?![事套型])|条(?![例款件文线])|篇(?![幅章])|期(?![限间末])|场(?![所景地])"
    r"|次(?![日年要])|个(?![月别性体]|人(?!申请))|项(?!目)|份|起(?![来草诉步])|例(?![行如外])|宗|部(?![门分委署级队])|张|幅|则"
    r"|人(?![民大员才社工口均为])|名(?![称单录])|家(?!庭)|户|册|封|批(?![示复准])|页(?!面)|类(?![型别似])|处(?![理罚置级于])|台|块|套|轮|笔"
    r"|本(?!级|单位|机关|局|地|市|县|区|报告|年)|小时|分钟|天|%"
)
_HAN = r"[一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿]*|(?<=[为是请议讼件])零"
_COUNT = re.compile(
    r"(?<![\d.+×*xX/第〔\[〇零一二两三四五六七八九十百千万亿数几每])"
    rf"(?:(?P<digits>\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)|(?P<han>{_HAN}))"
    rf"(?P<scale>[百千万亿]{{0,2}})(?P<more>[余多])?(?P<late>[万亿]?)(?P<unit>{_UNIT})"
    r"|(?P<percent>百分之(?P<hundredths>[一二三四五六七八九十百]+|\d+)|百分百)"
)
_HAS_COUNT = re.compile(rf"(?:[\d一二两三四五六七八九十百千万亿零余多])(?:{_UNIT})|百分")

_CLAUSE_END = re.compile(r"[，,；;：:。！？（）()]|其中")
_NOUN_END = re.compile(r"[，,；;：:。！？（）()、]|其中|[并均且已]|全部|按[时期]")
_TITLE = re.compile(r"《[^》]*》")
_QUOTED = re.compile(r"“[^”“]{0,40}”|《[^》]*》|〔[^〕]*〕")
_FILLER = re.compile(
    r"(?:[全今本当]年度?|\d{4}年度?|截至|目前|共计|合计|总计|累计|共|为|达到?|计|总数|数量|总量|总|了|有|分别|约|近|同比|较上年"
    r"|一共|均|都是|是|、)*"
)
_ABOUT = re.compile(r"(?:近|约|大约|超过?|逾|将近|接近|不少于|不低于|不得少于|至少|不超过|最多|上|达近|低于|高于)$")
_OR_MORE = re.compile(r"(?:以上|左右|以内|以下|上下)")
_RANGE = re.compile(r"(?:\d|[一二三四五六七八九十])(?:[-—–~～至到])$")

_DISTRICT = re.compile(
    r"全[县区市省镇乡州盟旗]|我[县区市省](?!政府办|政府信息公开办|长|委办)|本[县区市省](?!级)|各(?:部门|乡镇|单位|镇|街道|地|级)"
)
_OWN = re.compile(r"我[局办委厅院镇乡处所站]|[我本]单位|本(?:机关|局|办|委|厅|镇|乡)|政府办公[室厅]|政府办(?!理)")
_OTHER = re.compile(
    r"(?:[县区市省]|各)[一-鿿]{1,8}?(?:局|委|办|中心|街道|镇|乡)(?:共|分别|各)?(?:收到|受理|办理|办结|答复)"
)
_PREVIOUS = re.compile(r"去年|上一?年(?!度?[^，,]{0,6}(?:结转|转入))|往年(?!结转)|同期|前一年")
_CHANGE = re.compile(
    r"同比|环比|[较比](?:去年|上一?年|\d{4}年|同期|往年)|(?:增加|增长|减少|下降|上升|提高|提升|增)了?$"
)
_CUMULATIVE = re.compile(r"历年|历史|自[^，,]{0,10}以来|(?:开通|建站|成立|设立|实施|上线)以来|累计")
_THIS_YEAR = re.compile(r"[今本当全]年|年度内?")
_PLANNED = re.compile(
    r"计划|拟(?!定|制|稿)|力争|目标|下一步|明年|下一?年度?(?!.{0,6}办理)|将(?!近)|要求|确保(?!.{0,8}工作日)|不少于|不低于|至少"
)
_PART_BEFORE = re.compile(r"其中[，,：:]?$")
_YEAR = re.compile(r"(\d{4})年")
_CARRY = re.compile(r"结转|转入|跨年")

_NEGATION = re.compile(
    r"(?<![如若对凡在因])(?:未|没有|(?<![有毫])无|零|不存在|不涉及)"
    r"(?!其[他它]|成年|来|必|按|经|能|法|需|论|疑|偿|障碍|关|条件|正当|公开|及时|深入|完成|达|建立|形成)"
)
_ZERO_CLAUSE = re.compile(r"(?:均?为|是|[:：]|总数)(?P<zero>零|0)(?=[，,。；;、）)]|$)")
_QUALIFIES = re.compile(r"的(?!情[况形]|(?:政府信息公开|信息公开)?申请|案件|事项|现象|费用|$)")
_MAY_BE_ZERO = re.compile("[未无零]|没有|不存在|不涉及|[为是：:]0")  # a quick look; _NEGATION and _ZERO_CLAUSE decide
_LOOSE_UNITS = frozenset("件条篇场次份期起例宗")


class _Count(NamedTuple):
    """A number with its unit in a sentence, and the words around it."""

    start: int
    end: int
    value: Number
    unit: str
    is_han: bool
    is_about: bool
    before: str
    behind: str


class _Place(NamedTuple):
    """What every claim of a sentence shares."""

    report: Report
    where: str
    topic: str
    printed: str
    folded: str  # the sentence for matching, titles blanked
    needs_met: dict[str, bool]  # what was found out about the sentence, by the figure's `needs`


def claims(report: Report) -> tuple[Claim, ...]:
    """Every count the narrative claims, in the order it is printed; the preamble claims none."""
    found: list[Claim] = []
    for passages in report.narrative.sections.values():
        for passage in passages:
            if passage.level:
                continue
            for sentence in sentences(squeeze_prose(passage.text)):
                folded = fold(sentence)
                if _HAS_COUNT.search(folded) or _MAY_BE_ZERO.search(folded):
                    found.extend(_claims_of(_place(report, passage, sentence, folded)))
    return tuple(found)


def _place(report: Report, passage: Passage, sentence: str, folded: str) -> _Place:
    if "《" in folded:
        folded = _TITLE.sub(lambda title: "·" * len(title[0]), folded)
    return _Place(report, passage.where, passage.topic, sentence, folded, {})


def _claims_of(place: _Place) -> Iterator[Claim]:
    counts = list(_counts(place.folded)) if _HAS_COUNT.search(place.folded) else []
    for position, count in enumerate(counts):
        claim = _claim(place, counts, position, count)
        if claim:
            yield claim
    if _MAY_BE_ZERO.search(place.folded):
        yield from _zero_claims(place, counts)


# --- numbers ----------------------------------------------------------------------------------------------------------


def _counts(text: str) -> Iterator[_Count]:
    quoted = [match.span() for match in _QUOTED.finditer(text)] if "“" in text or "〔" in text else []
    matches = [match for match in _COUNT.finditer(text) if not any(a < match.start() < b for a, b in quoted)]
    for place, match in enumerate(matches):
        floor = matches[place - 1].end() if place else 0
        ceiling = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        before = _last_clause(text[floor : match.start()])
        if _RANGE.search(text, max(0, match.start() - 3), match.start()) or before.endswith(("各", "每")):
            continue
        end = _NOUN_END.search(text, match.end(), ceiling)
        behind = text[match.end() : end.start() if end else ceiling]
        value, unit = _value(match)
        if value is not None:
            about = bool(match["more"] or _ABOUT.search(before[-4:]) or _OR_MORE.match(behind))
            yield _Count(match.start(), match.end(), value, unit, bool(match["han"]), about, before, behind)


def _value(match: re.Match[str]) -> tuple[Number | None, str]:
    if match["percent"]:
        return numerals.number(match["hundredths"] or "100"), "%"
    unit = match["unit"]
    return numerals.number(match["digits"] or match["han"], match["scale"] + match["late"]), unit


def _last_clause(text: str) -> str:
    last = 0
    for end in _CLAUSE_END.finditer(text):
        last = end.end() if end[0] != "其中" else end.start()
    return text[last:]


# --- figures ----------------------------------------------------------------------------------------------------------


def _claim(place: _Place, counts: list[_Count], position: int, count: _Count) -> Claim | None:
    is_last = position + 1 == len(counts) or _CLAUSE_END.search(place.folded, count.end, counts[position + 1].start)
    before, behind = count.before, count.behind
    # Between two numbers of one clause the words belong to the second, unless the first has none of its own.
    figure = _tie(place, count.unit, before, behind if is_last else "")
    if not figure and not is_last:
        figure = _tie(place, count.unit, before, behind)
    if not figure and not behind.strip("的") and _FILLER.fullmatch(_ABOUT.sub("", before)):
        before = _clause_before(place.folded[: count.start])
        figure = _tie(place, count.unit, before, "")
    if not _is_count(count, figure):
        return None
    claim = Claim(
        place.printed[count.start : count.end],
        count.value,
        figure.key if figure else None,
        count.unit,
        _cells(figure, place.report.table_editions),
        place.where,
        place.printed,
        f"{before}{count.behind}",
        _scope(place, count.start),
        _period(place, count, figure),
        count.is_about,
        _is_part(place.folded, count),
    )
    return replace(claim, figure=None, cells=()) if claim.period == "change" and count.unit == "%" else claim


def _tie(place: _Place, unit: str, before: str, behind: str) -> Figure | None:
    """The figure the words around a number speak of: the highest rank, then the nearest words."""
    context = f"{before}#{behind}"
    chosen, nearest = None, 0
    for figure in by_unit().get(unit, ()):
        if chosen and figure.rank < chosen.rank:
            break
        if figure.needs and not _meets_needs(figure, place):
            continue
        match = figure.words.search(context)
        if not match or (figure.without and figure.without.search(context)):
            continue
        distance = _distance(figure.words, match, context, len(before))
        if not chosen or distance < nearest:
            chosen, nearest = figure, distance
    return chosen


def _meets_needs(figure: Figure, place: _Place) -> bool:
    known = place.needs_met.get(figure.needs_key)
    if known is None:
        known = place.topic in figure.topics or bool(figure.needs and figure.needs.search(place.folded))
        place.needs_met[figure.needs_key] = known
    return known


def _distance(words: re.Pattern[str], match: re.Match[str] | None, context: str, number: int) -> int:
    """How far from the number the nearest of the words stand."""
    nearest = len(context)
    while match:
        nearest = min(nearest, max(number - match.end(), match.start() - number - 1, 0))
        match = words.search(context, max(match.end(), match.start() + 1))
    return nearest


def _clause_before(text: str) -> str:
    """The last clause before a number that says something, what stands in parentheses left out.

    Empty when that clause has a number itself: `自然人2件，法人1件，共计3件` counts no legal persons.
    """
    plain = re.sub(r"[（(][^（）()]*[）)]", "", text)
    for clause in reversed(re.split(r"[，,；;：:。！？（）()]", plain)):
        if not _FILLER.fullmatch(clause):
            return "" if _COUNT.search(clause) else clause
    return ""


def _is_count(count: _Count, figure: Figure | None) -> bool:
    """Whether a number is a count, and no idiom (四个意识), article (一件事) or period of time."""
    if count.unit in ("个工作日", "工作日", "小时", "分钟", "天"):
        return figure is not None
    if not count.is_han:
        return True
    if count.value == 1:
        return figure is not None and not count.behind
    if figure is None:
        return count.unit in _LOOSE_UNITS or count.value >= 10
    return True


def _cells(figure: Figure | None, table_editions: Mapping[str, str]) -> tuple[str, ...]:
    sums = figure.cells(table_editions) if figure else ()
    return tuple(address for address in sums[0] if not address.startswith("ledger.")) if sums else ()


# --- whose, when, how much of it --------------------------------------------------------------------------------------


def _scope(place: _Place, end: int) -> Scope:
    text = place.folded[:end]
    agency = place.report.agency
    if agency and agency in text:
        return "own"
    places: list[tuple[int, Scope]] = []
    for scope, pattern in (("district", _DISTRICT), ("own", _OWN), ("other", _OTHER)):
        for match in pattern.finditer(text):
            places.append((match.start(), scope))  # type: ignore[arg-type]
    return max(places)[1] if places else ""


def _period(place: _Place, count: _Count, figure: Figure | None) -> Period:
    if _CHANGE.search(count.before):
        return "change"
    sentence = place.folded[: count.start]
    if figure and figure.unit == "个工作日":
        return ""
    if _PREVIOUS.search(count.before):
        return "previous"
    if _CARRY.search(count.before):
        return ""
    if _PLANNED.search(count.before) or "下一步" in sentence:
        return "planned"
    if place.report.year:
        years = _YEAR.findall(sentence)
        if years and int(years[-1]) != place.report.year:
            return "previous" if int(years[-1]) < place.report.year else "planned"
    if _CUMULATIVE.search(count.before) and not _THIS_YEAR.search(sentence) and not _YEAR.search(sentence):
        return "cumulative"
    return ""


def _is_part(text: str, count: _Count) -> bool:
    """Whether a number is one of the parts of another: its clause, or the empty one before it, says 其中 or 含."""
    if count.before.startswith(("其中", "含")):
        return True
    return _PART_BEFORE.search(text[: count.start - len(count.before)]) is not None


# --- none -------------------------------------------------------------------------------------------------------------


def _zero_claims(place: _Place, counts: list[_Count]) -> Iterator[Claim]:
    for start, end in _clauses(place.folded):
        if any(start <= count.start < end and count.value for count in counts):
            continue
        clause = place.folded[start:end]
        printed = place.printed[start:end]
        if stated := _ZERO_CLAUSE.search(clause):
            figure = _tie(place, "件", clause[: stated.start()], "")
            if figure:
                yield _zero_claim(place, figure, printed[stated.start("zero") : stated.end("zero")], start)
            continue
        if any(start <= count.start < end for count in counts):
            continue
        negation = _NEGATION.search(clause)
        if negation:
            yield from _denied(place, clause, printed, negation, start)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in re.finditer(r"[，,；;。！？（）()]", text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _denied(place: _Place, clause: str, printed: str, negation: re.Match[str], start: int) -> Iterator[Claim]:
    for figure in _zero_figures():
        match = figure.zero.match(clause, negation.end()) if figure.zero else None
        if match:
            if not _QUALIFIES.match(clause, match.end()):
                yield _zero_claim(place, figure, printed[negation.start() : match.end()], start + negation.start())
            return


@cache
def _zero_figures() -> tuple[Figure, ...]:
    return tuple(figure for figure in catalogue().values() if figure.zero)


def _zero_claim(place: _Place, figure: Figure, text: str, start: int) -> Claim:
    if figure.zero_cells and figure.zero_cells[0].partition(".")[0] in place.report.table_editions:
        cells = figure.zero_cells
    else:
        cells = _cells(figure, place.report.table_editions)
    scope = _scope(place, start)
    return Claim(text, 0, figure.key, figure.unit, cells, place.where, place.printed, text, scope)
