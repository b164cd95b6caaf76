"""The office's own word rules."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.office.accounts import typed
from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import actions, policy
from gongkai.office.publishing.forms import WordForm
from gongkai.office.publishing.models import WordPreference
from gongkai.office.publishing.views.staff.frame import Moment, screen
from gongkai.regulation.disclosure.checks.wording import word_rules


@screen
def words(request: HttpRequest, moment: Moment) -> HttpResponse:
    """The rules, a form to add or change one, and how many come with the product."""
    form, refusal = WordForm(request.POST or None), ""
    if request.method == "POST":
        try:
            if "forget" in request.POST:
                rule = get_object_or_404(WordPreference, pk=typed.number(request.POST["forget"]))
                actions.forget_word(rule, by=moment.user, at=moment.at)
                messages.success(request, "规则已经删除。")
                return redirect("publishing_words")
            if form.is_valid():
                actions.set_word(**form.cleaned_data, by=moment.user, at=moment.at)
                messages.success(request, "规则已经保存，下一次检查起作用。")
                return redirect("publishing_words")
        except Refused as refused:
            refusal = str(refused)
    asked = request.GET.get("words", "").strip()
    found = [rule for rule in word_rules() if asked and (asked in rule.word or asked in rule.suggestion)]
    context = {
        "form": form,
        "rows": WordPreference.objects.order_by("word"),
        "refusal": refusal,
        "why_not": _why_not(moment),
        "own_count": len(word_rules()),
        "asked": asked,
        "found": found[:50],
    }
    return render(request, "publishing/desk/words.html", context, status=403 if refusal else 200)


def _why_not(moment: Moment) -> str:
    try:
        policy.require_for_site(moment.user, "manage_words", on=moment.on)
    except Refused as refused:
        return str(refused)
    return ""
