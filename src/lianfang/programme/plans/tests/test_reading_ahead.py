"""Texts from outside are read apart and before anything is written, and the same text is not read in twice."""

from __future__ import annotations

import datetime
import errno
import subprocess
from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.catalogue.numbers import last_given
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Broken, Conflict, Invalid, Refused
from lianfang.programme.plans import actions, trying
from lianfang.programme.plans.models import Programme
from lianfang.programme.plans.queries import reading
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.programme.plans.trying import READING, demand_readable

HEAD = "实施方案\n\n各科室：\n为推进工作，制定本方案。\n（一）第一阶段：动员部署（6月1日-6月10日）\n"
HOSTILE = HEAD + ("并报村请" * 1000 + "时间\n") * 25


def test_a_text_that_takes_too_long_is_stopped_with_a_sentence() -> None:
    with pytest.raises(Invalid, match="文字太复杂，读取超出了允许的时间") as refused:
        demand_readable(HOSTILE, replace(READING, cpu_seconds=1))

    assert len(HOSTILE) > 100_000
    assert "只留方案正文" in refused.value.remedy


def test_a_long_honest_text_is_read_within_the_limits() -> None:
    demand_readable(PLAN * (240_000 // len(PLAN)))


def test_a_machine_without_room_for_another_process_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "run", full)

    with pytest.raises(Broken, match="没有启动"):
        demand_readable(PLAN)


def test_the_page_answers_with_the_sentence_and_nothing_is_kept(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    brief = replace(READING, cpu_seconds=1)
    monkeypatch.setattr(reading, "demand_readable", lambda text: trying.demand_readable(text, brief))

    answer = sign_in(cast.coordinator).post(reverse("plans:start"), {"unit": "LH", "text": HOSTILE})

    assert answer.status_code == 422
    assert "文字太复杂，读取超出了允许的时间" in answer.content.decode()
    assert not Programme.objects.exists()


def test_who_may_not_draft_has_nothing_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "demand_readable", lambda _: pytest.fail("read"))

    with pytest.raises(Refused):
        reading.read_ahead(cast.clerk, "LH", PLAN)


def test_both_doors_read_before_the_transaction_that_writes(
    cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths: list[int] = []

    def noted(text: str, number: str = "") -> object:
        depths.append(len(connection.savepoint_ids))
        return read_plan(text, number)

    monkeypatch.setattr(reading, "read_plan", noted)
    outside = len(connection.savepoint_ids)
    client = sign_in(cast.coordinator)

    client.post(reverse("plans:start"), {"unit": "LH", "text": PLAN})
    client.post("/api/1/programmes/", {"unit": "LH", "text": f"{PLAN}补充\n"}, content_type="application/json")

    assert Programme.objects.count() == 2
    assert depths == [outside, outside]


def test_the_same_text_is_not_read_in_twice_unless_the_first_was_discarded(cast: Cast) -> None:
    first = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")

    with pytest.raises(Conflict, match=f"已经读入过，是 {first.number}"):
        actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="又一次.txt")

    actions.discard_plan(
        actor=cast.coordinator, number=first.number, expected_version=first.version, note="读错了文件，另行读入"
    )
    again = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")
    assert again.number != first.number


def test_whether_the_text_is_new_is_asked_while_nobody_else_can_take_a_number(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    serials: list[int] = []

    def noted(unit: str, text: str) -> Programme | None:
        serials.append(last_given("LH-F"))
        return reading.twin_of(unit, text)

    monkeypatch.setattr(actions, "twin_of", noted)

    first = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")
    with pytest.raises(Conflict, match="已经读入过"):
        actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="同一时刻.txt")

    assert serials == [1, 2]
    assert (first.number, last_given("LH-F")) == ("LH-F001", 1)


def test_the_page_leads_to_the_programme_that_the_text_was_read_into(cast: Cast, sign_in: SignIn) -> None:
    first = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")

    answer = sign_in(cast.coordinator).post(reverse("plans:start"), {"unit": "LH", "text": PLAN}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("plans:reading", args=[first.number])
    assert f"就是这一份（{first.number}），没有另建" in answer.content.decode()
    assert Programme.objects.count() == 1


@pytest.mark.parametrize(("day", "is_told"), [("2026-06-26", False), ("2026-06-27", True)])
def test_before_confirming_is_said_that_all_deadlines_have_passed(
    cast: Cast, sign_in: SignIn, day: str, is_told: bool
) -> None:
    with time_machine.travel(datetime.date.fromisoformat(day), tick=False):
        row = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")
        page = sign_in(cast.coordinator).get(reverse("plans:reading", args=[row.number])).content.decode()

    assert ("所有期限都已经过去" in page) is is_told
