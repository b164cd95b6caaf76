"""Who is calling is taken from the connection and from proxies that were counted, never from what the caller writes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from gongkai.office.accounts.visitors import Limit, address_of, wait_for

START = datetime(2024, 4, 12, 1, 0, tzinfo=UTC)
LIMIT = Limit("test", times=3, seconds=60)


def request(peer: str, forwarded: str | None = None):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)


def test_without_a_proxy_a_forged_header_changes_nothing():
    assert address_of(request("198.51.100.7", "203.0.113.9")) == "198.51.100.7"


@pytest.mark.parametrize("forged", ["203.0.113.9", "127.0.0.1", "10.0.0.1, 203.0.113.9", "<script>", ""])
def test_behind_one_proxy_what_the_caller_wrote_in_front_is_not_looked_at(settings, forged):
    settings.TRUSTED_PROXIES = 1
    written = f"{forged}, 198.51.100.7" if forged else "198.51.100.7"
    assert address_of(request("127.0.0.1", written)) == "198.51.100.7"


def test_behind_two_proxies_the_second_entry_from_the_end_counts(settings):
    settings.TRUSTED_PROXIES = 2
    assert address_of(request("127.0.0.1", "203.0.113.9, 198.51.100.7, 192.0.2.1")) == "198.51.100.7"


@pytest.mark.parametrize("written", [None, "", "198.51.100.7", "unknown, 192.0.2.1"])
def test_when_the_proxies_said_less_than_they_should_the_connection_counts(settings, written):
    settings.TRUSTED_PROXIES = 2
    assert address_of(request("127.0.0.1", written)) == "127.0.0.1"


def test_calls_within_the_limit_pass_and_the_next_one_waits():
    assert [wait_for(LIMIT, request("198.51.100.7"), at=START) for _ in range(3)] == [0, 0, 0]
    assert 0 < wait_for(LIMIT, request("198.51.100.7"), at=START) <= 60


def test_a_forged_header_gives_no_new_count():
    waits = [wait_for(LIMIT, request("198.51.100.7", f"203.0.113.{n}"), at=START) for n in range(4)]
    assert waits[3] > 0


def test_another_network_and_another_kind_of_call_count_for_themselves():
    for _ in range(4):
        wait_for(LIMIT, request("198.51.100.7"), at=START)
    assert wait_for(LIMIT, request("198.51.100.8"), at=START) == 0
    assert wait_for(Limit("other", times=3, seconds=60), request("198.51.100.7"), at=START) == 0


def test_addresses_of_one_ipv6_network_count_together():
    waits = [wait_for(LIMIT, request(f"2001:db8:1:2::{n}"), at=START) for n in range(4)]
    assert waits[3] > 0
    assert wait_for(LIMIT, request("2001:db8:1:3::1"), at=START) == 0


def test_ipv4_addresses_written_as_ipv6_do_not_count_together():
    for _ in range(4):
        wait_for(LIMIT, request("::ffff:198.51.100.7"), at=START)
    assert wait_for(LIMIT, request("::ffff:198.51.100.8"), at=START) == 0


def test_the_window_slides_so_that_a_burst_at_its_edge_is_not_twice_the_limit():
    edge = datetime.fromtimestamp(START.timestamp() // 60 * 60, UTC)
    for _ in range(3):
        wait_for(LIMIT, request("198.51.100.7"), at=edge + timedelta(seconds=59))
    assert wait_for(LIMIT, request("198.51.100.7"), at=edge + timedelta(seconds=61)) > 0
    assert wait_for(LIMIT, request("198.51.100.7"), at=edge + timedelta(seconds=180)) == 0


def test_no_address_is_kept():
    wait_for(LIMIT, request("198.51.100.7"), at=START)
    assert not [key for key in caches["counters"]._cache if "198.51" in key]
