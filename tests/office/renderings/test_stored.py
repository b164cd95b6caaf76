"""A stored view: what it sees, what is kept, and when it is gone."""

import os
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path as address

from gongkai.office.renderings import actions, keys
from gongkai.office.renderings.models import Dependency, Rendering
from gongkai.office.renderings.stored import attachment, depends_on, do_not_keep, rendered, stored

shown = {"text": "一", "while_rendering": lambda: None, "file": Path()}


@stored(lambda request, pk: [keys.item(pk)])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    if pk == 404:
        raise Http404
    text = shown["text"]
    depends_on(keys.column(7))
    shown["while_rendering"]()
    return HttpResponse(
        f"{text} {request.GET.get('q', '')}{getattr(request, 'user', '')}", status=410 if pk == 410 else 200
    )


@stored()
def deep(request: HttpRequest) -> HttpResponse:
    do_not_keep()
    return HttpResponse("深处")


@stored(lambda request, pk, name: [keys.item(pk)])
def download(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return attachment(shown["file"], name)


@stored()
def wrong_type(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<feed/>", content_type="text/html; charset=utf-8")


urlpatterns = [
    address("items/<int:pk>/", page),
    address("deep/", deep),
    address("feed.xml", wrong_type),
    address("attachments/<int:pk>/1/<str:name>", download),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def _as_it_was():
    shown.update(text="一", while_rendering=lambda: None)


def get(path: str) -> HttpResponse:
    return Client().get(path)


def test_the_first_visit_leaves_a_file_that_says_the_same(committed):
    assert get("/items/12/").content == (committed / "items/12.html").read_bytes() == "一 ".encode()
    assert get("/items/12345/").status_code == 200
    assert (committed / "items/~345/12345.html").exists()


def test_a_change_takes_the_file_away_before_it_is_committed_and_the_next_visit_sees_it(committed):
    get("/items/12/")
    with transaction.atomic():
        actions.touch([keys.item(12)])
        shown["text"] = "二"
        assert not (committed / "items/12.html").exists()
    assert get("/items/12/").content == "二 ".encode()
    assert (committed / "items/12.html").read_bytes() == "二 ".encode()


@pytest.mark.parametrize("key", [keys.column(7), keys.SITE])
def test_what_a_page_finds_out_while_rendering_and_the_frame_count_too(committed, key):
    get("/items/12/")
    with transaction.atomic():
        actions.touch([key])
    assert not (committed / "items/12.html").exists()


def test_something_else_changing_leaves_the_file(committed):
    get("/items/12/")
    with transaction.atomic():
        actions.touch([keys.item(13), keys.HOME, keys.listed("column", 7)])
    assert (committed / "items/12.html").exists()


def test_a_change_called_off_only_costs_a_rendering(committed):
    get("/items/12/")

    with transaction.atomic():
        actions.touch([keys.item(12)])
        transaction.set_rollback(True)
    assert not (committed / "items/12.html").exists()
    get("/items/12/")
    assert (committed / "items/12.html").exists()


@pytest.mark.parametrize("key", [keys.item(12), keys.column(7), keys.SITE])
def test_a_change_while_the_page_is_rendered_is_answered_but_not_kept(committed, key):
    def change():
        with transaction.atomic():
            actions.touch([key])

    shown["while_rendering"] = change
    assert get("/items/12/").content == "一 ".encode()
    assert not (committed / "items/12.html").exists()


def test_only_answers_of_status_200_are_kept(committed):
    assert get("/items/404/").status_code == 404
    assert get("/items/410/").status_code == 410
    assert not Rendering.objects.exists()


def test_a_page_that_is_not_worth_a_file_has_none(committed):
    assert get("/deep/").content == "深处".encode()
    assert not (committed / "deep.html").exists()


def test_the_view_sees_nobody_and_no_query(committed):
    assert Client().get("/items/12/?q=secret", headers={"cookie": "sessionid=1"}).content == "一 ".encode()


def test_only_reading_is_allowed(committed):
    assert Client().post("/items/12/").status_code == 405


def test_inside_a_transaction_nothing_is_kept(committed):
    with transaction.atomic():
        get("/items/12/")
    assert not (committed / "items/12.html").exists()


def test_a_type_that_the_files_would_not_be_served_with_is_a_mistake_that_shows(committed):
    with pytest.raises(AssertionError, match="内容类型"):
        get("/feed.xml")


def test_the_address_is_rendered_anew_on_demand(committed):
    get("/items/12/")
    shown["text"] = "二"
    assert rendered("/items/12/").content == "二 ".encode()


def test_the_keys_of_a_page_are_those_of_its_last_rendering(committed):
    with transaction.atomic():
        pass
    get("/items/12/")
    assert actions.keep("/items/12/", b"x", names=["other"], seen=actions.now())
    assert sorted(Dependency.objects.values_list("key__name", flat=True)) == ["other", "site"]
    with transaction.atomic():
        actions.touch([keys.item(12)])
    assert (committed / "items/12.html").exists()


def test_a_changed_file_has_a_later_time_and_an_unchanged_one_its_own(committed):
    """nginx makes the ETag of the time in seconds and the size."""
    times = []
    for text in ("一", "一", "二", "三"):
        shown["text"] = text
        with transaction.atomic():
            actions.touch([keys.item(12)])
        get("/items/12/")
        times.append(int((committed / "items/12.html").stat().st_mtime))
    assert times[0] == times[1] < times[2] < times[3]


def test_an_attachment_is_linked_not_copied_and_its_withdrawal_leaves_the_store_alone(committed, tmp_path):
    shown["file"] = tmp_path / "0123abcd"
    shown["file"].write_bytes(b"%PDF-1.7")
    answer = get("/attachments/12/1/通知.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    get("/attachments/12/1/通知.pdf")
    public = committed / "attachments/12-1-通知.pdf"
    assert [each.name for each in public.parent.iterdir()] == [public.name]
    assert public.stat().st_ino == shown["file"].stat().st_ino
    with transaction.atomic():
        actions.touch([keys.item(12)])
    assert not public.exists()
    assert shown["file"].read_bytes() == b"%PDF-1.7"


def test_an_attachment_with_a_name_longer_than_a_disk_takes_is_answered_and_can_be_withdrawn(committed, tmp_path):
    shown["file"] = tmp_path / "0123abcd"
    shown["file"].write_bytes(b"%PDF-1.7")
    address = f"/attachments/12/1/{'青溪县政府信息公开' * 12}.pdf"
    for _ in range(2):
        assert b"".join(get(address).streaming_content) == b"%PDF-1.7"
    with transaction.atomic():
        actions.touch([keys.item(12)])
    assert [each for each in committed.rglob("*") if each.is_file()] == []


def test_reconciling_deletes_what_is_unknown_altered_or_half_written(committed):
    for pk in (1, 2, 3):
        get(f"/items/{pk}/")
    (committed / "items/9.html").write_text("ghost")
    (committed / "items/.0123").write_text("half")
    (committed / "items/2.html").write_text("altered")
    Rendering.objects.filter(path="/items/3/").update(standing=False)
    assert actions.reconcile(contents=False) == 3
    assert sorted(each.name for each in (committed / "items").iterdir()) == ["1.html", "2.html"]
    assert actions.reconcile(contents=True) == 1
    assert [each.name for each in (committed / "items").iterdir()] == ["1.html"]


def test_everything_can_be_forgotten_at_once(committed):
    for pk in range(20):
        get(f"/items/{pk}/")
    actions.forget_all()
    assert not list(committed.rglob("*.html"))
    actions.reconcile(contents=False)
    assert [each.name for each in committed.parent.iterdir() if each.name.startswith(".")] == []
    assert get("/items/1/").status_code == 200
    assert (committed / "items/1.html").exists()


def test_a_full_disk_costs_the_file_and_not_the_answer(committed, monkeypatch, caplog):
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    assert get("/items/12/").content == "一 ".encode()
    assert "磁盘" in caplog.text
    assert not [file for file in committed.rglob("*") if file.is_file()]


def test_touching_outside_a_transaction_is_a_mistake(committed):
    assert not connection.in_atomic_block
    with pytest.raises(AssertionError, match="transaction"):
        actions.touch([keys.HOME])


def test_public_files_can_be_read_by_nginx_whatever_the_umask(committed):
    usual = os.umask(0o077)
    try:
        get("/items/12345/")
    finally:
        os.umask(usual)
    file = committed / "items/~345/12345.html"
    assert file.stat().st_mode & 0o777 == 0o644
    for folder in (file.parent, file.parent.parent, committed):
        assert folder.stat().st_mode & 0o777 == 0o755
