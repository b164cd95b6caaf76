"""The words of findings: each room keeps its codes in its own `findings.toml`, and this reads them.

A code's entry holds its severity, its title, message and advice in Chinese and English, and the source it rests on;
`not_assessable` is its message for that verdict where the usual one would be wrong.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

from gongkai.regulation.finding import SEVERITIES, Finding, Severity


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The findings a room may return, and how each is said."""

    entries: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, room: str) -> Catalogue:
        """The catalogue of a room, named by its package (`gongkai.regulation.review`)."""
        table = tomllib.loads(files(room).joinpath("findings.toml").read_text("utf-8"))
        return cls(MappingProxyType(table))

    def finding(
        self,
        code: str,
        *,
        severity: Severity | None = None,
        where: tuple[str, ...] = (),
        quotes: tuple[str, ...] = (),
        **values: object,
    ) -> Finding:
        """A finding of this catalogue; its severity is the one in the data unless the case at hand has another.

        Errors: KeyError for a code that is not in the catalogue.
        """
        return Finding(
            code=code,
            severity=severity or self.severity(code),
            values={name: str(value) for name, value in values.items()},
            where=where,
            quotes=quotes,
        )

    def severity(self, code: str) -> Severity:
        """How grave a finding usually is: an error stops, a warning asks for a reason."""
        written = self.entries[code]["severity"]
        return next(severity for severity in SEVERITIES if severity == written)

    def message(self, finding: Finding, language: str = "zh", **more: str) -> str:
        """The sentence that says what was found; `more` are values that the room works out itself."""
        values = {
            "where": "、".join(finding.where),
            "quotes": "、".join(f"“{quote}”" for quote in finding.quotes),
            **more,
            **finding.values,
        }
        unjudged = finding.verdict == "not_assessable" and "not_assessable" in self.entries[finding.code]
        return self._words(finding, "not_assessable" if unjudged else "message", language).format_map(values)

    def advice(self, finding: Finding, language: str = "zh") -> str:
        """What to do about it."""
        return self._words(finding, "advice", language)

    def _words(self, finding: Finding, part: str, language: str) -> str:
        return self.entries[finding.code][f"{part}_en" if language == "en" else part]
