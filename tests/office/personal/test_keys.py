"""What people tell about themselves can be opened with the keys of the installation and with nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.office.personal.keys import KeyMissing, fingerprint, new_key, seal, unseal

NAME = "孙申请人"


def test_a_sealed_text_opens_again_and_is_nowhere_readable() -> None:
    sealed = seal(NAME)
    assert unseal(sealed) == NAME
    assert NAME not in sealed


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert seal(NAME) != seal(NAME)


def test_a_new_key_in_front_seals_and_the_old_one_still_opens(settings: Any) -> None:
    old = seal(NAME)
    settings.PERSONAL_KEYS = [new_key(), *settings.PERSONAL_KEYS]
    assert unseal(old) == NAME
    renewed = seal(unseal(old))
    settings.PERSONAL_KEYS = settings.PERSONAL_KEYS[:1]
    assert unseal(renewed) == NAME


def test_a_value_under_a_lost_key_raises_and_is_not_shown_as_empty(settings: Any) -> None:
    sealed = seal(NAME)
    settings.PERSONAL_KEYS = [new_key()]
    with pytest.raises(KeyMissing, match="GONGKAI_PERSONAL_KEYS"):
        unseal(sealed)


def test_fingerprints_compare_texts_whatever_their_spaces_and_case() -> None:
    assert fingerprint("11010119900307771x") == fingerprint("110101 19900307 771X")
    assert fingerprint("110101199003077710") != fingerprint("110101199003077711")


def test_a_fingerprint_survives_a_new_key_and_says_nothing_without_the_key(settings: Any) -> None:
    before = fingerprint(NAME)
    settings.PERSONAL_KEYS = [new_key(), *settings.PERSONAL_KEYS]
    assert fingerprint(NAME) == before
    settings.PERSONAL_KEYS = [new_key()]
    assert fingerprint(NAME) != before
