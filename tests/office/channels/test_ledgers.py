"""Accounts and their posts: what can't be true, what is counted, what the public sees."""

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.channels import queries
from gongkai.office.channels.ledgers import ACCOUNT, POST
from gongkai.office.ledgers import actions, intake
from gongkai.regulation.annual_report.figures import catalogue
from tests.office.cast import NOW
from tests.office.channels.entries import account, post

pytestmark = pytest.mark.django_db
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def counts(*organs) -> dict[str, object]:
    found = queries.tally([organ.pk for organ in organs], *YEAR, "2021")
    return {each.measure.key: each.value for each in found}


def test_an_account_is_registered_once_and_closes_after_it_opened(cast):
    account(cast)
    with pytest.raises(Refused, match="已经登记了同样的"):
        account(cast)
    account(cast, platform="wechat")
    with pytest.raises(Refused, match="早于开设日期"):
        account(cast, name="旧号", closed_on=date(2022, 1, 1))


def test_an_account_posts_while_it_is_open(cast):
    closed = account(cast, closed_on=date(2024, 2, 1))
    post(cast, closed, on=date(2024, 2, 1))
    for on in (date(2024, 2, 2), date(2022, 12, 31)):
        with pytest.raises(Refused, match="不会有它发布的内容"):
            post(cast, closed, on=on)
    with pytest.raises(Refused, match="还没有到"):
        post(cast, account(cast, name="新号"), on=date(2024, 4, 13))


def test_posts_are_counted_by_platform_in_the_agency_of_their_account(cast):
    weibo, wechat = account(cast), account(cast, platform="wechat")
    post(cast, weibo)
    post(cast, weibo, title="又一条")
    struck = post(cast, wechat)
    post(cast, wechat, title="又一篇")
    actions.strike(POST, struck, reason="测试", by=cast.editor, at=NOW)
    assert counts(cast.education) == {"weibo_posts": 2, "wechat_articles": 1, "new_media_posts": 3}
    assert set(counts(cast.water).values()) == {0}
    assert {key: measure.unit for key, measure in queries.MEASURES.items()} == {
        key: catalogue()[key].unit for key in queries.MEASURES
    }


def test_who_may_not_enter_for_the_account_s_agency_posts_nothing(cast):
    made = account(cast)
    values = {"account": made, "on": date(2024, 3, 1), "title": "假消息", "kind": "original", "url": ""}
    with pytest.raises(Refused, match="教育局"):
        actions.register(POST, values, by=cast.outsider, at=NOW)


def test_what_a_platform_exports_comes_in_by_the_account_s_name(cast, tmp_path):
    account(cast)
    path = tmp_path / "posts.csv"
    path.write_text(
        "账号,发布日期,标题,类别\n青溪教育,2024-03-01,第一条,原创\n青溪水利,2024-03-01,第二条,原创\n", "utf-8"
    )
    run = intake.bring_in(POST, path, "微博后台", by=cast.editor, at=NOW)
    assert (run.imported, run.refused) == (1, 1)
    assert run.errors[0][1] == "账号"


def test_somebody_else_s_account_in_a_file_is_an_error_of_its_row(cast, tmp_path):
    account(cast)
    path = tmp_path / "posts.csv"
    path.write_text("账号,发布日期,标题,类别\n青溪教育,2024-03-01,第一条,原创\n", "utf-8")
    trial = intake.try_out(POST, path, "微博后台", by=cast.outsider, at=NOW)
    assert (trial.ready, trial.refused) == (0, 1)


def test_the_public_sees_the_accounts_and_what_each_posted(cast, client):
    made = account(cast)
    shown = post(cast, made)
    page = client.get("/new-media/").content.decode()
    assert made.name in page
    assert "在用" in page
    assert shown.title in client.get(f"/new-media/{made.pk}/").content.decode()
    actions.strike(ACCOUNT, made, reason="登记错了", by=cast.editor, at=NOW)
    assert client.get(f"/new-media/{made.pk}/").status_code == 404
