"""The ledgers of this room, and what can't be true in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.accounts.policy import Refused
from gongkai.office.channels import forms, models
from gongkai.office.ledgers.ledger import Findable, Ledger, Line, Shown, Values
from gongkai.office.renderings import keys

LIST = keys.listed("channels", "accounts")


def posts_of(account: int) -> str:
    """What an account posted."""
    return keys.listed("channels", account)


def _account(values: Values, at: datetime) -> Values:
    """It was opened, and closed after that."""
    on, closed_on = values["on"], values.get("closed_on")
    if on > localdate(at):
        raise Refused(f"“开设日期”{on}还没有到。账号开通以后再登记。")
    if closed_on is not None and closed_on < on:
        raise Refused(f"停用日期{closed_on}早于开设日期{on}。请核对。")
    return values


def _post(values: Values, at: datetime) -> Values:
    """Posted while the account was open; the agency is the account's."""
    account, on = values["account"], values["on"]
    if on > localdate(at):
        raise Refused(f"“发布日期”{on}还没有到。只登记已经发布的。")
    if on < account.on or (account.closed_on is not None and on > account.closed_on):
        until = f"，{account.closed_on}停用" if account.closed_on else ""
        raise Refused(f"“{account.name}”{account.on}开设{until}，{on}不会有它发布的内容。请核对账号和日期。")
    return {**values, "organ": account.organ}


def _of_accounts(entries: Iterable[Any]) -> set[str]:
    return {LIST, *(posts_of(each.pk) for each in entries)}


def _of_posts(entries: Iterable[Any]) -> set[str]:
    return {LIST, *(posts_of(each.account_id) for each in entries)}


def _path(entry: Any) -> str:
    return reverse("channels_account_posts", args=[entry.pk])


ACCOUNT = Ledger(
    model=models.Account,
    form=forms.AccountForm,
    noun="account",
    label="政务新媒体账号",
    unit="个",
    lead="微博、微信公众号等账号的开设、停用和运营单位。",
    title=lambda entry: entry.name,
    columns=(
        Shown("平台", lambda entry: entry.get_platform_display()),
        Shown("开设日期", lambda entry: entry.on.isoformat()),
        Shown("停用日期", lambda entry: entry.closed_on.isoformat() if entry.closed_on else "在用"),
    ),
    day="on",
    words=("name", "handle"),
    selectors=("platform",),
    unique=("platform", "name"),
    derive=_account,
    touched=_of_accounts,
    line=lambda entry: Line(
        entry.name,
        _path(entry),
        None,
        entry.organ.name,
        (entry.get_platform_display(), f"{entry.on}开设"),
        "已停用" if entry.closed_on else "",
    ),
    public_path=_path,
    facts=("organ", "platform", "handle", "operator", "on", "closed_on", "url"),
    findable=Findable(("name", "handle", "operator"), "政务新媒体账号"),
)
POST = Ledger(
    model=models.Post,
    form=forms.PostForm,
    noun="post",
    label="新媒体发布",
    unit="条",
    lead="各账号发布的内容，可以从平台导出后整批导入。",
    title=lambda entry: entry.title,
    columns=(
        Shown("账号", lambda entry: entry.account.name),
        Shown("平台", lambda entry: entry.account.get_platform_display()),
        Shown("发布日期", lambda entry: entry.on.isoformat()),
        Shown("类别", lambda entry: entry.get_kind_display()),
    ),
    day="on",
    words=("title", "account__name"),
    selectors=("kind",),
    related=("account",),
    derive=_post,
    touched=_of_posts,
    line=lambda entry: Line(entry.title, entry.url, entry.on, entry.account.name, (entry.get_kind_display(),)),
    public_path=lambda entry: reverse("channels_account_posts", args=[entry.account_id]),
    findable=Findable(("title",), "新媒体发布"),
)
LEDGERS = (ACCOUNT, POST)
