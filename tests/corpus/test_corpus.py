"""The corpus says what it claims to say: its files are opened with the formats' own libraries."""

from __future__ import annotations

import io

import openpyxl
import pytest
from lxml import html

from tests.corpus.corpus import BY_KEY
from tests.corpus.family import EDITIONS, Case
from tests.corpus.grids import Style
from tests.corpus.printing import printed
from tests.corpus.truth import SCALES, truth

STYLES = (
    Style(),
    Style(joined=True),
    Style(one_table=True),
    Style(column_order="turned", row_order="turned", subtotals="columns rows", remedies_split=True),
)


def _case(family: str, name: str) -> Case:
    return next(case for case in BY_KEY[family].cases() if case.name == name)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("style", STYLES)
def test_every_cell_of_the_form_is_printed_once_and_the_squares_of_a_grid_fill_it(edition: str, style: Style) -> None:
    report = printed(truth("grid", edition, scale="bureau"), style)
    addresses = [square.address for square in report.squares() if square.address]
    assert sorted(addresses) == sorted(report.expected)
    for grid in report.grids():
        covered = sum(square.row_span * square.column_span for square in grid.squares)
        assert covered == len(grid.covering()) == grid.row_count * grid.column_count


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("scale", SCALES)
def test_a_truth_keeps_the_flow_of_applications_in_every_column(edition: str, scale: str) -> None:
    report = truth("flow", edition, scale=scale)  # type: ignore[arg-type]
    for column in report.applications.table("applications").columns:
        came = report.count(f"applications.new_received.{column.key}") + report.count(
            f"applications.carried_over.{column.key}"
        )
        went = report.count(f"applications.results_total.{column.key}") + report.count(
            f"applications.carried_forward.{column.key}"
        )
        assert came == went


def test_a_web_page_holds_the_expected_numbers_in_the_order_of_the_form() -> None:
    case = _case("00-clean", "2021-html")
    cells = [cell.text_content() for cell in html.fromstring(case.data.decode()).iter("td")]
    printed_numbers = [
        expected.text for address, expected in case.printed.expected.items() if address.startswith("remedies")
    ]
    assert cells[-15:] == printed_numbers


def test_a_spreadsheet_holds_typed_numbers() -> None:
    case = _case("00-clean", "2019-xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(case.data)).active
    assert sheet is not None
    numbers = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]
    assert sum(numbers) == pytest.approx(sum(float(cell.value or 0) for cell in case.printed.expected.values()))


def test_a_file_cut_off_has_lost_cells_and_whole_rows_before_them() -> None:
    case = _case("38-applications", "2021-fillers")
    states = {address: cell.state for address, cell in case.printed.expected.items()}
    assert states["applications.new_received.total"] == "number"
    assert states["applications.carried_forward.total"] == states["remedies.cases.reconsideration_total"] == "lost"
    assert case.data.decode().endswith(" |")
