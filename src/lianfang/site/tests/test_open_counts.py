"""Open findings are counted once: desk, overview, list, document and API say the same number of the same things."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.lint.actions import Tolerated, grant_waiver
from lianfang.foundation.lint.models import CheckFinding, Waiver
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.site.checks.counts import open_counts, open_findings
from lianfang.site.checks.queries import Sought, findings_page
from lianfang.site.checks.running import check_bureau
from lianfang.site.desk import desk_of
from lianfang.site.overview import overview_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def faulty(cast: Cast) -> PowerRow:
    """A drafted power without basis, in a bureau that was checked since."""
    row = create_power(actor=cast.clerk, row=replace(INSPECTION, name="无依据的检查", basis=()))
    check_bureau(cast.coordinator, "LH")
    return row


def told(actor: User) -> set[int]:
    """How many errors are open, as every place tells this reader; one number where they agree."""
    page = findings_page(actor, Sought())
    listed = findings_page(actor, Sought(severity="E"))
    shown = overview_of(actor)
    return {
        desk_of(actor).error_count,
        page.counts.errors,
        listed.total,
        listed.counts.errors,
        sum(line.counts.errors for line in shown.bureaus),
        open_findings(actor).filter(severity="E").count(),
    }


def test_every_place_tells_a_reader_the_same_number(cast: Cast, faulty: PowerRow) -> None:
    numbers = {actor.login: told(actor) for actor in (cast.head, cast.deputy, cast.secretary, cast.coordinator)}

    assert all(len(found) == 1 for found in numbers.values()), numbers
    assert 0 < min(numbers[cast.head.login]) < min(numbers[cast.secretary.login])


def test_what_is_about_the_bureau_itself_is_told_apart_from_its_sections(cast: Cast, faulty: PowerRow) -> None:
    shown = overview_of(cast.secretary)

    assert shown.own.errors > 0
    assert shown.bureaus[0].counts.errors == shown.own.errors + sum(line.counts.errors for line in shown.units)


def test_the_tiles_of_the_list_do_not_change_with_its_other_filters(cast: Cast, faulty: PowerRow) -> None:
    whole = findings_page(cast.secretary, Sought())

    for narrowed in (Sought(severity="E"), Sought(code="PWR001"), Sought(kind="powers"), Sought(waived=True)):
        assert findings_page(cast.secretary, narrowed).counts == whole.counts
    section = findings_page(cast.secretary, Sought(unit="LH-WRF"))
    assert section.counts == open_counts(cast.secretary).under(("JW/LH/LH-WRF/",)) != whole.counts
    assert (whole.scope, section.scope) == (cast_bureau(), "污染防治科")


def cast_bureau() -> str:
    """The name of the cast's bureau."""
    return str(CheckFinding.objects.select_related("run__unit")[0].run.unit.name)


def test_a_waiver_that_has_run_out_holds_nothing_back_anywhere(cast: Cast, faulty: PowerRow) -> None:
    before = told(cast.deputy)
    finding = CheckFinding.objects.get(number=faulty.number, code="PWR001", field="basis")
    tolerated = Tolerated("PWR001", "powers", faulty.number, finding.unit_path, finding.text)
    today = timezone.localdate()
    grant_waiver(actor=cast.deputy, finding=tolerated, reason="依据正在报市局核定", expires=today)
    waived = told(cast.deputy)
    Waiver.objects.update(expires=today - datetime.timedelta(days=1))

    listed = findings_page(cast.deputy, Sought(code="PWR001"))

    assert len(waived) == 1
    assert min(waived) < min(before)
    assert told(cast.deputy) == before
    assert {line.waiver for line in listed.lines} == {""}


def test_who_reads_one_section_is_told_of_a_check_what_is_theirs(cast: Cast, faulty: PowerRow, sign_in: SignIn) -> None:
    own = open_counts(cast.head).under(("JW/LH/LH-WRF/",))
    client = sign_in(cast.head)

    page = client.post(reverse("checks:run"), {"unit": "LH"}, follow=True).content.decode()
    answer = send(client, "POST", "/api/1/checks/runs/", {"unit": "LH"}).json()

    assert f"检查完成。污染防治科未处理的：错误 {own.errors} 条，警告 {own.warnings} 条，提示 {own.hints} 条。" in page
    assert (answer["errors"], answer["entries"]) == (own.errors, 0)
