"""The JSON door of grading: a whole round, and nobody who sees another's scores before all are in."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.registers.risks.models import Grading, Risk
from lianfang.registers.risks.tests.conftest import RATERS, Round, given

SECRET = "只有评分人自己知道的依据"
GRADINGS = "/api/1/gradings/"


@pytest.fixture
def opened(round_of: Round, cast: Cast, sign_in: SignIn) -> str:
    """The address of an open round, opened through the door."""
    risk = round_of.accepted()
    raters = {person: capacity.value for person, capacity in RATERS.items()}
    said = {"version": risk.version, "raters": raters}
    answer = send(sign_in(cast.head), "POST", f"/api/1/risks/{risk.number}/gradings/", said)
    assert answer.status_code == 201
    return f"{GRADINGS}{answer.json()['number']}/"


def scored(sign_in: SignIn, address: str, rater: User, *scores: int, note: str = "") -> Any:
    body = asdict(given(*scores)) | ({"harm_note": note} if note else {})
    return send(sign_in(rater), "POST", f"{address}score/", body)


@pytest.mark.covers("S27")
def test_a_sealed_score_is_told_to_nobody_but_its_giver(
    opened: str, cast: Cast, reviewer: User, sign_in: SignIn
) -> None:
    assert scored(sign_in, opened, cast.clerk, 5, 4, 5, note=SECRET).status_code == 200

    risk = opened.removeprefix(GRADINGS).partition("/")[0]
    addresses = [GRADINGS, f"{GRADINGS}waiting/", opened, f"{opened}sheet/", f"/api/1/risks/{risk}/", "/api/1/risks/"]
    others = (cast.head, cast.deputy, cast.secretary, cast.coordinator, cast.legal, cast.commission, reviewer)
    for person in others:
        for address in addresses:
            assert SECRET not in sign_in(person).get(address).content.decode()
    progress = sign_in(cast.secretary).get(opened).json()
    assert (progress["given"], progress["suggestion"]) == (1, None)
    assert [seat["score"] for seat in progress["seats"]] == [None, None, None]
    assert SECRET in sign_in(cast.clerk).get(f"{opened}sheet/").content.decode()


def test_nobody_scores_twice_or_without_a_seat(opened: str, cast: Cast, sign_in: SignIn) -> None:
    scored(sign_in, opened, cast.clerk, 3, 3, 3)

    assert scored(sign_in, opened, cast.clerk, 5, 5, 5).status_code == 409
    assert scored(sign_in, opened, cast.deputy, 5, 5, 5).status_code == 403
    assert sign_in(cast.deputy).get(f"{opened}sheet/").status_code == 404


@pytest.mark.parametrize("scores", [(0, 3, 3), (3, 6, 3)])
def test_a_score_lies_between_one_and_five(
    opened: str, cast: Cast, sign_in: SignIn, scores: tuple[int, int, int]
) -> None:
    assert scored(sign_in, opened, cast.clerk, *scores).json()["code"] == "invalid"


@pytest.mark.covers("S28")
def test_a_round_goes_from_scores_through_reconciliation_to_an_approved_grade(
    opened: str, cast: Cast, reviewer: User, sign_in: SignIn
) -> None:
    assert len(sign_in(reviewer).get(f"{GRADINGS}waiting/").json()) == 1
    for rater, triple in ((cast.clerk, (5, 4, 5)), (cast.head, (3, 4, 4)), (reviewer, (4, 4, 4))):
        scored(sign_in, opened, rater, *triple)

    coordinator = sign_in(cast.coordinator)
    shown = coordinator.get(opened).json()
    assert shown["needs_reconciliation"]
    assert {seat["score"]["importance"] for seat in shown["seats"]} == {5, 3, 4}
    settled = {
        "importance": 4,
        "probability": 4,
        "harm": 4,
        "record": "打五分的举出去年两起退件，另两人查档后一致取四分。",
    }
    version = shown["row"]["version"]
    row = send(coordinator, "POST", f"{opened}reconcile/", {"version": version, **settled}).json()
    row = send(
        coordinator, "POST", f"{opened}propose/", {"version": row["version"], "reason": "可以直接办结，去年两起退件。"}
    ).json()
    bare = send(sign_in(cast.secretary), "POST", f"{opened}steps/approve/", {"version": row["version"]})
    minuted = {"version": row["version"], "note": "局党组会纪要〔2026〕7号"}
    approved = send(sign_in(cast.secretary), "POST", f"{opened}steps/approve/", minuted)

    assert (row["state"], row["grade"]) == ("proposed", "HIGH")
    assert (bare.status_code, approved.status_code) == (422, 200)
    assert (approved.json()["state"], Risk.objects.get().grade) == ("approved", "HIGH")


def test_a_low_level_does_not_approve_a_high_grade(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    grading = round_of.proposed(round_of.accepted(), (5, 5, 5), (5, 5, 5), (5, 5, 5))

    address = f"{GRADINGS}{grading.number}/steps/approve/"
    answer = send(sign_in(cast.deputy), "POST", address, {"version": grading.version, "note": "纪要"})

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")
    assert Grading.objects.get().state == "proposed"


def test_a_rater_who_will_not_score_is_replaced(opened: str, cast: Cast, sign_in: SignIn) -> None:
    said = {"leaving": "LH-M05", "person": "LH-M02", "capacity": "reviewer", "note": "出差在外"}
    answer = send(sign_in(cast.head), "POST", f"{opened}raters/", said)

    assert answer.status_code == 200
    seats = sign_in(cast.head).get(opened).json()["seats"]
    assert {seat["person"] for seat in seats} == {"LH-M02", "LH-M03", "LH-M04"}


def test_candidates_are_offered_with_a_suggestion(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    risk = round_of.accepted()

    offered = sign_in(cast.head).get(f"/api/1/risks/{risk.number}/raters/").json()

    assert set(offered["suggested"].values()) == {"holder", "head", "reviewer"}
    assert {one["person"] for one in offered["candidates"]} >= set(RATERS)
