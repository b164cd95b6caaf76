"""What the parts of letters are called and what their findings say, in Chinese or English."""

from gongkai.regulation.finding import Finding
from gongkai.regulation.letters.tables import table
from gongkai.regulation.messages import Catalogue

CATALOGUE = Catalogue.of("gongkai.regulation.letters")
advice = CATALOGUE.advice


def label(part: str, language: str = "zh") -> str:
    """What a part of a letter is called; a part that the data doesn't know goes by its key.

    >>> label("remedies"), label("remedies", "en")
    ('救济途径', 'remedies')
    """
    named = table("shared")["labels"].get(part)
    return named["en" if language == "en" else "zh"] if named else part


def message(finding: Finding, language: str = "zh") -> str:
    """The sentence that says what a finding found."""
    between = ", " if language == "en" else "、"
    return CATALOGUE.message(finding, language, part=between.join(label(part, language) for part in finding.where))
