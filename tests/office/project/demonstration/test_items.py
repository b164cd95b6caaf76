"""The demonstration county's volumes come out by counting its records, and its texts are its own."""

import re
from collections import Counter

from gongkai.office.project.demonstration.items import OLDER_NORMATIVE, YEAR, items
from gongkai.office.project.demonstration.wording import data
from gongkai.regulation.disclosure.catalogue import categories, fields
from gongkai.regulation.disclosure.document_number import read_document_number

MADE = items()
OF_THE_YEAR = [each for each in MADE if each.published_at.year == YEAR]


def count(column: str = "", topic: str = "") -> int:
    return sum((not column or each.column == column) and (not topic or topic in each.topics) for each in OF_THE_YEAR)


def test_the_year_has_the_volumes_of_the_county_s_report():
    assert len(OF_THE_YEAR) == 5687
    assert count("interpretation") == 64
    assert count("response") == 353
    assert count("response", "epidemic") == 147
    assert count("press-conferences") == 10
    assert sum(count(topic=topic) for topic in ("battle-risks", "battle-poverty", "battle-pollution")) == 383


def test_eight_of_314_normative_documents_are_new():
    normative = [each for each in MADE if each.fields["is_normative_document"]]
    assert len(normative) == 314
    assert sum(each.published_at.year == YEAR for each in normative) == 8
    assert len(normative) - 8 == OLDER_NORMATIVE


def test_it_is_the_same_every_time():
    assert items() == MADE


def test_titles_and_document_numbers_do_not_repeat():
    assert max(Counter(each.fields["title"] for each in MADE).values()) == 1
    numbers = [each.fields["document_number"] for each in MADE if each.fields.get("document_number")]
    assert max(Counter(numbers).values()) == 1
    assert all(read_document_number(number).number for number in numbers)


def test_every_field_and_every_category_has_something():
    assert {each.fields["grassroots_field"] for each in OF_THE_YEAR} == {"", *fields()}
    assert {each.fields["art20_category"] for each in OF_THE_YEAR} == set(categories())
    assert set(data("catalogue.toml")["rows"]) == set(fields())


def test_no_brace_was_left_unfilled():
    assert not [each for each in MADE if re.search(r"[{}]", each.fields["title"] + each.fields["body"])]


def test_everything_was_published_in_office_hours_of_a_day_not_before_it_was_formed():
    for each in MADE:
        assert 8 <= each.published_at.hour <= 17
        assert each.fields["formed_date"] <= each.published_at.date()
