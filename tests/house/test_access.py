"""Who may open what: every address × every part of the cast, from one table; and reading never writes."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.lint.models import CheckFinding, Waiver
from lianfang.foundation.parameters.actions import propose_adjustment
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.registers.controls.models import Control, Snapshot
from lianfang.registers.laws.models import Law
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.risks.models import Grading, Negative, Risk, Score, Search
from lianfang.site.api import api
from lianfang.site.checks.running import check_bureau
from tests.house.faults import ROOT

TABLE = ROOT / "tests" / "house" / "access.tsv"
PARTS = (*(field.name for field in fields(Cast)), "stranger")
"""The cast of src/lianfang/conftest.py, and somebody who is not signed in."""
WRITING = re.compile(r"^\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.IGNORECASE)
READERS = ("head", "coordinator", "security", "stranger")
"""Enough of the cast that every page is opened by somebody who sees it whole."""
HOME = {"unit_id": "LH-WRF", "unit_path": "JW/LH/LH-WRF/"}
TODAY = datetime.date(2026, 11, 2)


@dataclass(frozen=True)
class Line:
    """One line of the table: an address, how it is asked for, with which arguments, and the status for each part."""

    name: str
    method: str
    arguments: str
    expected: tuple[str, ...]

    def address(self, known: dict[str, str]) -> str:
        """The address with its arguments; ``{entry}`` and ``{finding}`` stand for numbers that the database gives."""
        pairs = (pair.split("=", 1) for pair in self.arguments.split(",") if pair)
        return reverse(self.name, kwargs={name: value.format_map(known) for name, value in pairs})


def table(path: Path = TABLE) -> list[Line]:
    """The table as it is written."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))
    assert tuple(rows[0][3:]) == PARTS, "the heads of the table are the parts of the cast"
    return [Line(row[0], row[1], row[2], tuple(row[3:])) for row in rows[1:]]


JSON_DOORS = "api:"
"""The JSON doors share names between registers, so they are asked by path: see the test about strangers there."""


def names(resolver: URLResolver | None = None, inside: str = "") -> Iterator[str]:
    """The names of all addresses of the site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver) and f"{pattern.namespace}:" != JSON_DOORS:
            yield from names(pattern, f"{inside}{pattern.namespace}:" if pattern.namespace else inside)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{inside}{pattern.name}"


@pytest.fixture
def stage_set(cast: Cast) -> dict[str, str]:
    """One entry in every register of 污染防治科, none of them approved, and what stands for numbers in the table."""
    create_power(actor=cast.clerk, row=INSPECTION)
    Law.objects.create(number="L1", title="排污许可管理条例", level="administrative")
    risk = Risk.objects.create(
        number="LH-WRF-R001", tier="post", post_id="LH-WRF-02", statement="检查走过场。", state="grading", **HOME
    )
    Negative.objects.create(number="LH-WRF-N001", tier="section", prohibited="不得一人检查。", state="draft", **HOME)
    Search.objects.create(number="LH-WRF-S001", tier="section", held_on=TODAY, **HOME)
    grading = Grading.objects.create(
        number="LH-WRF-R001-1", risk=risk, round=1, rule_version="1", state="open", unit_path=HOME["unit_path"]
    )
    Score.seats.create(
        number="LH-WRF-R001/1/LH-M04", grading=grading, risk=risk, round=1, rater_id="LH-M04", capacity="holder",
        unit_path=HOME["unit_path"],
    )  # fmt: skip
    Control.objects.create(number="LH-WRF-C001", risk=risk, action="两人到场。", state="in-force", **HOME)
    Regulation.objects.create(number="LH-WRF-G001", title="现场检查办法", state="evaluated", **HOME)
    Snapshot.objects.create(
        number="LH-WRF-T1", taken_at=timezone.now(), taken_by="吴主任", lines=[], line_count=0, fingerprint="0", **HOME
    )
    Waiver.objects.create(
        number="PWR001/LH-WRF-P001/1", rule="PWR001", entry_kind="powers", entry="LH-WRF-P001", reason="正在核定依据。",
        approver="李副局长", expires=TODAY, unit_path=HOME["unit_path"],
    )  # fmt: skip
    reason = "科室较多，四人评分更能反映情况。"
    row = AdjustmentRow(number="", unit="LH", parameter="least_raters", value="4", reason=reason)
    propose_adjustment(actor=cast.coordinator, row=row)
    check_bureau(cast.coordinator, "LH")
    finding = CheckFinding.objects.filter(unit="LH-WRF", unpublished=True).first()
    assert finding is not None
    assert Power.objects.get().number == "LH-WRF-P001"
    grant = Grant.objects.get(user=cast.clerk)
    return {
        "entry": str(Entry.objects.filter(kind="powers").values_list("pk", flat=True)[0]),
        "finding": str(finding.pk),
        "grant": grant.number,
    }


@pytest.fixture
def clients(cast: Cast) -> dict[str, Client]:
    """A browser for each part, signed in before anything is counted."""
    found = {part: Client(raise_request_exception=False) for part in PARTS}
    for part in PARTS[:-1]:
        found[part].force_login(getattr(cast, part), backend="django.contrib.auth.backends.ModelBackend")
    return found


def asked(client: Client, method: str, address: str) -> str:
    """The status of one request, whatever it wrote undone."""
    with transaction.atomic():
        status = client.generic(method, address).status_code
        transaction.set_rollback(True)
    return str(status)


def test_every_address_stands_in_the_table_and_nothing_else() -> None:
    listed = {line.name for line in table()}

    assert set(names()) - listed == set(), "add a line for each to tests/house/access.tsv"
    assert listed - set(names()) == set(), "addresses that are gone"


def test_everybody_may_do_what_the_table_says_and_nothing_more(
    stage_set: dict[str, str], clients: dict[str, Client]
) -> None:
    wrong = []

    for line in table():
        address = line.address(stage_set)
        found = tuple(asked(clients[part], line.method, address) for part in PARTS)
        if found != line.expected:
            wrong.append("\t".join((line.name, line.method, line.arguments, *found)))

    assert not wrong, "found instead:\n" + "\n".join(wrong)


def test_a_stranger_is_sent_to_the_log_in_everywhere() -> None:
    public = {"login", "logout", "web:styleguide", "web:section", "web:error"}

    stray = [line.name for line in table() if line.name not in public and line.expected[-1] != "302"]

    assert stray == []


def test_a_stranger_is_refused_at_every_json_door(db: None, client: Client) -> None:
    paths = api.get_openapi_schema()["paths"]

    answers = {
        (method, path): client.generic(method.upper(), re.sub(r"{[^}]+}", "LH-WRF-P001", path), "{}").status_code
        for path, methods in paths.items()
        for method in methods
    }

    assert len(answers) > 4
    assert {door: status for door, status in answers.items() if status != 401} == {}


def test_nothing_breaks_for_anybody() -> None:
    assert [line.name for line in table() if any(status.startswith("5") for status in line.expected)] == []


def writes(sql: str) -> bool:
    """Whether a statement changes a record; a session's own last visit is none."""
    return WRITING.match(sql) is not None and '"django_session"' not in sql


def test_reading_never_writes(stage_set: dict[str, str], clients: dict[str, Client]) -> None:
    models = apps.get_models()
    before = {model: model._default_manager.count() for model in models}
    wrote = []

    for line in table():
        if line.method == "GET" and "405" not in line.expected:
            address = line.address(stage_set)
            for part in READERS:
                with CaptureQueriesContext(connection) as captured:
                    clients[part].get(address)
                wrote += [(line.name, part, query["sql"]) for query in captured if writes(query["sql"])]

    assert wrote == []
    assert {model: model._default_manager.count() for model in models} == before
