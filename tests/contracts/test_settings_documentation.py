"""Every variable of the environment that the source reads is described, and nothing else is."""

import re

from tests.samples import REPOSITORY

DESCRIBED = set(
    re.findall(r"`((?:GONGKAI_|DATABASE_)[A-Z_]+)`", (REPOSITORY / "docs" / "settings.md").read_text("utf-8"))
)
SOURCES = [path for suffix in ("py", "sh") for path in (REPOSITORY / "src").rglob(f"*.{suffix}")]


def read_by_the_source() -> set[str]:
    return {
        name
        for path in SOURCES
        for name in re.findall(r"[\"']((?:GONGKAI_|DATABASE_)[A-Z_]+)[\"']", path.read_text("utf-8"))
    }


def test_every_variable_the_source_names_is_described():
    assert read_by_the_source() - DESCRIBED == set()


def test_no_variable_is_described_that_nothing_reads():
    everything = "".join(path.read_text("utf-8") for path in SOURCES)
    assert {name for name in DESCRIBED if name not in everything and name != "DATABASE_URL"} == set()


def test_the_example_of_the_production_check_is_the_one_that_is_tested():
    tested = (REPOSITORY / "tests" / "office" / "project" / "test_headers.py").read_text("utf-8")
    for name in ("GONGKAI_SITE_URL", "GONGKAI_HOSTS", "GONGKAI_TRUSTED_PROXIES"):
        assert name in DESCRIBED
        assert name in tested
