"""The staff's screens of years: the board, one report, a number's records, checks, differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from gongkai.office.accounts import typed
from gongkai.office.accounts.desk_pages import asked, person
from gongkai.office.accounts.policy import Refused
from gongkai.office.reporting import actions, policy, queries, showing
from gongkai.office.reporting.actions.opening import usual_days
from gongkai.office.reporting.checking import findings_of
from gongkai.office.reporting.compiled import label_of, report_of, values_of
from gongkai.office.reporting.forms import DaysForm, OpenForm, ReasonForm, VerdictForm
from gongkai.office.reporting.models import Compilation, FrozenFigure, ReportYear
from gongkai.office.reporting.publication import genuine, was_public
from gongkai.office.reporting.queries.figures import keys_behind, standing
from gongkai.office.reporting.record_ids import unpack
from gongkai.office.reporting.sheets import sheets
from gongkai.office.reporting.views.staff.parts import may, report_year
from gongkai.regulation.finding import SEVERITIES

PAGE_LENGTH = 50
_VERBS = ("change_days", "collect", "lock", "hand_in", "send_back", "hand_over", "reopen", "write", "ask", "judge")
_DONE = {
    "collect": "已按现在的台账统计。",
    "lock": "数据已锁定。以后台账有变动的，会在“锁定后的变动”里列出，不会悄悄改数。",
    "hand_in": "报告已定稿报送。",
    "send_back": "报告已退回。",
    "hand_over": "报告已交付发布，接下来办理三审。",
    "reopen": "已启动更正：数据按现在的台账重新锁定，文字可以修改。公开的文本在更正后的报告通过三审以前不变。",
}


def board(request: HttpRequest) -> HttpResponse:
    """Which reports are open, where each stands, who has handed in."""
    by, today = person(request), localdate()
    mine = ReportYear.objects.filter(policy.within(by, on=today))
    years = sorted(set(mine.order_by().values_list("year", flat=True)), reverse=True)
    wanted = typed.number(request.GET.get("year", ""))
    year = wanted if wanted in years else next(iter(years), None)
    rows = queries.board(mine.filter(year=year), on=today) if year else []
    context = {
        "years": years,
        "year": year,
        "rows": rows,
        "done": sum(each.is_in for each in rows),
        "public": sum(each.is_public for each in rows),
        "overdue": sum(each.is_overdue for each in rows),
        "may_open": policy.organs(by, "open_year", on=today).exists(),
    }
    return render(request, "reporting/staff/years.html", context)


def open_year(request: HttpRequest) -> HttpResponse:
    """Open a year for an agency, or for a government with all below."""
    by, today = person(request), localdate()
    organs = policy.organs(by, "open_year", on=today)
    if not organs.exists():
        raise Refused(policy.nowhere(by, "open_year"))
    form = OpenForm(request.POST or None, organs=organs, initial={"year": today.year - 1, "organ": organs[0].code})

    def save() -> HttpResponse:
        given = form.cleaned_data
        made = actions.open_year(by=by, at=now(), **given)
        said = f"已开启{len(made)}份年度报告。" if made else "这个年度已经开启过，没有需要补开的机关。"
        messages.success(request, said)
        return redirect(f"{reverse('reporting_years')}?year={given['year']}")

    frame = {
        "title": "开启年度报告",
        "button": "开启",
        "back_url": reverse("reporting_years"),
        "back_label": "年度报告",
        "lead": "开启后，各机关可以统计数据、编写文字；期限到了没有报送的，列在年度报告的总表上。",
    }
    return asked(request, form, save, frame)


def change_days(request: HttpRequest, pk: int) -> HttpResponse:
    """Set other days for a report, or for those below it too."""
    by, report = person(request), report_year(request, pk)
    if refusal := policy.why_not(by, "change_days", report.organ, on=localdate()):
        return render(request, "desk/refused.html", {"refusal": refusal}, status=403)
    form = DaysForm(
        request.POST or None, has_below=queries.subordinate_years(report).exists(), initial={"scope": "own"}
    )

    def save() -> HttpResponse:
        changed = actions.change_days(report, by=by, at=now(), **form.cleaned_data)
        messages.success(request, f"已调整{len(changed)}份报告的期限，原来的期限和原因都有记录。")
        return redirect("reporting_year", pk)

    frame = {
        "title": f"调整{report}的期限",
        "button": "调整期限",
        "back_url": reverse("reporting_year", args=[pk]),
        "back_label": str(report),
        "lead": f"现在的报送期限是{report.hand_in_by}，公开期限是{report.publish_by}；"
        f"法定的公开期限是{usual_days(report.organ, report.year).statutory}。",
    }
    return asked(request, form, save, frame)


def year(request: HttpRequest, pk: int) -> HttpResponse:
    """A report: where it stands, its tables with every number a link, and the figures its words hold."""
    report = report_year(request, pk)
    counting = standing(report)
    judged = findings_of(report) if counting else []
    figures = queries.figures_of(counting)
    context = {
        **_frame(report),
        "standing": queries.board(ReportYear.objects.filter(pk=pk), on=localdate())[0],
        "counting": counting,
        "sheets": sheets(report_of(report), showing.marks(judged)),
        "others": showing.other_figures(figures),
        "open": [each for each in judged if each.is_open],
        "may": may(request, report, *_VERBS),
        "events": report.events.select_related("by").order_by("-pk")[:8],
        "waiting": len(queries.unanswered(report)),
        "form": ReasonForm(),
        **_publication(report, counting),
        "back_url": f"{reverse('reporting_years')}?year={report.year}",
        "back_label": f"{report.year}年度报告",
    }
    return render(request, "reporting/staff/year.html", context)


def _publication(report: ReportYear, counting: Compilation | None) -> dict[str, Any]:
    """Where the report stands with the public: its last text as an item, and whether the item still says that."""
    last = report.publications.select_related("item__draft").last()
    if last is None:
        return {}
    draft = getattr(last.item, "draft", None)
    return {
        "publication": last,
        "is_begun": counting is not None
        and last.compilation_id == counting.pk
        and (draft is not None or was_public(last)),
        "is_changed": draft is not None and draft.content_hash != last.content_hash,
        "is_genuine": genuine(last.item) is not None,
    }


def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Count, lock, hand in, send back, hand over, begin a correction."""
    report = report_year(request, pk)
    if request.method != "POST":
        return redirect("reporting_year", pk)
    by, at, reason = person(request), now(), request.POST.get("reason", "").strip()[:300]
    acts: dict[str, Callable[[], Any]] = {
        "collect": lambda: actions.collect(report, by=by, at=at),
        "lock": lambda: actions.lock(report, reason=reason, by=by, at=at),
        "hand_in": lambda: actions.hand_in(report, by=by, at=at),
        "send_back": lambda: actions.send_back(report, reason=reason, by=by, at=at),
        "hand_over": lambda: actions.hand_over(report, by=by, at=at),
        "reopen": lambda: actions.reopen(report, reason=reason, by=by, at=at),
    }
    if verb not in acts:
        raise Http404("没有这种办理事项。")
    before = queries.current(report)
    acts[verb]()
    messages.success(request, _DONE[verb])
    after = queries.current(report)
    if before and after and before != after and verb == "collect":
        changed = queries.changes(before, after)
        told = "、".join(f"{each.label} {each.before} → {each.after}" for each in changed[:6])
        messages.info(request, f"与上次统计相比有{len(changed)}个数据变化：{told}")
    return redirect("reporting_year", pk)


def figure(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """What a number counted: its rule, and its records; of a total, each number it adds up."""
    report = report_year(request, pk)
    counting = standing(report)
    try:
        keys = keys_behind(key, report.edition)
    except KeyError as error:
        raise Http404("没有这个数据项。") from error
    figures = {each.key: each for each in counting.figures.filter(key__in=keys)} if counting else {}
    found = [figures[each] for each in keys if each in figures]
    shown = _chosen(request, found)
    page = Paginator(_Ids(shown), PAGE_LENGTH).get_page(request.GET.get("page")) if shown else None
    context = {
        **_frame(report),
        "key": key,
        "label": label_of(key),
        "value": values_of(report).printed(key),
        "figures": found,
        "parts": [each for each in found if each.value],
        "shown": shown,
        "page": page,
        "records": queries.records_behind(shown, page.start_index() - 1, PAGE_LENGTH) if shown and page else [],
        "counting": counting,
        "back_url": reverse("reporting_year", args=[pk]),
        "back_label": str(report),
    }
    return render(request, "reporting/staff/figure.html", context)


class _Ids(Sequence[int]):
    """The records of a figure, counted without being unpacked."""

    def __init__(self, figure: FrozenFigure) -> None:
        self.figure = figure

    def __len__(self) -> int:
        return self.figure.record_count

    def __getitem__(self, part: Any) -> Any:
        return unpack(self.figure.records)[part]


def _chosen(request: HttpRequest, found: list[FrozenFigure]) -> FrozenFigure | None:
    """The figure whose records are shown: the one asked for, else the first that has any, else the first."""
    wanted = request.GET.get("part")
    by_key = {each.key: each for each in found}
    if wanted in by_key:
        return by_key[wanted]
    return next((each for each in found if each.record_count), next(iter(found), None))


def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything said against a report, and what people said of it."""
    report = report_year(request, pk)
    form = VerdictForm(request.POST or None)

    def save() -> HttpResponse:
        given = form.cleaned_data
        actions.judge(
            report, given["evidence"], judgement=given["judgement"], text=given["text"], by=person(request), at=now()
        )
        messages.success(request, "已记下说明。依据没有变化时，这条说明一直有效。")
        return redirect("reporting_checks", pk)

    judged = findings_of(report) if standing(report) else []
    frame = {
        **_frame(report),
        "groups": [
            (severity, [each for each in judged if each.finding.severity == severity]) for severity in SEVERITIES
        ],
        "open": sum(each.is_open for each in judged),
        "counted": standing(report),
        "may": may(request, report, "judge"),
        "names": {address: label_of(address) for each in judged for address in each.finding.cells},
        "back_url": reverse("reporting_year", args=[pk]),
        "back_label": str(report),
    }
    return asked(request, form, save, frame, "reporting/staff/checks.html")


def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """What the ledger says otherwise than the locked report, and why."""
    report = report_year(request, pk)
    context = {
        **_frame(report),
        "frozen": queries.locked(report),
        "found": queries.differences(report),
        "may": may(request, report, "lock", "reopen"),
        "stage": queries.stage_of(report),
        "back_url": reverse("reporting_year", args=[pk]),
        "back_label": str(report),
    }
    return render(request, "reporting/staff/differences.html", context)


def _frame(report: ReportYear) -> dict[str, Any]:
    return {"report": report}
