"""When the time to keep a case is over, what its remedies tell of the applicant goes with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.office.casework import actions
from gongkai.office.casework.actions.erase import erase
from gongkai.office.casework.models import Application
from gongkai.office.personal import files as sealed
from gongkai.office.remedies.actions import Paper, record_event
from gongkai.office.remedies.models import RemedyCase, RemedyFile
from tests.office.casework.cases import Officers, at
from tests.office.cast import TODAY, Cast
from tests.office.remedies.remedies import RECEIVED, registered


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_the_papers_of_a_remedy_go_with_the_case(
    cast: Cast, desk: Officers, application: Application, django_capture_on_commit_callbacks: Any
) -> None:
    actions.withdraw(application, words="不需要了", on=TODAY, at=at(TODAY))
    case = registered(cast, desk, application=application)
    paper = Paper("孙申请的复议申请书.txt", "孙申请".encode())
    record_event(case, "noted", on=RECEIVED, words="孙申请来电。", by=desk.case, at=at(RECEIVED), papers=[paper])
    kept = RemedyFile.objects.get()
    assert sealed.path_of(kept.handle).exists()
    with django_capture_on_commit_callbacks(execute=True):
        erase(application, reason="保存期限届满", at=at(RECEIVED))
    kept.refresh_from_db()
    assert kept.name == ""
    assert not sealed.path_of(kept.handle).exists()
    assert RemedyCase.objects.get().claimant == ""
