"""The ids behind a figure in few bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.office.reporting.record_ids import pack, unpack


@given(st.sets(st.one_of(st.integers(0, 500), st.integers(0, 2**40))))
def test_what_was_packed_comes_out_again(ids: set[int]) -> None:
    ascending = tuple(sorted(ids))
    assert unpack(pack(ascending)) == ascending


def test_a_hundred_thousand_neighbours_take_little_room() -> None:
    assert len(pack(range(1, 100_001))) < 2_000


def test_ids_out_of_order_or_twice_are_refused() -> None:
    for wrong in ((3, 2), (3, 3), (-1, 2)):
        with pytest.raises(ValueError, match="ascending"):
            pack(wrong)
