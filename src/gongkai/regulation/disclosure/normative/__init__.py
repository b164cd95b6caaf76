"""Administrative normative documents (行政规范性文件): life cycle, validity on a day, procedure, stock of a year."""

from gongkai.regulation.disclosure.normative.cleanup import CleanupLists, cleanup_findings, cleanup_lists
from gongkai.regulation.disclosure.normative.events import (
    Amended,
    CleanedUp,
    CollectivelyDecided,
    CommentHeld,
    Drafted,
    Evaluated,
    Extended,
    Filed,
    Interpreted,
    Lapsed,
    LegalityReviewed,
    NormativeDocument,
    NormativeEvent,
    Numbered,
    Published,
    Repealed,
    Signed,
)
from gongkai.regulation.disclosure.normative.procedure import check_procedure
from gongkai.regulation.disclosure.normative.stock import Stock, stock
from gongkai.regulation.disclosure.normative.term import ValidityTerm
from gongkai.regulation.disclosure.normative.validity import Validity, is_in_force, validity

__all__ = [
    "Amended",
    "CleanedUp",
    "CleanupLists",
    "CollectivelyDecided",
    "CommentHeld",
    "Drafted",
    "Evaluated",
    "Extended",
    "Filed",
    "Interpreted",
    "Lapsed",
    "LegalityReviewed",
    "NormativeDocument",
    "NormativeEvent",
    "Numbered",
    "Published",
    "Repealed",
    "Signed",
    "Stock",
    "Validity",
    "ValidityTerm",
    "check_procedure",
    "cleanup_findings",
    "cleanup_lists",
    "is_in_force",
    "stock",
    "validity",
]
