"""The table of registers: for each, its sheet, its Row, how it is stored and read, and what its fields refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import Model

from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.documents.columns import Sheet
from lianfang.foundation.organisation import actions as organisation
from lianfang.foundation.organisation import queries as organised
from lianfang.foundation.organisation.models import Person, Post, Tenure, Unit
from lianfang.foundation.organisation.rows import PersonRow, PostRow, TenureRow, UnitRow
from lianfang.foundation.organisation.sheets import PEOPLE, POSTS, TENURES, UNITS
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


@dataclass(frozen=True)
class Register:
    """One register as the doors see it.

    ``key`` names the fields by which a line without a number is recognised; ``references`` maps fields to the kind
    of thing they name; ``numbered_by`` is the field whose value begins new numbers ("" where numbers are given);
    ``output_only`` fields are exported but never taken from a file.
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

    @property
    def kind(self) -> str:
        """Name of the register in journal, catalogue and addresses."""
        return self.sheet.kind


def _all_laws(_path: str) -> Iterable[LawRow]:
    return law_rows()


REGISTERS: tuple[Register, ...] = (
    Register(UNITS, UnitRow, Unit, organisation.import_units, organised.unit_rows, Permission.ORGANISATION_READ,
             key=("name",)),
    Register(POSTS, PostRow, Post, organisation.import_posts, organised.post_rows, Permission.ORGANISATION_READ,
             {"unit": "units"}, key=("unit", "name")),
    Register(PEOPLE, PersonRow, Person, organisation.import_people, organised.person_rows, Permission.ORGANISATION_READ,
             {"unit": "units"}, key=("unit", "name")),
    Register(TENURES, TenureRow, Tenure, organisation.import_tenures, organised.tenure_rows,
             Permission.ORGANISATION_READ, {"person": "people", "post": "posts"}, key=("person", "post", "start")),
    Register(LAWS, LawRow, Law, import_laws, _all_laws, Permission.LAWS_READ, key=("title",)),
    Register(POWERS, PowerRow, Power, import_powers, power_rows, Permission.POWERS_READ,
             {"unit": "units"}, key=("unit", "name", "sub_name"), numbered_by="unit"),
    Register(REGULATIONS, RegulationRow, Regulation, import_regulations, regulation_rows, Permission.REGULATIONS_READ,
             {"unit": "units", "powers": "powers", "replaces": "regulations"}, key=("unit", "title"),
             numbered_by="unit"),
)  # fmt: skip
"""In the order in which they must be stored: whatever is referred to comes first."""

BY_KIND = {register.kind: register for register in REGISTERS}


def stored_rows(register: Register, **condition: Any) -> Iterator[Any]:
    """Stored entries of a register that meet a plain field condition, as Rows."""
    entries = cast("Any", register.model).objects.filter(**condition)
    return (cast("Any", entry).to_row() for entry in entries.iterator(chunk_size=2_000))
