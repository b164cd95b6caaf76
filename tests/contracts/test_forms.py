"""The form files are complete and consistent: what a rule names is there, and everything has its words."""

from collections import Counter
from itertools import pairwise

import pytest

from gongkai.regulation.annual_report.forms import EDITIONS, Form, form

FORMS = [form(edition) for edition in EDITIONS]
every_form = pytest.mark.parametrize("of", FORMS, ids=EDITIONS)


@every_form
def test_every_address_of_a_relation_exists(of: Form):
    known = set(of.addresses())
    for relation in of.relations:
        previous = set(form(relation.previous_edition).addresses()) if relation.previous_edition else known
        for term in (*relation.left, *relation.right):
            if isinstance(term, str) and not term.startswith("ledger."):
                address = term.removeprefix("-")
                if address.startswith("prev:"):
                    # A relation without a previous edition of its own holds across the change of the form.
                    assert address.removeprefix("prev:") in previous, f"{relation.code}: {term}"
                else:
                    assert address in known, f"{relation.code}: {term}"


@every_form
def test_no_cell_rule_or_section_occurs_twice(of: Form):
    for names in (
        of.addresses(),
        [rule["id"] for rule in of.raw["rules"]],
        [section.key for section in of.sections],
        [table.key for table in of.tables],
    ):
        assert [name for name, count in Counter(names).items() if count > 1] == []


@every_form
def test_everything_is_labelled_in_both_languages(of: Form):
    for section in of.sections:
        assert section.label, section.key
        assert section.label_en, section.key
    for table in of.tables:
        assert table.caption, table.key
        for column in table.columns:
            assert column.label, column.key
            assert column.label_en, column.key
            assert column.unit in ("件", "项", "万元"), column.key
        for row in table.rows:
            assert row.label_en, row.key
            # The one data row of the remedies table has no label on the form.
            assert row.label or len(table.rows) == 1, row.key


@every_form
def test_every_rule_has_its_words_authority_and_severity(of: Form):
    for rule in of.raw["rules"]:
        assert rule["title"], rule["id"]
        assert rule["title_en"], rule["id"]
        assert rule["authority"], rule["id"]
        assert rule["severity"] in ("error", "warning", "info"), rule["id"]
        assert rule["kind"] in ("arithmetic", "plausibility", "cross_year"), rule["id"]


@every_form
def test_parents_come_before_their_rows(of: Form):
    for table in of.tables:
        seen = set()
        for row in table.rows:
            assert not row.parent or row.parent in seen, f"{table.key}.{row.key}"
            seen.add(row.key)


@every_form
def test_every_computed_cell_is_the_last_of_a_relation(of: Form):
    totals = {relation.addresses[-1] for relation in of.relations if relation.kind == "arithmetic"}
    for table in of.tables:
        for row in table.data_rows:
            for column in table.columns:
                if column.computed or row.computed:
                    address = f"{table.key}.{row.key}.{column.key}"
                    assert address in totals, f"nothing checks the total {address}"


def test_the_editions_follow_each_other_without_a_gap():
    for earlier, later in pairwise(FORMS):
        assert earlier.last_year is not None
        assert earlier.last_year + 1 == later.first_year
    assert FORMS[-1].last_year is None
