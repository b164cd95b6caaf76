from datetime import date

import pytest

from gongkai.regulation.deadlines import CHANNELS, Channel, needs_confirmation, receipt_on
from gongkai.regulation.law import LawMissing

SUBMITTED, CONFIRMED = date(2024, 9, 13), date(2024, 9, 14)


@pytest.mark.parametrize("channel", ["in_person", "oral", "post_signed"])
def test_these_channels_are_received_when_they_reach_the_agency(channel: Channel) -> None:
    assert receipt_on(channel, SUBMITTED, None) == SUBMITTED
    assert receipt_on(channel, SUBMITTED, CONFIRMED) == SUBMITTED


@pytest.mark.parametrize("channel", ["post_unsigned", "online", "fax"])
def test_these_channels_are_received_when_both_sides_confirm(channel: Channel) -> None:
    assert receipt_on(channel, SUBMITTED, None) is None
    assert receipt_on(channel, SUBMITTED, CONFIRMED) == CONFIRMED


@pytest.mark.parametrize("channel", CHANNELS)
def test_under_the_regulation_of_2008_no_channel_waited_for_confirmation(channel: Channel) -> None:
    assert not needs_confirmation(channel, date(2019, 5, 14))


def test_before_there_was_a_regulation_there_is_no_rule() -> None:
    with pytest.raises(LawMissing):
        receipt_on("online", date(2008, 4, 30), None)
