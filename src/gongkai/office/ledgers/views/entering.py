"""Entering, changing, striking and restoring on the screen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now

from gongkai.office.accounts.desk_pages import asked, person
from gongkai.office.accounts.policy import Refused
from gongkai.office.ledgers import actions, policy
from gongkai.office.ledgers.forms import StrikeForm
from gongkai.office.ledgers.ledger import Ledger
from gongkai.office.ledgers.views.frame import entry_of, to_entry, to_list


def register(request: HttpRequest, ledger: Ledger) -> HttpResponse:
    """Enter something new."""
    organs = list(policy.organs(person(request), ledger, "register", on=localdate()))
    if not organs:
        raise Refused(policy.nowhere(person(request), ledger, "register"))
    initial: dict[str, Any] = {"organ": organs[0]} if len(organs) == 1 else {}
    # A page that leads here says what the entry is about: `?interpretation=7`.
    initial |= {name: value for name, value in request.GET.items() if name in ledger.form.base_fields}
    form = ledger.form(request.POST or None, organs=organs, initial=initial)

    def save() -> HttpResponse:
        made = actions.register(ledger, form.cleaned_data, by=person(request), at=now())
        messages.success(request, f"已登记“{ledger.title(made)}”。")
        return redirect(ledger.address("entry"), made.pk)

    return asked(request, form, save, {"title": f"登记：{ledger.label}", "button": "登记", **to_list(ledger)})


def change(request: HttpRequest, ledger: Ledger, pk: int) -> HttpResponse:
    """Correct what an entry says."""
    found = entry_of(request, ledger, pk)
    organs = list(policy.organs(person(request), ledger, "register", on=localdate()))
    initial = {name: getattr(found, name) for name in ledger.form.base_fields}
    form = ledger.form(request.POST or None, organs=organs, initial=initial)

    def save() -> HttpResponse:
        actions.change(ledger, found, form.cleaned_data, by=person(request), at=now())
        messages.success(request, "已保存，原来的内容留在办理记录里。")
        return redirect(ledger.address("entry"), pk)

    return asked(
        request, form, save, {"title": f"修改：{ledger.title(found)}", "button": "保存", **to_entry(ledger, found)}
    )


def strike(request: HttpRequest, ledger: Ledger, pk: int) -> HttpResponse:
    """Strike an entry that was wrong."""
    found = entry_of(request, ledger, pk)
    form = StrikeForm(request.POST or None)

    def save() -> HttpResponse:
        actions.strike(ledger, found, reason=form.cleaned_data["reason"], by=person(request), at=now())
        messages.success(request, "已划去，不再公开，也不再计入统计。划错了可以恢复。")
        return redirect(ledger.address("entry"), pk)

    lead = "划去以后，这条记录不再公开、不再计入统计，但不删除，随时可以恢复。"
    frame = {"title": f"划去：{ledger.title(found)}", "button": "划去", "lead": lead, **to_entry(ledger, found)}
    return asked(request, form, save, frame)


def restore(request: HttpRequest, ledger: Ledger, pk: int) -> HttpResponse:
    """Undo the striking of an entry."""
    found = entry_of(request, ledger, pk)
    form = Form(request.POST if request.method == "POST" else None)

    def save() -> HttpResponse:
        actions.restore(ledger, found, by=person(request), at=now())
        messages.success(request, "已恢复，重新公开，重新计入统计。")
        return redirect(ledger.address("entry"), pk)

    lead = f"划去的原因：{found.struck_reason}" if found.struck_at else "这条记录没有划去，不用恢复。"
    frame = {"title": f"恢复：{ledger.title(found)}", "button": "恢复", "lead": lead, **to_entry(ledger, found)}
    return asked(request, form, save, frame)
