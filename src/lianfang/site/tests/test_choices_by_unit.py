"""People and posts are offered under the names of their units, the own unit first."""

from __future__ import annotations

import re

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.risks.tests.conftest import Round


def groups_in(page: str, name: str) -> list[tuple[str, int]]:
    """Headings of the options of one select box, each with how many options stand under it."""
    box = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    assert box, name
    found = re.findall(r'<optgroup label="([^"]*)">(.*?)</optgroup>', box[0], re.DOTALL)
    return [(label, options.count("<option")) for label, options in found]


def test_owners_are_offered_by_unit_and_the_own_unit_stands_first(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    risk = round_of.live()

    page = sign_in(cast.head).get(f"/controls/risk/{risk.number}/new/").content.decode()

    assert groups_in(page, "owner") == [("污染防治科", 2), ("局领导班子", 2), ("综合执法大队", 1)]
    assert groups_in(page, "supervisor") == groups_in(page, "owner")


def test_candidates_for_a_round_stand_under_their_units_after_the_suggestion(
    round_of: Round, cast: Cast, sign_in: SignIn
) -> None:
    risk = round_of.accepted()

    page = sign_in(cast.head).get(f"/risks/{risk.number}/grading/").content.decode()

    headings = re.findall(r'<th colspan="3" scope="rowgroup">([^<]*)</th>', page)
    assert headings[0] == "系统建议"
    assert set(headings[1:]) <= {"污染防治科", "局领导班子", "综合执法大队"}
    assert len(headings) > 1


def test_another_rater_is_offered_by_unit(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    grading = round_of.opened(round_of.accepted())

    page = sign_in(cast.head).get(f"/risks/gradings/{grading.number}/raters/").content.decode()

    assert groups_in(page, "person")[0][0] == "污染防治科"


def test_a_tenure_is_entered_from_people_and_posts_by_unit(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.coordinator).get("/organisation/tenures/new/").content.decode()

    assert ("污染防治科", 2) in groups_in(page, "person")
    assert ("污染防治科", 2) in groups_in(page, "post")
