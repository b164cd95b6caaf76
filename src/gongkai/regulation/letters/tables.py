"""The data files of this room, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@cache
def table(name: str) -> Mapping[str, Any]:
    """A data file of this room by its name without the ending."""
    return MappingProxyType(tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8")))
