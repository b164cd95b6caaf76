"""What the room stores: years and their figures, what was asked of agencies, the words, and what people said of findings."""

from gongkai.office.reporting.models.contributions import Contribution, ContributionEntry
from gongkai.office.reporting.models.narrative import NarrativePart
from gongkai.office.reporting.models.published import PublishedReport
from gongkai.office.reporting.models.received import (
    CellCorrection,
    ReceivedBatch,
    ReceivedEvent,
    ReceivedFile,
    ReceivedReport,
    ReceivedVerdict,
    SettledReport,
)
from gongkai.office.reporting.models.verdicts import FindingVerdict
from gongkai.office.reporting.models.years import Compilation, FrozenFigure, ReportYear, YearEvent

__all__ = [
    "CellCorrection",
    "Compilation",
    "Contribution",
    "ContributionEntry",
    "FindingVerdict",
    "FrozenFigure",
    "NarrativePart",
    "PublishedReport",
    "ReceivedBatch",
    "ReceivedEvent",
    "ReceivedFile",
    "ReceivedReport",
    "ReceivedVerdict",
    "ReportYear",
    "SettledReport",
    "YearEvent",
]
