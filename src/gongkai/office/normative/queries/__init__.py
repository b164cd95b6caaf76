"""What may be asked about normative documents."""

from gongkai.office.normative.queries.cleanup import candidates, published_rounds, results
from gongkai.office.normative.queries.desk import (
    acts_on,
    documents_for,
    due_soon,
    procedure_findings,
    timeline,
    warning_days,
)
from gongkai.office.normative.queries.filing import filing_quarters, filings
from gongkai.office.normative.queries.library import (
    Wanted,
    counts,
    library,
    of_item,
    standing_of,
    state_on,
    validity_today,
    with_words,
)
from gongkai.office.normative.queries.stock import STOCK_COLUMNS, behind_figure, stock_row, stock_years
from gongkai.office.normative.queries.tallies import counted, tally
from gongkai.office.normative.queries.terms import disclosed_in

__all__ = [
    "STOCK_COLUMNS",
    "Wanted",
    "acts_on",
    "behind_figure",
    "candidates",
    "counted",
    "counts",
    "disclosed_in",
    "documents_for",
    "due_soon",
    "filing_quarters",
    "filings",
    "library",
    "of_item",
    "procedure_findings",
    "published_rounds",
    "results",
    "standing_of",
    "state_on",
    "stock_row",
    "stock_years",
    "tally",
    "timeline",
    "validity_today",
    "warning_days",
    "with_words",
]
