"""What the environment may say of the mail server, and what it says wrongly."""

from __future__ import annotations

import pytest

from gongkai.office.project.environment import MailServer, address_of_sender, gateway_url, mail_server


@pytest.mark.parametrize(
    ("value", "server"),
    [
        ("", MailServer()),
        (
            "smtp://u%40x:p%3Aw@mail.example.gov.cn",
            MailServer("mail.example.gov.cn", 587, "u@x", "p:w", use_tls=True),
        ),
        ("smtps://mail.example.gov.cn", MailServer("mail.example.gov.cn", 465, use_ssl=True)),
        ("smtp://127.0.0.1?tls=none", MailServer("127.0.0.1", 25)),
        ("smtp://127.0.0.1:2525?tls=none", MailServer("127.0.0.1", 2525)),
    ],
)
def test_a_mail_server_is_encrypted_unless_it_is_said_not_to_be(monkeypatch, value, server):
    monkeypatch.setenv("X", value)
    assert mail_server("X") == server


@pytest.mark.parametrize(
    "value",
    [
        "mail.example.gov.cn",
        "http://x",
        "smtp://",
        "smtp://h:99999",
        "smtp://h?tls=maybe",
        "smtps://h?tls=none",
        "smtp://h/x",
    ],
)
def test_half_an_address_is_refused_at_the_start_without_repeating_the_password(monkeypatch, value):
    monkeypatch.setenv("X", value)
    with pytest.raises(ValueError, match="must look like"):
        mail_server("X")


def test_the_sender_has_an_address(monkeypatch):
    monkeypatch.setenv("X", "青溪县政务公开办 <gongkai@example.gov.cn>")
    assert address_of_sender("X") == "青溪县政务公开办 <gongkai@example.gov.cn>"
    for wrong in ("青溪县政务公开办", "a@b\nBcc: c@d"):
        monkeypatch.setenv("X", wrong)
        with pytest.raises(ValueError, match="address"):
            address_of_sender("X")


def test_a_gateway_is_a_folder_or_an_address(monkeypatch):
    for right in ("", "file:///srv/sms", "https://sms.example.gov.cn/send", "http://127.0.0.1:9000/"):
        monkeypatch.setenv("X", right)
        assert gateway_url("X") == right
    for wrong in ("/srv/sms", "file://host/srv", "ftp://x", "https://"):
        monkeypatch.setenv("X", wrong)
        with pytest.raises(ValueError, match="file:///"):
            gateway_url("X")
