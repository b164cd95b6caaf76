"""The search index: no models, because every engine keeps it in its own kind of table."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = {
    "sqlite": {
        "search_entry": "CREATE TABLE search_entry (key INTEGER PRIMARY KEY, item INTEGER NOT NULL UNIQUE, "
        "organ INTEGER NOT NULL, column_id INTEGER NOT NULL, category TEXT NOT NULL, field TEXT NOT NULL, "
        "year INTEGER NOT NULL, validity TEXT NOT NULL)",
        "search_text": "CREATE TABLE search_text (key INTEGER PRIMARY KEY, texts BLOB NOT NULL)",
        "search_head": "CREATE VIRTUAL TABLE search_head USING fts5(title, number, label, tags, content='', "
        "columnsize=0, tokenize='ascii')",
        "search_whole": "CREATE VIRTUAL TABLE search_whole USING fts5(whole, tags, content='', columnsize=0, "
        "tokenize='ascii')",
    },
    "postgresql": {
        "search_entry": "CREATE TABLE search_entry (item bigint PRIMARY KEY, published_at timestamptz NOT NULL, "
        "organ bigint NOT NULL, column_id bigint NOT NULL, category text NOT NULL, field text NOT NULL, "
        "year integer NOT NULL, validity text NOT NULL, tags text[] NOT NULL, title text NOT NULL, number text NOT NULL, "
        "label text NOT NULL, whole text NOT NULL, head_grams int4[] NOT NULL, whole_grams int4[] NOT NULL)",
        "search_stretch": "CREATE TABLE search_stretch (number integer PRIMARY KEY, begins timestamptz)",
    },
}
AFTERWARDS = {
    "postgresql": (
        "INSERT INTO search_stretch (number) VALUES (0)",
        # The texts are compared often: kept in the row, and with the quicker compression where the server has it.
        "ALTER TABLE search_entry ALTER COLUMN whole SET STORAGE MAIN",
        "DO $$ BEGIN IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)) "
        "THEN ALTER TABLE search_entry ALTER COLUMN whole SET COMPRESSION lz4; END IF; END $$",
        "CREATE INDEX search_entry_newest ON search_entry (published_at DESC, item DESC)",
        "CREATE INDEX search_entry_head ON search_entry USING gin (head_grams)",
        "CREATE INDEX search_entry_whole ON search_entry USING gin (whole_grams)",
    )
}


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    vendor = editor.connection.vendor
    for statement in (*TABLES[vendor].values(), *AFTERWARDS.get(vendor, ())):
        editor.execute(statement)


def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES[editor.connection.vendor]:
        editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0002_what_queues_are_found_by")]

    operations = [migrations.RunPython(create, remove)]
