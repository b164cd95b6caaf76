"""What the tests of this room share."""

import pytest

from gongkai.office.casework.models import Application
from tests.office.casework.cases import Officers, officers, received
from tests.office.casework.letters import set_up
from tests.office.cast import Cast


@pytest.fixture
def desk(cast: Cast) -> Officers:
    """The people who handle the education bureau's cases."""
    set_up(cast.education)
    return officers(cast)


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    """An application that came in on the standing day."""
    return received(cast, desk.case)
