"""The buttons of a record: what carries it on stands first, what ends it stands last."""

from __future__ import annotations

import datetime

import pytest
from pytest_django.fixtures import Settings

from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Permission, Role
from lianfang.foundation.web import navigation, register_pages
from lianfang.foundation.web.register_pages import Ask, steps_for
from lianfang.foundation.web.values import NavGroup, NavItem
from lianfang.kernel.lifecycle import Lifecycle, Move
from lianfang.kernel.vocabulary import Word

MENU = (NavGroup("", (NavItem("事项", "home", "list", Permission.POWERS_READ, Permission.POWERS_READ_APPROVED),)),)


class Stage(Word):
    """States of a made-up thing."""

    DRAFT = "draft", "填报中"
    SENT = "sent", "待审定"
    DONE = "done", "已审定"
    GONE = "gone", "已取消"


class Thing:
    """A made-up record."""

    number = "T-1"
    version = 3


LIFE = Lifecycle(
    "things",
    Stage.DRAFT,
    (
        Move("retire", Stage.SENT, Stage.GONE, "取消"),
        Move("return", Stage.SENT, Stage.DRAFT, "退回"),
        Move("approve", Stage.SENT, Stage.DONE, "审定"),
    ),
)


def test_the_step_that_carries_on_comes_first_and_the_dangerous_one_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_pages, "reverse", lambda name, args: f"/{name}/{'/'.join(args)}/")
    asks = {"retire": Ask("required", danger=True), "return": Ask("required")}

    steps = steps_for(LIFE.from_state(Stage.SENT), Thing(), "thing_step", asks)

    assert [step.label for step in steps] == ["审定", "退回", "取消"]
    assert steps[0].url == "/thing_step/T-1/approve/"


@pytest.mark.django_db
def test_who_may_read_approved_entries_only_is_led_to_their_list_too(settings: Settings) -> None:
    settings.NAVIGATION = f"{__name__}.MENU"
    officer = User.objects.create(login="officer", title="纪委陈干部")
    stranger = User.objects.create(login="stranger", title="系统管理员")
    for user, role in ((officer, Role.COMMISSION), (stranger, Role.SYSTEM)):
        Grant.objects.create(user=user, role=role.value, scope="", start=datetime.date(2020, 1, 1))

    def lines(user: User) -> list[str]:
        return [line.label for group in navigation.menu_for(user, "/") for line in group.lines]

    assert lines(officer) == ["事项"]
    assert lines(stranger) == []
