"""Storing many Rows at once: what is new is created, what changed is updated, what is the same is left alone."""

from __future__ import annotations

import dataclasses
import functools
import operator
from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, cast

from django.db import models
from django.utils import timezone

from lianfang.foundation.catalogue.bulk import insert
from lianfang.foundation.journal.approval import needs_review
from lianfang.foundation.journal.models import Record
from lianfang.foundation.journal.recording import Written
from lianfang.foundation.journal.records import columns_of, shared_fields
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.numbering import unit_at
from lianfang.kernel.rows import Row, canonical_text, differences

R = TypeVar("R", bound=Row)
Lock = Callable[[Any], bool]
"""Says of a stored record that an import may not change it any more."""
CHUNK = 400


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms a list is taken in: from which ``source``, and whether it was approved before, on what ``basis``.

    An ordinary import makes drafts. A bureau that starts with this system also has lists that its Party group approved
    on paper: these are *adopted* with their states, on the basis of that decision, by somebody entitled to adopt.
    """

    source: str
    basis: str = ""

    @property
    def adopted(self) -> bool:
        """Whether states are taken over."""
        return bool(self.basis)

    @property
    def verb(self) -> Verb:
        """What the journal calls it."""
        return Verb.ADOPTED if self.basis else Verb.IMPORTED

    def ignored(self, *also: str) -> tuple[str, ...]:
        """Fields that keep their stored value."""
        return ("version", *also) if self.basis else ("version", "state", *also)

    def locked(self, past_drafting: Lock) -> Lock:
        """What these terms may not change: what is ``past_drafting``, and for an adopted list what was approved here.

        What is on its way here would be left halfway by a list that says how it ended elsewhere: a risk point, for
        example, with a grade from a list and a round of grading still open.
        """
        return (lambda record: past_drafting(record) or _is_approved(record)) if self.basis else past_drafting


@dataclass(frozen=True, slots=True)
class Stored:
    """What a bulk store did: numbers created, numbers changed, how many were the same already, and the changes."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    changes: tuple[Written, ...]

    def in_states(self, states: Container[object]) -> list[Row]:
        """Stored Rows that are in one of ``states``."""
        return [change.row for change in self.changes if getattr(change.row, "state", None) in states]

    def settled(self, approved: Container[object], initial: object) -> list[Row]:
        """Rows of an adopted list that are in an ``approved`` state; the others have not left the ``initial`` one.

        What is under review is no approved state: lists carry the text as it is being rewritten, which nobody approved.

        Raises:
            Invalid: something stands halfway: nobody approved it yet, and here nobody would know who examined it.
        """
        settled = self.in_states(approved)
        halfway = len(self.changes) - len(settled) - len(self.in_states({initial}))
        if halfway:
            rows = [change.row for change in self.changes]
            named = [row for row in rows if row not in settled and getattr(row, "state", None) != initial]
            raise Invalid(
                f"有 {halfway} 条还在办理途中，不能承接，整批没有导入。",
                "只能承接已经审定的条目：复核中的，先办结复核；没有审定过的，改成最初的状态，导入后在系统里办理。",
                details=[_halfway(row) for row in named[:50]],
            )
        return settled


def store(
    model: type[models.Model],
    rows: Sequence[R],
    path_of: Callable[[R], str],
    *,
    ignore: Iterable[str] = ("version",),
    locked: Lock | None = None,
    allowed: Callable[[str], None] | None = None,
) -> Stored:
    """Create or update ``rows`` (one number each) of a model with ``to_row``; the caller holds the transaction.

    Fields named in ``ignore`` do not count as a difference and keep their stored value; in something new they take
    their default, so that no list can bring a state with it unless it is adopted. ``locked`` says of a stored
    record that an import may not change it any more; ``allowed`` is asked of the place where each altered record lies
    now, whatever place its Row names. What was approved and now reads otherwise becomes stale.

    Raises:
        Conflict: ``rows`` would change something locked, or put something elsewhere; ``details`` lists the numbers.
        Invalid: two of ``rows`` have the same number.
        Refused: whatever ``allowed`` raises.
    """
    _refuse_repeats(rows)
    skipped = frozenset(ignore)
    fresh, altered = _sorted_out(model, rows, skipped)
    # In the order of the lists: what is new lands beside its neighbours in every index.
    fresh.sort(key=lambda row: (path_of(row), row.number))
    _demand_alterable(model, altered, path_of, locked, allowed)
    _create(model, fresh, path_of)
    renewed = _update(model, altered, skipped)
    changes = [Written(path_of(row), row) for row in fresh]
    changes += [
        Written(path_of(row), row, canonical_text(change.before)) for row, change in zip(renewed, altered, strict=True)
    ]
    return Stored(
        created=tuple(row.number for row in fresh),
        changed=tuple(row.number for row in renewed),
        unchanged=len(rows) - len(fresh) - len(renewed),
        changes=tuple(changes),
    )


class _Altered(NamedTuple):
    """A stored record, the Row that it is, and the Row that it is to become."""

    record: Any
    before: Any
    row: Any


def _sorted_out(
    model: type[models.Model], rows: Sequence[R], skipped: frozenset[str]
) -> tuple[list[R], list[_Altered]]:
    """What is new, and what differs from what is stored."""
    existing = _existing(model, [row.number for row in rows])
    fresh: list[R] = []
    altered: list[_Altered] = []
    for row in rows:
        record = existing.get(row.number)
        if record is None:
            fresh.append(row)
            continue
        before = cast("Any", record).to_row()
        if any(change.field not in skipped for change in differences(before, row)):
            altered.append(_Altered(record, before, row))
    return _unassuming(fresh, skipped), altered


def _is_approved(record: Any) -> bool:
    return record.approved_entry is not None


def _called(row: Any) -> str:
    return f"{row.number} {getattr(row, 'title', '')}"


def _halfway(row: Any) -> str:
    return f"{_called(row)}（{row.state.label}）"


def _refuse_repeats(rows: Sequence[Row]) -> None:
    if len({row.number for row in rows}) == len(rows):
        return
    repeated = [number for number, count in Counter(row.number for row in rows).items() if count > 1]
    raise Invalid(
        f"有 {len(repeated)} 个编号在同一张清单里出现了不止一次，整批没有导入。",
        "每个编号只保留一行，再次导入。",
        details=repeated[:50],
    )


def _demand_alterable(
    model: type[models.Model],
    altered: Sequence[_Altered],
    path_of: Callable[[R], str],
    locked: Lock | None,
    allowed: Callable[[str], None] | None,
) -> None:
    """First whether the actor may touch it where it lies, and only then what would name that place."""
    place = _place_column(model)
    if place and allowed:
        for path in sorted({getattr(change.record, place) for change in altered}):
            allowed(path)
    if place:
        _refuse_moved([change for change in altered if getattr(change.record, place) != path_of(change.row)], place)
    if locked is not None:
        _refuse_locked([change.before for change in altered if locked(change.record)])


def _refuse_moved(moved: Sequence[_Altered], place: str) -> None:
    if moved:
        raise Conflict(
            f"有 {len(moved)} 条已经登记在别的单位，导入不能改动所属单位，整批没有导入。",
            "请核对这些行的编号和单位；或者从文件里去掉这些行，再次导入。",
            details=[
                f"{change.row.number}：登记在 {unit_at(getattr(change.record, place))}，"
                f"文件里写的是 {getattr(change.row, 'unit', '') or '别处'}"
                for change in moved[:50]
            ],
        )


def _unassuming(rows: list[R], ignored: frozenset[str]) -> list[R]:
    """The rows with their ignored fields at their defaults."""
    defaults = _defaults(cast("Hashable", type(rows[0])), ignored) if rows else {}
    if not defaults:
        return rows
    # The number beside them makes ``read`` give a tuple, however few they are.
    read, wanted = operator.attrgetter(*defaults, "number"), tuple(defaults.values())
    return [
        row if read(row)[:-1] == wanted else cast("R", dataclasses.replace(cast("Any", row), **defaults))
        for row in rows
    ]


@functools.cache
def _defaults(row_type: Any, ignored: frozenset[str]) -> dict[str, Any]:
    fields = dataclasses.fields(row_type)
    return {f.name: f.default for f in fields if f.name in ignored and f.default is not dataclasses.MISSING}


def _refuse_locked(rows: Sequence[Row]) -> None:
    if rows:
        raise Conflict(
            f"有 {len(rows)} 条已进入审核或已经审定，不能用导入改动，整批没有导入。",
            "请先在系统里退回或启动复核；或者从文件里去掉这些行，再次导入。",
            details=[_called(row) for row in rows[:50]],
        )


def stored_numbers(model: type[models.Model], numbers: Sequence[str]) -> list[str]:
    """Those of ``numbers`` that are stored already.

    A long list is held against all numbers of the table where that is the smaller work: asking for a hundred thousand
    numbers one by one costs more than reading them.
    """
    everything = model._default_manager.values_list("number", flat=True)
    if len(numbers) > CHUNK and not everything.order_by()[len(numbers) * 4 :].exists():
        known = set(everything.iterator(chunk_size=10_000))
        return [number for number in numbers if number in known]
    found: set[str] = set()
    for start in range(0, len(numbers), CHUNK):
        found.update(everything.filter(number__in=numbers[start : start + CHUNK]))
    return [number for number in numbers if number in found]


def _existing(model: type[models.Model], numbers: Sequence[str]) -> dict[str, models.Model]:
    """Stored records by number, held until the transaction ends: nobody changes them between here and the update."""
    found: dict[str, models.Model] = {}
    known = stored_numbers(model, numbers)
    for start in range(0, len(known), CHUNK):
        chunk = cast("Any", model).objects.filter(number__in=known[start : start + CHUNK])
        for record in chunk.select_for_update():
            found[record.number] = record
    return found


def _create(model: type[models.Model], rows: Sequence[R], path_of: Callable[[R], str]) -> None:
    if not rows:
        return
    shared = shared_fields(model, type(rows[0]))
    read = operator.attrgetter(*(name for name, _ in shared))
    columns = [attribute for _, attribute in shared]
    place = _place_column(model)
    if place is None:
        insert(model, columns, map(read, rows))
    else:
        insert(model, [*columns, place], ((*read(row), path_of(row)) for row in rows))


def _update(model: type[models.Model], altered: Sequence[_Altered], skipped: frozenset[str]) -> list[Any]:
    names = {field.name for field in model._meta.get_fields()}
    renewed: list[Any] = []
    touched: set[str] = set()
    for record, before, row in altered:
        for attribute, value in columns_of(model, row).items():
            if attribute.removesuffix("_id") not in skipped:
                setattr(record, attribute, value)
                touched.add(attribute)
        if "version" in names:
            record.version += 1
            record.updated_at = timezone.now()
            touched |= {"version", "updated_at"}
        renewed.append(record.to_row())
        if isinstance(record, Record) and needs_review(record, before, renewed[-1]):
            record.stale = True
            touched.add("stale")
    if altered:
        fields = {
            field.name for field in model._meta.concrete_fields if field.attname in touched or field.name in touched
        }
        cast("Any", model).objects.bulk_update([change.record for change in altered], sorted(fields), batch_size=CHUNK)
    return renewed


def _place_column(model: type[models.Model]) -> str | None:
    """Units keep their own ``path``, most things the ``unit_path`` of their unit; laws lie nowhere."""
    names = {field.name for field in model._meta.get_fields()}
    return next((name for name in ("unit_path", "path") if name in names), None)
