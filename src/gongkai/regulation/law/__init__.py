"""The law as data: instruments, their articles and dated parameters, and the way to ask them.

`law_on(day).parameter(key)` gives a value with its unit and source, `cite(source)` prints the source. Adding a value or
an instrument is adding a few lines of TOML; no code changes.
"""

from gongkai.regulation.law.citation import Article, Instrument, LawMissing, cite, instruments, resolve
from gongkai.regulation.law.parameters import Law, MonthDay, Parameter, Value, law_on, parameters
from gongkai.regulation.law.tariff import Bracket, Tariff

__all__ = [
    "Article",
    "Bracket",
    "Instrument",
    "Law",
    "LawMissing",
    "MonthDay",
    "Parameter",
    "Tariff",
    "Value",
    "cite",
    "instruments",
    "law_on",
    "parameters",
    "resolve",
]
