"""Reports to test with: the project's own example, and published ones where a checkout has them beside it."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
EXAMPLE = REPOSITORY / "docs" / "example" / "qingxi-2020.txt"
"""The invented 青溪县's report of 2020, as flattened text."""

SHARED_SAMPLES = REPOSITORY.parent / "shared" / "samples"


def shared_sample(name: str) -> Path:
    """A real published report kept beside the repository, not in it; the test is skipped where it is absent."""
    path = SHARED_SAMPLES / name
    if not path.exists():
        pytest.skip(f"the published report {name} is not in ../shared/samples beside this checkout")
    return path
