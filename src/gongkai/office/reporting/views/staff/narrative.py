"""The staff's screens of the words: paragraphs with live numbers, written, kept, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now

from gongkai.office.accounts.desk_pages import asked, person
from gongkai.office.reporting import actions, drafting, queries, showing
from gongkai.office.reporting.compiled import PREAMBLE, filled, in_keys, in_words, values_of
from gongkai.office.reporting.forms import PartForm
from gongkai.office.reporting.models import NarrativePart, ReportYear
from gongkai.office.reporting.queries.figures import standing
from gongkai.office.reporting.views.staff.parts import may, report_year
from gongkai.regulation.annual_report.forms import form as form_of

PART = "reporting/staff/part.html"
_NUMERALS = "一二三四五六七八九"


def narrative(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of a report, section by section."""
    report = report_year(request, pk)
    values = values_of(report)
    parts = list(report.narrative_parts.select_related("edited_by", "answers"))
    shown: dict[str, list[Any]] = {}
    for each in parts:
        shown.setdefault(_place_of(each.section, each.topic), []).append((each, showing.pieces(each, values)))
    context = {
        "report": report,
        "counting": standing(report),
        "places": [(place, label, level, shown.get(place, [])) for place, label, level in places(report)],
        "promises": _promises(report),
        "is_final": queries.stage_of(report) in ("handed_in", "handed_over"),
        "unread": sum(each.origin == NarrativePart.Origin.KEPT and each.confirmed_at is None for each in parts),
        "has_words": bool(parts),
        "may": may(request, report, "write"),
        "back_url": reverse("reporting_year", args=[pk]),
        "back_label": str(report),
    }
    return render(request, "reporting/staff/narrative.html", context)


def places(report: ReportYear) -> list[tuple[str, str, int]]:
    """Where words may stand: place, heading, level of the heading."""
    found = [(PREAMBLE, "导语", 2)]
    for section in form_of(report.edition).sections:
        if section.content != "narrative":
            continue
        found.append((section.key, f"{section.numbering}、{section.label}", 2))
        found += [
            (_place_of(section.key, topic.key), f"（{_NUMERALS[number]}）{topic.label}", 3)
            for number, topic in enumerate(section.topics)
        ]
    return found


def add(request: HttpRequest, pk: int, place: str) -> HttpResponse:
    """Write a paragraph; or, at the place `draft`, have a first text put there."""
    report = report_year(request, pk)
    if place == "draft":
        if request.method != "POST":
            return redirect("reporting_narrative", pk)
        made = actions.draft(report, by=person(request), at=now())
        said = f"已起草{len(made)}段，数字都来自统计。" if made else "统计出的数据文字里都已经写到，没有需要补充的。"
        messages.success(request, said)
        return redirect("reporting_narrative", pk)
    if place not in {known for known, _, _ in places(report)}:
        raise Http404("报告里没有这个部分。")
    section, _, topic = place.partition(":")
    form = PartForm(request.POST or None, promises=_promise_rows(report))

    def save() -> HttpResponse:
        given = form.cleaned_data
        actions.write(
            report,
            section=section,
            topic=topic,
            text=in_keys(given["text"], report.edition),
            level=given.get("level") or 0,
            answers=given.get("answers"),
            by=person(request),
            at=now(),
        )
        return redirect(f"{reverse('reporting_narrative', args=[pk])}#{place.replace(':', '-')}")

    label = next(heading for known, heading, _ in places(report) if known == place)
    return asked(request, form, save, {**_editing(report, f"添加段落：{label}"), "button": "添加"}, PART)


def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a paragraph."""
    found, report = _part(request, pk)
    initial = {"text": in_words(found.text), "level": found.level, "answers": found.answers_id}
    form = PartForm(request.POST or None, initial=initial, promises=_promise_rows(report))

    def save() -> HttpResponse:
        given = form.cleaned_data
        actions.edit(
            found,
            text=in_keys(given["text"], report.edition),
            level=given.get("level") or 0,
            answers=given.get("answers"),
            by=person(request),
            at=now(),
        )
        return redirect(f"{reverse('reporting_narrative', args=[report.pk])}#part-{pk}")

    return asked(
        request,
        form,
        save,
        {**_editing(report, "修改段落"), "button": "保存", "now": filled(found.text, values_of(report))},
        PART,
    )


def part_act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Confirm, move, remove a paragraph."""
    found, report = _part(request, pk)
    if request.method != "POST":
        return redirect("reporting_narrative", report.pk)
    by, at = person(request), now()
    acts: dict[str, Callable[[], object]] = {
        "confirm": lambda: actions.confirm(found, by=by, at=at),
        "up": lambda: actions.move(found, up=True, by=by, at=at),
        "down": lambda: actions.move(found, up=False, by=by, at=at),
        "remove": lambda: actions.remove(found, by=by, at=at),
    }
    if verb not in acts:
        raise Http404("没有这种办理事项。")
    acts[verb]()
    anchor = "" if verb == "remove" else f"#part-{pk}"
    return redirect(f"{reverse('reporting_narrative', args=[report.pk])}{anchor}")


def _part(request: HttpRequest, pk: int) -> tuple[NarrativePart, ReportYear]:
    found = get_object_or_404(NarrativePart.objects.select_related("report_year"), pk=pk)
    return found, report_year(request, found.report_year_id)


def _place_of(section: str, topic: str) -> str:
    return f"{section}:{topic}" if topic else section


def _editing(report: ReportYear, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "report": report,
        "palette": showing.palette(values_of(report)),
        "back_url": reverse("reporting_narrative", args=[report.pk]),
        "back_label": "文字部分",
    }


def _promises(report: ReportYear) -> list[tuple[NarrativePart, str, list[NarrativePart]]]:
    """Last year's promises, as they were printed, with what answers them."""
    before = queries.previous_of(report)
    if before is None:
        return []
    values = values_of(before)
    return [
        (each, filled(each.text, values), list(report.narrative_parts.filter(answers=each)))
        for each in drafting.promises(before)
    ]


def _promise_rows(report: ReportYear) -> Any:
    before = queries.previous_of(report)
    kept = [each.pk for each in drafting.promises(before)] if before else []
    return NarrativePart.objects.filter(pk__in=kept)
