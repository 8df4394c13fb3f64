"""Saying whose an account is that was opened without a person: once, with a basis, and for nobody a second account."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts import actions
from lianfang.foundation.accounts.console import console_actor
from lianfang.foundation.accounts.models import CONSOLE, User
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Conflict, Invalid, Refused

BASIS = "任职文件〔2026〕3号"


@pytest.fixture
def nameless(cast: Cast) -> User:
    return User.objects.create(login="nameless", title="水质科　王科员")


@pytest.mark.covers("S78")
def test_whose_an_account_is_is_said_once_and_stands_in_the_journal(cast: Cast, nameless: User) -> None:
    actions.name_person(actor=cast.system, login="nameless", person="LH-M77", note=BASIS)

    entry = Entry.objects.get(kind="users", number="nameless", verb=Verb.USER_NAMED.value)
    assert User.objects.get(login="nameless").person == "LH-M77"
    assert (entry.basis, entry.actor) == (BASIS, cast.system.login)
    with pytest.raises(Conflict, match="不能改"):
        actions.name_person(actor=cast.system, login="nameless", person="LH-M78", note=BASIS)


@pytest.mark.parametrize(("person", "note"), [("", BASIS), ("LH-M77", ""), ("LH-M77", "同意")])
def test_it_takes_a_person_and_a_basis(cast: Cast, nameless: User, person: str, note: str) -> None:
    with pytest.raises(Invalid):
        actions.name_person(actor=cast.system, login="nameless", person=person, note=note)

    assert User.objects.get(login="nameless").person == ""


def test_nobody_gets_a_second_account_in_that_way(cast: Cast, nameless: User) -> None:
    with pytest.raises(Invalid, match="已经有启用的账户"):
        actions.name_person(actor=cast.system, login="nameless", person=cast.head.person, note=BASIS)


def test_a_closed_account_stays_as_it_was(cast: Cast, nameless: User) -> None:
    actions.disable_user(actor=cast.system, login="nameless", note="调离本单位")

    with pytest.raises(Conflict, match="已经停用"):
        actions.name_person(actor=cast.system, login="nameless", person="LH-M77", note=BASIS)


@pytest.mark.parametrize("part", ["clerk", "head", "secretary", "coordinator", "security", "auditor"])
def test_only_who_opens_accounts_says_whose_they_are(cast: Cast, nameless: User, part: str) -> None:
    with pytest.raises(Refused):
        actions.name_person(actor=getattr(cast, part), login="nameless", person="LH-M77", note=BASIS)


@pytest.mark.parametrize("part", ["system", "security", "auditor"])
def test_the_three_administrators_are_left_alone(cast: Cast, part: str) -> None:
    with pytest.raises(Refused):
        actions.name_person(actor=cast.system, login=getattr(cast, part).login, person="LH-M77", note=BASIS)


def test_the_command_line_is_nobodys_account_and_gets_no_password(cast: Cast) -> None:
    console_actor()

    with pytest.raises(Refused, match="不属于任何人"):
        actions.name_person(actor=cast.system, login=CONSOLE, person="LH-M77", note=BASIS)
    with pytest.raises(Refused, match="不属于任何人"):
        actions.reset_password(actor=cast.system, login=CONSOLE, password="one-time-password-26")

    assert not User.objects.get(login=CONSOLE).has_usable_password()
