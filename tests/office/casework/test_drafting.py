"""What somebody fills in is kept as long as it takes and no longer; sending it is one act."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions import drafting
from gongkai.office.casework.models import Application, ApplicationDraft
from gongkai.office.casework.queries import already_public
from gongkai.office.personal import files as sealed
from gongkai.office.publishing.search import announce
from tests.office.casework.visitor import FILLED, photo
from tests.office.cast import NOW, Cast
from tests.office.public_items import public_item


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def kept(cast: Cast, **changes: str) -> tuple[ApplicationDraft, str]:
    return drafting.keep(None, cast.education, "natural_person", FILLED | changes, at=NOW)


def test_a_draft_is_found_by_its_token_until_its_time_is_over(cast: Cast) -> None:
    draft, token = kept(cast)
    assert drafting.find(token, at=NOW + drafting.LIFETIME - timedelta(seconds=1)) == draft
    assert drafting.find(token, at=NOW + drafting.LIFETIME) is None
    assert drafting.find("", at=NOW) is None
    assert drafting.find(token + "x", at=NOW) is None


def test_the_token_is_not_in_the_database(cast: Cast) -> None:
    draft, token = kept(cast)
    assert token not in str(ApplicationDraft.objects.filter(pk=draft.pk).values().get())


def test_sending_again_gives_the_same_application(cast: Cast) -> None:
    draft, _ = kept(cast)
    first = drafting.send(drafting.locked(draft), at=NOW)
    second = drafting.send(drafting.locked(draft), at=NOW)
    assert first == second
    assert Application.objects.count() == 1


def test_a_draft_that_can_t_be_sent_stays(cast: Cast) -> None:
    draft, _ = kept(cast, identity_number="")
    with pytest.raises(Refused, match="身份证明"):
        drafting.send(drafting.locked(draft), at=NOW)
    assert drafting.filled(ApplicationDraft.objects.get())["applicant_name"] == "孙申请人"


def test_a_description_left_out_is_made_of_title_and_number(cast: Cast) -> None:
    draft, _ = kept(cast, wanted="", wanted_title="《会议纪要》", wanted_number="青教〔2023〕5号")
    assert drafting.particulars(draft).wanted == "《会议纪要》 青教〔2023〕5号"


def test_what_nobody_touches_is_swept_away_with_its_files(cast: Cast) -> None:
    old, _ = kept(cast)
    file = drafting.attach(old, photo(), "身份证.png", "identity")
    fresh, _ = drafting.keep(None, cast.education, "natural_person", FILLED, at=NOW + timedelta(hours=1))
    assert drafting.sweep(at=NOW + drafting.LIFETIME) == 1
    assert list(ApplicationDraft.objects.all()) == [fresh]
    with pytest.raises(sealed.FileGone):
        sealed.read(file.handle)


def test_all_drafts_together_take_a_part_of_the_disk_only(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(drafting, "MOST_BYTES", len(photo()) + 10)
    draft, _ = kept(cast)
    drafting.attach(draft, photo(), "一.png", "identity")
    with pytest.raises(Refused, match="同时上传的人太多"):
        drafting.attach(draft, photo(41), "二.png", "identity")


def test_what_is_public_already_is_found_though_it_is_called_a_little_differently(cast: Cast) -> None:
    item = public_item(cast.education, cast.column, title="关于2023年义务教育阶段学校招生工作的通知")
    announce([item.pk])
    for said in ("2023年义务教育招生", "《关于2023年义务教育阶段学校招生工作的通知》", "我想了解义务教育招生的情况"):
        draft, _ = kept(cast, wanted_title="", wanted=said)
        assert [each.item.pk for each in already_public(drafting.particulars(draft))] == [item.pk], said
    draft, _ = kept(cast, wanted_title="水库除险加固合同", wanted="")
    assert already_public(drafting.particulars(draft)) == []
