"""The table of registers: for each, its sheet, its Row, how it is stored and read, and what its fields refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import Model, QuerySet

from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.documents.columns import Sheet
from lianfang.foundation.organisation import actions as organisation
from lianfang.foundation.organisation import queries as organised
from lianfang.foundation.organisation.models import Person, Post, Tenure, Unit
from lianfang.foundation.organisation.rows import PersonRow, PostRow, TenureRow, UnitRow
from lianfang.foundation.organisation.sheets import PEOPLE, POSTS, TENURES, UNITS
from lianfang.registers.controls.actions import import_controls, import_tests
from lianfang.registers.controls.models import Control, ControlTest
from lianfang.registers.controls.queries.controls import control_rows, control_test_rows
from lianfang.registers.controls.rows import ControlRow, ControlTestRow
from lianfang.registers.controls.sheets import CONTROLS, TESTS
from lianfang.registers.laws.actions import import_laws
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.queries import law_rows
from lianfang.registers.laws.rows import LawRow
from lianfang.registers.laws.sheets import LAWS
from lianfang.registers.powers.actions import import_powers
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.queries import power_rows
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.sheets import POWERS
from lianfang.registers.regulations.actions import import_regulations
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.queries import regulation_rows
from lianfang.registers.regulations.rows import RegulationRow
from lianfang.registers.regulations.sheets import REGULATIONS
from lianfang.registers.risks.actions.adoption import adopt_gradings, adopt_scores
from lianfang.registers.risks.actions.imports import import_negatives, import_risks, import_searches
from lianfang.registers.risks.actions.scores import import_scores
from lianfang.registers.risks.models import Grading, Negative, Risk, Score, Search
from lianfang.registers.risks.queries.gradings import grading_rows, score_rows
from lianfang.registers.risks.queries.negatives import negative_rows
from lianfang.registers.risks.queries.risks import risk_rows
from lianfang.registers.risks.queries.searches import search_rows
from lianfang.registers.risks.rows import GradingRow, NegativeRow, RiskRow, ScoreRow, SearchRow
from lianfang.registers.risks.sheets import GRADINGS, NEGATIVES, RISKS, SCORES, SEARCHES, supply_tier


@dataclass(frozen=True)
class Register:
    """One register as the doors see it.

    ``key`` names the fields by which a line without a number is recognised; ``references`` maps fields to the kind
    of thing they name; ``numbered_by`` is the field whose value begins new numbers ("" where numbers are given);
    ``output_only`` fields are exported but never taken from a file; ``supply`` fills in what lists leave unsaid;
    ``adopt`` takes over lists that were approved before the bureau used this system, with their states.
    """

    sheet: Sheet
    row: type[Any]
    model: type[Model]
    store: Callable[..., Any]
    rows: Callable[[str], Iterable[Any]]
    read: Permission
    references: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    numbered_by: str = ""
    output_only: frozenset[str] = frozenset({"state"})
    supply: Callable[[dict[str, Any]], None] | None = None
    adopt: Callable[..., Any] | None = None

    @property
    def kind(self) -> str:
        """Name of the register in journal, catalogue and addresses."""
        return self.sheet.kind


def _all_laws(_path: str) -> Iterable[LawRow]:
    return law_rows()


_PLACED = {"unit": "units", "post": "posts", "power": "powers"}
REGISTERS: tuple[Register, ...] = (
    Register(UNITS, UnitRow, Unit, organisation.import_units, organised.unit_rows, Permission.ORGANISATION_READ,
             {"parent": "units", "successor_of": "units"}, key=("name",)),
    Register(POSTS, PostRow, Post, organisation.import_posts, organised.post_rows, Permission.ORGANISATION_READ,
             {"unit": "units"}, key=("unit", "name")),
    Register(PEOPLE, PersonRow, Person, organisation.import_people, organised.person_rows, Permission.ORGANISATION_READ,
             {"unit": "units"}, key=("unit", "name")),
    Register(TENURES, TenureRow, Tenure, organisation.import_tenures, organised.tenure_rows,
             Permission.ORGANISATION_READ, {"person": "people", "post": "posts"}, key=("person", "post", "start")),
    Register(LAWS, LawRow, Law, import_laws, _all_laws, Permission.LAWS_READ, key=("title",),
             output_only=frozenset({"verified"}), adopt=import_laws),
    Register(POWERS, PowerRow, Power, import_powers, power_rows, Permission.POWERS_READ,
             {"unit": "units"}, key=("unit", "name", "sub_name"), numbered_by="unit", adopt=import_powers),
    Register(NEGATIVES, NegativeRow, Negative, import_negatives, negative_rows, Permission.RISKS_READ,
             _PLACED, key=("unit", "post", "tier", "prohibited"), numbered_by="unit", supply=supply_tier,
             adopt=import_negatives),
    Register(SEARCHES, SearchRow, Search, import_searches, search_rows, Permission.RISKS_READ,
             {"unit": "units", "post": "posts"}, key=("unit", "post", "tier", "held_on"), numbered_by="unit",
             supply=supply_tier, adopt=import_searches),
    Register(RISKS, RiskRow, Risk, import_risks, risk_rows, Permission.RISKS_READ,
             _PLACED, key=("unit", "post", "statement"), numbered_by="unit",
             output_only=frozenset({"state", "merged_into"}), supply=supply_tier, adopt=import_risks),
    Register(GRADINGS, GradingRow, Grading, adopt_gradings, grading_rows, Permission.RISKS_READ,
             {"risk": "risks"}, key=("risk", "round"), adopt=adopt_gradings),
    Register(SCORES, ScoreRow, Score, import_scores, score_rows, Permission.RISKS_READ,
             {"risk": "risks", "rater": "people"}, key=("risk", "round", "rater"), adopt=adopt_scores),
    Register(REGULATIONS, RegulationRow, Regulation, import_regulations, regulation_rows, Permission.REGULATIONS_READ,
             {"unit": "units", "powers": "powers", "replaces": "regulations"}, key=("unit", "title"),
             numbered_by="unit", adopt=import_regulations),
    Register(CONTROLS, ControlRow, Control, import_controls, control_rows, Permission.CONTROLS_READ,
             {"risk": "risks", "unit": "units", "owner": "people", "supervisor": "people"},
             key=("risk", "action"), numbered_by="unit", adopt=import_controls),
    Register(TESTS, ControlTestRow, ControlTest, import_tests, control_test_rows, Permission.CONTROLS_READ,
             {"control": "controls", "tester": "people"}, key=("control", "tested_on")),
)  # fmt: skip
"""In the order in which they must be stored: whatever is referred to comes first."""

BY_KIND = {register.kind: register for register in REGISTERS}


def stored_rows(
    register: Register, *, among: QuerySet[Any] | None = None, lock: bool = False, **condition: Any
) -> Iterator[Any]:
    """Stored entries of a register that meet a plain field condition, as Rows; ``lock`` holds them for this caller.

    ``among`` narrows the register to what somebody may see.
    """
    entries = (cast("Any", register.model).objects if among is None else among).filter(**condition)
    if lock:
        entries = entries.select_for_update()
    return (cast("Any", entry).to_row() for entry in entries.iterator(chunk_size=2_000))
