"""What all tests share: property tests that run the same everywhere, and messages in Chinese unless asked otherwise."""

import pytest
from hypothesis import settings

# A slow or shared machine must not fail a property; a failure must come again on the next run.
settings.register_profile("gongkai", deadline=None, derandomize=True)
settings.load_profile("gongkai")


@pytest.fixture(autouse=True)
def _chinese_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
