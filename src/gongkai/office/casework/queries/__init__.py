"""What may be asked about applications."""

from gongkai.office.casework.queries.repeated import (
    applicants_asking_the_same,
    counted_items_before,
    frequency,
    of_applicant,
    same_requests,
)

__all__ = ["applicants_asking_the_same", "counted_items_before", "frequency", "of_applicant", "same_requests"]
