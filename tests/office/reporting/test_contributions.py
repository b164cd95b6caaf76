"""What agencies are asked for: answered with evidence, returned, corrected, added up."""

from datetime import timedelta
from decimal import Decimal

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.reporting import actions
from gongkai.office.reporting.actions.contributions import number_from
from gongkai.office.reporting.contributing import asked_cells, counted, tally
from gongkai.office.reporting.models import ContributionEntry
from gongkai.office.reporting.queries import last_year, unanswered
from tests.office.cast import Cast
from tests.office.reporting.ledger import JANUARY, YEAR, asked, opened

LICENCES = "art20_5.administrative_license.decisions"
FEES = "art20_8.administrative_fees.fee_amount_wan"


def total(cast: Cast, key: str, *, year: int = YEAR, edition: str = "2021"):  # type: ignore[no-untyped-def]
    from datetime import date

    found = tally([cast.education.pk, cast.water.pk], date(year, 1, 1), date(year, 12, 31), edition)
    return next(each for each in found if each.measure.key == key)


def test_the_office_asks_for_what_no_ledger_holds(cast: Cast) -> None:
    assert [key.partition(".")[0] for key in asked_cells(cast.education, "2021")] == [
        "art20_5", "art20_6", "art20_6", "art20_8"
    ]  # fmt: skip
    assert "art20_9.centralized_procurement.total_amount_wan" in asked_cells(cast.education, "2019")


def test_rules_are_asked_only_of_who_may_make_them(cast: Cast) -> None:
    cast.county.name = "池东市人民政府"
    assert "art20_1.rules.issued" in asked_cells(cast.county, "2021")
    assert "art20_1.rules.issued" not in asked_cells(cast.education, "2021")


def test_answers_are_added_up_with_their_entries(cast: Cast) -> None:
    mine, theirs = asked(cast)[LICENCES], asked(cast, cast.water)[LICENCES]
    one = actions.answer(mine, 12, evidence="许可台账", by=cast.editor, at=JANUARY)
    other = actions.answer(theirs, 30, evidence="许可台账", by=cast.outsider, at=JANUARY)
    sum_of_both = total(cast, LICENCES)
    assert (sum_of_both.value, sum_of_both.ids) == (42, (one.pk, other.pk))
    assert [each.organ for each in counted(sum_of_both.measure.kind, sum_of_both.ids)] == [
        "青溪县教育局",
        "青溪县水利局",
    ]


def test_a_correction_is_a_new_entry_and_the_old_one_stays(cast: Cast) -> None:
    mine = asked(cast)[FEES]
    actions.answer(mine, Decimal("3.5"), evidence="非税系统", by=cast.editor, at=JANUARY)
    actions.answer(mine, Decimal("3.52"), evidence="非税系统（更正）", by=cast.editor, at=JANUARY + timedelta(days=1))
    assert total(cast, FEES).value == Decimal("3.52")
    assert [each.value for each in mine.entries.all()] == [Decimal("3.5"), Decimal("3.52")]


def test_what_was_returned_counts_nowhere_until_it_is_answered_again(cast: Cast) -> None:
    mine = asked(cast)[LICENCES]
    report_year = opened(cast)
    actions.answer(mine, 12, evidence="许可台账", by=cast.editor, at=JANUARY)
    actions.return_answer(mine, reason="与许可系统不一致", by=cast.officer, at=JANUARY)
    assert total(cast, LICENCES).value == 0
    assert mine.pk in [each.pk for each in unanswered(report_year)]
    with pytest.raises(Refused, match="没有可以退回"):
        actions.return_answer(mine, reason="再退一次", by=cast.officer, at=JANUARY)
    actions.answer(mine, 11, evidence="许可系统", by=cast.editor, at=JANUARY)
    assert total(cast, LICENCES).value == 11


@pytest.mark.parametrize(
    ("key", "number", "why"),
    [(LICENCES, "-1", "不能是负数"), (LICENCES, "1.5", "要填整数"), (FEES, "1234567890123", "超出了能填的范围")],
)
def test_a_number_the_cell_can_t_hold_is_refused(cast: Cast, key: str, number: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        actions.answer(asked(cast)[key], Decimal(number), evidence="台账", by=cast.editor, at=JANUARY)


def test_a_decrease_may_be_negative(cast: Cast) -> None:
    mine = asked(cast, year=2020, edition="2019")["art20_5.administrative_license.change"]
    actions.answer(mine, -8, evidence="权责清单", by=cast.editor, at=JANUARY)
    assert total(cast, mine.key, year=2020, edition="2019").value == -8


def test_a_number_without_evidence_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="依据"):
        actions.answer(asked(cast)[LICENCES], 3, evidence=" ", by=cast.editor, at=JANUARY)
    assert not ContributionEntry.objects.exists()


def test_others_may_neither_answer_nor_ask(cast: Cast) -> None:
    mine = asked(cast)[LICENCES]
    with pytest.raises(Refused, match="报送数据"):
        actions.answer(mine, 3, evidence="台账", by=cast.outsider, at=JANUARY)
    with pytest.raises(Refused, match="布置"):
        actions.ask([cast.education], 2023, "2021", due_on=JANUARY.date(), by=cast.editor, at=JANUARY)


def test_last_year_s_answer_stands_beside_this_year_s(cast: Cast) -> None:
    before, now = asked(cast, year=YEAR - 1)[LICENCES], asked(cast)[LICENCES]
    assert last_year(now) is None
    actions.answer(before, 9, evidence="许可台账", by=cast.editor, at=JANUARY)
    assert last_year(now) == 9


@pytest.mark.parametrize(("typed", "number"), [("1,234", 1234), ("９．４６", Decimal("9.46")), (" +2 ", 2), ("-8", -8)])
def test_numbers_are_read_as_people_type_them(typed: str, number: Decimal | int) -> None:
    assert number_from(typed) == number


@pytest.mark.parametrize("typed", ["无", "/", "", "NaN", "1万"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="不是数字"):
        number_from(typed)
