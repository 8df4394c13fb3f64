"""Drafts of one section stay with it: a clerk of the next one learns nothing of them, also where an entry names one.

Whoever reads the whole bureau may tie an entry of one section to a draft of another; then only its number is told.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from lianfang.conftest import LONG_AGO, Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.rows import plain
from lianfang.registers.controls.actions import create_control
from lianfang.registers.controls.tests.test_controls_actions import MEASURE
from lianfang.registers.regulations.actions import create_regulation
from lianfang.registers.regulations.tests.test_regulation_actions import INSPECTION as REGULATION
from lianfang.registers.risks.actions.gradings import open_grading
from lianfang.registers.risks.actions.negatives import create_negative
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.rows import RaterCapacity, RiskRow, Tier
from lianfang.registers.risks.tests.conftest import DRAFT
from lianfang.registers.risks.tests.test_negative_actions import ITEM
from lianfang.site.checks.running import check_bureau
from lianfang.site.tests.test_drafts_stay_home import LISTS, NUMBERED, SECRET, answers, drafted, filled

KINDS = ("powers", "risks", "negatives", "controls", "regulations", "searches")
STEP = "事先没有的环节"
ELSEWHERE: dict[str, Any] = {"tier": Tier.SECTION, "unit": "LH-ZF", "post": ""}


@pytest.fixture
def drafts(cast: Cast) -> dict[str, str]:
    return drafted(cast)


def colleague(part: Role) -> User:
    """Somebody of 综合执法大队, the section beside the one that drafts."""
    user = User.objects.create(login=f"zf-{part.value}", title="执法大队人员", person="LH-M05")
    Grant.objects.create(user=user, role=part.value, scope="JW/LH/LH-ZF/", start=LONG_AGO)
    return user


@pytest.fixture
def neighbour(cast: Cast) -> User:
    return colleague(Role.POST)


@pytest.fixture
def tied(cast: Cast, drafts: dict[str, str]) -> dict[str, str]:
    """Entries of 综合执法大队 that the integrity office tied to the draft of the other section; ``kind → number``."""
    power = drafts["powers"]
    risk = create_risk(actor=cast.coordinator, row=_risk(power))
    made: dict[str, Any] = {
        "risks": risk,
        "negatives": create_negative(actor=cast.coordinator, row=replace(ITEM, power=power, **ELSEWHERE)),
        "controls": create_control(actor=cast.coordinator, row=replace(MEASURE, risk=risk.number)),
        "regulations": create_regulation(
            actor=cast.coordinator,
            row=replace(REGULATION, unit="LH-ZF", powers=(power,), replaces=drafts["regulations"]),
        ),
    }
    return {kind: row.number for kind, row in made.items()}


def _risk(power: str, step: str = STEP) -> RiskRow:
    changed: dict[str, Any] = {**ELSEWHERE, "power": power, "step": step, "finder": ""}
    return replace(DRAFT, **changed)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_of_another_section_answers_as_if_it_never_was(
    kind: str, drafts: dict[str, str], neighbour: User, sign_in: SignIn
) -> None:
    client = sign_in(neighbour)
    missing = re.sub(r"\d+$", "777", drafts[kind])
    routes = [route for route in NUMBERED if "<" not in filled(route, "1")]

    told = {
        route: (answers(client, filled(route, drafts[kind])), answers(client, filled(route, missing)))
        for route in routes
    }

    assert {route: pair for route, pair in told.items() if pair[0] != pair[1]} == {}


def test_no_list_of_a_section_speaks_of_a_draft_of_another(
    drafts: dict[str, str], tied: dict[str, str], cast: Cast, sign_in: SignIn, neighbour: User
) -> None:
    check_bureau(cast.coordinator, "LH")
    client = sign_in(neighbour)

    told = [address for address in LISTS if _tells(client, address)]

    assert told == []


@pytest.mark.parametrize("part", [Role.POST, Role.HEAD])
def test_no_page_of_an_entry_tells_what_the_draft_says_that_it_hangs_on(
    part: Role, tied: dict[str, str], cast: Cast, sign_in: SignIn
) -> None:
    check_bureau(cast.coordinator, "LH")
    client = sign_in(colleague(part))
    addresses = [filled(route, number) for route in NUMBERED for kind, number in tied.items() if f"/{kind}/" in route]

    told = [address for address in addresses if "<" not in address and _tells(client, address)]

    assert told == []
    assert client.get(f"/risks/{tied['risks']}/").status_code == 200
    assert client.get(f"/api/1/risks/{tied['risks']}/").status_code == 200


def _tells(client: Client, address: str) -> bool:
    text = re.sub(f'q={SECRET}|value="{SECRET}"|“{SECRET}”', "", client.get(address).content.decode(errors="replace"))
    return SECRET in text


def test_a_rater_is_shown_no_power_that_nobody_confirmed(
    tied: dict[str, str], cast: Cast, sign_in: SignIn, neighbour: User
) -> None:
    Risk.objects.filter(number=tied["risks"]).update(state="accepted")
    raters = {"LH-M05": RaterCapacity.HOLDER, "LH-M01": RaterCapacity.HEAD, "LH-M03": RaterCapacity.REVIEWER}
    risk = Risk.objects.get(number=tied["risks"])
    opened = open_grading(actor=cast.coordinator, number=risk.number, expected_version=risk.version, raters=raters)
    client = sign_in(neighbour)

    for address in (f"/risks/gradings/{opened.number}/", f"/risks/gradings/{opened.number}/score/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert SECRET not in answer.content.decode(), address


@pytest.mark.parametrize("kind", ["controls", "risks", "negatives", "regulations"])
def test_writing_that_names_a_draft_of_another_section_says_no_more_than_writing_that_names_nothing(
    kind: str, drafts: dict[str, str], sign_in: SignIn, cast: Cast
) -> None:
    named: dict[str, tuple[Any, str, str]] = {
        "controls": (MEASURE, "risk", drafts["risks"]),
        "risks": (_risk(""), "power", drafts["powers"]),
        "negatives": (replace(ITEM, **ELSEWHERE), "power", drafts["powers"]),
        "regulations": (replace(REGULATION, unit="LH-ZF"), "powers", drafts["powers"]),
    }
    row, field, number = named[kind]
    client = sign_in(colleague(Role.HEAD))

    def told(value: str) -> tuple[int, str]:
        changed: Any = (value,) if field == "powers" else value
        answer = send(client, "POST", f"/api/1/{kind}/", plain(replace(row, **{field: changed})))
        return answer.status_code, str(answer.json().get("message", "")).replace(value, "")

    assert told(number) == told(re.sub(r"\d+$", "777", number))
    assert told(number)[0] in {404, 422}


def test_a_replaced_draft_of_another_section_is_as_unknown_as_one_that_never_was(
    drafts: dict[str, str], sign_in: SignIn, cast: Cast
) -> None:
    client, number = sign_in(colleague(Role.HEAD)), drafts["regulations"]

    def told(value: str) -> tuple[int, str]:
        row = replace(REGULATION, unit="LH-ZF", powers=(), replaces=value)
        answer = send(client, "POST", "/api/1/regulations/", plain(row))
        return answer.status_code, str(answer.json()["message"]).replace(value, "")

    assert told(number) == told(re.sub(r"\d+$", "777", number))
    assert told(number)[0] == 422
