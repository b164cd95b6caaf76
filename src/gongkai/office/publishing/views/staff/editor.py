"""Writing: the form, its attachments, and the draft that saves itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.office.accounts.policy import FileRefused, Refused
from gongkai.office.organs.models import Organ
from gongkai.office.publishing import actions, files, policy, precheck
from gongkai.office.publishing.content import AttachedFile, Content
from gongkai.office.publishing.differences import differences
from gongkai.office.publishing.forms import GROUPS, ItemForm, initial_of
from gongkai.office.publishing.labels import FIELD_LABELS, field_of
from gongkai.office.publishing.models import Draft, Item, StoredFile
from gongkai.office.publishing.refusals import Conflict
from gongkai.office.publishing.views.staff.frame import Moment, screen
from gongkai.office.publishing.words import advised, said


@screen
def new(request: HttpRequest, moment: Moment) -> HttpResponse:
    """Begin an item. Somebody who writes for several agencies says for which first."""
    organs = list(policy.writable_organs(moment.user, on=moment.on))
    if not organs:
        raise Refused("您没有在任何机关担任信息编辑，不能起草政府信息。请系统管理员登记任职。")
    chosen = next((each for each in organs if each.code == request.GET.get("organ")), None)
    organ = chosen or (organs[0] if len(organs) == 1 else None)
    if organ is None:
        return render(request, "publishing/desk/choose_organ.html", {"organs": organs})
    form = ItemForm(
        organ,
        on=moment.on,
        data=request.POST or None,
        initial={"issuing_agency": organ.name, "disclosure_mode": "proactive"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            content = _with_uploads(request, moment, organ, form.content(None))
            draft = actions.draft(organ, content, by=moment.user, at=moment.at)
        except _FilesRefused as refused:
            return _form(request, form, organ, refused_files=refused.why, status=422)
        except Refused as refused:
            return _form(request, form, organ, refusal=str(refused), status=403)
        messages.success(request, "草稿已经保存。")
        return redirect("publishing_edit", draft.item_id)
    return _form(request, form, organ)


@screen
def edit(request: HttpRequest, moment: Moment, pk: int) -> HttpResponse:
    """Change a draft. The form says beside each field what the pre-check says of what is saved."""
    item = get_object_or_404(Item.objects.select_related("organ"), pk=pk)
    policy.require(moment.user, "write", item.organ, on=moment.on)
    draft = Draft.objects.select_related("saved_by").filter(item=item).first()
    if draft is None:
        raise Refused("这条信息现在没有正在处理的稿件。要改已经公开的内容，请在信息页面“发起更正”。")
    content = Content.from_json(draft.content)
    if request.method != "POST":
        initial = {**initial_of(content), "edition": draft.edition}
        form = ItemForm(item.organ, on=moment.on, attachments=content.attachments, initial=initial)
        return _form(request, form, item.organ, item=item, draft=draft, content=content, moment=moment)
    form = ItemForm(item.organ, on=moment.on, attachments=content.attachments, data=request.POST)
    by_itself = request.headers.get("Accept") == "application/json"
    if not form.is_valid():
        if by_itself:
            return JsonResponse({"error": "有的栏填得不对，点“保存草稿”可以看到。"}, status=422)
        return _form(request, form, item.organ, item=item, draft=draft, content=content, moment=moment)
    try:
        filled = _with_uploads(request, moment, item.organ, form.content(content))
        saved = actions.edit(item, filled, edition=form.cleaned_data["edition"] or 0, by=moment.user, at=moment.at)
    except _FilesRefused as refused:  # a draft that saves itself sends no files
        return _form(request, form, item.organ, item=item, draft=draft, refused_files=refused.why, status=422)
    except Refused as refused:
        if by_itself:
            return JsonResponse({"error": str(refused)}, status=409 if isinstance(refused, Conflict) else 403)
        return _refused(request, form, item, draft, refused)
    if by_itself:
        return JsonResponse({"edition": saved.edition, "saved": f"{timezone.localtime(saved.saved_at):%H:%M}"})
    messages.success(request, "草稿已经保存。")
    return redirect("publishing_item" if "then_review" in request.POST else "publishing_edit", item.pk)


def _refused(request: HttpRequest, form: ItemForm, item: Item, draft: Draft, refused: Refused) -> HttpResponse:
    """The form as it was filled in, with the reason; in a conflict beside what somebody else saved, to be merged."""
    more: dict[str, Any] = {}
    if isinstance(refused, Conflict):
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["edition"] = draft.edition  # type: ignore[index]
        more = {"conflict": differences(refused.theirs, refused.yours)}
    return _form(request, form, item.organ, item=item, draft=draft, refusal=str(refused), status=403, **more)


def _form(
    request: HttpRequest,
    form: ItemForm,
    organ: Organ,
    *,
    item: Item | None = None,
    draft: Draft | None = None,
    content: Content | None = None,
    moment: Moment | None = None,
    refused_files: Sequence[str] = (),
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    found = precheck.check(content, organ, on=moment.on, item=item) if content and moment else []
    by_field: dict[str, list[dict[str, str]]] = defaultdict(list)
    for finding in found:
        said_of = {"text": said(finding), "advice": advised(finding), "severity": finding.severity}
        by_field[field_of(finding)].append(said_of)
    groups = [(legend, [(form[name], by_field.pop(name, [])) for name in names]) for legend, names in GROUPS]
    correction = form["correction_note"] if item is not None and item.published_at else None
    stored = StoredFile.objects.defer("text").in_bulk([each.sha256 for each in form.kept])
    summary: list[tuple[str, str, Sequence[Any]]] = [
        (name, FIELD_LABELS.get(name, "正文"), errors) for name, errors in form.errors.items()
    ]
    if refused_files:
        summary.append(("uploads", "添加附件", refused_files))
    context = {
        "form": form,
        "organ": organ,
        "item": item,
        "draft": draft,
        "groups": groups,
        # The form comes along with its files: a megabyte is left for it.
        "largest": min(files.LARGEST, settings.UPLOAD_MAX_BYTES - files.MEGABYTE) // files.MEGABYTE,
        "correction": correction,
        "correction_findings": by_field.pop("correction_note", []),
        "attachments": [(number, each, stored.get(each.sha256)) for number, each in enumerate(form.kept, start=1)],
        "attachment_findings": by_field.pop("attachments", []),
        "other_findings": [each for rest in by_field.values() for each in rest],
        "found_count": len(found),
        "errors": summary,
        "refused_files": refused_files,
        "saves_itself": draft is not None and draft.state in ("draft", "returned"),
        **more,
    }
    return render(request, "publishing/desk/edit.html", context, status=status)


class _FilesRefused(Exception):
    """Some of the files that came with the form can't be taken in; `why` has a sentence for each."""

    def __init__(self, why: Sequence[str]) -> None:
        super().__init__(*why)
        self.why = tuple(why)


def _with_uploads(request: HttpRequest, moment: Moment, organ: Organ, content: Content) -> Content:
    """The content with the files that came with the form at its end. Errors: _FilesRefused; Refused without the role."""
    added: list[AttachedFile] = []
    why: list[str] = []
    for upload in request.FILES.getlist("uploads"):
        try:
            added.append(actions.store_file(organ, upload.chunks(), upload.name or "", by=moment.user, at=moment.at))
        except FileRefused as refused:
            why.append(f"{upload.name}：{refused}")
    if why:
        raise _FilesRefused(why)
    return Content.from_json(
        {
            **content.to_json(),
            "attachments": [{"sha256": each.sha256, "name": each.name} for each in (*content.attachments, *added)],
        }
    )
