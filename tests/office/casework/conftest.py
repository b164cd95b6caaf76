"""What the tests of this room share."""

import pytest

from gongkai.documents.writers import render
from gongkai.office.casework.actions import writing
from tests.documents.readers.pdf_files import typeset
from tests.office.casework.cases import Officers, officers
from tests.office.cast import Cast
from tests.office.notices.conftest import mailbox

__all__ = ["desk", "mailbox", "typeset_by_nobody"]


@pytest.fixture
def typeset_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every letter has the same PDF: the typesetter's threads stay behind in the process that a test forks."""
    pdf = typeset("一份文书。")
    monkeypatch.setattr(
        writing, "render", lambda document, ending: pdf if ending == "pdf" else render(document, ending)
    )


@pytest.fixture
def desk(cast: Cast) -> Officers:
    """The people who handle the education bureau's cases."""
    return officers(cast)
