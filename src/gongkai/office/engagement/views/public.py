"""What the public sees: lists of interpretations, responses, press conferences, consultations, messages; an entry of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.engagement import queries
from gongkai.office.engagement.ledgers import (
    CONSULTATION,
    INTERPRETATION,
    MESSAGE,
    PRESS_CONFERENCE,
    RESPONSE,
    timeliness,
)
from gongkai.office.engagement.renderings import listed
from gongkai.office.engagement.words import TOPICS
from gongkai.office.ledgers.views.public import entry, listing
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import stored
from gongkai.regulation.engagement import FORMS

View = Callable[..., HttpResponseBase]
YEARS = 3
"""Years of statistics above the list of messages."""
Choice = tuple[str, str, int | None, bool]


@stored(lambda request, **parts: [listed("interpretation")])
def interpretations(request: HttpRequest, form: str, number: int) -> HttpResponse:
    """The interpretations, of one form or of all."""
    rows = queries.public_interpretations()
    choices = _choices(rows, "form", FORMS, form, "engagement_interpretations")
    context = listing(request, INTERPRETATION, rows.filter(form=form) if form else rows, number)
    context |= {
        "lead": "重要政策的背景、内容和办法，用文字、图表、视频和问答说明白。",
        "choices": [("按形式", choices)],
    }
    return _list(request, context, FORMS.get(form, ""))


@stored(lambda request, pk: [listed("interpretation")])
def interpretation(request: HttpRequest, pk: int) -> HttpResponse:
    """An interpretation that stands elsewhere than on this site."""
    found = get_object_or_404(queries.public_interpretations(), pk=pk)
    return _entry(request, entry(INTERPRETATION, found))


@stored(lambda request, **parts: [listed("response")])
def responses(request: HttpRequest, topic: str, number: int) -> HttpResponse:
    """The responses, on one topic or on all."""
    rows = queries.public_responses()
    choices = _choices(rows, "topic", TOPICS, topic, "engagement_responses")
    context = listing(request, RESPONSE, rows.filter(topic=topic) if topic else rows, number)
    context |= {"lead": "群众关心什么，就回应什么。", "choices": [("按主题", choices)]}
    return _list(request, context, TOPICS.get(topic, ""))


@stored(lambda request, pk: [listed("response")])
def response(request: HttpRequest, pk: int) -> HttpResponse:
    """A response that stands elsewhere than on this site."""
    found = get_object_or_404(queries.public_responses(), pk=pk)
    context = entry(RESPONSE, found)
    context["badge"] = timeliness(found)
    return _entry(request, context)


@stored(lambda request, **parts: [listed("press_conference")])
def press_conferences(request: HttpRequest, number: int) -> HttpResponse:
    """The press conferences."""
    context = listing(request, PRESS_CONFERENCE, queries.public_press_conferences(), number)
    return _list(request, context | {"lead": "发布会的时间、主持人、发布人和实录。"})


@stored(lambda request, pk: [listed("press_conference")])
def press_conference(request: HttpRequest, pk: int) -> HttpResponse:
    """A press conference: who spoke on what, and where its record is."""
    return _entry(request, entry(PRESS_CONFERENCE, get_object_or_404(queries.public_press_conferences(), pk=pk)))


@stored(lambda request, **parts: [listed("consultation"), keys.DAY])
def consultations(request: HttpRequest, number: int) -> HttpResponse:
    """The consultations, each with where it stands today."""
    today = localdate()
    context = listing(request, CONSULTATION, queries.public_consultations(), number)
    context["lead"] = "重大行政决策、规范性文件草案在这里公开征求意见，截止后公布收集和采纳的情况。"
    context["rows"] = [(each, *queries.state_on(each, today)) for each in context["page"]]
    return render(request, "engagement/public/consultations.html", context)


@stored(lambda request, pk: [listed("consultation"), keys.DAY])
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """A consultation: the draft, how and until when to respond, and what became of the opinions."""
    found = get_object_or_404(queries.public_consultations(), pk=pk)
    state, badge, colour = queries.state_on(found, localdate())
    context = entry(CONSULTATION, found)
    context |= {"state": state, "badge": badge, "colour": colour, "adoption": queries.adoption(found)}
    return render(request, "engagement/public/consultation.html", context)


@stored(lambda request, **parts: [listed("message")])
def messages(request: HttpRequest, number: int) -> HttpResponse:
    """The messages whose senders consented, with the year's statistics above them."""
    context = listing(request, MESSAGE, queries.shown_messages(), number)
    context |= {
        "title": "留言选登",
        "lead": "来信人同意公开的留言和答复，隐去了个人信息。",
        "statistics": [queries.statistics(year) for year in queries.message_years()[:YEARS]],
    }
    return render(request, "engagement/public/messages.html", context)


@stored(lambda request, pk: [listed("message")])
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """A message and its answer, in the words that were reviewed."""
    found = get_object_or_404(queries.shown_messages(), pk=pk)
    return render(request, "engagement/public/message.html", {"message": found, "title": found.public_subject})


def _choices(rows: Any, column: str, labels: Any, chosen: str, name: str) -> list[Choice]:
    """The kinds there are, with how many of each. Errors: Http404 for one that is none."""
    if chosen and chosen not in labels:
        raise Http404("没有这一类。")
    counts = dict(rows.order_by().values_list(column).annotate(Count("pk")))
    choices: list[Choice] = [("全部", reverse(f"{name}_public"), sum(counts.values()), not chosen)]
    return choices + [
        (label, reverse(f"{name}_of", args=[key]), counts[key], key == chosen)
        for key, label in labels.items()
        if counts.get(key)
    ]


def _list(request: HttpRequest, context: dict[str, Any], of: str = "") -> HttpResponse:
    if of:
        context["title"] = f"{context['title']}：{of}"
    return render(request, "ledgers/public/list.html", context)


def _entry(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "ledgers/public/entry.html", context)
