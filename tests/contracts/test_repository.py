"""What must not be in the repository, and what every change brings along."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.samples import REPOSITORY

LOCKS = sorted((REPOSITORY / "requirements").glob("*.txt"))
REGISTRIES = re.compile(r"pypi\.|pythonhosted|--(extra-)?index-url|--find-links|--trusted-host|registry\.npmjs", re.I)
MACHINE_PATHS = re.compile(r"/(?:" + "|".join(("work", "home", "Users", "root")) + r")/[\w.-]+/")
FRAGMENT = re.compile(r"\d+\.(added|changed|fixed|removed|law)\.md")


def texts() -> Iterator[tuple[Path, str]]:
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(listing, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip("this is no git checkout, so there is no list of its files")
    for name in answer.stdout.splitlines():
        path = REPOSITORY / name
        if path.is_file():
            try:
                yield path.relative_to(REPOSITORY), path.read_text("utf-8")
            except UnicodeDecodeError:
                continue


def test_no_file_names_a_package_registry():
    this = Path(__file__).relative_to(REPOSITORY)
    assert [str(path) for path, text in texts() if path != this and REGISTRIES.search(text)] == []


def test_no_file_holds_a_path_of_someone_s_machine():
    assert [(str(path), found[0]) for path, text in texts() if (found := MACHINE_PATHS.search(text))] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_an_exact_version_and_hashes(lock):
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text("utf-8").strip())
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_the_runtime_lock_holds_every_dependency_and_the_build_backend():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    names = {re.match(r"[\w.-]+", requirement)[0].lower() for requirement in wanted}
    locked = set(re.findall(r"^([a-z0-9._-]+)", (REPOSITORY / "requirements" / "runtime.txt").read_text("utf-8"), re.M))
    assert names <= locked


def test_the_development_lock_agrees_with_the_runtime_lock():
    def versions(name: str) -> dict[str, str]:
        text = (REPOSITORY / "requirements" / f"{name}.txt").read_text("utf-8")
        return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.M))

    assert versions("runtime").items() <= versions("dev").items()


def test_changelog_fragments_are_named_and_end_with_a_full_stop():
    for path in (REPOSITORY / "changelog.d").iterdir():
        assert FRAGMENT.fullmatch(path.name), path.name
        text = path.read_text("utf-8").strip()
        assert text.endswith(("。", ".")), path.name
        if ".law." in path.name:
            assert re.search(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d\d-\d\d", text), f"{path.name} names no effective date"


def test_links_between_pages_lead_somewhere():
    for path, text in texts():
        if path.suffix == ".md":
            for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
                assert (REPOSITORY / path.parent / target).exists(), f"{path} links to {target}"


def test_every_decision_says_its_status_and_fits_on_two_screens():
    for path in (REPOSITORY / "docs" / "decisions").glob("[0-9]*.md"):
        lines = path.read_text("utf-8").splitlines()
        assert lines[0].startswith(f"# {path.name[:4]} "), path.name
        assert any(line.startswith("Status: ") for line in lines[:5]), path.name
        assert len(lines) <= 80, path.name
