from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.disclosure.catalogue import categories, channels, columns, fields, unmeasured_limits
from gongkai.regulation.disclosure.item import Item, elements
from gongkai.regulation.law import resolve


def test_article_20_has_fifteen_categories_in_order() -> None:
    assert [category.number for category in categories().values()] == list(range(1, 16))
    assert categories()["other_required"].citation == "第二十条第（十五）项"
    for category in categories().values():
        resolve(category.source)


def test_the_categories_that_are_counted_lead_to_tables_of_the_form() -> None:
    for edition in EDITIONS:
        counted = {each.report_table for each in categories().values() if edition in each.editions}
        assert counted == {table.key for table in form(edition).tables if table.key.startswith("art20")}


def test_the_grass_roots_standards_have_twenty_six_fields() -> None:
    assert [field.number for field in fields().values()] == list(range(1, 27))
    assert len({field.label for field in fields().values()}) == 26


def test_columns_channels_and_limits_have_words_in_both_languages() -> None:
    for entry in (*columns(), *channels().values(), *unmeasured_limits().values(), *fields().values(), *elements()):
        assert entry.label
        assert entry.label_en.isascii()


def test_every_piece_of_metadata_is_a_field_of_an_item() -> None:
    assert all(hasattr(Item("标题"), element.key) for element in elements())
