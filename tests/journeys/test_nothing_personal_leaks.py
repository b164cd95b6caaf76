"""Whoever copies the database, the logs, the files, the exports or a backup, or looks at any page, learns of no applicant.

People confide secrets that nobody else knows to an office that is served (`confiding.py`), over HTTP and by real mail. Then
every place to which something was written is searched, in every shape (`seeking.py`). What must show somebody's name to
somebody is listed here, each with its reason; everything else is a leak.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from tests.journeys.clients import Seen
from tests.journeys.confiding import FORGOTTEN, JOURNEYS, MEMBER, NEIGHBOUR, PERSON, SECRETS, WRITER, Office, today
from tests.office import cast
from tests.office.notices.mail_server import Mailbox, mail_server
from tests.office.personal.seeking import Place, files_in, found, tables, unpacked
from tests.office.project import installation
from tests.samples import REPOSITORY

pytestmark = pytest.mark.slow

EVERYTHING = frozenset(SECRETS)
WHO = frozenset({*PERSON, *NEIGHBOUR, *MEMBER, *FORGOTTEN}) - {"neighbour's agent", "member's wish", "forgotten wish"}
TOLD_TO_OFFICERS = (
    EVERYTHING
    - WHO
    - frozenset(WRITER)
    - {"neighbour's agent", "firm's code", "representative", "contact person", "firm's phone"}
)
"""What people write about, and who else is asked: those who handle the case have to read it."""
NAMES = frozenset({"name", "neighbour's name", "forgotten name"})


@dataclass(frozen=True)
class Allowed:
    """Pages that show something to those who may see it."""

    who: str
    path: str
    secrets: frozenset[str]
    why: str


_OFFICE = "c00[13]|a006"
"""Who handles, who signs, and the disclosure office that answers for all of the county's cases."""

ALLOWED = (
    Allowed(
        "applicant|firm|member", r"/applications/.*", EVERYTHING,
        "an applicant's own form, case and letters, behind a cookie that number and code, or the form itself, gave",
    ),
    Allowed(
        _OFFICE, r"/desk/cases/\d+/(do/.*)?", TOLD_TO_OFFICERS,
        "who handles a case reads what is asked for and what was written about it; who asks stays masked",
    ),
    Allowed(
        "c00[13]", r"/desk/cases/\d+/reveal/\w+/", WHO | {"neighbour's agent"},
        "asked for with a purpose, and on record",
    ),
    Allowed(
        _OFFICE, r"/desk/casework/(letters/)?\d+/.*", TOLD_TO_OFFICERS | NAMES,
        "a letter says whom it is for; each look at one is on record",
    ),
    Allowed(_OFFICE, r"/desk/cases/file/\d+/", EVERYTHING, "a file of a case; each look at one is on record"),
    Allowed("c001", r"/desk/cases/new/.*", EVERYTHING, "what the officer is typing in comes back with a question"),
    Allowed(
        _OFFICE, r"/desk/remedies/(\d+|register|files/\d+)/.*", TOLD_TO_OFFICERS | {"name"},
        "who goes to law is named to those who answer for the agency",
    ),
    Allowed("c001", r"/desk/notices/\d+/reveal/", frozenset({"neighbour's mail"}), "asked for with a purpose, and on record"),
    Allowed(
        _OFFICE, r"/desk/notices/\d+/.*", frozenset({"signer", "forgotten name"}),
        "who signed for a letter is the proof of its delivery",
    ),
    Allowed("writer", r"/messages/(write|find|rate)/", frozenset(WRITER), "a writer's own form, and the answer for who has its number"),
    Allowed(
        "a00[16]", r"/desk/engagement/message/\d+/", frozenset({"answer to the writer"}),
        "what the agency answered, to those who handle its messages",
    ),
    Allowed("a001", r"/desk/engagement/message/\d+/reveal/", frozenset(WRITER), "asked for with a purpose, and on record"),
)  # fmt: skip
"""Besides these, two things leave the office in the open: the mail to an applicant's own address, and the copy of their data
that an applicant asks for (`personal_export`), which goes to a file of its own outside the office's folders."""


@dataclass
class Told:
    """An office to which everything was told, and every place it may have written to."""

    office: Office
    data: Path
    exports: Path
    surroundings: dict[str, str]
    erased: frozenset[bytes]
    replaced: frozenset[bytes]
    """The ciphertexts of what was erased, and of what was sealed before the keys were changed."""
    said: list[Place] = field(default_factory=list)


@pytest.fixture(scope="module")
def told_everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("confiding")
    data, exports = folder / "data", folder / "exports"
    exports.mkdir()
    installation.prepare(data)
    (data / "temporary").mkdir()
    prepared = [sys.executable, "-m", "tests.journeys.applying", "prepare"]
    subprocess.run(prepared, env=installation.environment(data), cwd=REPOSITORY, check=True, stdout=subprocess.DEVNULL)
    said: list[Place] = []
    with mail_server() as box:
        surroundings = {
            "GONGKAI_REQUIRE_SECOND_FACTOR": "no",
            "GONGKAI_SMTP_URL": f"smtp://127.0.0.1:{box.port}?tls=none",
            "GONGKAI_MAIL_FROM": "青溪县教育局 <office@qingxi.example.cn>",
            "TMPDIR": str(data / "temporary"),
        }

        def run(*command: str, **given: str) -> str:
            program = ["manage.py"] if command[0] in _MANAGED else ["-m", "gongkai"]
            done = subprocess.run(
                [sys.executable, *program, *command], env=installation.environment(data) | surroundings, cwd=REPOSITORY,
                capture_output=True, text=True, check=False, **given,
            )  # fmt: skip
            assert done.returncode in (0, 1), f"{command}: {done.stderr}"
            said.append((f"command {command[0]}", (done.stdout + done.stderr).encode()))
            return done.stdout

        with installation.serving(data, **surroundings) as site:
            office = Office(f"http://127.0.0.1:{site.port}", box, run)
            for journey in JOURNEYS:
                journey(office)
            _look_at_everything(office)
            _export(office, exports)
            before = _sealed(data)
            _forget(office)
            erased, kept = before - _sealed(data), _sealed(data)
            said.append(("log of the server", site.stop().encode()))
        old = (data / "gongkai_personal_keys.secret").read_text("ascii").strip()
        surroundings["GONGKAI_PERSONAL_KEYS"] = f"{Fernet.generate_key().decode()},{old}"
        office.run("rotate_keys", "--compact")
        yield Told(office, data, exports, surroundings, frozenset(erased), frozenset(kept), said)


_MANAGED = ("run_due", "personal_export", "personal_erase", "rotate_keys")


def _forget(office: Office) -> None:
    """Somebody's right to be forgotten, when the case is at its end: by its number, which tells nobody who it was."""
    said = ("--reason", "申请人要求，已经负责人同意", "--by", "A006", "--yes", "--compact")
    office.run("personal_erase", "--number", office.forgotten, *said)


def _look_at_everything(office: Office) -> None:
    """The public's pages as a stranger; the staff's as who handles, who signs, who oversees, and who works elsewhere."""
    stranger = office.visitor("stranger")
    starts = ("/", "/site-map/", "/disclosure/application/", "/messages/", *_BY_NAME)
    stranger.walk(starts, most=60, follows=lambda path: not path.startswith(("/desk", "/static", "/display")))
    for username, password in _STAFF.items():
        person = office.visitor(username).sign_in(username, password)
        lists = ("/desk/", *(f"/desk/cases/?list={each}" for each in ("all", "mine", "closed")), *_LISTS)
        person.walk(lists, most=45, follows=lambda path: path.startswith("/desk/") and "logout" not in path)


_BY_NAME = (
    "/applications/case/", "/applications/receipt/", "/applications/preview/", "/disclosure/application/statistics/",
    "/messages/",
    "/api/v1/items/", "/api/v1/bulk/items.ndjson", "/api/v1/bulk/items.csv", "/sitemap/pages.xml", "/feed.atom", "/verify/list.json",
)  # fmt: skip
_LISTS = (
    "/desk/calendar/", "/desk/cases/arrears/", "/desk/casework/letters/", "/desk/notices/", "/desk/notices/post/",
    "/desk/remedies/", "/desk/audit/",
)  # fmt: skip
_STAFF = {"c001": "Qingxi-2024-case", "c003": "Qingxi-2024-case", "a006": cast.PASSWORD, "a008": cast.PASSWORD}


def _export(office: Office, folder: Path) -> None:
    year = today()[:4]
    overseer = office.visitor("a006").sign_in("a006", cast.PASSWORD)
    for name, path in (
        ("ledger.xlsx", f"/desk/cases/ledger/qingxi-education/{year}.xlsx"), ("notices.xlsx", "/desk/notices/export/"),
        ("post.xlsx", "/desk/notices/export/?channel=post"),
    ):  # fmt: skip
        shown = overseer.get(path)
        assert shown.content.startswith(b"PK"), shown.text
        (folder / name).write_bytes(shown.content)
    office.run("report", "compile", "--agency", "qingxi-education", "--year", year, "-o", str(folder / "report"))
    office.run("backup", "-o", str(folder / "backup.tar.gz"))
    office.run("verify")


def test_what_was_told_arrived(told_everything: Told) -> None:
    """An office that had refused everything would hold no secrets either: with the keys, all of it can be read, but for
    what was erased."""
    asked = "import json, django; django.setup(); from tests.journeys.confiding import arrived; print(json.dumps(arrived()))"
    settings = {"DJANGO_SETTINGS_MODULE": "gongkai.office.project.settings"}
    environment = installation.environment(told_everything.data) | told_everything.surroundings | settings
    done = subprocess.run(
        [sys.executable, "-c", asked], env=environment, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True
    )
    assert set(json.loads(done.stdout)) == EVERYTHING - set(FORGOTTEN)


def test_what_was_erased_is_gone_from_the_database_s_own_files_even_sealed(told_everything: Told) -> None:
    """Whoever has the keys and a copy of the files finds nothing of it in freed pages or in the log of SQLite."""
    assert len(told_everything.erased) > 10
    assert _standing_in(told_everything.data, told_everything.erased) == []


def test_what_an_old_key_had_sealed_is_gone_after_the_change_of_keys(told_everything: Told) -> None:
    """Whoever got hold of the old key opens nothing any more: not a value, not a file, not a page that was freed."""
    assert len(told_everything.replaced) > 100
    assert _standing_in(told_everything.data, told_everything.replaced) == []
    new = Fernet(told_everything.surroundings["GONGKAI_PERSONAL_KEYS"].partition(",")[0])
    files = [path for path in (told_everything.data / "media" / "sealed").rglob("*") if path.is_file()]
    assert files
    for token in [*_sealed(told_everything.data), *(path.read_bytes() for path in files)]:
        new.decrypt(token)


def test_the_database_holds_it_sealed(told_everything: Told) -> None:
    assert found(SECRETS, _database(told_everything.data)) == []


def test_files_hold_it_sealed(told_everything: Told) -> None:
    """Stored pages, sealed files, the vault, keys, temporary files, the database's own file with its journal and free pages."""
    places = list(files_in(told_everything.data))
    for expected in ("data/public/", "data/media/sealed/"):
        assert any(name.startswith(expected) for name, _ in places), expected
    assert found(SECRETS, places) == []


def test_exports_and_backups_hold_it_sealed(told_everything: Told) -> None:
    places = list(files_in(told_everything.exports))
    backup = [name for name, _ in unpacked(*next(each for each in places if each[0].endswith("backup.tar.gz")))]
    assert any("database" in name for name in backup)
    assert any("media/sealed" in name for name in backup)
    assert found(SECRETS, places) == []


def test_no_page_shows_it_but_to_those_who_may_see_it(told_everything: Told) -> None:
    seen = told_everything.office.seen
    assert len({each.path for each in seen if each.who == "stranger"}) > 30
    assert len({each.path for each in seen if each.who == "c001"}) > 40
    leaks = [
        (each.who, each.method, each.path, name)
        for each in seen
        for _, name in found(SECRETS, [(each.path, each.headers.encode() + each.content)])
        if not _is_allowed(each, name)
    ]
    assert not leaks, "\n".join(sorted({" ".join(each) for each in leaks}))


def test_addresses_hold_none_of_it(told_everything: Told) -> None:
    """They stand in histories and in the logs of every machine on the way."""
    assert found(SECRETS, [(each.path, each.path.encode()) for each in told_everything.office.seen]) == []


def test_every_permission_is_used(told_everything: Told) -> None:
    """One that nothing needs any more would hide the next leak."""
    used = {
        allowed.path
        for each in told_everything.office.seen
        for allowed in ALLOWED
        if re.fullmatch(allowed.who, each.who) and re.fullmatch(allowed.path, each.path.partition("?")[0])
    }
    assert used == {allowed.path for allowed in ALLOWED}


def test_mail_goes_to_the_applicants_own_address_and_names_nobody_on_its_outside(told_everything: Told) -> None:
    box: Mailbox = told_everything.office.mailbox
    assert box.envelopes
    for mail, envelope in zip(box.mail, box.envelopes, strict=True):
        assert set(envelope.rcpt_tos) <= {PERSON["mail"], NEIGHBOUR["neighbour's mail"], MEMBER["member's mail"]}
        outside = {name: value for name, value in mail.items() if name != "To"}
        assert found(SECRETS, [("headers", str(outside).encode())]) == []


def test_an_applicants_own_copy_holds_it_and_nothing_of_others(told_everything: Told) -> None:
    copy = told_everything.exports.parent / "copy.zip"
    told_everything.office.run(
        "personal_export", "--purpose", "本人申请复制", "--by", "C001", "-o", str(copy), input=PERSON["identity"] + "\n"
    )
    names = {name for _, name in found(SECRETS, [("copy", copy.read_bytes())])}
    assert set(PERSON) <= names
    assert names.isdisjoint({*NEIGHBOUR, *MEMBER})


def test_logs_and_what_commands_say_hold_none_of_it(told_everything: Told) -> None:
    said = [*told_everything.said, *_logs_of_the_database()]
    assert any(name == "log of the server" for name, _ in said)
    assert found(SECRETS, said) == []


def _is_allowed(seen: Seen, name: str) -> bool:
    path = seen.path.partition("?")[0]
    return any(
        name in each.secrets and re.fullmatch(each.who, seen.who) and re.fullmatch(each.path, path) for each in ALLOWED
    )


_TOKEN = re.compile(rb"gAAAA[A-Za-z0-9_-]{80,}={0,2}")


def _sealed(data: Path) -> set[bytes]:
    """Every sealed value in the tables."""
    return {token for _, content in _database(data, with_files=False) for token in _TOKEN.findall(content)}


def _standing_in(data: Path, tokens: frozenset[bytes]) -> list[str]:
    """The files of the database in which a sealed value stands, freed pages and SQLite's log included.

    PostgreSQL's write-ahead log holds what was written until it is recycled: the documentation says so.
    """
    # A long value is cut by the pages of the file: its beginning tells it as well.
    beginnings = [token[:80] for token in tokens]
    files = [data / f"gongkai.sqlite3{ending}" for ending in ("", "-wal", "-journal")]
    if url := installation.environment(data).get("DATABASE_URL"):
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            asked = "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
            folder, oid = connection.execute(asked).fetchone() or ("", 0)
        files = list((Path(folder) / "base" / str(oid)).iterdir())
    found_in = []
    for path in files:
        content = path.read_bytes() if path.exists() else b""
        found_in += [path.name for beginning in beginnings if beginning in content]
    return found_in


def _database(data: Path, *, with_files: bool = True) -> Iterator[Place]:
    url = installation.environment(data).get("DATABASE_URL")
    if not url:
        with closing(sqlite3.connect(f"file:{data / 'gongkai.sqlite3'}?mode=ro", uri=True)) as connection:
            # A virtual table keeps what it has in tables of its own.
            names = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            ).fetchall()
            yield from tables(connection.cursor(), [name for (name,) in names])
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        yield from tables(cursor, [name for (name,) in cursor.fetchall()])
        if not with_files:
            return
        # What the server keeps on the disk: the database's own files, the write-ahead log.
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory'), oid FROM pg_database WHERE datname = current_database()"
        )
        (folder, oid) = cursor.fetchall()[0]
    yield from files_in(Path(folder) / "base" / str(oid), Path(folder) / "pg_wal")


def _logs_of_the_database() -> Iterator[Place]:
    """PostgreSQL writes a statement that failed into its log, with its values."""
    if os.environ.get("DATABASE_URL"):
        import psycopg

        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
        log = Path(folder).parent / "log"
        assert log.exists()
        yield "log of PostgreSQL", log.read_bytes()
