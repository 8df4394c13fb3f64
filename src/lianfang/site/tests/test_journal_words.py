"""The logs speak Chinese: every kind of record and every act has its word."""

from __future__ import annotations

import datetime
import re
import typing

from django.apps import apps
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.accounts.rows import GrantRow, UserRow
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.lint.actions import Tolerated, grant_waiver
from lianfang.foundation.organisation.queries import unit_name
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.programme.plans.actions import start_plan
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.site.checks.running import check_bureau
from lianfang.site.journal import ROWS

PLAN = """关于开展廉政风险防控工作的实施方案
一、时间安排
（一）动员部署阶段（2026年3月1日至3月31日）。各科室于2026年3月20日前报送动员会记录。
"""
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def recorded_kinds() -> set[str]:
    """Kinds of everything that the journal can hold: whatever has a Row with a kind."""
    found = set()
    for model in apps.get_models():
        made = typing.get_type_hints(model.to_row).get("return") if hasattr(model, "to_row") else None
        if kind := getattr(made, "kind", ""):
            found.add(kind)
    return found


def test_every_recorded_kind_has_a_chinese_word() -> None:
    words = {**ROWS, UserRow.kind: UserRow, GrantRow.kind: GrantRow}

    assert recorded_kinds() - set(words) <= {"parameters"}
    assert all(CHINESE.search(str(getattr(row, "label", ""))) for row in words.values())


def test_every_act_has_a_chinese_word() -> None:
    assert all(CHINESE.search(verb.label) for verb in Verb)


def test_the_users_log_shows_no_code(cast: Cast, sign_in: SignIn) -> None:
    create_power(actor=cast.clerk, row=INSPECTION)
    start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.docx")

    page = sign_in(cast.security).get("/accounts/logs/users/").content.decode()

    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert body.count("<tr>") == Entry.objects.exclude(kind__in=["users", "grants"]).count()
    codes = {kind for kind in (*ROWS, "programmes") if re.search(rf">\s*{kind}\b", body)}
    assert codes == set()
    assert "方案" in body


def test_checks_and_waivers_are_named_by_what_they_are_about_not_by_their_number(cast: Cast, sign_in: SignIn) -> None:
    row, _ = check_bureau(cast.coordinator, "LH")
    post = Tolerated("PST001", "units", "LH-WRF", "JW/LH/LH-WRF/", "")
    waiver = grant_waiver(
        actor=cast.deputy,
        finding=post,
        reason="污染防治科刚刚合并，人员名册下个月才定下来，到时候按新名册补齐。",
        expires=timezone.localdate() + datetime.timedelta(days=20),
    )

    client = sign_in(cast.coordinator)
    page = client.get("/journal/").content.decode()

    assert row.number not in page
    assert waiver.number not in page
    assert "规则 PST001，污染防治科" in page
    assert f"检查 {unit_name('LH')} {row.day.isoformat()}" in " ".join(page.split())
