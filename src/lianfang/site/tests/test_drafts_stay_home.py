"""Drafts are the bureau's own: through no door does the commission learn that one exists (domain.md §4: submissions).

A draft and an entry that never was answer alike; no list, count, share of a whole or search tells them apart.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.rows import plain
from lianfang.programme.plans.actions import start_plan
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.registers.controls.actions import create_control
from lianfang.registers.controls.tests.test_controls_actions import MEASURE
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION, confirm
from lianfang.registers.regulations.actions import create_regulation
from lianfang.registers.regulations.coverage import coverage_by_unit, powers_without_regulation
from lianfang.registers.regulations.tests.test_regulation_actions import INSPECTION as REGULATION
from lianfang.registers.risks.actions.negatives import create_negative
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.actions.searches import record_search
from lianfang.registers.risks.tests.conftest import DRAFT
from lianfang.registers.risks.tests.test_negative_actions import ITEM
from lianfang.site.checks.running import check_bureau
from lianfang.site.desk import desk_of
from lianfang.site.overview import overview_of
from lianfang.site.search import found_by
from lianfang.site.tests.test_foreign_numbers import HELD

SECRET = "酝酿中的内部意见"
KINDS = ("powers", "risks", "negatives", "controls", "regulations", "searches", "programmes")
LISTS = (
    "/", "/powers/", "/risks/", "/risks/negatives/", "/risks/negatives/print/?unit=LH-WRF&drafts=1",
    "/risks/gradings/", "/risks/searches/", "/risks/matrix/", "/risks/grades/", "/risks/posts/LH-WRF-02/",
    "/regulations/", "/regulations/coverage/", "/regulations/mechanisms/?unit=LH", "/controls/",
    "/controls/ledger/?unit=LH", "/plans/", "/checks/", "/checks/scores/", "/checks/waivers/", "/overview/",
    f"/search/?q={SECRET}", "/api/1/powers/", "/api/1/risks/", "/api/1/negatives/", "/api/1/controls/",
    "/api/1/regulations/", "/api/1/searches/", "/api/1/gradings/", "/api/1/ledgers/units/LH/",
    "/api/1/checks/findings/", "/api/1/checks/scores/",
)  # fmt: skip


@pytest.fixture
def drafts(cast: Cast) -> dict[str, str]:
    return drafted(cast)


def drafted(cast: Cast) -> dict[str, str]:
    """A draft of every kind that nobody approved, each with words of its own; ``kind → number``."""
    steps = tuple(replace(step, name=f"{SECRET}{step.name}") for step in INSPECTION.steps)
    power = create_power(actor=cast.clerk, row=replace(INSPECTION, name=SECRET, steps=steps))
    risk = create_risk(actor=cast.clerk, row=replace(DRAFT, power=power.number, step="", statement=SECRET))
    made: dict[str, Any] = {
        "powers": power,
        "risks": risk,
        "negatives": create_negative(actor=cast.clerk, row=replace(ITEM, power=power.number, prohibited=SECRET)),
        "controls": create_control(actor=cast.clerk, row=replace(MEASURE, risk=risk.number, action=SECRET)),
        "regulations": create_regulation(
            actor=cast.head, row=replace(REGULATION, powers=(power.number,), title=SECRET)
        ),
        "searches": record_search(actor=cast.head, row=replace(HELD, participants=(SECRET,))),
        "programmes": start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name=SECRET),
    }
    return {kind: row.number for kind, row in made.items()}


def addresses(patterns: list[Any], before: str = "/") -> Iterator[tuple[str, list[str]]]:
    """Every address of the house with the names of its parts."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            route = before + str(pattern.pattern)
            yield route, re.findall(r"<(?:str:|path:)?(number|risk|power)>", route)


NUMBERED = sorted({route for route, names in addresses(get_resolver().url_patterns) if len(names) == 1})
MISSING = {"powers": "P", "risks": "R", "negatives": "N", "controls": "C", "regulations": "G", "searches": "S",
           "programmes": "F"}  # fmt: skip


def filled(route: str, number: str) -> str:
    address = re.sub(r"<(?:str:|path:)?(?:number|risk|power)>", number, route)
    return re.sub(r"<(?:str:|path:)?step>", "submit", address)


def answers(client: Client, address: str) -> list[tuple[str, int, str]]:
    """Status of every method, and what a refusal says, without the number itself."""
    found = []
    for method in ("get", "post", "put"):
        answer = getattr(client, method)(address, {"version": 1, "note": "理由"}, content_type="application/json")
        words = answer.json().get("code", "") if answer.get("Content-Type", "").startswith("application/json") else ""
        found.append((method, answer.status_code, words))
    return found


def test_there_are_doors_to_try() -> None:
    assert len(NUMBERED) > 40
    assert any(route.startswith("/api/1/controls/") for route in NUMBERED)


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_answers_as_if_it_never_was(kind: str, drafts: dict[str, str], cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.commission)
    missing = re.sub(r"\d+$", "777", drafts[kind])
    routes = [route for route in NUMBERED if "<" not in filled(route, "1")]

    told = {
        route: (answers(client, filled(route, drafts[kind])), answers(client, filled(route, missing)))
        for route in routes
    }

    assert {route: pair for route, pair in told.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("address", LISTS)
def test_no_list_speaks_of_a_draft(address: str, drafts: dict[str, str], cast: Cast, sign_in: SignIn) -> None:
    check_bureau(cast.coordinator, "LH")
    client = sign_in(cast.commission)

    answer = client.get(address)
    text = re.sub(f'q={SECRET}|value="{SECRET}"|“{SECRET}”', "", answer.content.decode())

    assert answer.status_code in {200, 302}
    assert SECRET not in text
    assert [number for number in drafts.values() if number in text] == []


def counts(cast: Cast, client: Client) -> dict[str, object]:
    """Everything that is numbered for the commission, page by page."""
    overview = overview_of(cast.commission)
    lists = [address for address in LISTS if address.startswith("/api/") and "scores" not in address]
    return {
        "overview": [
            (one.number, one.powers, one.confirmed, one.ungraded, one.grades, one.figures, one.counts.errors)
            for one in (*overview.bureaus, *overview.units)
        ],
        "coverage": coverage_by_unit(cast.commission),
        "bare": powers_without_regulation(cast.commission),
        "desk": (desk_of(cast.commission).waiting, desk_of(cast.commission).error_count),
        "lists": [client.get(address).json()["total"] for address in lists],
        "scores": [
            (row["unit"], row["clean"], row["objects"])
            for row in client.get("/api/1/checks/scores/").json()
            if row["unit"]
        ],
    }


def test_no_count_moves_when_drafts_are_written(cast: Cast, sign_in: SignIn, request: pytest.FixtureRequest) -> None:
    power = confirm(cast, create_power(actor=cast.clerk, row=INSPECTION))
    check_bureau(cast.coordinator, "LH")
    before = counts(cast, sign_in(cast.commission))

    request.getfixturevalue("drafts")
    create_regulation(actor=cast.head, row=replace(REGULATION, powers=(power.number,), title="另一件草案"))
    after = counts(cast, sign_in(cast.commission))

    assert after == before
    assert overview_of(cast.head).bureaus[0].powers == 2
    assert sum(line.drafting for line in coverage_by_unit(cast.head)) == 2


def test_the_search_finds_no_draft_for_the_commission(drafts: dict[str, str], cast: Cast) -> None:
    assert found_by(cast.commission, SECRET) == []
    for number in drafts.values():
        assert found_by(cast.commission, number) == []
    assert found_by(cast.head, SECRET) != []


@pytest.mark.parametrize("kind", ["searches", "gradings", "scores", "control_tests"])
def test_what_is_the_bureaus_alone_leaves_it_in_no_file(
    kind: str, drafts: dict[str, str], cast: Cast, sign_in: SignIn
) -> None:
    answer = sign_in(cast.commission).get(reverse("exports:table", args=[kind]), {"format": "csv"})

    assert answer.status_code == 403
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("kind", ["powers", "risks", "negatives", "controls", "regulations"])
@pytest.mark.parametrize("extension", ["csv", "json", "xlsx", "docx"])
def test_no_draft_leaves_the_bureau_in_a_file(
    kind: str, extension: str, drafts: dict[str, str], cast: Cast, sign_in: SignIn
) -> None:
    address = reverse("exports:table", args=[kind])

    told = {
        reader: _text(extension, sign_in(reader).get(address, {"format": extension}).getvalue())
        for reader in (cast.commission, cast.head)
    }

    assert SECRET in told[cast.head]
    assert SECRET not in told[cast.commission]
    # The hidden words of a workbook name some numbers as examples; what it lists is seen in the other formats.
    assert extension == "xlsx" or drafts[kind] not in told[cast.commission]


def _text(extension: str, content: bytes) -> str:
    if extension in {"csv", "json"}:
        return content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def test_documents_for_the_commission_hold_what_is_approved(
    drafts: dict[str, str], cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.commission)

    for address in ("ledger/LH/", "post-grades/", "negative-list/LH-WRF/"):
        answer = client.get(f"/export/{address}", {"format": "csv"})
        assert answer.status_code == 200, address
        assert SECRET.encode() not in answer.content


def test_the_journal_is_the_bureaus(drafts: dict[str, str], cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.commission)
    newest = Entry.objects.latest("id").pk

    told = {client.get(address).status_code for address in ("/journal/", f"/journal/{newest}/", "/journal/999999/")}

    assert told == {403}


@pytest.mark.parametrize("kind", ["controls", "risks", "negatives", "regulations"])
def test_writing_that_names_a_draft_says_no_more_than_writing_that_names_nothing(
    kind: str, drafts: dict[str, str], cast: Cast, sign_in: SignIn
) -> None:
    named: dict[str, tuple[Any, str, str]] = {
        "controls": (MEASURE, "risk", drafts["risks"]),
        "risks": (replace(DRAFT, step=""), "power", drafts["powers"]),
        "negatives": (ITEM, "power", drafts["powers"]),
        "regulations": (REGULATION, "powers", drafts["powers"]),
    }
    row, field, number = named[kind]

    def told(reader: User, value: str) -> tuple[int, str]:
        changed: Any = (value,) if field == "powers" else value
        body = plain(replace(row, **{field: changed}))
        answer = send(sign_in(reader), "POST", f"/api/1/{kind}/", body)
        return answer.status_code, str(answer.json()["message"]).replace(value, "")

    for reader in (cast.commission, cast.outsider):
        assert told(reader, number) == told(reader, re.sub(r"\d+$", "777", number))
