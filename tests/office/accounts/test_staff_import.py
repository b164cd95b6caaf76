"""Staff in from a table: tried row by row, the same again changes nothing, nobody past his reach."""

import pytest

from gongkai.office.accounts.actions import issue_passwords
from gongkai.office.accounts.models import Appointment, Role, User
from gongkai.office.accounts.policy import Refused
from gongkai.office.accounts.queries import account_history, holds
from gongkai.office.accounts.staff_import import Plan, carry_out, plan
from gongkai.office.audit.queries import broken_places
from gongkai.office.organs.tables import Row
from tests.office.cast import NOW, TODAY, Cast


def row(number: int, **more: str) -> Row:
    cells = {
        "账号": f"c{number}",
        "姓名": f"何{number}",
        "工号": f"C{number}",
        "机关代码": "qingxi-education",
        "职责": "信息编辑",
    }
    return Row(number, cells | more)


def tried(cast: Cast, *rows: Row, by: User | None = None) -> Plan:
    return plan(list(rows), by=by or cast.administrator, on=TODAY)


def test_accounts_and_appointments_are_made_once(cast: Cast):
    rows = [row(1), row(1, 职责="初审"), row(2, 机关代码="qingxi-water", 含下级机关="是")]
    made = tried(cast, *rows)
    assert made.problems == []
    carry_out(made, by=cast.administrator, at=NOW)
    person = User.objects.get(username="c1")
    assert holds(person, [Role.EDITOR], cast.education, on=TODAY)
    assert holds(person, [Role.FIRST_REVIEWER], cast.education, on=TODAY)
    assert Appointment.objects.get(user__username="c2").with_subordinates
    assert [entry.act for entry in account_history(person)].count("accounts.appoint") == 2
    again = tried(cast, *rows)
    assert (again.people, again.appointments, again.unchanged) == ({}, [], 3)
    assert list(broken_places()) == []


def test_an_imported_account_has_no_password_until_one_is_issued(cast: Cast):
    carry_out(tried(cast, row(1)), by=cast.administrator, at=NOW)
    person = User.objects.get(username="c1")
    assert not person.has_usable_password()
    assert not person.check_password("!")
    [(same, password)] = issue_passwords([person, cast.editor], by=cast.administrator, on=TODAY, at=NOW)
    assert same == person
    fresh = User.objects.get(username="c1")
    assert fresh.check_password(password)
    assert fresh.must_change_password


def test_each_fault_is_told_and_one_stops_all(cast: Cast):
    for cells, why in [
        ({"职责": "局长"}, "没有“局长”"),
        ({"机关代码": "nowhere"}, "没有代码为"),
        ({"姓名": ""}, "缺少姓名"),
        ({"起始日期": "明天"}, "不是日期"),
        ({"起始日期": "2024-04-11"}, "倒签"),
        ({"截止日期": "2024-04-11"}, "早于"),
        ({"含下级机关": "也许"}, "须填"),
        ({"账号": "a001"}, "另一个人"),
        ({"账号": "空 格"}, "用户名"),
        ({"工号": "A007"}, "自己"),
    ]:
        made = tried(cast, row(1), row(2, **cells))
        assert [each.row for each in made.problems] == [2], cells
        assert why in made.problems[0].message
        with pytest.raises(Refused, match="一个人也没有"):
            carry_out(made, by=cast.administrator, at=NOW)
    assert not User.objects.filter(username="c1").exists()


def test_a_doubled_row_and_an_administrator_who_audits_are_told(cast: Cast):
    assert "重复" in tried(cast, row(1), row(1)).problems[0].message
    assert "审计" in tried(cast, row(1, 职责="系统管理"), row(1, 职责="审计")).problems[0].message


def test_an_administrator_imports_into_the_own_agencies_only(cast: Cast):
    made = tried(
        cast,
        row(1),
        row(2, 机关代码="qingxi-water"),
        row(3, 机关代码="qingxi-water", 含下级机关="是"),
        by=cast.outsider,
    )
    assert [each.row for each in made.problems] == [1, 3]


def test_a_superuser_imports_administrators_only(cast: Cast):
    root = User.objects.create_superuser(username="root", name="冯超级", staff_number="S001")
    assert [each.row for each in tried(cast, row(1, 职责="系统管理"), row(2), by=root).problems] == [2]


def test_trying_two_thousand_rows_costs_as_many_queries_as_one(cast: Cast, django_assert_num_queries):
    with django_assert_num_queries(5):
        made = tried(cast, *(row(number) for number in range(2000)))
    assert len(made.people) == 2000
