"""Agencies: founded, changed, moved, abolished; what was recorded, what is refused, what has to be done then."""

from datetime import date

import pytest

from gongkai.office.audit.queries import broken_places, history
from gongkai.office.organs.actions import (
    abolish,
    change,
    complete_guide_update,
    found,
    move,
    set_disclosure_office,
    set_rows,
)
from gongkai.office.organs.models import GuideUpdate, Leader, Organ, Unit
from gongkai.office.organs.policy import Refused
from gongkai.office.organs.queries import guide_updates_waiting, way_to
from gongkai.office.renderings.models import Key
from tests.office.cast import NOW, TODAY, Cast

OFFICE = {
    "name": "青溪县教育局办公室",
    "address": "青溪县文教路1号",
    "office_hours": "工作日 8:30—17:30",
    "phone": "0999-1234567",
}


def school(cast: Cast, code: str = "qingxi-school", parent: Organ | None = None) -> Organ:
    return found(
        by=cast.administrator,
        at=NOW,
        parent=parent or cast.education,
        code=code,
        name="青溪县教研室",
        kind="authorised",
    )


def acts(organ: Organ) -> list[str]:
    return [entry.act.removeprefix("organs.") for entry in history(f"organs.organ:{organ.pk}")]


def test_an_agency_is_founded_below_another_and_recorded(cast: Cast):
    made = school(cast)
    assert made.path.startswith(cast.education.path)
    assert history(f"organs.organ:{made.pk}")[0].actor == "A007"
    assert way_to(made) == [cast.county, cast.education]


@pytest.mark.parametrize("who", ["outsider", "editor", "officer", "final"])
def test_only_the_administrator_of_the_agency_or_one_above_changes_it(cast: Cast, who):
    by = getattr(cast, who)
    for act in (
        lambda: change(cast.education, by=by, at=NOW, phone="1"),
        lambda: set_disclosure_office(cast.education, by=by, at=NOW, **OFFICE),
        lambda: set_rows(cast.education, Unit, [], by=by, at=NOW),
        lambda: move(cast.education, cast.water, by=by, at=NOW),
        lambda: abolish(cast.education, by=by, on=TODAY, at=NOW, last_day=TODAY, successor=None),
        lambda: found(by=by, at=NOW, parent=cast.education, code="x", name="x", kind="department"),
    ):
        with pytest.raises(Refused, match="系统管理"):
            act()
    assert acts(cast.education) == ["found"]


def test_an_administrator_of_one_department_reaches_neither_up_nor_aside(cast: Cast):
    assert change(cast.water, by=cast.outsider, at=NOW, phone="0999-7654321").phone == "0999-7654321"
    with pytest.raises(Refused):
        change(cast.county, by=cast.outsider, at=NOW, phone="1")
    with pytest.raises(Refused):
        move(cast.water, cast.education, by=cast.outsider, at=NOW)


def test_nobody_but_a_superuser_founds_at_the_root(cast: Cast):
    with pytest.raises(Refused, match="超级管理员"):
        found(by=cast.administrator, at=NOW, parent=None, code="x", name="x", kind="government")


def test_a_change_records_what_was_before_and_after(cast: Cast):
    change(cast.education, by=cast.administrator, at=NOW, name="青溪县教育和体育局")
    entry = history(f"organs.organ:{cast.education.pk}").last()
    assert entry.detail == {"changes": {"name": ["青溪县教育局", "青溪县教育和体育局"]}}


def test_saying_the_same_again_changes_and_records_nothing(cast: Cast):
    set_disclosure_office(cast.education, by=cast.administrator, at=NOW, **OFFICE)
    before = acts(cast.education)
    change(cast.education, by=cast.administrator, at=NOW, name=cast.education.name)
    set_disclosure_office(cast.education, by=cast.administrator, at=NOW, **OFFICE)
    assert acts(cast.education) == before


def test_changed_contact_data_leave_a_task_to_update_the_guide_until_it_is_done(cast: Cast):
    set_disclosure_office(cast.education, by=cast.administrator, at=NOW, **OFFICE)
    assert not guide_updates_waiting().exists()
    set_disclosure_office(cast.education, by=cast.administrator, at=NOW, **OFFICE | {"phone": "0999-7654321"})
    task = guide_updates_waiting().get()
    assert task.changes == [{"label": "联系电话", "before": "0999-1234567", "after": "0999-7654321"}]
    with pytest.raises(Refused):
        complete_guide_update(task, by=cast.outsider, at=NOW)
    complete_guide_update(task, by=cast.administrator, at=NOW)
    assert not guide_updates_waiting().exists()
    assert GuideUpdate.objects.get().done_by == "A007"


def test_what_is_not_in_the_guide_leaves_no_task(cast: Cast):
    change(cast.education, by=cast.administrator, at=NOW, issuer_code="青教体")
    assert not guide_updates_waiting().exists()


def test_a_list_is_put_in_place_of_the_old_one_in_order(cast: Cast):
    rows = [{"name": "吴一", "title": "局长"}, {"name": "郑二", "title": "副局长", "portfolio": "分管义务教育"}]
    assert set_rows(cast.education, Leader, rows, by=cast.administrator, at=NOW)
    assert not set_rows(cast.education, Leader, rows, by=cast.administrator, at=NOW)
    set_rows(cast.education, Leader, rows[::-1], by=cast.administrator, at=NOW)
    assert [each.name for each in cast.education.leader_rows.all()] == ["郑二", "吴一"]


def test_everything_below_moves_along_and_keeps_its_own_place(cast: Cast):
    made = school(cast)
    branch = school(cast, "qingxi-school-1", parent=made)
    moved = move(made, cast.water, by=cast.administrator, at=NOW)
    branch.refresh_from_db()
    assert moved.path.startswith(cast.water.path)
    assert branch.path == f"{moved.path}0001."
    assert way_to(branch) == [cast.county, cast.water, moved]


def test_an_agency_does_not_move_below_itself(cast: Cast):
    made = school(cast)
    with pytest.raises(Refused, match="圈"):
        move(cast.education, made, by=cast.administrator, at=NOW)
    with pytest.raises(Refused, match="圈"):
        move(made, made, by=cast.administrator, at=NOW)


def test_an_abolished_agency_names_its_successor_and_takes_nothing_in_below(cast: Cast):
    gone = abolish(
        cast.water, by=cast.administrator, on=TODAY, at=NOW, last_day=date(2024, 4, 30), successor=cast.education
    )
    assert (gone.abolished_on, gone.successor) == (date(2024, 4, 30), cast.education)
    assert guide_updates_waiting().get().organ == cast.water
    with pytest.raises(Refused, match="撤并"):
        school(cast, parent=gone)
    with pytest.raises(Refused, match="已于"):
        abolish(gone, by=cast.administrator, on=TODAY, at=NOW, last_day=TODAY, successor=None)


def test_an_agency_with_others_below_or_a_dead_successor_is_not_abolished(cast: Cast):
    school(cast)
    with pytest.raises(Refused, match="下级机关"):
        abolish(cast.education, by=cast.administrator, on=TODAY, at=NOW, last_day=TODAY, successor=cast.water)
    with pytest.raises(Refused, match="现存"):
        abolish(cast.water, by=cast.administrator, on=TODAY, at=NOW, last_day=TODAY, successor=cast.water)


def test_a_change_takes_the_stored_pages_away(cast: Cast):
    Key.objects.get_or_create(name=f"organ:{cast.education.pk}")
    change(cast.education, by=cast.administrator, at=NOW, phone="0999-7654321")
    assert Key.objects.get(name=f"organ:{cast.education.pk}").changed_at > 0


def test_the_chain_holds_after_all_that(cast: Cast):
    school(cast)
    change(cast.education, by=cast.administrator, at=NOW, phone="1")
    assert list(broken_places()) == []
