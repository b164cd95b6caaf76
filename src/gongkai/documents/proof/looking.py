"""Looking for the withheld strings in everything a copy holds, and for them in the original, lest a slip of the pen prove
nothing."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.documents.proof.matching import LEAST, Wanted, fold, wanted, without_punctuation
from gongkai.documents.proof.pieces import Look, Raw, Text, Unreadable, bounded, pieces_of
from gongkai.documents.proof.verdict import Leak
from gongkai.documents.readers.refusing import CannotRead

MOST_PLACES = 5
"""Of one string that are told; the first shows what to do."""

MOST_LOOKS = 40


def look_through(copy: bytes, withheld: Sequence[str], original: bytes | None) -> tuple[list[Leak], list[str]]:
    """Why a copy may not go out, and where somebody has to look.

    Errors: CannotRead for a copy that can't be looked through.
    """
    leaks = [Leak("TOO-SHORT", "", number) for number, each in enumerate(withheld) if len(fold(each)) < LEAST]
    if original is not None and original == copy:
        leaks.append(Leak("SAME-FILE", ""))
    strings = wanted(withheld)
    found, looks, main = _searched(copy, strings)
    leaks += found
    if original is not None:
        leaks += _against_original(original, strings, main)
    return _told(leaks), list(dict.fromkeys(looks))[:MOST_LOOKS]


def _searched(data: bytes, strings: Sequence[Wanted]) -> tuple[list[Leak], list[str], str]:
    """The strings in a file, where to look besides, and the text that people read in it."""
    leaks: list[Leak] = []
    looks: list[str] = []
    main: list[str] = []
    for piece in bounded(pieces_of(data)):
        match piece:
            case Text(where, text, is_main):
                plain = fold(text)
                bare = without_punctuation(plain) if any(each.bare for each in strings) else ""
                leaks += [Leak("LEAK", where, each.number) for each in strings if each.is_in(plain, bare)]
                if is_main:
                    main.append(plain)
            case Raw(where, content):
                for each in strings:
                    if any(encoded in content for encoded in each.encoded):
                        leaks.append(Leak("LEAK", where, each.number))
            case Look(where):
                looks.append(where)
            case Unreadable(where, is_old_picture):
                leaks.append(Leak("OLD-PICTURES" if is_old_picture else "UNREADABLE", where))
    return leaks, looks, "".join(main)


def _against_original(original: bytes, strings: Sequence[Wanted], copied: str) -> list[Leak]:
    """What the original adds: a string that isn't in it was written wrong; a passage left standing in part is noticed.

    An original of which nothing can be read, such as a scan, adds nothing.
    """
    try:
        held = set()
        main: list[str] = []
        has_pictures = False
        for piece in bounded(pieces_of(original)):
            match piece:
                case Text(_, text, is_main):
                    plain = fold(text)
                    bare = without_punctuation(plain)
                    held |= {each.number for each in strings if each.is_in(plain, bare)}
                    if is_main:
                        main.append(plain)
                case Look(_):
                    has_pictures = True
    except CannotRead:
        return []
    text = "".join(main)
    leaks = []
    for each in strings:
        if each.number not in held:
            # What is drawn in a picture of the original can't be looked up in it.
            leaks += [] if has_pictures else [Leak("NOT-IN-ORIGINAL", "", each.number)]
        elif any(text.count(window) and copied.count(window) >= text.count(window) for window in each.windows):
            leaks.append(Leak("LEAK-PART", "正文", each.number))
    return leaks


def _told(leaks: Sequence[Leak]) -> list[Leak]:
    """Each place once, the telling ones first: a string that a page holds stands in the bytes of its stream, too."""
    told: list[Leak] = []
    counts: dict[tuple[str, int | None], int] = {}
    for leak in dict.fromkeys(leaks):
        key = (leak.code, leak.string)
        counts[key] = counts.get(key, 0) + 1
        if counts[key] <= MOST_PLACES:
            told.append(leak)
    return told
