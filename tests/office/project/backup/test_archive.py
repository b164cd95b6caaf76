"""The file of a backup is unpacked with distrust: whatever is not as it was written restores nothing, and writes nowhere else."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.office.project.backup.archive import Writer, unpack
from gongkai.office.project.backup.layout import Header, Problem

HEADER = Header("0.1.0", "2024-04-12T09:00:00+08:00", "sqlite", True, (), ("audit.0001_initial",), 0, "", "x", 4000)
FILES = {
    "database.sqlite3": b"d" * 2000,
    "files/media/files/aa/bb": b"m" * 500,
    "files/说明.txt": b"y",
    "keys/a.secret": b"k",
}


def nothing(done: int, total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A backup as we write it."""
    path = tmp_path / "backup.tar.gz"
    with path.open("wb") as out:
        writer = Writer(out, HEADER, nothing)
        for number, (name, content) in enumerate(FILES.items()):
            source = tmp_path / f"source-{number}"
            source.write_bytes(content)
            writer.add(source, name)
        writer.close()
    return path


def unpacked(path: Path, into: Path, accept: Callable[[Header], None] = lambda header: None) -> Header:
    into.mkdir()
    return unpack(path, into, accept, nothing)


def test_what_was_written_comes_out_with_keys_that_only_their_owner_reads(made, tmp_path):
    into = tmp_path / "into"
    assert unpacked(made, into) == HEADER
    found = {path.relative_to(into).as_posix(): path.read_bytes() for path in into.rglob("*") if path.is_file()}
    assert found == {name.partition("/")[2] or name: content for name, content in FILES.items()}
    assert (into / "a.secret").stat().st_mode & 0o077 == 0


def written(path: Path, members: list[tuple[tarfile.TarInfo, bytes]], header: Header = HEADER) -> Path:
    """A backup with these members and a manifest that agrees with them."""
    words = json.dumps(header.as_json()).encode()
    entries = {"header.json": {"size": len(words), "sha256": hashlib.sha256(words).hexdigest()}}
    for member, content in members:
        entries[member.name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    manifest = json.dumps({"entries": entries}).encode()
    with tarfile.open(path, "w:gz") as tar:
        for member, content in [(named("header.json"), words), *members, (named("manifest.json"), manifest)]:
            member.size = len(content) if member.isreg() else 0
            tar.addfile(member, io.BytesIO(content))
    return path


def named(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, link
    return member


@pytest.mark.parametrize(
    "name",
    [
        "../evil", "files/../../evil", "/etc/evil", "files//evil", "files/", "files/.hidden", "files/a/../../evil", "evil",
        "keys/a/b", "keys/../evil", "files/a\\b", "files/a\nb", "database.pgdump", "files/media/.", "./files/a", "header.json",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused_and_nothing_is_written_there(tmp_path, name):
    path = written(tmp_path / "b.tar.gz", [(named("database.sqlite3"), b"d"), (named(name), b"evil")])
    before = set(tmp_path.rglob("*"))
    with pytest.raises(Problem, match="没有恢复任何内容"):
        unpacked(path, tmp_path / "into")
    outside = set(tmp_path.rglob("*")) - before
    assert all(each.is_relative_to(tmp_path / "into") for each in outside)
    assert not any(b"evil" in each.read_bytes() for each in outside if each.is_file())


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_links_and_devices_are_refused(tmp_path, kind):
    link = named("files/link", kind, "/etc")
    path = written(tmp_path / "b.tar.gz", [(link, b""), (named("files/link/passwd"), b"evil")])
    with pytest.raises(Problem):
        unpacked(path, tmp_path / "into")
    assert not (tmp_path / "into" / "link").is_symlink()


def test_a_file_where_a_folder_is_and_a_name_twice_are_refused(tmp_path):
    for number, names in enumerate(
        (["files/a", "files/a/b"], ["files/a", "files/a"], ["files/x.secret", "keys/x.secret"])
    ):
        path = written(tmp_path / f"{number}.tar.gz", [(named(name), b"x") for name in names])
        with pytest.raises(Problem):
            unpacked(path, tmp_path / f"into-{number}")


def test_more_than_was_announced_is_not_unpacked(tmp_path):
    path = written(tmp_path / "b.tar.gz", [(named("files/bomb"), bytes(80 * 1024 * 1024))])
    with pytest.raises(Problem):
        unpacked(path, tmp_path / "into")
    assert not (tmp_path / "into" / "bomb").exists()


def test_one_changed_byte_is_found(made, tmp_path):
    plain = bytearray(gzip.decompress(made.read_bytes()))
    place = plain.index(b"m" * 500)
    plain[place + 7] = ord("n")
    made.write_bytes(gzip.compress(bytes(plain)))
    with pytest.raises(Problem, match="摘要值不符：files/media"):
        unpacked(made, tmp_path / "into")


def test_a_member_that_was_taken_out_is_missed(tmp_path):
    path = written(tmp_path / "b.tar.gz", [(named("database.sqlite3"), b"d")])
    plain = gzip.decompress(path.read_bytes())
    path.write_bytes(gzip.compress(plain.replace(b"database.sqlite3", b"files/other.abcd")))
    with pytest.raises(Problem, match="没有恢复任何内容"):
        unpacked(path, tmp_path / "into")


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9])
def test_a_file_that_was_cut_off_is_found(made, tmp_path, share):
    content = made.read_bytes()
    made.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(Problem):
        unpacked(made, tmp_path / "into")


def test_without_its_manifest_it_is_cut_off(tmp_path):
    words = json.dumps(HEADER.as_json()).encode()
    path = tmp_path / "b.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        member = named("header.json")
        member.size = len(words)
        tar.addfile(member, io.BytesIO(words))
    with pytest.raises(Problem, match="后面缺失"):
        unpacked(path, tmp_path / "into")


@pytest.mark.parametrize(
    "content",
    [b"", b"not a backup", gzip.compress(b"not a tar"), b"\x1f\x8b" + b"x" * 99],
    ids=["nothing", "text", "zipped_text", "broken_zip"],
)
def test_something_else_is_no_backup(tmp_path, content):
    path = tmp_path / "b.tar.gz"
    path.write_bytes(content)
    with pytest.raises(Problem, match="不是 gongkai backup 做的备份"):
        unpacked(path, tmp_path / "into")


@pytest.mark.parametrize("told", ["[]", "{}", '{"format": 1}', "nonsense", '"x"', '{"format": "9"}'])
def test_a_header_that_is_none_is_no_backup(tmp_path, told):
    path = tmp_path / "b.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        member = named("header.json")
        member.size = len(told)
        tar.addfile(member, io.BytesIO(told.encode()))
    with pytest.raises(Problem, match="不是 gongkai backup 做的备份"):
        unpacked(path, tmp_path / "into")


def test_a_later_format_is_refused_before_anything_is_read(tmp_path):
    path = written(tmp_path / "b.tar.gz", [], Header(**{**HEADER.as_json(), "format": 2}))
    with pytest.raises(Problem, match="升级程序"):
        unpacked(path, tmp_path / "into")
