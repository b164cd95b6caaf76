from dataclasses import FrozenInstanceError, fields, replace

import pytest

from gongkai.documents.model import FlowCell, Position, TableCell
from gongkai.documents.readers import bulk

AT = Position(line=1, table=2, row=3, column=4)
PAIRS = [
    (bulk.place(1, 2, 3, 4), AT),
    (bulk.place(1), Position(line=1)),
    (bulk.table_cell("规章", 2, 3, 1, 2, True, AT), TableCell("规章", 2, 3, 1, 2, is_header=True, at=AT)),
    (bulk.flow_cell("规章", AT), FlowCell("规章", AT)),
]


@pytest.mark.parametrize(("quick", "ordinary"), PAIRS, ids=lambda made: type(made).__name__)
def test_what_is_made_in_bulk_is_no_different_from_what_the_constructor_makes(quick, ordinary):
    assert type(quick) is type(ordinary)
    assert (quick, repr(quick), hash(quick), replace(quick)) == (ordinary, repr(ordinary), hash(ordinary), ordinary)


@pytest.mark.parametrize("quick", [quick for quick, _ in PAIRS], ids=lambda made: type(made).__name__)
def test_what_is_made_in_bulk_is_frozen(quick):
    for field in fields(quick):
        with pytest.raises(FrozenInstanceError):
            setattr(quick, field.name, None)
