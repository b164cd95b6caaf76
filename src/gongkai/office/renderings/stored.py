"""Views whose answers are kept as files: `@stored`, and `depends_on` for what a view finds out while it renders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.response import SimpleTemplateResponse
from django.urls import resolve, set_script_prefix

from gongkai.office.renderings.actions import keep, now
from gongkai.office.renderings.addresses import content_type, file_of
from gongkai.office.renderings.headers import ATTACHMENT_POLICY, REVALIDATED

View = Callable[..., HttpResponseBase]

_collected: ContextVar[set[str] | None] = ContextVar("what the page that is being rendered depends on", default=None)
_unkept: ContextVar[list[bool] | None] = ContextVar(
    "whether the page that is being rendered may not be kept", default=None
)


def stored(keys: Callable[..., Iterable[str]] | None = None) -> Callable[[View], View]:
    """A public view whose answer is kept as a file until one of its keys is touched.

    `keys` gets what the view gets (the request and the parts of the address) and gives what the page depends on
    (`renderings.keys`), the frame of the site apart, on which every page depends; `depends_on` adds to it.

    The view sees a request of nobody: no user, session, cookie, query string or header, so that nothing personal and
    nothing of one visitor's can get into the file. Only answers of status 200 are kept.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            seen = now()
            nobody = _request_of_nobody(request.path_info)
            # Below a prefix that shows pages in another way (`portal.display`) only kiosks look: rendered each time.
            has_prefix = request.path != request.path_info
            if has_prefix:
                nobody.display_of_address = getattr(request, "display_of_address", None)  # type: ignore[attr-defined]
            with _collecting() as (names, unkept):
                if keys is not None:
                    names.update(keys(nobody, *args, **kwargs))
                response = view(nobody, *args, **kwargs)
                if isinstance(response, SimpleTemplateResponse):
                    response.render()
            if isinstance(response, HttpResponse):
                # What is said of the file is said here too: a browser asks each time whether the page still stands.
                response["Cache-Control"] = REVALIDATED
            if response.status_code == 200 and not unkept and not has_prefix and file_of(request.path_info) is not None:
                _keep(request.path_info, response, names, seen)
            return response

        return answer

    return decorate


def depends_on(*names: str) -> None:
    """Say, while a page is rendered, that it shows something of these keys. Elsewhere it says nothing to anybody."""
    collected = _collected.get()
    if collected is not None:
        collected.update(names)


def do_not_keep() -> None:
    """Say, while a page is rendered, that it isn't worth a file: the five-hundredth page of a list."""
    unkept = _unkept.get()
    if unkept is not None:
        unkept.append(True)


def attachment(path: Path, name: str) -> FileResponse:
    """The answer of a stored view that is a file of the office's own, for the public to save or look at.

    Its type is told by its name and is never one that a browser would run.
    """
    response = FileResponse(path.open("rb"), content_type=content_type(f"attachments/1-1-{name}"))
    response["Content-Length"] = str(path.stat().st_size)
    # Without a name: browsers take the last part of the address, which is the file's name.
    response["Content-Disposition"] = "attachment"
    response["Content-Security-Policy"] = ATTACHMENT_POLICY
    response["Cache-Control"] = REVALIDATED
    response.file_on_disk = path  # type: ignore[attr-defined]
    return response


def rendered(path: str) -> HttpResponseBase:
    """The answer of an address, rendered now for nobody in particular. Errors: Resolver404 where nothing stands."""
    found = resolve(path)
    set_script_prefix("/")
    return found.func(_request_of_nobody(path), *found.args, **found.kwargs)  # type: ignore[no-any-return]


def _keep(path: str, response: HttpResponseBase, names: Iterable[str], seen: int) -> None:
    expected = content_type(file_of(path) or "")
    assert response["Content-Type"] == expected, f"{path} 的内容类型应当是 {expected}，不是 {response['Content-Type']}"
    assert not response.cookies, f"{path} 是公开页面，不能设置 Cookie"
    if isinstance(response, HttpResponse):
        keep(path, response.content, names=names, seen=seen)
    elif (file := getattr(response, "file_on_disk", None)) is not None:
        keep(path, file, names=names, seen=seen)


def _request_of_nobody(path: str) -> HttpRequest:
    site = urlsplit(settings.SITE_URL)
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "wsgi.url_scheme": site.scheme,
    }
    request.resolver_match = resolve(path)
    return request


@contextmanager
def _collecting() -> Iterator[tuple[set[str], list[bool]]]:
    names: set[str] = set()
    unkept: list[bool] = []
    collected, kept = _collected.set(names), _unkept.set(unkept)
    try:
        yield names, unkept
    finally:
        _collected.reset(collected)
        _unkept.reset(kept)
