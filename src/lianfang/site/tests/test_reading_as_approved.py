"""Whoever reads only what is approved reads exactly that, in every door; what counts as approved is frozen."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from lianfang.conftest import LONG_AGO, Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.catalogue.listing import Wanted
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.models import Record
from lianfang.foundation.journal.moves import change
from lianfang.foundation.journal.queries import approved_rows
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.web.navigation import address, record_address
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.queries.controls import approved_controls, control_detail, control_page, measures_of
from lianfang.registers.laws.models import Law
from lianfang.registers.powers.citations import stale_bases
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.queries import power_detail, power_page
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.regulations.coverage import mechanisms_of, powers_without_regulation
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.queries import regulation_detail, regulation_page
from lianfang.registers.risks.models import Grading, Negative, Risk
from lianfang.registers.risks.queries.charts import power_chart
from lianfang.registers.risks.queries.negatives import approved_negatives, negative_detail, negative_page
from lianfang.registers.risks.queries.posts import post_detail
from lianfang.registers.risks.queries.risks import approved_risks, risk_detail, risk_page
from lianfang.site.search import found_by

pytestmark = pytest.mark.django_db
PATH, UNIT, POST = "JW/LH/LH-WRF/", "LH-WRF", "LH-WRF-02"
GOOD, DRAFT = "踏勘记录当场双签", "酝酿中的内部意见"


@dataclass(frozen=True)
class Case:
    """A register: how an entry is made, which field carries its text, in which states it is approved and redone."""

    model: type[Record]
    text: str
    approved: str
    redone: str
    list_page: str
    page: Callable[..., Any]
    detail: Callable[..., Any]
    others: Callable[[], dict[str, object]]

    def make(self, cast: Cast, number: str) -> Record:
        """An approved entry whose text is the good one."""
        made: Any = self.model._default_manager
        fresh: Record = made.create(
            number=number, unit_id=UNIT, unit_path=PATH, state=self.approved, **{self.text: GOOD}, **self.others()
        )
        approve(fresh, record(cast.secretary, Verb.EDITED, fresh, basis="局党组会纪要〔2026〕3号"))
        return fresh

    def redo(self, cast: Cast, thing: Record, **changed: object) -> None:
        """Edit an approved entry, as its drafter does when it is redone."""
        change(thing, thing.version, state=self.redone, stale=True, **(changed or {self.text: DRAFT}))
        record(cast.clerk, Verb.EDITED, thing, note="内部说明不外传")


def _tier() -> dict[str, object]:
    return {"tier": "post", "post_id": POST}


def _graded() -> dict[str, object]:
    return {**_tier(), "grade": "LOW", "importance": 1, "probability": 1, "harm": 1}


def _against_a_risk() -> dict[str, object]:
    risk, _ = Risk.objects.get_or_create(
        number="LH-WRF-R900",
        defaults={
            "unit_id": UNIT,
            "unit_path": PATH,
            "state": "live",
            "statement": "另一条风险点",
            "approved_entry": None,
            **_graded(),
        },
    )
    return {"risk": risk}


CASES = {
    "powers": Case(Power, "name", "confirmed", "under-review", "powers:list", power_page, power_detail, dict),
    "risks": Case(Risk, "statement", "live", "under-review", "risks:list", risk_page, risk_detail, _graded),
    "negatives": Case(
        Negative, "prohibited", "approved", "draft", "risks:negatives", negative_page, negative_detail, _tier
    ),
    "controls": Case(
        Control, "action", "in-force", "under-review", "controls:list", control_page, control_detail, _against_a_risk
    ),
    "regulations": Case(
        Regulation, "title", "in-force", "evaluated", "regulations:list", regulation_page, regulation_detail, dict
    ),
}
LETTERS = {"powers": "P", "risks": "R", "negatives": "N", "controls": "C", "regulations": "G"}


@pytest.fixture(params=list(CASES))
def kind(request: pytest.FixtureRequest) -> str:
    """Each register in turn."""
    return str(request.param)


def number_of(kind: str, serial: int = 1) -> str:
    return f"LH-WRF-{LETTERS[kind]}{serial:03d}"


def redone(cast: Cast, kind: str, serial: int = 1) -> str:
    case = CASES[kind]
    case.redo(cast, case.make(cast, number_of(kind, serial)))
    return number_of(kind, serial)


def test_the_commission_reads_the_approved_text_on_every_page(cast: Cast, sign_in: SignIn, kind: str) -> None:
    number = redone(cast, kind)
    client = sign_in(cast.commission)

    doors = [
        record_address(kind, number),
        address(CASES[kind].list_page),
        f"/api/1/{kind}/{number}/",
        f"/api/1/{kind}/",
    ]
    answers = [client.get(door) for door in doors]

    for door, answer in zip(doors, answers, strict=True):
        text = str(answer.json()) if "/api/" in door else answer.content.decode()
        assert answer.status_code == 200, door
        assert GOOD in text, door
        assert DRAFT not in text, door
        assert "内部说明不外传" not in text, door


def test_whoever_works_on_it_goes_on_reading_the_draft(cast: Cast, sign_in: SignIn, kind: str) -> None:
    number = redone(cast, kind)

    text = sign_in(cast.head).get(record_address(kind, number)).content.decode()

    assert DRAFT in text
    assert len(CASES[kind].detail(cast.head, number).history) == 2


def test_the_commission_is_shown_no_step_after_the_approval(cast: Cast, kind: str) -> None:
    number = redone(cast, kind)

    detail = CASES[kind].detail(cast.commission, number)

    assert [line.basis for line in detail.history] == ["局党组会纪要〔2026〕3号"]
    assert detail.history[0].changes == ()
    assert (detail.stale, detail.findings, detail.moves, detail.since_approval) == (False, (), (), ())
    assert detail.row.state.value == CASES[kind].approved


def test_a_draft_is_not_found_by_its_words_and_what_is_approved_is(cast: Cast, sign_in: SignIn, kind: str) -> None:
    number = redone(cast, kind)
    page = CASES[kind].page
    client = sign_in(cast.commission)

    found = [hit for group in found_by(cast.commission, GOOD) for hit in group.hits]

    assert [(hit.number, hit.title) for hit in found] == [(number, GOOD)]
    assert found_by(cast.commission, DRAFT) == []
    assert [line.row.number for line in page(cast.commission, Wanted(GOOD))[1]] == [number]
    assert page(cast.commission, Wanted(DRAFT))[0].total == 0
    assert number not in client.get(f"/api/1/{kind}/", {"q": DRAFT}).content.decode()
    assert [hit.title for group in found_by(cast.head, DRAFT) for hit in group.hits] == [DRAFT]


def test_filters_look_at_the_approved_text(cast: Cast, kind: str) -> None:
    number = redone(cast, kind)
    case = CASES[kind]

    def under(state: str) -> list[str]:
        return [line.row.number for line in case.page(cast.commission, Wanted(facets=(("state", state),)))[1]]

    assert number in under(case.approved)
    assert under(case.redone) == []


def test_changed_entries_cost_a_list_no_query_each(cast: Cast, sign_in: SignIn, kind: str) -> None:
    client = sign_in(cast.commission)
    counted = []

    for serials in (range(1, 4), range(4, 31)):
        for serial in serials:
            redone(cast, kind, serial)
        with CaptureQueriesContext(connection) as queries:
            client.get(address(CASES[kind].list_page), {"q": "踏勘"})
        counted.append(len(queries))

    assert counted[0] == counted[1]


@pytest.mark.parametrize("part", ["retired", "closed", "withdrawn", "repealed"])
def test_what_has_ended_is_shown_as_ended(cast: Cast, part: str) -> None:
    kind = {"retired": "powers", "closed": "risks", "withdrawn": "negatives", "repealed": "regulations"}[part]
    thing = CASES[kind].make(cast, number_of(kind))
    change(thing, thing.version, state=part)

    detail = CASES[kind].detail(cast.commission, thing.number)

    assert (detail.row.state.value, getattr(detail.row, CASES[kind].text)) == (part, GOOD)


def test_rounds_of_grading_that_are_not_finished_stay_with_those_who_grade(cast: Cast, sign_in: SignIn) -> None:
    risk = CASES["risks"].make(cast, "LH-WRF-R001")
    Grading.objects.create(
        number="LH-WRF-R001/2",
        risk_id=risk.number,
        round=2,
        rule_version="1",
        state="proposed",
        grade="HIGH",
        reason="拟定的理由",
        unit_path=PATH,
    )

    text = sign_in(cast.commission).get("/risks/LH-WRF-R001/").content.decode()

    assert risk_detail(cast.commission, "LH-WRF-R001").gradings == ()
    assert len(risk_detail(cast.head, "LH-WRF-R001").gradings) == 1
    assert "LH-WRF-R001/2" not in text


def test_posts_charts_and_measures_show_the_approved_text(cast: Cast, sign_in: SignIn) -> None:
    power, risk = (CASES[kind].make(cast, number_of(kind)) for kind in ("powers", "risks"))
    change(risk, risk.version, power_id=power.number)
    approve(risk, record(cast.secretary, Verb.GRADING_APPROVED, risk))
    measure = CASES["controls"].make(cast, "LH-WRF-C001")
    change(measure, measure.version, risk_id=risk.number)
    approve(measure, record(cast.secretary, Verb.CONTROL_APPROVED, measure))
    for kind, thing in (("powers", power), ("risks", risk), ("controls", measure)):
        CASES[kind].redo(cast, thing)

    chart, post = power_chart(cast.commission, power.number), post_detail(cast.commission, POST)
    measures = measures_of(cast.commission, risk.number)
    pages = [sign_in(cast.commission).get(f"/risks/posts/{POST}/").content.decode()]

    assert (chart.row.name, [one.statement for one in chart.risks]) == (GOOD, [GOOD])
    assert ([one.name for one in post.powers], [one.statement for one in post.risks]) == ([GOOD], [GOOD])
    assert (measures.risk.statement, [one.action for one in measures.controls]) == (GOOD, [GOOD])
    assert risk_detail(cast.commission, risk.number).power_name == GOOD
    assert control_detail(cast.commission, measure.number).risk.statement == GOOD
    assert post.coverage is None
    assert all(DRAFT not in page for page in pages)


def test_both_scopes_count_where_somebody_reads_one_whole_and_the_other_as_approved(cast: Cast, kind: str) -> None:
    redone(cast, kind, 1)
    elsewhere: Any = CASES[kind].make(cast, number_of(kind, 2))
    CASES[kind].model._default_manager.filter(pk=elsewhere.pk).update(unit_path="JW/QT/QT-BG/")
    record(cast.secretary, Verb.EDITED, type(elsewhere).objects.get(pk=elsewhere.pk))
    both = User.objects.create(login="both", title="借调干部", password="!")
    Grant.objects.create(user=both, role=Role.HEAD.value, scope=PATH, start=LONG_AGO)
    Grant.objects.create(user=both, role=Role.COMMISSION.value, scope="JW/QT/", start=LONG_AGO)

    page, lines = CASES[kind].page(both, Wanted())
    shown = {line.row.number: getattr(line.row, CASES[kind].text) for line in lines}
    found = {hit.number for text in (GOOD, DRAFT) for group in found_by(both, text) for hit in group.hits}

    assert {number_of(kind, 1): DRAFT, number_of(kind, 2): GOOD}.items() <= shown.items()
    assert page.total == len(lines)
    assert found == {number_of(kind, 1), number_of(kind, 2)}


def test_bases_and_coverage_are_told_as_they_were_approved(cast: Cast) -> None:
    Law.objects.create(number="FL-1", title="临江区旧办法", level="normative", repealed_on=datetime.date(2020, 1, 1))
    power: Any = CASES["powers"].make(cast, "LH-WRF-P001")
    bureau = Regulation.objects.create(
        number="LH-G001",
        unit_id="LH",
        unit_path="JW/LH/",
        state="in-force",
        title=GOOD,
        mechanism="notice",
        in_effect=True,
    )
    approve(bureau, record(cast.secretary, Verb.REGULATION_EFFECTIVE, bureau))
    CASES["powers"].redo(cast, power, name=DRAFT, basis=["《临江区旧办法》第三条"])
    CASES["regulations"].redo(cast, bureau)

    told = stale_bases(cast.commission, datetime.date(2024, 1, 1))
    bare = [line.row.name for line in powers_without_regulation(cast.commission)]

    assert ([line.name for line in stale_bases(cast.head, datetime.date(2024, 1, 1))], told) == ([DRAFT], [])
    assert bare == [GOOD]
    for reader in (cast.commission, cast.clerk):
        assert [row.title for line in mechanisms_of(reader) for row in line.in_effect] == [GOOD]
        assert regulation_detail(reader, "LH-G001").row.title == GOOD
    assert regulation_detail(cast.secretary, "LH-G001").row.title == DRAFT


def approved_powers(path: str) -> list[PowerRow]:
    """Powers under ``path`` as they were last confirmed."""
    return approved_rows(PowerRow, Power.objects.filter(unit_path__startswith=path, approved_entry__isnull=False))


APPROVED: dict[str, Callable[[str], list[Any]]] = {
    "powers": approved_powers,
    "risks": approved_risks,
    "negatives": approved_negatives,
    "controls": approved_controls,
}
OTHERWISE: dict[str, object] = {
    "steps": [{"name": "受理", "post": "", "weak_link": ""}],
    "time_limit": {"text": "当场"},
    "floors": ["F1"],
}


def altered(thing: Record) -> Iterator[tuple[str, object]]:
    """Every column that a Row shows, each with a value that it does not have."""
    shown = {field.name for field in fields(thing.to_row())} - {"number", "unit", "state", "version"}
    for field in type(thing)._meta.concrete_fields:
        if field.name in shown:
            yield field.attname, _otherwise(field, getattr(thing, field.attname))


def _otherwise(field: Any, now: object) -> object:
    if field.name in OTHERWISE:
        return OTHERWISE[field.name]
    if isinstance(field, models.ForeignKey):
        numbers = field.related_model._default_manager.exclude(number=now or "").values_list("number", flat=True)
        return numbers.first()
    if field.choices:
        return next(value for value, _ in field.choices if value != now)
    if isinstance(field, models.DateField):
        return datetime.date(2031, 1, 1)
    if isinstance(field, models.BooleanField | models.IntegerField):
        return not now if isinstance(now, bool) else 3 if now != 3 else 2
    return ["改过"] if isinstance(field, models.JSONField) else "改过"


@pytest.mark.parametrize("register", list(APPROVED))
def test_whatever_field_is_edited_the_approved_entry_stays_as_it_was_approved(cast: Cast, register: str) -> None:
    others = [CASES[one].make(cast, f"LH-WRF-{LETTERS[one]}800") for one in ("powers", "risks")]
    thing = CASES[register].make(cast, number_of(register))
    frozen = thing.to_row()
    columns = list(altered(thing))

    for column, value in columns:
        change(thing, thing.version, **{column: value})

        approved = {row.number: row for row in APPROVED[register]("JW/")}
        assert approved[thing.number] == frozen, column
        assert column.endswith("_id") or thing.to_row() != frozen, column
    assert len(columns) >= 10
    assert all(other.version == 1 for other in others)


@pytest.mark.parametrize("register", list(APPROVED))
def test_approved_entries_are_read_in_as_many_queries_for_thirty_as_for_three(cast: Cast, register: str) -> None:
    counted = []

    for serials in (range(1, 4), range(4, 31)):
        for serial in serials:
            thing = CASES[register].make(cast, number_of(register, serial))
            change(thing, thing.version, stale=True, **{CASES[register].text: DRAFT})
        with CaptureQueriesContext(connection) as queries:
            texts = {getattr(row, CASES[register].text) for row in APPROVED[register]("JW/LH/LH-WRF/")}
        counted.append(len(queries))
        assert DRAFT not in texts

    assert counted[0] == counted[1] <= 2


def test_rewritten_entries_take_their_place_in_a_filtered_list(cast: Cast, sign_in: SignIn, kind: str) -> None:
    case = CASES[kind]
    for serial in (1, 3, 4):
        case.make(cast, number_of(kind, serial))
    redone(cast, kind, 2)
    wanted = Wanted(facets=(("state", case.approved),))

    page, lines = case.page(cast.commission, wanted)
    second, rest = case.page(cast.commission, dataclasses.replace(wanted, size=3, page=2))

    assert [line.row.number for line in lines] == [number_of(kind, serial) for serial in (1, 2, 3, 4)]
    assert (page.total, second.total, second.pages) == (4, 4, 2)
    assert [line.row.number for line in rest] == [number_of(kind, 4)]
    assert case.page(cast.commission, Wanted(facets=(("state", case.redone),)))[0].total == 0
