"""The journal as a page: scoped, filtered, paged in bounded steps, without sealed scores, with bytes to verify."""

from __future__ import annotations

import hashlib
import hmac
import html
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Absent, Refused
from lianfang.registers.powers.actions import create_power, edit_power, submit_power
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.registers.risks.actions.gradings import open_grading
from lianfang.registers.risks.actions.risks import accept_risk, create_risk, submit_risk
from lianfang.registers.risks.actions.scores import score_risk
from lianfang.registers.risks.tests.conftest import DRAFT, RATERS, given
from lianfang.site import journal
from lianfang.site.journal import Asked, entry_detail, journal_page


@pytest.fixture
def edited(cast: Cast) -> PowerRow:
    row = create_power(actor=cast.clerk, row=INSPECTION)
    return edit_power(actor=cast.clerk, row=replace(row, conditions="三人到场。"), expected_version=row.version)


def verbs(user: User, **asked: Any) -> list[str]:
    return [item.line.verb for item in journal_page(user, Asked(**asked)).lines]


def test_the_newest_comes_first_with_what_changed(cast: Cast, sign_in: SignIn, edited: PowerRow) -> None:
    page = sign_in(cast.head).get(reverse("journal:list")).content.decode()

    assert verbs(cast.head) == ["修改", "新建"]
    assert "行使条件" in page
    assert "三人到场" in re.sub(r"<[^>]+>", "", page)


def test_the_journal_is_filtered_by_register_act_person_and_day(cast: Cast, edited: PowerRow) -> None:
    submit_power(actor=cast.head, number=edited.number, expected_version=edited.version)
    today = timezone.localdate()

    assert verbs(cast.head, kind="powers", verb="record:submitted") == ["提交"]
    assert verbs(cast.head, kind="risks") == []
    assert verbs(cast.head, actor="小李") == ["修改", "新建"]
    assert verbs(cast.head, actor="head") == ["提交"]
    assert len(verbs(cast.head, day=today)) == 3
    assert verbs(cast.head, day=today.replace(year=today.year - 1)) == []


@pytest.mark.parametrize("part", ["clerk", "legal", "commission", "system", "security", "auditor"])
def test_whoever_may_not_read_the_journal_is_refused(cast: Cast, edited: PowerRow, part: str) -> None:
    with pytest.raises(Refused):
        journal_page(getattr(cast, part), Asked())


def test_another_bureau_sees_nothing_of_it(cast: Cast, edited: PowerRow) -> None:
    sequence = Entry.objects.order_by("id").values_list("id", flat=True)[0]

    assert verbs(cast.outsider) == []
    with pytest.raises(Absent):
        entry_detail(cast.outsider, sequence)


def test_the_pages_hang_together_and_a_rare_filter_takes_bounded_steps(
    cast: Cast, edited: PowerRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(8):
        create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"第{n}项"))
    monkeypatch.setattr(journal, "PAGE", 3)
    monkeypatch.setattr(journal, "WINDOW", 4)

    steps, before, seen = 0, 0, []
    while steps < 20:
        page = journal_page(cast.head, Asked(before=before))
        seen += [item.line.sequence for item in page.lines]
        steps, before = steps + 1, page.older
        if not before:
            break
    rare = journal_page(cast.head, Asked(verb="record:edited"))

    assert seen == sorted(Entry.objects.values_list("id", flat=True), reverse=True)
    assert (rare.lines, rare.older > 0) == ((), True)


@pytest.mark.covers("S27")
def test_scores_are_not_in_the_journal_while_somebody_has_yet_to_score(cast: Cast, sign_in: SignIn) -> None:
    reviewer = User.objects.create(login="reviewer", title="王大队长", person="LH-M05", password="!")
    reviewer.grant_set.create(role=Role.HEAD.value, scope="JW/LH/LH-ZF/", start="2020-01-01")
    row = create_risk(actor=cast.clerk, row=replace(DRAFT, power=""))
    row = submit_risk(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = accept_risk(actor=cast.head, number=row.number, expected_version=row.version)
    grading = open_grading(actor=cast.head, number=row.number, expected_version=row.version, raters=RATERS)
    score_risk(actor=cast.clerk, number=grading.number, given=given(5, 4, 3))
    sealed = Entry.objects.get(kind="scores")

    hidden = verbs(cast.secretary, kind="scores")
    with pytest.raises(Absent):
        entry_detail(cast.secretary, sealed.pk)
    score_risk(actor=cast.head, number=grading.number, given=given())
    score_risk(actor=reviewer, number=grading.number, given=given())

    assert hidden == []
    assert verbs(cast.secretary, kind="scores").count("评分") == 3
    assert sign_in(cast.secretary).get(reverse("journal:entry", args=[sealed.pk])).status_code == 200


def test_an_entry_can_be_verified_by_whoever_reads_it(cast: Cast, sign_in: SignIn, edited: PowerRow) -> None:
    entry = Entry.objects.order_by("-id")[0]

    page = sign_in(cast.head).get(reverse("journal:entry", args=[entry.pk])).content.decode()
    (sealed,) = re.findall(r'<pre class="sealed-bytes">(.*?)</pre>', page, re.DOTALL)
    (salt,) = re.findall(r"<dt>盐</dt><dd[^>]*><code>([0-9a-f]+)", page)

    assert hmac.new(bytes.fromhex(salt), html.unescape(sealed).encode(), hashlib.sha256).hexdigest() == entry.commitment
    assert entry.commitment in page


def test_accounts_and_grants_are_not_in_the_bureaus_journal(cast: Cast, edited: PowerRow) -> None:
    first = Entry.objects.order_by("id")[0]
    Entry.objects.create(
        at=first.at,
        actor="system",
        verb="user:created",
        kind="users",
        number="li",
        unit_path="JW/LH/",
        after="{}",
        salt=b"0",
        commitment="0" * 64,
    )

    assert verbs(cast.secretary) == ["修改", "新建"]


def test_an_entry_of_an_older_shape_is_still_shown(cast: Cast, sign_in: SignIn, edited: PowerRow) -> None:
    entry = Entry.objects.create(
        at=timezone.now(),
        actor="clerk",
        verb="record:edited",
        kind="powers",
        number=edited.number,
        unit_path="JW/LH/LH-WRF/",
        before='{"gone":1}',
        after='{"gone":2}',
        salt=b"0",
        commitment="0" * 64,
    )
    client = sign_in(cast.head)

    assert client.get(reverse("journal:list")).status_code == 200
    assert "gone" in client.get(reverse("journal:entry", args=[entry.pk])).content.decode()


def test_the_journal_asks_the_database_as_often_for_thirty_as_for_three(cast: Cast, sign_in: SignIn) -> None:
    def queries(rows: int) -> int:
        for _ in range(rows):
            create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"第{Power.objects.count()}项检查"))
        client = sign_in(cast.head)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("journal:list")).status_code == 200
        return len(captured)

    assert queries(3) == queries(27)
