"""What the tests of this room share."""

import pytest

from tests.office.casework.cases import Officers, officers
from tests.office.cast import Cast


@pytest.fixture
def desk(cast: Cast) -> Officers:
    """The people who handle the education bureau's cases."""
    return officers(cast)
