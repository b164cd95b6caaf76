"""A county with something to show."""

from pathlib import Path
from typing import Any

import pytest

from tests.office.cast import Cast
from tests.office.portal.content import County, fill


@pytest.fixture
def county(cast: Cast, settings: Any, tmp_path: Path) -> County:
    """青溪县 with columns, topics, a standard catalogue and 120 items."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return fill(cast)
