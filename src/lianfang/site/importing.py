"""From a file to the registers: recognise, read, resolve, number, check, show; and only then store, all or nothing."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.documents.known_lists import known_lists
from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.documents.pause import collection_paused
from lianfang.foundation.documents.recognise import register_of
from lianfang.foundation.documents.register_reading import Reading, read_register
from lianfang.foundation.documents.tables import Contents, Table
from lianfang.foundation.documents.unread import UnreadColumn
from lianfang.foundation.journal.storing import Stored, stored_numbers
from lianfang.foundation.lint.adopting import terms_on
from lianfang.foundation.organisation.rows import TenureRow, UnitRow
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.kernel.rows import differences
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.states import RiskState
from lianfang.site.directory import Directory
from lianfang.site.import_adopted import STATE, keeps_state, report_supposed, suppose_approved
from lianfang.site.import_again import is_over, leave_out, report_over, rewritten_since
from lianfang.site.import_apart import apart
from lianfang.site.import_checks import check_lines, left_for_later, nothing_taken, too_many_lines
from lianfang.site.import_codes import named, report_codes_given_twice
from lianfang.site.import_grades import without_grades
from lianfang.site.import_laws import report_other_laws
from lianfang.site.import_measures import OF_STORED, MeasureReading, measures_of
from lianfang.site.import_numbers import NUMBER, Serials, number_lines, report_new_numbers, reserve, settle
from lianfang.site.import_places import report_misplaced
from lianfang.site.import_rights import report_all_barred
from lianfang.site.import_risk_grades import graded_risks
from lianfang.site.import_rows import foreign_states, report_long_numbers, rows_of, specs_of, untaken
from lianfang.site.import_searches import report_unsound_searches
from lianfang.site.import_sight import in_sight
from lianfang.site.import_staff import parts_of, staff_in
from lianfang.site.import_terms import report_overlaps, with_both_days
from lianfang.site.intake import ORDINARY, Intake, Taking
from lianfang.site.lists_aside import is_staff, is_stated, risk_grades
from lianfang.site.registers import BY_KIND, REGISTERS, Register, stored_rows
from lianfang.site.stated_grades import held_against

CHUNK = 5_000
MOST_LINTED = 20_000
_UNKNOWN = "IMP030"


class Known(NamedTuple):
    """What lines may refer to: names, the last numbers given, and the risk points of the files before, with states."""

    directory: Directory
    serials: Serials
    risks: dict[str, RiskState]


@dataclass
class Preview:
    """A whole file, dry: what each table would do."""

    intakes: list[Intake]
    findings: list[Finding]

    @property
    def is_storable(self) -> bool:
        """At least one table was recognised, and neither it nor what else was read of the file has an error of form."""
        barred = any(found.severity is Severity.ERROR and found.code.startswith("IMP") for found in self.findings)
        return bool(self.intakes) and not barred and not any(intake.has_errors for intake in self.intakes)

    @property
    def summary(self) -> str:
        """How much of what is stored the file would add to, and how much it would change."""
        created = sum(len(intake.created) for intake in self.intakes)
        changed = sum(len(intake.changed) for intake in self.intakes)
        return f"新增 {created} 条，修改 {changed} 条"

    @property
    def unread(self) -> list[UnreadColumn]:
        """Columns of its lists that hold something and are not imported: who confirms must know of them."""
        return [column for intake in self.intakes for column in intake.unread]


def preview(contents: Contents, terms: Taking = ORDINARY) -> Preview:
    """Read every table of a file into the registers, without storing anything.

    Form, references and repeats are always checked; the rules of quality too, up to ``MOST_LINTED`` lines: beyond that
    they run on the stored registers (``lianfang lint``), where their time can be seen.
    """
    return preview_together([contents], terms)[0]


@collection_paused()
def preview_together(papers: Sequence[Contents], terms: Taking = ORDINARY) -> list[Preview]:
    """Read files that belong together, one preview each: a line may refer to one of another file, in any order.

    The rules look at all of them at once, so that a bureau's papers are checked as they will be once stored.
    """
    previews = [Preview([], list(contents.findings)) for contents in papers]
    known = Known(Directory(terms.unit, terms.actor), Serials(), {})
    stated: list[list[Table]] = [[] for _ in papers]
    found = (
        (place, position, register, table)
        for position, contents in enumerate(papers)
        for place, register, table in _recognised(
            contents, previews[position], stated[position], (known.directory, terms)
        )
    )
    for _, position, register, table in sorted(found, key=lambda item: item[:2]):
        previews[position].intakes += _take_in(register, table, known, terms)
    intakes = [intake for previewed in previews for intake in previewed.intakes]
    for previewed in previews:
        _tell_once(previewed.intakes)
    report_all_barred(intakes, terms.actor, adopting=terms.adopting)
    today = terms.today or timezone.localdate()
    for previewed, tables in zip(previews, stated, strict=True):
        previewed.findings += held_against(tables, known.directory, intakes, terms)
        if not previewed.intakes and not tables:
            previewed.findings.append(nothing_taken())
    _lint(previews, today, terms)
    return previews


def _tell_once(intakes: Sequence[Intake]) -> None:
    """Leave an unknown reference to the first of the tables that were read from its cell: a staff list is several."""
    told: set[Place | None] = set()
    for intake in intakes:
        unknown = {found.place for found in intake.findings if found.code == _UNKNOWN and found.place}
        intake.findings = [found for found in intake.findings if found.code != _UNKNOWN or found.place not in told]
        told |= unknown


def _lint(previews: Sequence[Preview], today: datetime.date, terms: Taking) -> None:
    """Run the same rules on the lines that they will run on once stored; what must wait for that is named."""
    intakes = [intake for previewed in previews for intake in previewed.intakes]
    if not intakes:
        return
    if sum(len(intake.rows) for intake in intakes) > MOST_LINTED:
        waiting = too_many_lines(MOST_LINTED)
    else:
        later = check_lines(intakes, today, terms)
        if not later:
            return
        waiting = left_for_later(later)
    next(previewed for previewed in previews if previewed.intakes).findings.append(waiting)


def _take_in(register: Register, table: Table, known: Known, terms: Taking) -> list[Intake]:
    """The table as entries of its register, and of the measures where a list of risk points holds these too (S42)."""
    reading = read_register(table, register.sheet, terms.limits)
    spoken = None
    if register.row is RiskRow:
        reading, spoken = apart(reading if terms.adopting else without_grades(reading))
    intake, meant = _taken(register, reading, table.name, known, terms)
    if spoken is None:
        return [intake]
    lines = spoken.first_lines
    risks = {lines[entry]: row for entry, row in meant.items()}
    today = terms.today or timezone.localdate()
    measures = measures_of(spoken, risks, known.directory, today, terms.limits)
    if not measures.count:
        return [intake]
    return [intake, _taken(BY_KIND[ControlRow.kind], measures, table.name, known, terms)[0]]


def _taken(
    register: Register, reading: Reading, name: str, known: Known, terms: Taking
) -> tuple[Intake, dict[int, Any]]:
    """What a reading becomes, and which entry of the register each of its own means."""
    directory, serials, risks = known
    present = reading.given - untaken(register, adopting=terms.adopting)
    unread = [*reading.unread, *foreign_states(register, reading, terms)]
    intake = Intake(register, name, present, findings=list(reading.findings), unread=unread)
    if isinstance(reading, MeasureReading):
        intake.keeping = OF_STORED
    entries, rows = rows_of(reading, directory, intake, terms)

    def number_place(line: int) -> Place | None:
        return reading.place(entries[line], NUMBER)

    number_lines(intake, rows, serials, number_place, terms.actor)
    meant: dict[int, Any] = {}
    if rewritten := rewritten_since(intake, terms, number_place):
        meant = {entries[position]: row for position, row in rewritten.items()}
        kept = leave_out(intake, rewritten)
        entries, rows = [entries[position] for position in kept], [rows[position] for position in kept]
    report_long_numbers(intake, [bool(row.number) for row in rows], number_place)
    if len(rows) <= MOST_LINTED:
        # The cells are of use no longer, but the places of what the rules will find are.
        placing = dataclasses.replace(reading, columns={}, findings=[])
        intake.place_of = lambda line, name: placing.place(entries[line], name)
    suppose_approved(intake, reading, terms, risks)
    _compare(register, intake, terms.actor)
    report_supposed(intake, reading, terms)
    report_over(intake, number_place)
    report_misplaced(intake, directory, entries, reading.place)
    report_unsound_searches(intake, terms, lambda line, name: reading.place(entries[line], name))
    report_other_laws(intake, number_place)
    report_codes_given_twice(intake, directory.house_of, lambda line, name: reading.place(entries[line], name))
    report_overlaps(intake, lambda line: reading.place(entries[line], "start"))
    report_new_numbers(intake, rows, number_place, terms.actor)
    _make_known(register, intake.rows, known, meant.values())
    return intake, meant | dict(zip(entries, intake.rows, strict=True))


def _make_known(register: Register, rows: Sequence[Any], known: Known, meant: Iterable[Any]) -> None:
    """Let the tables after this one refer to its entries; to those that are ``meant`` by their old words, too."""
    if register.row is UnitRow:
        known.directory.bring(rows)
    if register.row is RiskRow:
        known.risks.update({row.number: row.state for row in rows})
    known.directory.offer(register.kind, named([*rows, *meant]))


@collection_paused()
@transaction.atomic
def store_preview(actor: User, previewed: Preview, source: str, adopted: str = "") -> list[tuple[Register, Stored]]:
    """Store every table of a preview in one transaction; ``adopted`` is the decision that approved the lists before.

    Raises:
        Conflict: something that the preview was held against was changed since; nothing is stored.
        Invalid: the preview has errors of form, or ``adopted`` names no decision; nothing is stored.
    """
    if not previewed.is_storable:
        raise Invalid("文件里还有必须先改正的错误，没有导入任何内容。", "请按检查结果修改文件后再次导入。")
    done, terms = [], terms_on(source, adopted)
    reserve(previewed.intakes)
    for position, intake in enumerate(previewed.intakes):
        _demand_unchanged(intake)
        settle(intake, previewed.intakes[position + 1 :])
        register = intake.register
        if terms.adopted and register.adopt:
            stored = register.adopt(actor=actor, rows=intake.rows, source=source, adopted=terms.basis)
        else:
            stored = register.store(actor=actor, rows=intake.rows, source=source)
        done.append((register, stored))
    return done


def _demand_unchanged(intake: Intake) -> None:
    """Columns that the file lacks were filled from the stored entries: these must still be what they were."""
    numbers = intake.own_numbers
    known = stored_numbers(intake.register.model, numbers)
    now = {row.number: row for row in _stored_by_number(intake.register, known, lock=True)}
    moved = [number for number in numbers if now.get(number) != intake.before.get(number)]
    if moved:
        raise Conflict(
            f"检查文件以后，有 {len(moved)} 条刚刚被别人改动，没有导入任何内容。",
            "请重新上传文件，核对对方的修改后再导入。",
            details=moved[:50],
        )


def _recognised(
    contents: Contents, previewed: Preview, stated: list[Table], known: tuple[Directory, Taking]
) -> Iterator[tuple[int, Register, Table]]:
    """Tables with the register that their headings speak of, and its place in the order of storing.

    Lists of post grades go to ``stated``: they are compared, not stored. A staff list is several tables.
    """
    directory, terms = known
    registers = {register_of(register.sheet): register for register in REGISTERS}
    for one in known_lists(contents, tuple(registers)):
        recognised = one.recognition.register
        if is_stated(one):
            stated.append(one.table)
        elif columns := risk_grades(one):
            table, told = graded_risks(one.listing, columns, directory, terms)
            previewed.findings += told
            yield REGISTERS.index(BY_KIND[RiskRow.kind]), BY_KIND[RiskRow.kind], table
        elif is_staff(one, terms.unit) and (staff := staff_in(one.listing, directory, terms.unit)):
            tables, told = parts_of(staff)
            previewed.findings += told
            for kind, table in tables.items():
                yield REGISTERS.index(BY_KIND[kind]), BY_KIND[kind], table
        elif recognised is None:
            place = Place(sheet=one.table.name, row=one.table.numbers[one.listing.head_rows[0]])
            message = f"工作表“{one.table.name}”没有导入：{one.recognition.reason}"
            previewed.findings.append(Notice.HIDDEN_SHEET.at(place, message))
        else:
            register, table = registers[recognised], one.table
            if register.row is TenureRow:
                table, told = with_both_days(table)
                previewed.findings += told
            yield REGISTERS.index(register), register, table


def _compare(register: Register, intake: Intake, actor: User | None) -> None:
    """Sort the lines into new, changed and unchanged, against what is stored.

    An entry that the actor may not see counts as changed, and lends the line nothing: the import will be barred there.
    """
    known = stored_numbers(register.model, [row.number for row in intake.rows])
    stored = {row.number: row for row in _stored_by_number(register, known, among=in_sight(register, actor))}
    hidden = set(known) - stored.keys()
    intake.before = stored
    kept = specs_of(register).keys() - intake.fields - {NUMBER}
    merged = []
    for row in intake.rows:
        before = stored.get(row.number)
        if row.number in hidden:
            intake.changed.append(row.number)
        elif before is None:
            intake.created.append(row.number)
        else:
            merged.append(_merged(intake, row, before, kept))
            if differences(before, merged[-1]):
                intake.changed.append(row.number)
            else:
                intake.unchanged += 1
            continue
        merged.append(row)
    intake.rows = merged


def _merged(intake: Intake, row: Any, before: Any, kept: Set[str]) -> Any:
    """The stored entry as the line would leave it."""
    if is_over(intake, before):
        return before
    silent = {name for name in intake.keeping if not getattr(row, name)}
    if keeps_state(intake.register, before, supposed=intake.supposed):
        silent.add(STATE)
    return dataclasses.replace(row, **{name: getattr(before, name) for name in kept | silent})


def _stored_by_number(
    register: Register, known: Sequence[str], *, among: QuerySet[Any] | None = None, lock: bool = False
) -> Iterator[Any]:
    for start in range(0, len(known), CHUNK):
        yield from stored_rows(register, among=among, lock=lock, number__in=known[start : start + CHUNK])
