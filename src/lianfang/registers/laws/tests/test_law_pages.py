"""Pages of the law table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.rows import digest
from lianfang.registers.laws import actions
from lianfang.registers.laws.forms import LawForm, NewLawForm
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.rows import LawRow
from lianfang.registers.laws.tests.conftest import CODE, OLD


def posted(kind: type[LawForm] | type[NewLawForm], row: LawRow, **changes: str) -> dict[str, Any]:
    """What a browser would send for a form that shows ``row``."""
    form = kind.of(row)
    shown = {field.name: field.field.prepare_value(field.value()) for field in form}
    return {name: value for name, value in shown.items() if value is not None} | {"seen": digest(row), **changes}


def test_the_list_shows_standing_and_verification(cast: Cast, sign_in: SignIn, laws: None) -> None:
    page = sign_in(cast.clerk).get(reverse("laws:list")).content.decode()

    assert "示例生态法典" in page
    assert "未核验" in page
    assert reverse("laws:new") not in page


def test_an_empty_table_teaches(cast: Cast, sign_in: SignIn) -> None:
    assert "自动发现" in sign_in(cast.legal).get(reverse("laws:list")).content.decode()


def test_a_law_is_entered_and_changed_in_the_browser(cast: Cast, sign_in: SignIn, laws: None) -> None:
    client = sign_in(cast.legal)
    fresh = replace(OLD, number="T-THIRD", title="示例水法", short_titles=())

    created = client.post(reverse("laws:new"), posted(NewLawForm, fresh))
    stored = Law.objects.get(number="T-THIRD").to_row()
    client.post(reverse("laws:edit", args=["T-THIRD"]), posted(LawForm, stored, issuer="示例机关"))

    assert created.headers["Location"] == reverse("laws:detail", args=["T-THIRD"])
    assert stored == fresh
    assert Law.objects.get(number="T-THIRD").to_row() == replace(fresh, issuer="示例机关")


def test_an_article_in_the_wrong_form_is_said_at_its_field(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.legal).post(reverse("laws:new"), posted(NewLawForm, CODE, articles="现场检查"))

    assert answer.status_code == 422
    assert "不是条文" in answer.content.decode()


def test_the_second_of_two_editors_keeps_the_typed_text(cast: Cast, sign_in: SignIn, laws: None) -> None:
    before = Law.objects.get(number="T-OLD").to_row()
    actions.edit_law(actor=cast.coordinator, row=replace(before, issuer="示例机关"), seen=digest(before))

    clash = sign_in(cast.legal).post(reverse("laws:edit", args=["T-OLD"]), posted(LawForm, before, note="我的备注"))

    assert clash.status_code == 409
    assert "我的备注" in clash.content.decode()
    assert "廉政办吴主任" in clash.content.decode()


@pytest.mark.covers("S65")
def test_a_law_is_repealed_and_verified_on_pages_of_their_own(cast: Cast, sign_in: SignIn, laws: None) -> None:
    client = sign_in(cast.legal)
    nothing = client.post(reverse("laws:repeal", args=["T-OLD"]), {"on": "2026-08-15"})
    repealed = {"on": "2026-08-15", "replaced_by": "T-FD", "basis": "第一百条"}

    client.post(reverse("laws:repeal", args=["T-OLD"]), repealed)
    client.post(reverse("laws:verify", args=["T-OLD"]), {"articles": ["第二十四条"], "note": "数据库"})

    assert nothing.status_code == 422
    stored = Law.objects.get(number="T-OLD").to_row()
    assert (str(stored.repealed_on), stored.replaced_by, stored.verified) == ("2026-08-15", "T-FD", True)
    assert stored.articles[0].verified


def test_pages_are_closed_to_those_who_may_not(cast: Cast, sign_in: SignIn, client: Client, laws: None) -> None:
    assert client.get(reverse("laws:list")).status_code == 302
    assert sign_in(cast.auditor).get(reverse("laws:detail", args=["T-OLD"])).status_code == 404
    for name in ("edit", "repeal", "verify"):
        assert sign_in(cast.clerk).get(reverse(f"laws:{name}", args=["T-OLD"])).status_code == 403


def test_the_list_asks_the_database_as_often_for_thirty_as_for_three(cast: Cast, sign_in: SignIn, laws: None) -> None:
    def queries() -> int:
        client = sign_in(cast.clerk)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("laws:list")).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for serial in range(30):
        actions.create_law(actor=cast.legal, row=replace(CODE, number=f"T-{serial}", title=f"示例{serial}法"))

    assert queries() == few
