"""What browsers are told to be strict about, and how much a request may bring."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client

from gongkai.office.project.headers import CONTENT_SECURITY_POLICY
from tests.office.cast import Cast
from tests.samples import REPOSITORY


def directives(answer) -> dict[str, str]:
    return dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))


@pytest.mark.parametrize("page", ["/", "/desk/", "/desk/login/", "/desk/account/", "/no-such-page/"])
def test_no_page_may_hold_anything_inline_or_from_elsewhere(cast: Cast, client: Client, page):
    client.force_login(cast.editor)
    policy = directives(client.get(page))
    assert policy == {key: " ".join(value) for key, value in CONTENT_SECURITY_POLICY.items()}
    assert policy["default-src"] == policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert not any("unsafe" in value or "nonce" in value or "http" in value for value in policy.values())


@pytest.mark.parametrize("page", ["/", "/desk/login/", "/no-such-page/"])
def test_every_answer_carries_the_other_headers(cast: Cast, client: Client, page):
    answer = client.get(page)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_a_body_that_is_too_long_is_refused(cast: Cast, client: Client, settings):
    settings.UPLOAD_MAX_BYTES = 6 * 2**20

    def status(address: str, length: int) -> int:
        return client.post(address, data=b"x" * length, content_type="application/octet-stream").status_code

    assert status("/", 5 * 2**20 + 1) == 413
    assert status("/desk/login/", 6 * 2**20 + 1) == 413
    assert status("/desk/login/", 6 * 2**20) != 413


@pytest.mark.parametrize("length", ["-1", "9" * 5000])
def test_a_length_that_is_none_is_refused(cast: Cast, client: Client, length):
    answer = client.post("/", data=b"x", content_type="application/octet-stream", CONTENT_LENGTH=length)
    assert answer.status_code == 413


def production(tmp_path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DJANGO_"))}
    return kept | {
        "GONGKAI_DATA": str(tmp_path),
        "GONGKAI_SITE_URL": "https://www.example.gov.cn",
        "GONGKAI_HOSTS": "www.example.gov.cn",
        "GONGKAI_TRUSTED_PROXIES": "1",
        "PYTHONPATH": "src",
        **more,
    }


def run(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )


def test_the_deployment_check_has_nothing_to_say_about_a_production_environment(tmp_path):
    answer = run(production(tmp_path), "manage.py", "check", "--deploy", "--fail-level", "INFO")
    assert answer.returncode == 0, answer.stderr


SHOW = """
import json
from gongkai.office.project import settings as s
print(json.dumps({"second": s.REQUIRE_SECOND_FACTOR, "secure": s.SESSION_COOKIE_SECURE, "hsts": s.SECURE_HSTS_SECONDS,
                  "proxy": getattr(s, "SECURE_PROXY_SSL_HEADER", None)}))
"""


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, {"second": True, "secure": True, "hsts": 31536000, "proxy": ["HTTP_X_FORWARDED_PROTO", "https"]}),
        ({"GONGKAI_TRUSTED_PROXIES": "0"}, {"second": True, "secure": True, "hsts": 31536000, "proxy": None}),
        (
            {"GONGKAI_SITE_URL": "http://127.0.0.1:8000", "GONGKAI_DEMONSTRATION": "1"},
            {"second": False, "secure": False, "hsts": 0, "proxy": None},
        ),
        (
            {"GONGKAI_DEMONSTRATION": "1", "GONGKAI_REQUIRE_SECOND_FACTOR": "1"},
            {"second": True, "secure": True, "hsts": 31536000, "proxy": ["HTTP_X_FORWARDED_PROTO", "https"]},
        ),
    ],
)
def test_an_installation_is_strict_unless_it_says_that_it_is_a_demonstration(tmp_path, environment, expected):
    answer = run(production(tmp_path, **environment), "-c", SHOW)
    assert json.loads(answer.stdout) == expected, answer.stderr


def test_half_a_number_in_the_environment_stops_the_start_and_names_the_variable(tmp_path):
    answer = run(production(tmp_path, GONGKAI_TRUSTED_PROXIES="yes"), "manage.py", "check")
    assert answer.returncode != 0
    assert "GONGKAI_TRUSTED_PROXIES" in answer.stderr
