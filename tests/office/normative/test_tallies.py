"""What this room gives to the annual report, in both editions, with the documents behind each count."""

from datetime import date

import pytest

from gongkai.office.normative.models import NormativeDocument
from gongkai.office.normative.queries import counted, stock_row, tally
from gongkai.regulation.annual_report.forms import form
from tests.office.cast import Cast
from tests.office.normative import records

YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def counts(organs: list[int], edition: str) -> dict[str, int]:
    return {each.measure.key.rpartition(".")[2]: int(each.value) for each in tally(organs, *YEAR, edition)}


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_cells_are_those_of_the_edition_and_their_counts_those_of_the_stock(cast: Cast, edition: str) -> None:
    records.document(cast)
    records.document(cast, date(2022, 3, 1), written_date=date(2022, 2, 20))
    records.document(cast, date(2018, 3, 1), written_date=date(2018, 2, 20), expiry_date=date(2023, 6, 30))
    found = tally([cast.education.pk], *YEAR, edition)
    cells = [a for a in form(edition).addresses() if a.startswith("art20_1.normative_documents.")]
    assert [each.measure.key for each in found] == cells
    row = stock_row(2023, organ=cast.education)
    assert counts([cast.education.pk], edition) == {column: row[column] for column in counts([], edition)}


def test_nothing_is_counted_as_nothing(cast: Cast) -> None:
    records.document(cast)
    assert counts([cast.water.pk], "2019") == {"newly_made": 0, "newly_disclosed": 0, "total_disclosed": 0}


def test_a_document_signed_after_its_publication_is_made_once(cast: Cast) -> None:
    document = records.document(cast, date(2022, 12, 30), written_date=date(2022, 12, 30))
    NormativeDocument.objects.filter(pk=document.pk).update(signed_on=date(2023, 1, 5))
    assert counts([cast.education.pk], "2019")["newly_made"] == 0
    assert stock_row(2022)["newly_made"] == 1


def test_each_count_opens_its_documents(cast: Cast) -> None:
    document = records.document(cast)
    made = next(each for each in tally([cast.education.pk], *YEAR, "2021") if each.measure.key.endswith(".issued"))
    [shown] = counted(made.measure.kind, made.ids)
    assert shown.title == f"{document.title} {document.document_number}"
    assert (shown.on, shown.organ) == (date(2023, 3, 1), "青溪县教育局")
    assert shown.public_path == f"/item/{document.item_id}/"


def test_a_kind_of_another_room_is_refused(cast: Cast) -> None:
    with pytest.raises(KeyError):
        counted("publishing.item", [1])
