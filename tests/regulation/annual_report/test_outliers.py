from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.annual_report.outliers import outliers
from gongkai.regulation.annual_report.plausibility import plausibility

LIMITS = plausibility().outlier


def test_a_number_ten_times_too_small_is_an_outlier_too() -> None:
    values = dict(enumerate([3000, 3400, 2800, 4100, 2500, 3700, 3300, 30]))
    (found,) = outliers(values, "件", LIMITS)
    assert (found.report, found.value, found.position, found.count) == (7, 30, 8, 8)


def test_the_median_is_a_number_some_report_has() -> None:
    (found,) = outliers(dict(enumerate([20, 21, 22, 23, 24, 25, 26, 9000])), "件", LIMITS)
    assert found.median == 23


@given(st.lists(st.integers(0, 10**9), max_size=40), st.integers(2, 1000))
def test_the_unit_of_measure_does_not_decide_who_stands_out_among_large_numbers(values: list[int], scale: int) -> None:
    large = dict(enumerate(value * 1000 for value in values))
    scaled = {report: value * scale for report, value in large.items()}
    assert [found.report for found in outliers(large, "件", LIMITS)] == [
        found.report for found in outliers(scaled, "件", LIMITS)
    ]
