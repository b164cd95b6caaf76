"""The public's search in the ledgers: every two characters of what is public, nothing of what is not, at once."""

from __future__ import annotations

import inspect
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.office.engagement import actions
from gongkai.office.engagement.ledgers import CONSULTATION, MESSAGE, PRESS_CONFERENCE
from gongkai.office.ledgers import actions as ledgers
from gongkai.office.ledgers.finding import counts, findable, found
from gongkai.office.ledgers.sought import filled
from gongkai.office.publishing.search import fold_document, words
from tests.office.cast import NOW, TODAY, Cast
from tests.office.engagement.entries import consultation, interpretation, item, message, press_conference

WORDS = (
    "转学手续怎样办",
    "孩子想转到实验小学，需要哪些材料？",
    "凭户口簿、居住证（原件）到学校办理，2024年秋季起可以在网上办。",
)


def shown(cast: Cast) -> Any:
    """A message and its answer, shown to the public."""
    made = message(cast)
    actions.answer(made, "请到学校办理。", on=TODAY, by=cast.editor, at=NOW)
    subject, content, answer = WORDS
    return actions.show(
        made, public_subject=subject, public_content=content, public_answer=answer, by=cast.first, at=NOW
    )


def numbers(text: str) -> dict[str, int]:
    return {ledger.key: number for ledger, number in counts(words(text).wanted)}


def sought(ledger: Any, text: str) -> list[Any]:
    """What a question finds in a ledger."""
    return list(found(ledger, words(text).wanted))


def test_every_two_characters_of_a_shown_message_find_it(cast: Cast):
    made = shown(cast)
    for text in WORDS:
        for sentence in fold_document(text).split("\n"):
            for first, second in pairwise(sentence):
                assert sought(MESSAGE, first + second) == [made], first + second
    assert sought(MESSAGE, "户口 网上") == [made]
    assert sought(MESSAGE, "户口 驾照") == []
    assert sought(MESSAGE, "100%") == sought(MESSAGE, "__") == [], "no sign stands for any other"


@pytest.mark.parametrize(
    "question",
    [
        "居住证（原件）",
        "居住证原件",
        "居住證(原件)到學校",
        "２０２４年秋季",
        "户口簿，居住证",
        "户 口 簿",
    ],
)
def test_a_question_may_be_written_in_any_way_the_search_of_the_site_takes(cast: Cast, question: str):
    made = shown(cast)
    assert sought(MESSAGE, question) == [made]


@pytest.mark.parametrize("question", ["青政办〔2024〕8号", "青政办[2024]8", "青政办【2024】第08号"])
def test_a_document_number_is_found_in_every_bracket(cast: Cast, question: str):
    made = press_conference(cast, topic="解读青政办〔2024〕8号")
    assert sought(PRESS_CONFERENCE, question) == [made]
    assert sought(PRESS_CONFERENCE, "青政办〔20248〕号") == []


def test_lists_are_looked_through_and_nothing_runs_on_from_one_to_the_next(cast: Cast):
    made = press_conference(cast, speakers=["吴发布（局长）", "周答问"], outlets=["青溪縣融媒體中心"])
    for question in ("吴发布局长", "周答问", "青溪县融媒体"):
        assert sought(PRESS_CONFERENCE, question) == [made], question
    assert sought(PRESS_CONFERENCE, "局长周答问") == []


TEXTS = st.text(alphabet="学校學〔〕（）2024年8号。，Aa ", min_size=1, max_size=12)


@given(st.lists(TEXTS, min_size=1, max_size=3), TEXTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_whatever_is_written_and_asked_the_answer_is_that_of_a_plain_look(cast: Cast, texts: list[str], asked: str):
    wanted = words(asked).wanted
    with transaction.atomic():
        made = press_conference(cast, title="发布会", topic="", place="", host="", outlets=[], speakers=texts)
        plain = bool(wanted) and all(any(word in fold_document(text) for text in ("发布会", *texts)) for word in wanted)
        assert sought(PRESS_CONFERENCE, asked) == ([made] if plain else [])
        transaction.set_rollback(True)


def test_what_is_changed_is_found_by_its_new_words_only(cast: Cast):
    made = consultation(cast)
    given = {
        name: getattr(made, name) for name in ("organ", "kind", "opens_on", "closes_on", "shortened_reason", "ways")
    }
    more = {name: getattr(made, name) for name in ("draft_item", "result_item", "answered_on") if hasattr(made, name)}
    ledgers.change(CONSULTATION, made, {**given, **more, "title": "关于校服选用办法征求意见"}, by=cast.editor, at=NOW)
    assert sought(CONSULTATION, "校服选用") == [made]
    assert sought(CONSULTATION, "学区划分") == []


def test_a_migration_fills_what_was_there_before(cast: Cast):
    made = press_conference(cast)
    type(made).objects.update(sought="")
    fill = filled("engagement", {"PressConference": PRESS_CONFERENCE.findable.columns})
    fill(apps, connection.schema_editor())
    assert sought(PRESS_CONFERENCE, "融媒体中心") == [made]
    made.refresh_from_db()
    assert made.sought == PRESS_CONFERENCE.sought(made)


def test_the_columns_a_migration_filled_are_those_that_are_found(db: None):
    """A ledger that finds more needs a migration: the last one of each room names its columns."""
    for ledger in findable().values():
        folder = Path(inspect.getfile(ledger.model)).parent
        folder = folder if folder.name == ledger.room else folder.parent
        named: dict[str, tuple[str, ...]] = {}
        for path in sorted((folder / "migrations").glob("0*.py")):
            module = import_module(f"gongkai.office.{ledger.room}.migrations.{path.stem}")
            named |= getattr(module, "_FOUND_BY", {})
        assert named[ledger.model.__name__] == ledger.findable.columns, ledger.key


def test_what_the_public_does_not_see_is_not_found(cast: Cast):
    made = shown(cast)
    assert numbers("请到学校") == {}, "the answer as it was sent is sealed"
    assert numbers("转学怎样") == {}, "the clerk's heading is not the public one"
    actions.hide(made, reason="来信人要求", by=cast.first, at=NOW)
    assert numbers("转学手续") == {}
    asked = consultation(cast)
    assert numbers("学区划分") == {CONSULTATION.key: 1}
    ledgers.strike(CONSULTATION, asked, reason="重复", by=cast.editor, at=NOW)
    assert numbers("学区划分") == {}


def test_all_ledgers_are_asked_at_once_and_each_question_gets_its_own_answer(
    cast: Cast, django_assert_num_queries: Any
):
    shown(cast)
    consultation(cast)
    press_conference(cast, topic="转学和学区")
    both = {PRESS_CONFERENCE.key: 1}
    alone = {"转学": both | {MESSAGE.key: 1}, "学区": both | {CONSULTATION.key: 1}, "驾照": {}}
    for text, expected in (alone | {"转学 学区": both, "学区 驾照": {}}).items():
        with django_assert_num_queries(1):
            assert numbers(text) == expected, text
    assert counts(["%"]) == counts(["转_"]) == [], "no sign stands for any other"


def test_what_is_an_item_is_left_to_the_search_of_the_site(cast: Cast):
    interpretation(cast, title="另处发布的校车解读")
    interpretation(cast, item=item(cast, title="本站发布的校车解读"))
    assert numbers("校车解读") == {"engagement.interpretation": 1}


def test_every_ledger_that_is_findable_shows_its_entries_as_lines():
    assert {"engagement.message", "engagement.consultation", "services.serviceitem", "channels.post"} <= set(findable())
    for ledger in findable().values():
        assert ledger.line is not None


def test_the_page_says_where_it_was_found_and_leads_there(cast: Cast, client: Client):
    made, asked = shown(cast), consultation(cast)
    press_conference(cast, topic="转学和学区")
    answer = client.get("/search/records/", {"q": "转学"})
    told = answer.content.decode()
    assert f"/messages/{made.pk}/" in told or "/press-conferences/" in told
    assert "留言选登" in told
    assert "新闻发布会" in told
    assert answer["Cache-Control"] == "no-store"
    one = client.get("/search/records/", {"q": "学区", "in": "engagement.consultation"}).content.decode()
    assert f"/consultations/{asked.pk}/" in one
    none = client.get("/search/records/", {"q": "驾照", "in": "engagement.message"}).content.decode()
    assert "留言选登里没有找到“驾照”" in none
    assert "只有一个字" not in none
    assert "请至少输入两个字" in client.get("/search/records/", {"q": "学"}).content.decode()


def test_what_is_more_than_a_page_is_turned(cast: Cast, client: Client):
    for number in range(21):
        consultation(cast, title=f"学区划分方案第{number}稿")
    told = client.get("/search/records/", {"q": "学区"}).content.decode()
    assert '找到 <span class="number">21</span> 条' in told
    assert "page=2" in told
    rest = client.get("/search/records/", {"q": "学区", "page": "2"}).content.decode()
    assert "第0稿" in rest
    assert "第20稿" not in rest


def test_the_search_of_the_site_names_the_ledgers_too(cast: Cast, client: Client):
    shown(cast)
    told = client.get("/search/", {"q": "转学手续"}).content.decode()
    assert "其他公开内容里也有" in told
    assert "in=engagement.message" in told
    assert "其他公开内容里也有" not in client.get("/search/", {"q": "驾照"}).content.decode()


def test_the_lists_of_messages_and_consultations_have_a_box_of_their_own(cast: Cast, client: Client):
    for path, key in (("/messages/", "engagement.message"), ("/consultations/", "engagement.consultation")):
        told = client.get(path).content.decode()
        assert 'action="/search/records/"' in told
        assert f'value="{key}"' in told


def test_whoever_asks_too_often_waits(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch):
    from gongkai.office.accounts.visitors import Limit
    from gongkai.office.ledgers.views import finding

    monkeypatch.setattr(finding, "LIMIT", Limit("few", times=1, seconds=600))
    assert client.get("/search/records/", {"q": "转学"}).status_code == 200
    answer = client.get("/search/records/", {"q": "转学"})
    assert answer.status_code == 429
    assert answer["Retry-After"]
