"""The higher plans that a plan carries out, as far as they are in the system, and the two side by side (S3)."""

from __future__ import annotations

from dataclasses import dataclass

from lianfang.foundation.accounts.models import User
from lianfang.foundation.organisation.queries import unit_names, unit_paths
from lianfang.programme.plans.comparing import Comparison, Obligation, compare, meant_by, obligations_of
from lianfang.programme.plans.models import Programme
from lianfang.programme.plans.owing import owed_by
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.queries.programmes import programme_of
from lianfang.programme.plans.states import ProgrammeState


@dataclass(frozen=True)
class HigherPlan:
    """A confirmed programme of the own bureau or of a unit above it that the local plan cites as its higher plan."""

    row: ProgrammeRow
    unit_name: str
    obligations: tuple[Obligation, ...]

    @property
    def cited(self) -> str:
        """It as another document cites it."""
        return f"{self.row.document_number}《{self.row.title}》"


@dataclass(frozen=True)
class UpstreamPage:
    """One plan beside the higher plans that it carries out."""

    row: ProgrammeRow
    higher: tuple[HigherPlan, ...]
    missing: tuple[str, ...]
    """What the plan cites and the system does not have as a confirmed plan."""
    comparison: Comparison


def higher_plans(row: ProgrammeRow) -> tuple[HigherPlan, ...]:
    """The confirmed higher plans that ``row`` names; their parts do not change any more.

    Plans of the own bureau count as well as those of units above: it may itself have read in what its commission sent.
    What they ask for is shown to whoever may read the local plan; who handed in what stays with their own readers.
    """
    cited = _cited_by(row)
    linked = {plan.number: plan for plans in cited.values() for plan in plans}
    names = unit_names(plan.unit for plan in linked.values())
    return tuple(
        HigherPlan(one, names.get(one.unit, one.unit), obligations_of(owed_by(one, (), ())))
        for _, one in sorted(linked.items())
    )


def _cited_by(row: ProgrammeRow) -> dict[str, tuple[ProgrammeRow, ...]]:
    """Citation → the confirmed programmes it means, of the bureau and of the units above it."""
    path = unit_paths([row.unit]).get(row.unit, "")
    above = [path[: place + 1] for place, character in enumerate(path) if character == "/"]
    confirmed = Programme.objects.filter(unit_path__in=above, state=ProgrammeState.CONFIRMED.value)
    rows = [one.to_row() for one in confirmed.exclude(number=row.number).order_by("number")] if row.upstream else []
    return {cited: meant_by(cited, rows, row.unit) for cited in row.upstream}


def obligations_above(row: ProgrammeRow) -> tuple[Obligation, ...]:
    """Everything that an item of ``row`` may cite."""
    return tuple(one for plan in higher_plans(row) for one in plan.obligations)


def upstream_page(actor: User, number: str) -> UpstreamPage:
    """The programme ``number`` beside its higher plans.

    Raises:
        Absent: no such programme, or not the actor's to see.
    """
    row = programme_of(actor, number).to_row()
    higher = higher_plans(row)
    missing = tuple(cited for cited, plans in _cited_by(row).items() if not plans)
    return UpstreamPage(row, higher, missing, compare((one for plan in higher for one in plan.obligations), row))
