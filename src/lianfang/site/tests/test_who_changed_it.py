"""A refusal says on which day somebody changed a thing, and tells nobody of their own second window as of another."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
import time_machine

from lianfang.conftest import Cast
from lianfang.foundation.journal.tellers import ASKING
from lianfang.foundation.organisation.actions.posts import edit_post
from lianfang.foundation.organisation.models import Post
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.errors import Conflict
from lianfang.kernel.rows import digest, plain
from lianfang.registers.powers.actions import create_power, edit_power
from lianfang.registers.powers.rows import PowerRow

ROW = PowerRow(number="", unit="LH-WRF", name="危险废物经营许可", content="审查许可")
FRIDAY = datetime.datetime(2026, 11, 20, 22, 34, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def edited_on_friday(cast: Cast) -> PowerRow:
    with time_machine.travel(FRIDAY, tick=False):
        seen = create_power(actor=cast.clerk, row=ROW)
        edit_power(actor=cast.clerk, row=replace(seen, content="审查"), expected_version=seen.version)
    return seen


@pytest.mark.parametrize(("later", "said"), [(0, "今天 22:34 被小李修改过"), (3, "2026-11-20 22:34 被小李修改过")])
def test_a_conflict_says_on_which_day_the_other_change_was_made(cast: Cast, later: int, said: str) -> None:
    seen = edited_on_friday(cast)

    with time_machine.travel(FRIDAY + datetime.timedelta(days=later), tick=False), pytest.raises(Conflict) as told:
        edit_power(actor=cast.head, row=replace(seen, content="许可"), expected_version=seen.version)

    assert told.value.message == f"{seen.number} {said}，您的修改没有保存。"


def test_whoever_changed_it_in_another_window_is_told_so(cast: Cast, sign_in: SignIn) -> None:
    seen = edited_on_friday(cast)
    address, body = f"/api/1/powers/{seen.number}/", plain(replace(seen, content="许可"))

    own = send(sign_in(cast.clerk), "PUT", address, body)
    others = send(sign_in(cast.head), "PUT", address, body)

    assert (own.status_code, others.status_code) == (409, 409)
    assert "被您自己（另一个页面）修改过" in own.content.decode()
    assert "被小李修改过" in others.content.decode()
    assert ASKING.get() == ""


def test_a_post_without_versions_is_told_of_in_the_same_words(cast: Cast) -> None:
    seen = Post.objects.get(number="LH-WRF-02").to_row()
    with time_machine.travel(FRIDAY, tick=False):
        edit_post(actor=cast.coordinator, row=replace(seen, duty="负责联单。"), seen=digest(seen))

    with pytest.raises(Conflict, match="2026-11-20 22:34 被廉政办吴主任修改过"):
        edit_post(actor=cast.coordinator, row=replace(seen, duty="负责许可。"), seen=digest(seen))
