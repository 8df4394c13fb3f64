"""Records of searches: nobody's correction is lost, and nobody signs for somebody else (S24)."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.errors import Conflict, Refused
from lianfang.kernel.rows import plain
from lianfang.registers.risks.actions.imports import import_searches
from lianfang.registers.risks.actions.searches import correct_search, record_search
from lianfang.registers.risks.models import Search
from lianfang.registers.risks.rows import NoneFound, RiskDimension, SearchRow, Tier

PAPER = "排查记录原件〔2025〕第3号"
HELD = SearchRow(
    number="",
    tier=Tier.POST,
    unit="LH-WRF",
    post="LH-WRF-02",
    held_on=datetime.date(2026, 7, 1),
    participants=("LH-M04",),
    none_found=(NoneFound(RiskDimension.MORALS, "近三年无信访反映"),),
    signed_by="小李",
)
SEARCHES = "/api/1/searches/"
PAGE = {
    "tier": "post", "unit": "LH-WRF", "post": "LH-WRF-02", "held_on": "2026-07-01", "participants": "LH-M04",
    "none_found": "思想道德：近三年无信访反映",
}  # fmt: skip


def test_the_second_of_two_corrections_does_not_undo_the_first(cast: Cast, sign_in: SignIn) -> None:
    row = record_search(actor=cast.head, row=replace(HELD, signed_by="张科长"))
    first = replace(row, participants=("LH-M04", "LH-M03"))
    correct_search(actor=cast.head, row=first, expected_version=row.version)

    with pytest.raises(Conflict) as conflict:
        correct_search(actor=cast.head, row=replace(row, held_on=datetime.date(2026, 7, 2)), expected_version=1)
    door = send(sign_in(cast.head), "PUT", f"{SEARCHES}{row.number}/", plain(row))
    typed = {**PAGE, "held_on": "2026-07-03", "signs": "on", "version": "1"}
    page = sign_in(cast.head).post(f"/risks/searches/{row.number}/edit/", typed)

    stored = Search.objects.get().to_row()
    assert (stored.participants, stored.held_on, stored.version) == (first.participants, HELD.held_on, 2)
    assert conflict.value.details == ("参加人员：LH-M04 → LH-M04；LH-M03",)
    assert (door.status_code, page.status_code) == (409, 409)
    assert "2026-07-03" in page.content.decode()


@pytest.mark.covers("S24")
def test_a_signature_is_the_signers_own_act(cast: Cast, sign_in: SignIn) -> None:
    with pytest.raises(Refused, match="不能替“周书记”签字"):
        record_search(actor=cast.clerk, row=replace(HELD, signed_by="周书记"))
    with pytest.raises(Refused, match="您没有参加这次排查"):
        record_search(actor=cast.clerk, row=replace(HELD, participants=("LH-M03",)))
    forged = send(sign_in(cast.clerk), "POST", SEARCHES, plain(replace(HELD, signed_by="LH-M03")))

    row = record_search(actor=cast.clerk, row=HELD)

    assert forged.status_code == 403
    assert row.signed_by == "LH-M04"


@pytest.mark.covers("S24")
def test_what_somebody_signed_is_corrected_by_them_or_by_the_head_under_their_own_name(
    cast: Cast, sign_in: SignIn
) -> None:
    row = record_search(actor=cast.head, row=replace(HELD, signed_by="张科长"))
    later = replace(row, held_on=datetime.date(2026, 6, 1))

    with pytest.raises(Refused, match="已由张科长签字，您不能更正"):
        correct_search(actor=cast.clerk, row=replace(later, signed_by="小李"), expected_version=1)
    by_clerk = sign_in(cast.clerk)
    door = send(by_clerk, "PUT", f"{SEARCHES}{row.number}/", plain(replace(later, signed_by="LH-M04")))
    shown = by_clerk.get(f"/risks/searches/{row.number}/").content.decode()
    own = record_search(actor=cast.clerk, row=HELD)
    with pytest.raises(Refused, match="不能替“LH-M04”签字"):
        correct_search(actor=cast.head, row=own, expected_version=own.version)
    taken = correct_search(actor=cast.head, row=replace(own, signed_by="LH-M03"), expected_version=own.version)

    assert door.status_code == 403
    assert "更正" not in shown
    assert (taken.signed_by, Entry.objects.filter(number=own.number).count()) == ("LH-M03", 2)


def test_the_page_offers_a_signature_and_no_field_to_write_one_into(cast: Cast, sign_in: SignIn) -> None:
    clerk = sign_in(cast.clerk)
    asked = clerk.get("/risks/searches/new/").content.decode()

    unsigned = clerk.post("/risks/searches/new/", {**PAGE, "signed_by": "周书记"})
    signed = clerk.post("/risks/searches/new/", {**PAGE, "signed_by": "周书记", "signs": "on"})

    assert "签字：小李" in asked
    assert 'name="signed_by"' not in asked
    assert (unsigned.status_code, signed.status_code) == (422, 302)
    assert Search.objects.get().signed_by == "LH-M04"


def test_a_list_brings_other_peoples_signatures_only_as_an_adopted_paper(cast: Cast) -> None:
    paper = replace(HELD, number="LH-WRF-S007", signed_by="LH-M03")

    with pytest.raises(Refused, match="不能替“LH-M03”签字"):
        import_searches(actor=cast.coordinator, rows=[paper], source="排查记录")
    with pytest.raises(Refused):
        import_searches(actor=cast.clerk, rows=[paper], source="排查记录", adopted=PAPER)
    import_searches(actor=cast.coordinator, rows=[paper], source="排查记录", adopted=PAPER)
    again = import_searches(actor=cast.clerk, rows=[paper], source="排查记录")
    moved = replace(paper, held_on=datetime.date(2026, 1, 1))
    with pytest.raises(Refused, match="已由张科长签字"):
        import_searches(actor=cast.clerk, rows=[moved], source="排查记录")
    with pytest.raises(Conflict):
        import_searches(actor=cast.coordinator, rows=[moved], source="排查记录", adopted="排查记录原件〔2026〕第9号")

    entry = Entry.objects.get(number=paper.number)
    assert (entry.basis, again.unchanged) == (PAPER, 1)
    assert Search.objects.get().held_on == HELD.held_on
