"""The command line's own account leaves a trace like any other."""

from __future__ import annotations

import pytest

from lianfang.conftest import PASSWORD, Cast
from lianfang.foundation.accounts.console import console_actor, reset_administrator
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.parts import grants_over
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Absent

pytestmark = pytest.mark.django_db


def test_the_first_use_is_journalled_and_no_further_one() -> None:
    console_actor()
    console_actor()

    entries = Entry.objects.filter(actor="console").order_by("id")
    assert [(entry.verb, entry.kind) for entry in entries] == [
        (Verb.USER_CREATED.value, "users"),
        (Verb.ROLE_GRANTED.value, "grants"),
    ]


def test_an_administrator_gets_a_new_password_at_the_machine_and_nobody_else_does(cast: Cast) -> None:
    row, password = reset_administrator("security")

    security = User.objects.get(login="security")
    assert (row.must_change_password, security.check_password(password), security.check_password(PASSWORD)) == (
        True,
        True,
        False,
    )
    assert Entry.objects.get(actor="console", verb=Verb.PASSWORD_SET.value).number == "security"
    with pytest.raises(Absent):
        reset_administrator("secretary")


def test_nobody_is_sent_to_the_command_line_for_a_step(cast: Cast) -> None:
    named = {grant.user.login for grant in grants_over(Permission.PLANS_CONFIRM, "JW/LH/")}
    console = console_actor()

    assert {grant.user.login for grant in grants_over(Permission.PLANS_CONFIRM, "JW/LH/")} == named
    assert "secretary" in named
    assert console.may(Permission.PLANS_CONFIRM, "JW/LH/")
