"""The shell speaks Chinese: whatever Wagtail leaves untranslated, the project translates."""

import re
from pathlib import Path

import pytest
import wagtail
from babel.messages.pofile import read_po

from docs.generators.translations import LOCALE, compiled

SHELL = Path(wagtail.__file__).parent
APPS = ("", "admin", "documents", "images", "locales", "sites", "users")
DOMAINS = [(app, domain) for app in APPS for domain in ("django", "djangojs")]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def messages(path: Path) -> dict[str, str]:
    """What is translated in a file: the id (the first, of a plural) and its text."""
    if not path.exists():
        return {}
    with path.open("rb") as source:
        catalog = read_po(source, locale="zh_Hans")
    return {first_of(message.id): first_of(message.string) for message in catalog if message.id and not message.fuzzy}


def first_of(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


@pytest.mark.parametrize(("app", "domain"), DOMAINS)
def test_every_word_of_the_shell_has_its_chinese(app, domain):
    words = messages(SHELL / app / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po")
    theirs = messages(SHELL / app / "locale" / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po")
    ours = messages(LOCALE / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po")
    assert [word for word in words if not (ours.get(word) or theirs.get(word))] == []


def test_a_translation_keeps_its_placeholders():
    for path in LOCALE.rglob("*.po"):
        with path.open("rb") as source:
            for message in read_po(source, locale="zh_Hans"):
                written = message.id if isinstance(message.id, str) else message.id[1]
                assert set(PLACEHOLDER.findall(written)) == set(PLACEHOLDER.findall(first_of(message.string))), written


def test_the_compiled_files_are_up_to_date():
    for path, content in compiled().items():
        assert path.read_bytes() == content, f"{path.name} is stale: run `make docs`"
