"""The page docs/workday-counting.md: what counting Monday to Friday, without the State Council's notices, gets wrong.

For every calendar day as a day of receipt, the lawful last day to reply stands against the one that plain weekdays give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.regulation.deadlines import periods_on
from gongkai.regulation.workdays import notices, workdays

FIRST_DAY = date(2019, 5, 15)
"""The first day of the regulation in force and its 20 working days."""

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One day of receipt: by how many calendar days plain weekdays are late (above 0) or early (below 0)."""

    received_on: date
    late_by: int


def comparisons() -> tuple[Comparison, ...]:
    """Every day of receipt whose lawful due date lies inside the known calendar."""
    calendar = workdays()
    found = []
    day = FIRST_DAY
    while calendar.count(day, calendar.known_until) >= periods_on(day).reply:
        period = periods_on(day).reply
        late = plain_weekdays_after(day, period) - calendar.add(day, period)
        found.append(Comparison(day, late.days))
        day += _ONE_DAY
    return tuple(found)


def plain_weekdays_after(day: date, count: int) -> date:
    """The n-th day from Monday to Friday after a day, as if there were no holidays and no make-up days."""
    while count:
        day += _ONE_DAY
        count -= day.weekday() < _SATURDAY
    return day


def workday_counting() -> str:
    """The text of the page."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    found = comparisons()
    wrong = [one for one in found if one.late_by]
    yield "# 只数周一至周五会错多少"
    yield ""
    yield "<!-- 由 docs/generators/workday_counting.py 生成，请勿手改；改数据后运行 make docs。 -->"
    yield ""
    yield "答复期限是 20 个工作日。工作日要看国务院办公厅每年的放假安排：放假的工作日不计，调休上班的周末要计。"
    yield "有的系统只数周一至周五。下表把每一天都当作收到申请之日，比较这样算出的期限与依法推算的期限。"
    yield ""
    yield (
        f"从 {found[0].received_on} 到 {found[-1].received_on} 共 {len(found)} 个收到之日，只数周一至周五算错"
        f" {len(wrong)} 个（{_share(len(wrong), len(found))}）。"
    )
    yield "**偏晚**最危险：照着它答复就是逾期。**偏早**使经办人白白少用几天，延期、告知的期限也跟着错。"
    yield ""
    yield "| 收到年份 | 收到之日 | 算错 | 其中偏早 | 平均早几天 | 最多早几天 | 其中偏晚 | 平均晚几天 | 最多晚几天 |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for year in sorted({one.received_on.year for one in found}):
        yield _row(str(year), [one for one in found if one.received_on.year == year])
    yield _row("合计", found)
    yield ""
    yield "天数是日历上的天数。推算依据（晚发的通知改变早发的）："
    yield ""
    for notice in sorted(notices(), key=lambda notice: (notice.year, notice.published)):
        yield f"- {notice.year}年：《{notice.title}》（{notice.number}，{notice.published} 公布）"


def _row(label: str, found: Sequence[Comparison]) -> str:
    early = [-one.late_by for one in found if one.late_by < 0]
    late = [one.late_by for one in found if one.late_by > 0]
    wrong = len(early) + len(late)
    cells = [
        label,
        str(len(found)),
        f"{wrong}（{_share(wrong, len(found))}）",
        *_spread(early, len(found)),
        *_spread(late, len(found)),
    ]
    return f"| {' | '.join(cells)} |"


def _spread(days: Sequence[int], of: int) -> tuple[str, str, str]:
    """How many, how far on average, how far at most."""
    if not days:
        return "0", "—", "—"
    return f"{len(days)}（{_share(len(days), of)}）", f"{sum(days) / len(days):.1f}", str(max(days))


def _share(part: int, of: int) -> str:
    return f"{part / of:.1%}"
