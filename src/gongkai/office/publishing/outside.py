"""Links to other sites in drafts: whether they open, asked in the background and remembered with the day.

Off unless the installation says that it may go out (`GONGKAI_CHECK_LINKS`): many an office has no way into the internet, and there
every link would look dead. Nothing that stands in a text leads the office into its own network: only http and https on their own
ports, only addresses of the public internet, asked for again at each redirection and connected to as they were looked up.
"""

from __future__ import annotations

import http.client
import ipaddress
import logging
import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.db.models import Q

from gongkai.office.publishing.body import addresses
from gongkai.office.publishing.models import Draft, OutsideLink

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Links asked in one round of the clock; of one site at most one, so that nobody is pestered."""
AGAIN = timedelta(days=1)
"""How long an answer stands while a draft that holds the link is in hand."""
TIMES = 2
"""Days in a row a link has to be dead before a reviewer is told: sites are down for a night."""
SECONDS = 8.0
_REDIRECTIONS = 3
_PORTS = {"http": 80, "https": 443}
_GONE = frozenset((404, 410))
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""Addresses behind which a translator puts those of IPv4 (RFC 6052)."""


class NotPublic(Exception):
    """An address that is not one of the public internet: it is never asked."""


class NoAnswer(Exception):
    """Nobody answers there: no such name, nobody listens, too slow, a broken certificate."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads: the site, and the machine that was looked up for it."""

    scheme: str
    host: str
    machine: str
    path: str


Look = Callable[[str, int], Iterable[str]]
Ask = Callable[[Place], tuple[int, str]]


def is_outside(address: str) -> bool:
    """Is it a link to another site?"""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (
        parts.scheme in _PORTS and "." in (parts.hostname or "") and parts.netloc != urlsplit(settings.SITE_URL).netloc
    )


def opens(address: str) -> bool:
    """What is known of a link: False when it was found dead on several days; True also of what nobody asked yet."""
    return not OutsideLink.objects.filter(address=address, dead_days__gte=TIMES).exists()


def ask_due(at: datetime) -> None:
    """Ask the links of the drafts in hand that nobody asked today; forget those that stand in no draft any more."""
    if not settings.CHECK_LINKS:
        return
    _gather(at)
    due = OutsideLink.objects.filter(Q(asked_at=None) | Q(asked_at__lte=at - AGAIN)).order_by("asked_at", "pk")
    told: list[tuple[OutsideLink, str]] = []
    sites: set[str] = set()
    for link in due[: AT_ONCE * 10]:
        site = urlsplit(link.address).netloc
        if site not in sites and len(sites) < AT_ONCE:
            sites.add(site)
            told.append((link, fault(link.address)))
    # When nobody at all answers, it is not the links that are dead but our own way out.
    if told and all(said == "没有应答" for _, said in told) and len(told) > 1:
        log.warning("外部链接一个也打不开，可能是本机不能上网；这一轮不作数。")
        return
    for link, said in told:
        link.asked_at, link.fault = at, said
        link.dead_days = link.dead_days + 1 if said else 0
        link.save(update_fields=["asked_at", "fault", "dead_days"])


def fault(address: str, look: Look | None = None, ask: Ask | None = None) -> str:
    """Why a link does not open, in a few words; empty when it does, or when it may not be asked."""
    look, ask = look or _look, ask or _ask
    try:
        for _ in range(_REDIRECTIONS + 1):
            status, onward = ask(place_of(address, look))
            if not (300 <= status < 400 and onward):
                # Refusals to machines (401, 403, 405, 429) and a server's own trouble are no dead links.
                return f"对方网站说没有这个页面（{status}）" if status in _GONE else ""
            address = _joined(address, onward)
    except NotPublic:
        return ""
    except NoAnswer:
        return "没有应答"
    return "转来转去没有结果"


def place_of(address: str, look: Look) -> Place:
    """Where an address leads. Errors: NotPublic, NoAnswer."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise NotPublic(address) from error
    if parts.scheme not in _PORTS or port not in (None, _PORTS[parts.scheme]) or parts.username or not parts.hostname:
        raise NotPublic(address)
    try:
        host = parts.hostname.encode("idna").decode("ascii")
    except UnicodeError as error:  # an empty part, or one of more than 63 signs: no name anybody can look up
        raise NoAnswer(address) from error
    machines = list(look(host, _PORTS[parts.scheme]))
    # One machine of the inner network among them is enough: a name may lead to both, now one and now the other.
    if not machines or not all(_is_public(each) for each in machines):
        raise NotPublic(address)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return Place(
        parts.scheme,
        host,
        machines[0],
        f"{path}?{quote(parts.query, safe='=&%+/?:@!$()*,;~-._')}" if parts.query else path,
    )


def _joined(address: str, onward: str) -> str:
    """Where a redirection leads. Errors: NoAnswer for what is no address."""
    try:
        return urljoin(address, onward)
    except ValueError as error:
        raise NoAnswer(address) from error


def _is_public(machine: str) -> bool:
    address = ipaddress.ip_address(machine)
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if address in _TRANSLATED:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.is_global and not address.is_multicast and (inner is None or inner.is_global)


def _look(host: str, port: int) -> Iterable[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise NoAnswer(host) from error


def _ask(place: Place) -> tuple[int, str]:
    """The status and where to go on, of a machine that was looked up; nothing of the page is read."""
    try:
        with socket.create_connection((place.machine, _PORTS[place.scheme]), timeout=SECONDS) as line:
            if place.scheme == "https":
                line = ssl.create_default_context().wrap_socket(line, server_hostname=place.host)
            asking = http.client.HTTPConnection(place.host, timeout=SECONDS)
            asking.sock = line
            asking.request("GET", place.path, headers={"User-Agent": "Gongkai link check", "Connection": "close"})
            answer = asking.getresponse()
            return answer.status, answer.headers.get("Location", "")
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswer(place.host) from error


def _gather(at: datetime) -> None:
    """The links of the drafts in hand: new ones are noted, those that nobody holds any more go."""
    bodies = Draft.objects.values_list("content__body", flat=True).iterator()
    held = {address[:500] for body in bodies for address in addresses(str(body or "")) if is_outside(address)}
    known = set(OutsideLink.objects.values_list("address", flat=True))
    OutsideLink.objects.bulk_create(
        [OutsideLink(address=each, found_at=at) for each in sorted(held - known)], ignore_conflicts=True
    )
    gone = list(known - held)
    for start in range(0, len(gone), 500):
        OutsideLink.objects.filter(address__in=gone[start : start + 500]).delete()
