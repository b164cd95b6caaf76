"""The list of cases, a case's page, a look at what is masked, and the files of a case."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from gongkai.office.accounts.desk_pages import asked, leaf_of, person
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import Act, record
from gongkai.office.casework import files, masking, policy, queries, verbs
from gongkai.office.casework.forms import RevealForm
from gongkai.office.casework.models import Application, ApplicationFile
from gongkai.office.casework.showing import derivation, opinions, timeline
from gongkai.office.casework.standing import standing
from gongkai.office.casework.views.staff.opening import opened
from gongkai.office.personal import actions as personal
from gongkai.regulation import application as law

PAGE_LENGTH = 50


def listing(request: HttpRequest) -> HttpResponse:
    """The cases of the agencies somebody works for, by days left."""
    by, today = person(request), localdate()
    if not policy.organs(by, "see", on=today).exists():
        raise Refused(policy.nowhere(person(request), "see"))
    chosen = request.GET.get("list", "open")
    chosen = chosen if chosen in queries.FILTERS else "open"
    text = request.GET.get("text", "").strip()[:100]
    rows = queries.with_number(queries.listed(by, chosen, on=today), text)
    page = leaf_of(request, rows, PAGE_LENGTH)
    context = {
        "rows": [queries.row(each, on=today) for each in page.rows],
        "page": page,
        "chosen": chosen,
        "lists": queries.FILTERS,
        "text": text,
        "may_export": policy.organs(by, "export", on=today).exists(),
        "may_set": policy.organs(by, "settings", on=today).exists(),
    }
    return render(request, "casework/desk/cases.html", context)


def case(request: HttpRequest, pk: int) -> HttpResponse:
    """A case: where it stands and why, who applied (masked), what happened, what may be done and why not the rest."""
    found, by, today = opened(request, pk), person(request), localdate()
    stands = standing(found, on=max(today, found.submitted_on))
    same = queries.same_requests(found)
    offers = verbs.offers(found, by, on=today)
    context = {
        "case": found,
        "row": queries.row(found, on=today),
        "steps": derivation(stands),
        "findings": [(each, law.message(each), law.advice(each)) for each in stands.findings],
        "particulars": masking.particulars(found),
        "events": timeline(found),
        "open_offers": {group: some for group, rest in offers.items() if (some := [e for e in rest if not e.refusal])},
        "closed_offers": [each for some in offers.values() for each in some if each.refusal],
        "files": found.files.all(),
        "consultations": opinions(found, stands),
        "parts": found.parts.all(),
        "joined": found.joined.all(),
        "searches": found.searches.all(),
        "decision": found.decisions.filter(event__struck_by=None).last(),
        "decided": law.outcome(found.decided_outcome).label if found.decided_outcome else "",
        "ended": law.outcome(found.outcome).label if found.outcome else "",
        "by_applicant": queries.of_applicant(found)[:10],
        "frequency": queries.frequency(found, on=today),
        "same": same[:10],
        "askers": queries.applicants_asking_the_same(found) if same else 1,
        "already_public": queries.already_public(found) if found.closed_on is None else [],
        "may_strike": not policy.why_not(by, "approve", found.organ, on=today),
        "back_url": reverse("casework_cases"),
        "back_label": "依申请公开",
    }
    return render(request, "casework/desk/case.html", context)


def reveal(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """What is masked, in full, once somebody says what for; the look is on record."""
    found, by = opened(request, pk), person(request)
    if field not in masking.FIELDS or not getattr(found, field):
        raise Http404("没有这一项。")
    form = RevealForm(request.POST or None, initial={"field": field})
    label = masking.FIELDS[field]

    def save() -> HttpResponse:
        subject, purpose = f"casework.application:{found.pk}", form.cleaned_data["purpose"]
        try:
            value = personal.reveal(
                getattr(found, field), subject=subject, field=field, by=by.staff_number, purpose=purpose, at=now()
            )
        except personal.PurposeMissing as missing:
            raise Refused(str(missing)) from None
        context = {
            "case": found,
            "label": label,
            "value": value,
            "back_url": reverse("casework_case", args=[pk]),
            "back_label": found.number,
        }
        answer = render(request, "casework/desk/revealed.html", context)
        answer["Cache-Control"] = "no-store"
        return answer

    frame = {"title": f"查看{label}", "button": "查看", "lead": "个人信息只为办理这件申请查看。", **back(found)}
    return asked(request, form, save, frame)


def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of a case, as a download; the look is on record."""
    kept = get_object_or_404(ApplicationFile, pk=pk)
    found = opened(request, kept.application_id)
    data = files.read(kept)
    told = {"file": kept.pk, "role": kept.role}
    by = person(request)
    record(Act(by.staff_number, "casework.read_file", f"casework.application:{found.pk}", detail=told), at=now())
    answer = HttpResponse(data, content_type=kept.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.name)}"
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def back(application: Application) -> dict[str, str]:
    """The way back to a case."""
    return {"back_url": reverse("casework_case", args=[application.pk]), "back_label": application.number}
