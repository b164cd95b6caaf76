"""年报体检: anyone gives a report's file and sees its cells and what is wrong. Nothing of it is kept."""

from __future__ import annotations

from collections import Counter
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from gongkai.documents.model import chinese_place
from gongkai.office.accounts.visitors import Limit, wait_for
from gongkai.office.organs.queries import site
from gongkai.office.reporting.received.isolated import read_once
from gongkai.office.reporting.received.uploads import InMemory
from gongkai.office.reporting.sheets import marks_of, sheets
from gongkai.regulation.annual_report import from_json
from gongkai.regulation.annual_report.cell_names import cell_names

LIMIT = Limit("report-check", times=20, seconds=3600)
AT_ONCE = 2
"""Files that are read at the same time by a server process; whoever comes then is asked to wait a moment."""
MOST_PLACES = 6

_reading = BoundedSemaphore(AT_ONCE)


@csrf_exempt  # Nothing is changed by it, and the page that holds the form has no session.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_up(request: HttpRequest) -> HttpResponse:
    """The form; and, for a file, what was read in it."""
    if not site().offers_report_check:
        raise Http404("本网站没有开通年报体检。")
    if request.method != "POST":
        return _page(request)
    if seconds := wait_for(LIMIT, request, at=now()):
        minutes = max(1, round(seconds / 60))
        response = _page(
            request, refusal=f"您所在的网络一小时内已体检 {LIMIT.times} 份，请过 {minutes} 分钟再来。", status=429
        )
        response["Retry-After"] = str(seconds)
        return response
    request.upload_handlers = [InMemory(request)]
    given = request.FILES.get("file")
    if given is None or not given.size:
        return _page(request, refusal="没有选择文件，或者文件是空的。请选择一份年度报告，再点“开始体检”。", status=400)
    if not _reading.acquire(blocking=False):
        return _page(request, refusal="正在体检的人较多，请过一分钟再试。您的文件没有保存。", status=503)
    try:
        contract = read_once(given.read(), given.name or "").contract
    finally:
        _reading.release()
    if contract["refused"]:
        return _page(request, refusal=contract["refused"]["message"], code=contract["refused"]["code"], status=422)
    return render(request, "reporting/public/check_up_result.html", _told(contract))


def _page(request: HttpRequest, *, status: int = 200, **told: str) -> HttpResponse:
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20
    return render(
        request, "reporting/public/check_up.html", {"megabytes": megabytes, "limit": LIMIT, **told}, status=status
    )


def _told(contract: dict[str, Any]) -> dict[str, Any]:
    report, findings = from_json(contract), contract["findings"]
    states = Counter(cell["state"] for cell in contract["cells"].values())
    return {
        "report": report,
        "edition": report.edition,
        "sheets": sheets(report, marks_of(findings)),
        "findings": [(each, _places(each, contract)) for each in findings],
        "counts": Counter(each["severity"] for each in findings),
        "states": states,
        "claims": [(claim, chinese_place(claim["where"])) for claim in contract["narrative"]["claims"]],
    }


def _places(finding: dict[str, Any], contract: dict[str, Any]) -> list[str]:
    """Where in the file a finding is: the place of its cells, or of its words."""
    editions = contract["table_editions"]
    named = []
    for address in finding["cells"][-1:]:
        label = cell_names(editions[address.partition(".")[0]])[address].label
        where = chinese_place(contract["cells"][address]["where"])
        named.append(f"{label}（{where}）" if where else label)
    return (named + [chinese_place(where) for where in finding["where"] if where])[:MOST_PLACES]
