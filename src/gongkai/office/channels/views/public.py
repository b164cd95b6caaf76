"""What the public sees: the accounts, and what each posted."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.office.channels import queries
from gongkai.office.channels.ledgers import ACCOUNT, LIST, POST, posts_of
from gongkai.office.ledgers.showing import particulars
from gongkai.office.ledgers.views.public import listing
from gongkai.office.renderings.stored import stored


@stored(lambda request, **parts: [LIST])
def accounts(request: HttpRequest, number: int) -> HttpResponse:
    """The accounts, those in use first."""
    context = listing(request, ACCOUNT, queries.public_accounts(), number)
    context["lead"] = "各机关在微博、微信等平台上的官方账号。不在这里的，不是本县机关的账号。"
    return render(request, "channels/public/accounts.html", context)


@stored(lambda request, pk, number: [posts_of(pk)])
def posts(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An account, and what it posted."""
    account = get_object_or_404(queries.public_accounts(), pk=pk)
    context = listing(request, POST, queries.posts_of(account), number)
    context |= {
        "title": account.name,
        "particulars": particulars(ACCOUNT, account, ACCOUNT.facts),
        "within": {"url": reverse("channels_accounts_public"), "label": ACCOUNT.label},
        "empty": "还没有登记发布的内容。",
    }
    return render(request, "channels/public/posts.html", context)
