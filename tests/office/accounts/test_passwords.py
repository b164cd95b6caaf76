"""What a password must be like."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gongkai.office.accounts.models import FormerPassword, User
from gongkai.office.accounts.passwords import REMEMBERED, initial_password
from tests.office.cast import PASSWORD, Cast


def refusals(password: str, user: User | None = None) -> list[ValidationError]:
    try:
        validate_password(password, user)
    except ValidationError as refused:
        return refused.error_list
    return []


def objections(password: str, user: User | None = None) -> set[str]:
    return {error.code for error in refusals(password, user)}


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Qx-2024", "password_too_short"),
        ("qingxi-water-office", "password_too_few_kinds"),
        ("Passw0rd123", None),
        ("password123", "password_too_common"),
    ],
)
def test_short_simple_and_common_passwords_are_refused(password, code):
    assert objections(password) == set() if code is None else code in objections(password)


@pytest.mark.parametrize("password", ["short", "password123", "zhangqicao-x"])
def test_refusals_are_told_in_chinese(db, password):
    told = refusals(password, User(username="zhangqicao", name="张起草", staff_number="A001"))
    assert told
    assert not [error.messages for error in told if not any("\u4e00" <= sign <= "\u9fff" for sign in error.messages[0])]


def test_a_password_like_the_name_or_staff_number_is_refused(db):
    person = User(username="zhangqicao", name="张起草", staff_number="QX20240001")
    assert "password_too_similar" in objections("Zhangqicao1", person)
    assert "password_too_similar" in objections("QX20240001a", person)


def test_the_present_password_and_the_last_five_do_not_come_back(cast: Cast):
    used = [PASSWORD, *(f"Mountain-river-{number}" for number in range(REMEMBERED))]
    for password in used[1:]:
        assert objections(password, cast.editor) == set()
        cast.editor.set_password(password)
        cast.editor.save()
    assert [objections(password, cast.editor) for password in used[1:]] == [{"password_used"}] * REMEMBERED
    assert objections(used[0], cast.editor) == set()
    assert FormerPassword.objects.filter(user=cast.editor).count() == REMEMBERED


def test_somebody_else_s_password_is_not_asked_about(cast: Cast):
    assert objections("Mountain-river-1", cast.first) == set()


def test_an_initial_password_passes_the_policy_and_is_never_the_same():
    made = {initial_password() for _ in range(50)}
    assert len(made) == 50
    assert all(objections(each) == set() for each in made)


def test_passwords_are_hashed_with_argon2():
    from gongkai.office.project import settings

    assert settings.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
