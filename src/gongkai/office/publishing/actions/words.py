"""Keep the office's own word rules (用词规则) for the pre-check."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import policy
from gongkai.office.publishing.models import WordPreference

_SHORTEST = 2


@transaction.atomic
def set_word(
    word: str, *, suggestion: str, reason: str, is_error: bool, is_dropped: bool, by: User, at: datetime
) -> WordPreference:
    """Say what the pre-check does about a word: ask about it, stop at it, or (`is_dropped`) say nothing.

    Errors: Refused without the role, or for a word of one character, which half of all texts hold.
    """
    policy.require_for_site(by, "manage_words", on=timezone.localdate(at))
    word = word.strip()
    if len(word) < _SHORTEST:
        raise Refused("用词规则至少要两个字。一个字在多半的文章里都会出现，提示就没有用了。")
    values = {
        "suggestion": suggestion.strip(),
        "reason": reason.strip(),
        "is_error": is_error and not is_dropped,
        "is_dropped": is_dropped,
    }
    row = WordPreference.objects.update_or_create(word=word, defaults=values)[0]
    entry = audit.Act(
        by.staff_number, "publishing.set_word", f"publishing.word:{row.pk}", detail={"word": word, **values}
    )
    audit.record(entry, at=at)
    return row


@transaction.atomic
def forget_word(row: WordPreference, *, by: User, at: datetime) -> None:
    """Take a rule of the office's away; a rule of the product's of the same word holds again. Errors: Refused."""
    policy.require_for_site(by, "manage_words", on=timezone.localdate(at))
    entry = audit.Act(by.staff_number, "publishing.forget_word", f"publishing.word:{row.pk}", detail={"word": row.word})
    row.delete()
    audit.record(entry, at=at)
