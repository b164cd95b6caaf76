import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.disclosure.index_number import IndexNumberRule, SequenceExhausted, TemplateInvalid

USCC = "11341702486344515H"


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{uscc}/{yyyymm}", "exactly once"),
        ("{seq:05d}-{seq:05d}", "exactly once"),
        ("{uscc}-{seq}", "width"),
        ("{uscc}-{seq:5}", "width"),
        ("{who}-{seq:05d}", "unknown field"),
        ("{yyyy}{yyyy}-{seq:05d}", "twice"),
        ("{agency}{seq:05d}", "separator"),
        ("{agency}A{seq:05d}", "separator"),
        ("{agency", "expected"),
    ],
)
def test_a_template_that_could_not_number_is_refused_with_the_reason(template: str, reason: str) -> None:
    with pytest.raises(TemplateInvalid, match=reason):
        IndexNumberRule(template)


@given(month=st.dates().map(lambda day: f"{day:%Y%m}").filter(lambda text: len(text) == 6), seq=st.integers(1, 99999))
def test_a_number_reads_back_into_its_parts(month: str, seq: int) -> None:
    rule = IndexNumberRule("{uscc}/{yyyymm}-{seq:05d}")
    number = rule.number({"uscc": USCC, "yyyymm": month}, seq)
    assert rule.parse(number) == {"uscc": USCC, "yyyymm": month, "seq": f"{seq:05d}"}


def test_the_sequence_counts_within_what_else_the_template_holds() -> None:
    rule = IndexNumberRule("{uscc}/{yyyy}-{seq:05d}")
    march = {"uscc": USCC, "yyyy": "2024", "yyyymm": "202403"}
    assert rule.scope(march) == rule.scope({**march, "yyyymm": "202404"})
    assert rule.scope(march) != rule.scope({**march, "yyyy": "2025"})


def test_a_full_sequence_says_so_and_makes_no_longer_number() -> None:
    rule = IndexNumberRule("{yyyy}-{seq:02d}")
    assert rule.number({"yyyy": "2024"}, 99) == "2024-99"
    for sequence in (0, 100):
        with pytest.raises(SequenceExhausted):
            rule.number({"yyyy": "2024"}, sequence)


def test_a_part_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="yyyy"):
        IndexNumberRule("{yyyy}-{seq:02d}").number({"yyyy": "24"}, 1)


def test_another_text_is_no_number_of_the_rule() -> None:
    rule = IndexNumberRule("{yyyy}-{seq:02d}")
    assert rule.parse("2024-00") is None
    assert rule.parse("2024-1") is None
