"""What went wrong with an application, and why a day was counted, in Chinese or English."""

from __future__ import annotations

from gongkai.regulation.application.standing import Step
from gongkai.regulation.application.verbs import CATALOGUE
from gongkai.regulation.application.words import name
from gongkai.regulation.deadlines import why
from gongkai.regulation.finding import Finding


def why_step(step: Step, language: str = "zh") -> str:
    """Why a day of a derivation was counted or not, or what happened on it."""
    if step.turn or step.counted_day is None:
        return name("turns", step.turn or "received", language)
    return why(step.counted_day, language)


def message(finding: Finding, language: str = "zh") -> str:
    """The sentence that says what a finding found."""
    return CATALOGUE.message(finding, language)


def advice(finding: Finding, language: str = "zh") -> str:
    """What to do about it."""
    return CATALOGUE.advice(finding, language)
