import pytest

from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.migration import comparable_cells, incomparable_cells


@pytest.mark.parametrize(("before", "after"), [("2019", "2019"), ("2019", "2021"), ("2021", "2019"), ("2021", "2021")])
def test_every_cell_of_both_forms_is_either_paired_once_or_named_as_not_comparable(before: str, after: str) -> None:
    pairs = comparable_cells(before, after)
    only_before, only_after = incomparable_cells(before, after)
    paired_before = [address for pair in pairs for address in pair.previous]
    paired_after = [address for pair in pairs for address in pair.current]
    assert sorted([*paired_before, *only_before]) == sorted(form(before).addresses())
    assert sorted([*paired_after, *only_after]) == sorted(form(after).addresses())


def test_what_the_data_calls_dropped_is_exactly_what_is_not_comparable() -> None:
    dropped = form("2021").raw["migration"]["dropped"]
    only_before, _ = incomparable_cells("2019", "2021")
    assert all(any(address == entry or address.startswith(f"{entry}.") for entry in dropped) for address in only_before)
    assert all(any(address == entry or address.startswith(f"{entry}.") for address in only_before) for entry in dropped)


def test_documents_disclosed_so_far_are_never_set_beside_documents_in_force() -> None:
    for pair in comparable_cells("2019", "2021"):
        assert not any(address.endswith(".in_force") for address in pair.current)


def test_other_handling_is_compared_with_the_sum_of_its_three_successors() -> None:
    (pair,) = [
        pair for pair in comparable_cells("2019", "2021") if pair.previous == ("applications.other_handling.total",)
    ]
    assert [address.split(".")[1] for address in pair.current] == [
        "other_correction_overdue",
        "other_fee_unpaid",
        "other_misc",
    ]
    assert pair.note


def test_an_agency_that_went_back_to_the_old_form_is_compared_the_other_way_round() -> None:
    forwards, backwards = comparable_cells("2019", "2021"), comparable_cells("2021", "2019")
    assert {(pair.previous, pair.current) for pair in forwards} == {(pair.current, pair.previous) for pair in backwards}
