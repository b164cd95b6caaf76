"""What the words of a report say against its tables, against each other, and against the form.

A claim is compared only when it is an exact count of the reporting year. When the two numbers could both be right,
because the claim speaks of another scope (the whole district, another body) or of applications with those carried
over, the finding is a warning with both numbers: a person chooses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.regulation.annual_report.claims import Claim
from gongkai.regulation.annual_report.figures import Figure, catalogue
from gongkai.regulation.annual_report.forms import Form, form, form_for_year
from gongkai.regulation.annual_report.report import Report
from gongkai.regulation.annual_report.title import period_finding, period_of, title_year, title_year_finding
from gongkai.regulation.finding import Finding, Number, Severity

_RATE_TOLERANCE = Decimal("0.05")
_CARRY_WORDS = ("结转", "转入")
_NEW_WORDS = ("新收", "新增", "新接")
_ON_TIME_WORDS = ("按时", "按期", "及时", "时限", "期限")
_FEE_WORDS = ("处理费", "收费", "费用")
_YUAN_IN_WAN = 10_000

_OUTCOMES = ("granted", "partially_granted", "denied", "unable_to_provide", "not_processed", "other_handling")


def narrative_findings(
    report: Report, claims: Sequence[Claim], facts: Mapping[str, Number] | None = None
) -> list[Finding]:
    """The findings about the words of a report.

    `facts` are ledger figures by address (`ledger.processing_fees.collected_wan`, `ledger.platform.items_disclosed`, and
    `ledger.figures.<key>` for any figure of the catalogue that the office counts itself); without them the rules on fees
    collected, items published and other figures that no table holds are not applied.
    """
    return [
        *_year_findings(report),
        *(finding for claim in claims for finding in _claim_findings(report, claim, facts or {})),
        *_conflicts(claims),
        *_sums(claims),
        *_missing_parts(report),
    ]


# --- the year ---------------------------------------------------------------------------------------------------------


def _year_findings(report: Report) -> Iterator[Finding]:
    noticed = {finding.code for finding in report.observations}
    printed, period = title_year(report.narrative.title), period_of(report.narrative)
    if report.year is None:
        return
    if printed not in (None, report.year) and "N-TITLE-YEAR" not in noticed:
        yield title_year_finding(report.narrative, printed or 0, report.year)
    if period and (period.year != report.year or not period.is_full_year) and "N-PERIOD" not in noticed:
        yield period_finding(period, report.year)


# --- a claim against the tables ---------------------------------------------------------------------------------------


def _claim_findings(report: Report, claim: Claim, facts: Mapping[str, Number]) -> Iterator[Finding]:
    figure = catalogue().get(claim.figure or "")
    if figure is None or claim.period or claim.approximate:
        return
    if claim.is_part and figure.is_whole:
        return
    sums = figure.cells(report.table_editions)
    if f"ledger.figures.{figure.key}" in facts and (not sums or _has_no_fact(sums[0], facts)):
        yield from _ledger_findings(claim, figure, facts)
    elif not figure.rule:
        return
    elif figure.key == "completion_rate":
        yield from _rate_findings(report, claim, figure)
    elif claim.value == 0 and figure.zero_cells:
        yield from _none_findings(report, claim, figure)
    else:
        yield from _count_findings(report, claim, figure, facts)


def _count_findings(report: Report, claim: Claim, figure: Figure, facts: Mapping[str, Number]) -> Iterator[Finding]:
    sums = figure.cells(report.table_editions)
    readings = [_sum(report, addresses, facts) for addresses in sums]
    if not sums or _has_no_fact(sums[0], facts):
        return
    meant = readings[0]
    if meant is None:
        if claim.value:
            yield _finding(report, claim, figure, sums[0], None, "info")
        return
    if _equal(claim, meant, sums[0]):
        return
    also = next(
        (place for place, value in enumerate(readings) if value is not None and _equal(claim, value, sums[place])), 0
    )
    if also and (figure.key not in _CARRY_CHOICES or _says_how(claim)):
        if not any(word in claim.clause for word in _NEW_WORDS):
            return
        also = 0
    severity = "warning" if also or _is_other_scope(report, claim) else figure.severity
    yield _finding(report, claim, figure, sums[0], meant, severity)


def _ledger_findings(claim: Claim, figure: Figure, facts: Mapping[str, Number]) -> Iterator[Finding]:
    """A claim that no table holds, against what the office's own ledger counted."""
    counted = facts[f"ledger.figures.{figure.key}"]
    if claim.value != counted:
        values = {"figure": figure.label, "figure_en": figure.label_en, "claimed": claim.text, "unit": claim.unit}
        where = (claim.where,) if claim.where else ()
        yield Finding(
            "N-LEDGER", "warning", left=claim.value, right=counted, values=values, where=where, quotes=(claim.sentence,)
        )


# Figures a report may count with or without the applications carried over; for others any of the cells may be meant.
_CARRY_CHOICES = frozenset({"applications_received", "natural_person_applications", "organization_applications"})


def _says_how(claim: Claim) -> bool:
    """Whether the sentence itself says that applications carried over are counted in."""
    return any(word in claim.sentence for word in _CARRY_WORDS)


def _is_other_scope(report: Report, claim: Claim) -> bool:
    """Whether the claim may speak of more, or of fewer, bodies than the tables do."""
    is_government = bool(report.agency and report.agency.endswith(("政府", "县", "区", "市", "省", "州", "盟", "旗")))
    return claim.scope == "other" or claim.scope == ("own" if is_government else "district")


def _none_findings(report: Report, claim: Claim, figure: Figure) -> Iterator[Finding]:
    """A claim that there was nothing at all, against every cell that would have to be zero."""
    if figure.zero_cells[0].partition(".")[0] not in report.table_editions:
        return
    counted = [(address, value) for address in figure.zero_cells if (value := report.value(address))]
    if counted:
        severity: Severity = "warning" if _is_other_scope(report, claim) else figure.severity
        # Totals come last in each group; the largest number shown is the plainest contradiction.
        largest = max(value for _, value in counted)
        addresses = tuple(address for address, _ in counted)
        yield _finding(report, claim, figure, addresses, largest, severity)


def _rate_findings(report: Report, claim: Claim, figure: Figure) -> Iterator[Finding]:
    if any(word in claim.clause for word in _ON_TIME_WORDS) or "applications" not in report.table_editions:
        return
    addresses = tuple(f"applications.{row}.total" for row in ("new_received", "carried_over", "results_total"))
    received, carried, done = (report.value(address) for address in addresses)
    if received is None or carried is None or done is None:
        if claim.value:
            yield _finding(report, claim, figure, addresses, None, "info")
        return
    if received + carried == 0:
        return
    rate = Decimal(100) * Decimal(done) / Decimal(received + carried)
    places = len(claim.text.partition(".")[2].rstrip("%％"))
    if abs(rate - Decimal(claim.value)) > max(_RATE_TOLERANCE, Decimal(5) / 10 ** (places + 1)):
        rounded = round(rate, 2)
        yield _finding(
            report, claim, figure, addresses, int(rounded) if rounded == int(rounded) else rounded, figure.severity
        )


def _has_no_fact(addresses: tuple[str, ...], facts: Mapping[str, Number]) -> bool:
    return any(address.startswith("ledger.") and address not in facts for address in addresses)


def _sum(report: Report, addresses: tuple[str, ...], facts: Mapping[str, Number]) -> Number | None:
    total: Number = 0
    for address in addresses:
        value = facts.get(address) if address.startswith("ledger.") else report.value(address)
        if value is None:
            return None
        total += value
    return total


def _equal(claim: Claim, value: Number, addresses: tuple[str, ...]) -> bool:
    """Whether a claim and its cells say the same; 万元 is compared to the places of the rounder of the two.

    A ledger figure is not rounded: it must agree to the places the prose prints.
    """
    if not addresses[0].endswith("_wan"):
        return claim.value == value
    printed = claim.text.partition("万")
    steps = [10 ** -len(printed[0].partition(".")[2]) if printed[1] else Decimal("0.0001")]
    if not addresses[0].startswith("ledger."):
        steps.append(Decimal(10) ** int(Decimal(value).as_tuple().exponent))
    return abs(Decimal(claim.value) / _YUAN_IN_WAN - Decimal(value)) <= max(map(Decimal, steps)) / 2


def _finding(
    report: Report,
    claim: Claim,
    figure: Figure,
    addresses: tuple[str, ...],
    right: Number | None,
    severity: Severity,
) -> Finding:
    cells = tuple(address for address in addresses if not address.startswith("ledger."))
    code = "N-NO-FEE" if figure.rule == "N-FEE" and claim.text[0] in "未没无零不" else figure.rule
    places = [claim.where, *(report.cells[address].where for address in cells if address in report.cells)]
    unit = "万元" if addresses[0].endswith("_wan") else claim.unit
    values = {"figure": figure.label, "figure_en": figure.label_en, "claimed": claim.text, "unit": unit}
    left: Number = claim.value
    if unit == "万元":
        left = Decimal(claim.value) / _YUAN_IN_WAN
    return Finding(
        code,
        severity,
        "not_assessable" if right is None else "fails",
        cells,
        left,
        right,
        values,
        tuple(place for place in places if place),
        (claim.sentence,),
    )


# --- claims against each other ----------------------------------------------------------------------------------------


def _conflicts(claims: Sequence[Claim]) -> Iterator[Finding]:
    """Two values for one figure of the same scope and year."""
    stated: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        figure = catalogue().get(claim.figure or "")
        if not figure or not figure.is_exclusive or not _is_plain(claim):
            continue
        first = stated.setdefault((figure.key, claim.scope), claim)
        if first.value == claim.value or _is_carry_pair(first, claim):
            continue
        yield Finding(
            "N-PROSE-CONFLICT",
            "warning",
            cells=claim.cells,
            left=first.value,
            right=claim.value,
            values={"figure": figure.label, "figure_en": figure.label_en, "claimed": first.text, "other": claim.text},
            where=_places(first, claim),
            quotes=(first.sentence, claim.sentence),
        )


def _is_carry_pair(first: Claim, second: Claim) -> bool:
    """Whether one of two counts of applications is said to be new or to include those carried over."""
    words = (*_CARRY_WORDS, *_NEW_WORDS)
    return first.figure in _CARRY_CHOICES and any(word in first.sentence + second.sentence for word in words)


def _is_plain(claim: Claim) -> bool:
    return not claim.period and not claim.approximate and not claim.is_part


def _sums(claims: Sequence[Claim]) -> Iterator[Finding]:
    """Claimed parts against their claimed total."""
    first: dict[str, Claim] = {}
    for claim in claims:
        if claim.figure and not claim.period and not claim.approximate and claim.scope != "other":
            first.setdefault(claim.figure, claim)
    received = first.get("applications_received") or first.get("applications_handled")
    carried = first["carried_over"].value if "carried_over" in first else 0
    applicants = [first[key] for key in ("natural_person_applications", "organization_applications") if key in first]
    if received and not received.is_part and applicants:
        total = sum(claim.value for claim in applicants)
        complete = len(applicants) == 2
        totals = (received.value, received.value + carried, received.value - carried)
        if (complete and total not in totals) or (not complete and total > max(totals)):
            yield _sum_finding(received, applicants, total)
    done = first.get("applications_completed")
    outcomes = [first[key] for key in _OUTCOMES if key in first]
    if done and not done.is_part and outcomes:
        total = sum(claim.value for claim in outcomes)
        if total > done.value:
            yield _sum_finding(done, outcomes, total)


def _sum_finding(whole: Claim, parts: Sequence[Claim], total: Number) -> Finding:
    labels = [catalogue()[part.figure or ""] for part in parts]
    return Finding(
        "N-PROSE-SUM",
        "warning",
        cells=tuple(address for claim in (*parts, whole) for address in claim.cells),
        left=total,
        right=whole.value,
        values={
            "parts": "、".join(f"{label.label}{part.text}" for label, part in zip(labels, parts, strict=True)),
            "parts_en": ", ".join(f"{label.label_en} {part.value}" for label, part in zip(labels, parts, strict=True)),
            "figure": catalogue()[whole.figure or ""].label,
            "figure_en": catalogue()[whole.figure or ""].label_en,
            "claimed": whole.text,
        },
        where=_places(*parts, whole),
        quotes=tuple(dict.fromkeys(claim.sentence for claim in (*parts, whole))),
    )


def _places(*claims: Claim) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.where for claim in claims if claim.where))


# --- what the form asks for -------------------------------------------------------------------------------------------


def _missing_parts(report: Report) -> Iterator[Finding]:
    expected = _expected_form(report)
    narrative = report.narrative
    missing = [section for section in expected.sections if section.key not in narrative.sections]
    if missing:
        yield Finding(
            "SECTION-MISSING",
            "warning",
            values={
                "sections": "、".join(f"{section.numbering}、{section.label}" for section in missing),
                "sections_en": "; ".join(section.label_en for section in missing),
            },
        )
    for section in expected.sections:
        if section.content == "narrative" and narrative.sections.get(section.key) == ():
            values = {"section": section.label, "section_en": section.label_en}
            yield Finding("SECTION-EMPTY", "warning", values=values)
    found = narrative.topics()
    absent = [topic for section in expected.sections for topic in section.topics if topic.key not in found]
    if absent and narrative.sections.get("overview"):
        yield Finding(
            "TOPIC-MISSING",
            "info",
            values={
                "topics": "、".join(topic.label for topic in absent),
                "topics_en": "; ".join(topic.label_en for topic in absent),
            },
        )
    words = "".join(passage.text for passage in narrative.sections.get("other_matters", ()))
    if words and expected.edition == "2021" and not any(fee in words for fee in _FEE_WORDS):
        yield Finding("FEE-STATEMENT-MISSING", "warning", quotes=(words[:80],))


def _expected_form(report: Report) -> Form:
    """The form the year asks for; without a year, the one the tables are printed on."""
    by_year = form_for_year(report.year) if report.year else None
    return by_year or form("2021" if report.edition == "2021" else "2019")
