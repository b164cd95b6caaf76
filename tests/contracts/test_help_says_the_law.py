"""Numbers of the law that stand in words beside a field are those of the law data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from gongkai.office.casework.forms import FORMS
from gongkai.office.casework.verbs import VERBS
from gongkai.office.engagement.forms import ConsultationForm, PromiseForm
from gongkai.office.normative.kinds import KINDS
from gongkai.office.publishing.forms import _HINTS as HINTS
from gongkai.office.reporting.forms import OpenForm
from gongkai.regulation.law import MonthDay, law_on

UNITS = {"working_day": "个工作日", "natural_day": "日"}
NUMERALS = {20: "二十"}


def told() -> Iterator[tuple[str, str, str]]:
    """What is said, where, and the parameter it speaks of."""
    yield "casework: 告知补正", VERBS["request_correction"].help, "correction_notice_period"
    yield "casework: 延长答复期限", VERBS["extend"].help, "extension_limit"
    yield "casework: 征求意见", str(FORMS["consult"].base_fields["received_on"].help_text), "third_party_opinion_period"
    yield "normative: 征求意见", KINDS["comment_held"].help, "comment_period"
    yield "normative: 征求意见", KINDS["comment_held"].help, "market_comment_period"
    yield "normative: 备案", KINDS["filed"].help, "filing_period"
    yield "engagement: 意见征集", str(ConsultationForm.base_fields["kind"].help_text), "decision_consultation_period"
    yield "engagement: 意见征集", str(ConsultationForm.base_fields["kind"].help_text), "comment_period"
    yield "engagement: 承诺", str(PromiseForm.base_fields["working_days"].help_text), "message_reply_period"
    yield "engagement: 承诺", str(PromiseForm.base_fields["working_days"].help_text), "message_longest_period"
    yield "publishing: 生成日期", HINTS["formed_date"], "proactive_disclosure_period"


@pytest.mark.parametrize(
    ("where", "text", "parameter"), list(told()), ids=lambda given: given if len(given) < 40 else ""
)
def test_a_hint_names_the_period_of_the_law_in_force(where: str, text: str, parameter: str) -> None:
    # The last rule there is: a hint is written for whoever works now.
    found = law_on(date(9999, 12, 31)).parameter(parameter, int)
    numerals = (str(found.value), NUMERALS.get(found.value, "—"))
    assert any(f"{numeral}{UNITS[found.unit]}" in text for numeral in numerals), where


@pytest.mark.parametrize("parameter", ["department_report_deadline", "government_publication_deadline"])
def test_the_form_that_opens_a_year_names_the_days_of_the_law_in_force(parameter: str) -> None:
    day = law_on(date(9999, 12, 31)).parameter(parameter, MonthDay).value
    assert f"{day.month}月{day.day}日" in str(OpenForm.base_fields["publish_by"].help_text)
