"""Numbers of tests: imported ones bring their own, and the next one recorded here never collides with them."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import plain
from lianfang.registers.controls import actions
from lianfang.registers.controls.rows import ControlTestRow, Verdict
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import in_force


def test_a_test_recorded_after_imported_ones_takes_the_next_free_number(
    cast: Cast, risk_at: RiskAt, sign_in: SignIn
) -> None:
    risk_at(Grade.LOW)
    row = in_force(cast)
    held = ControlTestRow(
        number=f"{row.number}/2",
        control=row.number,
        tested_on=timezone.localdate(),
        tester="LH-M02",
        verdict=Verdict.EFFECTIVE,
        design=2,
        operation=1,
    )
    actions.import_tests(actor=cast.coordinator, rows=[held], source="检验表")

    first = actions.record_test(actor=cast.deputy, row=replace(held, number=held.number))
    door = send(sign_in(cast.deputy), "POST", f"/api/1/controls/{row.number}/tests/", plain(replace(held, number="")))

    assert (first.number, door.status_code, door.json()["number"]) == (f"{row.number}/1", 201, f"{row.number}/3")
