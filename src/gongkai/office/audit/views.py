"""The public's check: enter a code or give a file, and read in plain words whether it is genuine.

A file that is given here is hashed while it arrives and never kept; nothing is noted of who asked.
"""

from __future__ import annotations

import hashlib
import re

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from gongkai.office.audit import signing
from gongkai.office.audit.codes import Mistyped, printed, typed
from gongkai.office.audit.listing import list_of
from gongkai.office.audit.models import Seal
from gongkai.office.audit.queries import seal_of, seals_of_file

_SHA256 = re.compile(r"[0-9a-f]{64}")


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The page to enter a code or give a file."""
    given = request.GET.get("code", "").strip()[:100]
    if not given:
        return render(request, "audit/verify.html")
    try:
        return redirect("verify_code", code=printed(typed(given)))
    except Mistyped as wrong:
        return render(request, "audit/verify.html", {"given": given, "mistyped": str(wrong)}, status=400)


@require_safe
def code(request: HttpRequest, code: str) -> HttpResponse:
    """What a code says."""
    try:
        wanted = typed(code)
    except Mistyped as wrong:
        return render(request, "audit/verify.html", {"given": code, "mistyped": str(wrong)}, status=404)
    seal = seal_of(wanted)
    answer = {"seal": seal, "code": printed(wanted)}
    return render(request, "audit/answer.html", answer, status=200 if seal else 404)


@csrf_exempt  # Nothing is changed by it, and the page that holds the form has no session.
@require_POST
def file(request: HttpRequest) -> HttpResponse:
    """Hash the file that was given, and say what is known of the hash."""
    given = request.FILES.get("file")
    if given is None:
        wrong = "没有选择文件。请先选择要校验的文件，再点“校验文件”。"
        return render(request, "audit/verify.html", {"no_file": wrong}, status=400)
    digest = hashlib.sha256()
    for chunk in given.chunks():
        digest.update(chunk)
    return redirect("verify_digest", sha256=digest.hexdigest())


@require_safe
def digest(request: HttpRequest, sha256: str) -> HttpResponse:
    """What is known of a file by its SHA-256."""
    if not _SHA256.fullmatch(sha256):
        raise Http404("这不是文件摘要值：应为64位十六进制字符。")
    seals = seals_of_file(sha256)
    answer = {"seal": seals[0] if seals else None, "sha256": sha256, "code": printed(seals[0].code) if seals else ""}
    return render(request, "audit/answer.html", answer, status=200 if seals else 404)


@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The signed certificate of a code, for a check without the net."""
    seal = _seal_or_404(code)
    content = signing.as_json(signing.certificate(seal, site=settings.SITE_URL))
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="certificate-{printed(seal.code)}.json"'
    return response


@require_safe
def listed(request: HttpRequest) -> HttpResponseBase:
    """The signed list of all files given out, as of today."""
    return FileResponse(list_of(localdate(now())).open("rb"), content_type="application/json; charset=utf-8")


@require_safe
def public_key(request: HttpRequest) -> HttpResponse:
    """The installation's public key."""
    return HttpResponse(signing.public_key(), content_type="application/x-pem-file")


def _seal_or_404(code: str) -> Seal:
    try:
        seal = seal_of(typed(code))
    except Mistyped as wrong:
        raise Http404(str(wrong)) from wrong
    if seal is None:
        raise Http404("没有这个校验码。")
    return seal
