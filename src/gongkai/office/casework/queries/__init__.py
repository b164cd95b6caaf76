"""What may be asked about applications."""

from gongkai.office.casework.counting import counted, tally
from gongkai.office.casework.queries.desk import (
    FILTERS,
    SOON,
    Arrears,
    CaseBoard,
    DueDay,
    Row,
    Step,
    arrears,
    boards,
    bottlenecks,
    concerned,
    days_left,
    due_days,
    listed,
    reach,
    row,
    sees_any,
    with_number,
)
from gongkai.office.casework.queries.mine import followed, known_particulars, sent_from
from gongkai.office.casework.queries.public import already_public
from gongkai.office.casework.queries.repeated import (
    applicants_asking_the_same,
    counted_items_before,
    frequency,
    of_applicant,
    same_requests,
)
from gongkai.office.casework.queries.terms import answered_in, answered_late_in, overdue_at, received_in
from gongkai.office.casework.queries.yearly import GROUPS, Year, yearly

__all__ = [
    "FILTERS",
    "GROUPS",
    "SOON",
    "Arrears",
    "CaseBoard",
    "DueDay",
    "Row",
    "Step",
    "Year",
    "already_public",
    "answered_in",
    "answered_late_in",
    "applicants_asking_the_same",
    "arrears",
    "boards",
    "bottlenecks",
    "concerned",
    "counted",
    "counted_items_before",
    "days_left",
    "due_days",
    "followed",
    "frequency",
    "known_particulars",
    "listed",
    "of_applicant",
    "overdue_at",
    "reach",
    "received_in",
    "row",
    "same_requests",
    "sees_any",
    "sent_from",
    "tally",
    "with_number",
    "yearly",
]
