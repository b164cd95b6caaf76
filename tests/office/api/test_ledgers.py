"""Ledgers as open data: what is public, by agency and year, page by page; nothing struck, withdrawn or personal."""

from datetime import UTC, date, datetime

import pytest

from gongkai.office.engagement.ledgers import RESPONSE
from gongkai.office.ledgers import actions
from tests.journeys.furnish_ledgers import of_ledgers
from tests.office.cast import NOW
from tests.office.engagement.entries import interpretation, item, response

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "interpretations", "responses", "press-conferences", "consultations", "messages", "service-items", "service-points",
    "online-service-cases", "accounts", "posts",
)  # fmt: skip


def test_every_ledger_is_there_and_nothing_in_it_is_personal(cast, client):
    of_ledgers(cast)
    for name in ADDRESSES:
        answer = client.get(f"/api/v1/{name}")
        assert answer.json()["entries"], name
        text = answer.content.decode()
        assert "孙来信" not in text
        assert "13800138000" not in text
    [message] = client.get("/api/v1/messages").json()["entries"]
    assert message["content"] == "怎样转学？"


def test_a_list_is_narrowed_and_paged_by_number(cast, client):
    made = [response(cast, title=f"第{number}条") for number in range(3)]
    first = client.get("/api/v1/responses", {"limit": 2}).json()
    assert [each["id"] for each in first["entries"]] == [made[2].pk, made[1].pk]
    second = client.get("/api/v1/responses", {"limit": 2, "before": first["next"]}).json()
    assert ([each["id"] for each in second["entries"]], second["next"]) == ([made[0].pk], None)
    assert client.get("/api/v1/responses", {"agency": "qingxi-water"}).json()["entries"] == []
    assert client.get("/api/v1/responses", {"year": 2023}).json()["entries"] == []
    assert len(client.get("/api/v1/responses", {"year": 2024}).json()["entries"]) == 3
    assert client.get("/api/v1/responses", {"limit": 0}).status_code == 422


def test_what_is_struck_or_withdrawn_is_not_there(cast, client):
    actions.strike(RESPONSE, response(cast), reason="重复", by=cast.editor, at=NOW)
    reading = interpretation(cast, item=item(cast), policy_item=item(cast, date(2024, 2, 1)))
    assert client.get("/api/v1/responses").json()["entries"] == []
    [found] = client.get("/api/v1/interpretations").json()["entries"]
    assert (found["item"], found["policy_item"]) == (reading.item_id, reading.policy_item_id)
    reading.item.withdrawn_at, reading.item.withdrawn_reason = datetime(2024, 5, 1, tzinfo=UTC), "有误"
    reading.item.save()
    assert client.get("/api/v1/interpretations").json()["entries"] == []
