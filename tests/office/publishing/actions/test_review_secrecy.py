"""The secrecy review: by its own reviewer, of one text, with its basis."""

from __future__ import annotations

import pytest

from gongkai.office.accounts.models import Role
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.publishing import actions
from gongkai.office.publishing.refusals import RefusedByRule
from tests.office.cast import Cast, appoint
from tests.office.publishing.stage import clear, cleared, drafted, later, pass_step, shown, submitted


def test_it_is_recorded_with_its_basis_and_article(cast: Cast):
    item = cleared(cast)
    row = item.review_events.get(kind="secrecy_reviewed")
    assert row.detail == {"basis": "不涉及国家秘密", "decision": "may_disclose"}
    entry = Entry.objects.get(act="publishing.review_secrecy")
    assert (entry.citation, entry.actor) == ("ogi-2019#17", "A005")
    item.refresh_from_db()
    assert item.draft.secrecy == "may_disclose"


def test_it_needs_the_role_a_basis_and_an_item_in_review(cast: Cast):
    with pytest.raises(RefusedByRule):
        clear(cast, drafted(cast))
    item = submitted(cast)
    for by in (cast.editor, cast.final, cast.outsider):
        with pytest.raises(Refused, match="保密审查"):
            actions.review_secrecy(
                item, decision="may_disclose", basis="无", content_hash=shown(item), by=by, at=later(2)
            )
    with pytest.raises(Refused, match="依据"):
        actions.review_secrecy(
            item, decision="may_disclose", basis="", content_hash=shown(item), by=cast.secrecy, at=later(2)
        )


def test_an_author_does_not_clear_his_own_text(cast: Cast):
    appoint(cast.editor, Role.SECRECY_REVIEWER, cast.education)
    item = submitted(cast)
    with pytest.raises(RefusedByRule) as refused:
        actions.review_secrecy(
            item, decision="may_disclose", basis="无", content_hash=shown(item), by=cast.editor, at=later(2)
        )
    assert refused.value.finding.code == "REV-SECRECY-OWN"


def test_a_case_that_was_referred_waits_at_the_final_pass(cast: Cast):
    item = submitted(cast)
    actions.review_secrecy(
        item, decision="referred", basis="请县保密局认定", content_hash=shown(item), by=cast.secrecy, at=later(2)
    )
    pass_step(item, "first", cast.first, 3)
    pass_step(item, "second", cast.second, 4)
    with pytest.raises(RefusedByRule) as refused:
        pass_step(item, "final", cast.final, 5)
    assert refused.value.finding.code == "REV-SECRECY-REFERRED"
