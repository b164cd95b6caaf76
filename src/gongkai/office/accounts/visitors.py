"""Who is calling: the address a request really came from, and how often it may.

The piece is used by every public form and by sign-in. Counts are kept by keyed digest of the network, never by address.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of the caller, as far as it can be believed.

    Without a proxy it is the other end of the connection, whatever the caller claims. Each of `TRUSTED_PROXIES` proxies
    adds, at the end of X-Forwarded-For, whom it was called by: the caller is that many entries from the end, and
    anything in front of it was written by the caller and is not looked at.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    claimed = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if not proxies or len(claimed) < proxies:
        return peer
    try:
        return str(ip_address(claimed[-proxies]))
    except ValueError:
        return peer


@dataclass(frozen=True, slots=True)
class Limit:
    """How many calls of a kind one network has in a span of time. `name` tells the kinds apart."""

    name: str
    times: int
    seconds: int


def wait_for(limit: Limit, request: HttpRequest, *, at: datetime) -> int:
    """Count a call. The seconds to wait before the next one: 0 when this one is within the limit.

    A sliding window: calls of the span before count by the part of it that still lies within the last `seconds`.
    Counts are kept in the cache named `counters`, by default one in each server process: with several processes a
    network has at most that many times the limit.
    """
    span, into = divmod(at.timestamp(), limit.seconds)
    counters = caches["counters"]
    key = f"{limit.name}:{network_mark(request)}"
    now, before = f"{key}:{int(span)}", f"{key}:{int(span) - 1}"
    counters.add(now, 0, timeout=2 * limit.seconds)
    try:
        count = counters.incr(now)
    except ValueError:  # thrown out of a full cache between the two calls
        return 0
    earlier = counters.get(before, 0)
    if count + earlier * (1 - into / limit.seconds) <= limit.times:
        return 0
    return max(1, ceil(limit.seconds - into))


def network_mark(request: HttpRequest) -> str:
    """The network a call comes from, as a keyed digest: two calls can be told to come from one, and nothing else."""
    return _digest(address_of(request))


def _digest(address: str) -> str:
    """A network without its address. One household has a whole IPv6 network, so its addresses count together."""
    try:
        found = ip_address(address)
    except ValueError:
        network = "unknown"
    else:
        if isinstance(found, IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        network = str(ip_network((found, 64 if isinstance(found, IPv6Address) else 32), strict=False))
    return hmac.new(settings.SECRET_KEY.encode(), network.encode(), hashlib.sha256).hexdigest()[:32]
