"""What may be asked about annual reports."""

from gongkai.office.reporting.queries.contributions import Asked, contributions_of, last_year, unanswered
from gongkai.office.reporting.queries.desk import Owed, owed
from gongkai.office.reporting.queries.differences import Difference, changes, differences
from gongkai.office.reporting.queries.figures import current, figure_of, figures_of, locked, records_behind
from gongkai.office.reporting.queries.years import Standing, board, previous_of, stage_of, subordinate_years

__all__ = [
    "Asked",
    "Difference",
    "Owed",
    "Standing",
    "board",
    "changes",
    "contributions_of",
    "current",
    "differences",
    "figure_of",
    "figures_of",
    "last_year",
    "locked",
    "owed",
    "previous_of",
    "records_behind",
    "stage_of",
    "subordinate_years",
    "unanswered",
]
