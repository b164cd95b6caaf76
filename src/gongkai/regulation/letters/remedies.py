"""The remedies notice: to whom, in what order and until when, by the law of the day of the letter.

The law asks the agency to tell the right to reconsideration, the body and the period, and since 2024-01-01 to tell that a
refusal to disclose has to go to reconsideration first. Source: reconsideration-2023 art. 20, 22, 23-4; reconsideration-1999
art. 9; litigation-2014 art. 44, 45, 46; ogi-2019 art. 51.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.regulation.law import Law, LawMissing, law_on
from gongkai.regulation.letters.citing import written
from gongkai.regulation.letters.facts import CaseFacts
from gongkai.regulation.letters.filling import Words, reconsideration_body
from gongkai.regulation.letters.kinds import Kind
from gongkai.regulation.letters.tables import table


@dataclass(frozen=True, slots=True)
class Notice:
    """A remedies notice: its words, and the phrases that carry what the law asks for."""

    text: str
    musts: tuple[str, ...]


def reconsideration_comes_first(kind: Kind, on: date) -> bool:
    """Whether whoever gets this letter on that day has to go to reconsideration before a court.

    Source: reconsideration-2023 art. 23-4; reconsideration-rules-2026 art. 31.
    >>> from gongkai.regulation.letters.kinds import kind_of
    >>> denial = kind_of("reply_deny_internal")
    >>> reconsideration_comes_first(denial, date(2023, 12, 31)), reconsideration_comes_first(denial, date(2024, 1, 1))
    (False, True)
    """
    return kind.remedies == "refusal" and law_on(on).parameter("refusal_reconsideration_first", bool).value


def remedies_notice(words: Words) -> Notice:
    """The notice for a letter; gaps and what is missing are noted in the words, as for any part."""
    law, office = law_on(words.on), words.case.office
    wording = table("shared")["remedies"]
    first = reconsideration_comes_first(words.kind, words.on)
    words["first_basis"] = written([wording["first_basis"]])
    words["reconsideration_body"] = reconsideration_body(office, law) or words.gap(
        "reconsideration_body", "行政复议机关"
    )
    text = wording["first" if first else "choice"].format_map(words)
    musts = [f"{words['reconsideration_days']}日", str(words["reconsideration_body"]), str(words["court"])]
    musts.append("应当先申请行政复议" if first else f"{words['lawsuit_months']}个月")
    if needs_channel(words.case, law):
        text += wording["channel"].format_map(words)
        musts.append(str(words["reconsideration_channel"]))
    return Notice(text, tuple(musts))


def needs_channel(case: CaseFacts, law: Law) -> bool:
    """Whether the letter has to name the online way to reconsideration, because it is served online itself.

    Source: reconsideration-2023 art. 22.
    """
    if case.facts.get("delivery") != "online":
        return False
    try:
        return law.parameter("online_reconsideration_channel", bool).value
    except LawMissing:
        return False
