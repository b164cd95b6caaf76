"""Looking after agencies: the tree, one agency with its lists, tasks, import and export."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.office.audit.queries import history
from gongkai.office.organs import actions, exchange, forms, policy, queries, tables
from gongkai.office.organs.models import DisclosureOffice, GuideUpdate, OrderedRow, Organ
from gongkai.office.organs.policy import Refused
from gongkai.office.organs.portraits import LARGEST_BYTES, NotAPortrait, too_large

PER_PAGE = 50
LISTS: dict[str, tuple[str, type[OrderedRow]]] = {
    kind._meta.model_name or "": (name, kind) for name, kind in exchange.LISTS.items()
}


def tree(request: HttpRequest) -> HttpResponse:
    """One level of the tree, or what a search finds: 50 agencies a page."""
    parent = Organ.objects.filter(code=request.GET.get("in", "")).first()
    words = request.GET.get("q", "").strip()
    found = queries.search(words).select_related("parent") if words else queries.children(parent)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    user: Any = request.user
    context = {
        "parent": parent,
        "above": queries.way_to(parent) if parent else [],
        "q": words,
        "page": page,
        "rows": [(each, policy.administers(user, each)) for each in page],
        "may_found": user.is_superuser if parent is None else policy.administers(user, parent),
        "may_set_site": policy.may_set_site(user, queries.site().organ),
        "waiting": sum(policy.administers(user, task.organ) for task in queries.guide_updates_waiting()[:500]),
    }
    return render(request, "organs/tree.html", context)


def edit(request: HttpRequest, code: str) -> HttpResponse:
    """One agency: itself, its disclosure office, and the ways to its lists."""
    organ = _organ(request, code)
    office = queries.office_of(organ)
    which = request.POST.get("form")
    own = forms.OrganForm(request.POST if which == "organ" else None, instance=organ, prefix="organ")
    theirs = forms.OfficeForm(
        request.POST if which == "office" else None, instance=office or DisclosureOffice(), prefix="office"
    )
    if which == "organ" and own.is_valid():
        return _done(request, organ, "机关信息已保存。", lambda: _change(request, organ, own.cleaned_data))
    if which == "office" and theirs.is_valid():
        return _done(request, organ, "政府信息公开机构已保存。", lambda: _office(request, organ, theirs.cleaned_data))
    organ.refresh_from_db()
    context = {
        "organ": organ,
        "above": queries.way_to(organ),
        "own": own,
        "office": theirs,
        "lists": [
            (key, name, kind._default_manager.filter(organ=organ).count()) for key, (name, kind) in LISTS.items()
        ],
        "portraits": organ.portraits.count(),
        "tasks": organ.guide_updates.filter(done_at=None),
        "history": history(f"organs.organ:{organ.pk}").order_by("-sequence")[:10],
    }
    return render(request, "organs/edit.html", context)


def found(request: HttpRequest) -> HttpResponse:
    """A new agency below another."""
    parent = Organ.objects.filter(code=request.GET.get("in", "")).first()
    _require(request, "found", parent)
    form = forms.FoundForm(request.POST or None)
    if form.is_valid():
        made = actions.found(by=_by(request), at=timezone.now(), parent=parent, **form.cleaned_data)
        messages.success(request, f"“{made}”已设立。请接着填写政府信息公开机构、职责、内设机构和负责人。")
        return HttpResponseRedirect(reverse("organs_edit", args=[made.code]))
    return render(request, "organs/found.html", {"form": form, "parent": parent})


def rows(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """One of an agency's lists, all rows on one screen."""
    organ = _organ(request, code)
    if kind not in LISTS:
        raise Http404("没有这张表。")
    name, model = LISTS[kind]
    fields = actions.row_fields(model)
    standing = list(model._default_manager.filter(organ=organ).order_by("position").values(*fields))
    formset = forms.rows_formset(model)(request.POST or None, initial=standing)
    if request.method == "POST" and formset.is_valid():
        kept = [form.cleaned_data for form in formset.ordered_forms if form.has_changed() or form.initial]
        wanted = [{field: row[field] for field in fields} for row in kept if row.get(fields[0])]
        actions.set_rows(organ, model, wanted, by=_by(request), at=timezone.now())
        messages.success(request, f"{name}已保存，公开页面随之更新。")
        return HttpResponseRedirect(reverse("organs_rows", args=[organ.code, kind]))
    return render(request, "organs/rows.html", {"organ": organ, "name": name, "kind": kind, "formset": formset})


def portraits(request: HttpRequest, code: str) -> HttpResponse:
    """The photographs of an agency's leaders, each with its own form."""
    organ = _organ(request, code)
    given = request.POST.get("name", "")
    if request.method == "POST" and "remove" in request.POST:
        if actions.remove_portrait(organ, given, by=_by(request), at=timezone.now()):
            messages.success(request, f"{given}的照片已撤下，公开页面随之更新。")
        return HttpResponseRedirect(reverse("organs_portraits", args=[organ.code]))
    wrong: forms.PortraitForm | None = None
    if request.method == "POST":
        wrong = _set_portrait(request, organ, given)
        if wrong is None:
            messages.success(request, f"{given}的照片已保存，公开页面随之更新。")
            return HttpResponseRedirect(reverse("organs_portraits", args=[organ.code]))
    listed = queries.leaders(organ)
    if wrong is not None and given not in {leader.name for leader, _ in listed}:
        # Whoever left the list meanwhile has no place below where the reason could stand.
        messages.error(request, "照片没有保存：" + "；".join(str(each) for each in wrong.errors.get("photo", ())))
        return HttpResponseRedirect(reverse("organs_portraits", args=[organ.code]))
    rows = []
    for place, (leader, portrait) in enumerate(listed):
        form = wrong if wrong is not None and leader.name == given else None
        initial = {"alternative": portrait.alternative} if portrait else {}
        rows.append((leader, portrait, form or forms.PortraitForm(prefix=f"leader-{place}", initial=initial)))
    context = {"organ": organ, "rows": rows, "wrong": wrong}
    return render(request, "organs/portraits.html", context, status=422 if wrong else 200)


def _set_portrait(request: HttpRequest, organ: Organ, name: str) -> forms.PortraitForm | None:
    """Take in the photograph that came; the form with what is wrong, when it can't be."""
    form = forms.PortraitForm(request.POST, request.FILES, prefix=request.POST.get("prefix", ""))
    if not form.is_valid():
        return form
    photo, alternative = form.cleaned_data["photo"], form.cleaned_data["alternative"]
    try:
        if photo.size > LARGEST_BYTES:  # before it is read into memory
            raise NotAPortrait(too_large())
        actions.set_portrait(organ, name, photo.read(), alternative=alternative, by=_by(request), at=timezone.now())
    except (NotAPortrait, Refused) as cannot:
        form.add_error("photo", str(cannot))
        return form
    return None


def move(request: HttpRequest, code: str) -> HttpResponse:
    """Another place in the tree, or the end of an agency."""
    organ = _organ(request, code)
    which = request.POST.get("form")
    where = forms.OtherOrgan(request.POST if which == "move" else None, prefix="move")
    end = forms.Abolition(request.POST if which == "abolish" else None, prefix="abolish")
    by, at = _by(request), timezone.now()
    if which == "move" and where.is_valid():
        parent = where.cleaned_data["code"]
        return _done(request, organ, "隶属关系已调整。", lambda: actions.move(organ, parent, by=by, at=at))
    if which == "abolish" and end.is_valid():
        data = {"last_day": end.cleaned_data["last_day"], "successor": end.cleaned_data["code"]}
        today = timezone.localdate()
        return _done(request, organ, "撤并已登记。", lambda: actions.abolish(organ, by=by, on=today, at=at, **data))
    return render(request, "organs/move.html", {"organ": organ, "where": where, "end": end})


def website(request: HttpRequest) -> HttpResponse:
    """What stands about the website on every public page."""
    standing = queries.site()
    policy.require_site(_by(request), standing.organ)
    owner = standing.organ.code if standing.organ else ""
    form = forms.SiteForm(request.POST or None, instance=standing, initial={"owner": owner})
    if form.is_valid():
        data = dict(form.cleaned_data)
        data["organ"] = data.pop("owner")
        actions.set_site(by=_by(request), at=timezone.now(), **data)
        messages.success(request, "网站信息已保存，公开页面随之更新。")
        return HttpResponseRedirect(reverse("organs_site"))
    return render(request, "organs/site.html", {"form": form})


def guide_updates(request: HttpRequest) -> HttpResponse:
    """Contact data that changed and still have to go into the guide."""
    waiting = [task for task in queries.guide_updates_waiting() if policy.administers(_by(request), task.organ)]
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "organs/guide_updates.html", {"page": page})


@require_POST
def complete_guide_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the guide was updated."""
    task = get_object_or_404(GuideUpdate.objects.select_related("organ"), pk=pk)
    actions.complete_guide_update(task, by=_by(request), at=timezone.now())
    messages.success(request, f"“{task.organ}”的指南更新已办结。")
    return HttpResponseRedirect(reverse("organs_guide_updates"))


def import_file(request: HttpRequest) -> HttpResponse:
    """Try a file row by row; take it in when it has no fault and that was asked for."""
    form = forms.Upload(request.POST or None, request.FILES or None)
    plan = None
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            plan = exchange.plan(tables.read(upload.read(), upload.name), by=_by(request))
        except tables.Unreadable as cannot:
            form.add_error("file", str(cannot))
        if plan is not None and not plan.problems and "carry_out" in request.POST:
            exchange.carry_out(plan, by=_by(request), at=timezone.now())
            messages.success(request, f"已导入：设立 {plan.founded} 个机关，更新 {plan.changed} 行。")
            return HttpResponseRedirect(reverse("organs_tree"))
    sheets = (exchange.ORGANS, exchange.OFFICES, *exchange.LISTS)
    return render(request, "organs/import.html", {"form": form, "plan": plan, "sheets": sheets})


def export_file(request: HttpRequest) -> HttpResponse:
    """The agencies somebody looks after, to be imported again: a workbook, or one of its sheets (`?sheet=`) as CSV."""
    user: Any = request.user
    mine = [each.pk for each in Organ.objects.all() if policy.administers(user, each)]
    chosen = Organ.objects.all() if user.is_superuser else Organ.objects.filter(pk__in=mine)
    sheets, wanted = exchange.export(chosen), request.GET.get("sheet", "")
    if not wanted:
        return HttpResponse(
            tables.write_xlsx(sheets),
            content_type=tables.XLSX,
            headers={"Content-Disposition": 'attachment; filename="organs.xlsx"'},
        )
    if wanted not in sheets:
        raise Http404("没有这张表。")
    # A CSV file is known by its name: an import takes it for the sheet it is called after.
    named = f"attachment; filename*=UTF-8''{quote(f'{wanted}.csv')}"
    return HttpResponse(
        tables.write_csv(sheets[wanted]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": named},
    )


def _change(request: HttpRequest, organ: Organ, data: dict[str, Any]) -> None:
    fresh = Organ.objects.get(pk=organ.pk)
    actions.change(fresh, by=_by(request), at=timezone.now(), **data)


def _office(request: HttpRequest, organ: Organ, data: dict[str, Any]) -> None:
    actions.set_disclosure_office(organ, by=_by(request), at=timezone.now(), **data)


def _done(request: HttpRequest, organ: Organ, told: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return HttpResponseRedirect(reverse("organs_edit", args=[organ.code]))


def _organ(request: HttpRequest, code: str) -> Organ:
    organ = get_object_or_404(Organ.objects.select_related("parent", "successor"), code=code)
    _require(request, "change", organ)
    return organ


def _require(request: HttpRequest, verb: str, organ: Organ | None) -> None:
    policy.require(_by(request), verb, organ)


def _by(request: HttpRequest) -> Any:
    return request.user
