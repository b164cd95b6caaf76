from itertools import islice

from gongkai.regulation.law import Bracket, Tariff


def test_an_open_tariff_ends_with_its_last_bracket() -> None:
    assert list(Tariff((Bracket(1, 0), Bracket(31, 10)))) == [Bracket(1, 0), Bracket(31, 10)]


def test_a_rising_tariff_goes_on_in_equal_steps() -> None:
    tariff = Tariff((Bracket(1, 0), Bracket(31, 200)), then_every=10, then_yuan_more=100)
    assert list(islice(tariff, 1, 4)) == [Bracket(31, 200), Bracket(41, 300), Bracket(51, 400)]
