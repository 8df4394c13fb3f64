"""The table of exports: what can be taken out of the registers as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_anywhere, within
from lianfang.foundation.accounts.reading import Reading
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.documents.document import Document, section_of
from lianfang.foundation.journal.wording import words
from lianfang.foundation.organisation.queries import post_choices, post_names, unit_name, unit_paths
from lianfang.kernel.errors import Absent
from lianfang.registers.controls.queries.controls import READING as CONTROLS
from lianfang.registers.controls.queries.ledger import compared, ledger_unit, steady_ledger
from lianfang.registers.controls.rows import LedgerRow
from lianfang.registers.controls.sheets import LEDGER
from lianfang.registers.powers.queries import READING as POWERS
from lianfang.registers.regulations.queries import READING as REGULATIONS
from lianfang.registers.risks.queries.negatives import READING as NEGATIVES_READ
from lianfang.registers.risks.queries.negatives import negative_sheet
from lianfang.registers.risks.queries.posts import readable_post_grades
from lianfang.registers.risks.queries.risks import READING as RISKS
from lianfang.registers.risks.sheets import NEGATIVES, POST_GRADES
from lianfang.site.registers import BY_KIND, Register
from lianfang.site.work import VISIBLE

READINGS: dict[str, Reading[Any]] = {
    "powers": POWERS,
    "negatives": NEGATIVES_READ,
    "risks": RISKS,
    "regulations": REGULATIONS,
    "controls": CONTROLS,
}
"""Registers that are also read by whoever reads only what is approved; the others never leave the bureau."""
BATCH = 500
"""Approved texts that are fetched at once."""


def register_document(actor: User, kind: str, unit: str = "", *, template: bool = False) -> Document:
    """One register as a document: what the actor may read, below ``unit`` where one is named.

    ``template`` gives the empty form with drop-down lists and instructions.

    Raises:
        Absent: no such register, or no such unit among those the actor may read.
        Refused: the actor may read none of it.
    """
    register = BY_KIND.get(kind)
    if register is None:
        raise Absent(f"没有“{kind}”这种清单。")
    if template or not _reads_approved(actor, kind):
        allow_anywhere(actor, register.read)
    rows: Iterable[Any] = [] if template else _readable(actor, register, unit)
    name = unit_name(unit) if unit else ""
    return Document(
        title=f"{name}{register.sheet.title}",
        sections=(section_of(register.sheet, rows),),
        meta=() if template else (("导出日期", timezone.localdate().isoformat()), ("导出人", actor.title)),
        fill_in=True,
    )


def _readable(actor: User, register: Register, unit: str) -> Iterable[Any]:
    """Every entry once: whole where the actor reads drafts, elsewhere the approved ones exactly as approved."""
    reading = READINGS.get(register.kind)
    whole = actor.paths(register.read)
    seen: set[str] = set()
    for path in _narrowed(reading.reach(actor) if reading else whole, unit):
        is_whole = bool(whole) and path.startswith(whole)
        for row in register.rows(path) if reading is None or is_whole else _approved(actor, reading, register, path):
            if row.number not in seen:
                seen.add(row.number)
                yield row


def _approved(actor: User, reading: Reading[Any], register: Register, path: str) -> Iterator[Any]:
    entries = VISIBLE[register.kind](actor).filter(within((path,))).order_by("unit_path", "number")
    stream = entries.iterator(chunk_size=BATCH)
    while batch := list(islice(stream, BATCH)):
        yield from reading.rows(actor, batch)


def _reads_approved(actor: User, kind: str) -> bool:
    reading = READINGS.get(kind)
    return reading is not None and actor.may_anywhere(reading.read_approved)


def _narrowed(paths: Iterable[str], unit: str) -> list[str]:
    """The readable subtrees, cut down to that of ``unit`` with its sections where one is named.

    Entries are placed by path and not by a field, because gradings, scores and tests name no unit of their own.

    Raises:
        Absent: no such unit, or not the actor's to see; the two look the same.
    """
    if not unit:
        return sorted(paths)
    wanted = unit_paths([unit]).get(unit, "?")
    reached = {max(path, wanted, key=len) for path in paths if path.startswith(wanted) or wanted.startswith(path)}
    if wanted == "?" or not reached:
        raise Absent(f"没有找到编号为“{unit}”的单位。", "请从单位列表中选择。")
    return sorted(reached)


def _risk_paths(actor: User) -> tuple[str, ...]:
    return (*actor.paths(Permission.RISKS_READ), *actor.paths(Permission.RISKS_READ_APPROVED))


def post_grade_document(actor: User, unit: str = "") -> Document:
    """岗位风险等级清单 as far as the actor may read it: every post with its derived grade (S29, S30).

    Raises:
        Absent: no such unit, or not the actor's to see.
    """
    _narrowed(_risk_paths(actor), unit)
    lines = readable_post_grades(actor, unit_paths([unit]).get(unit, "?") if unit else "")
    return Document(
        title=f"{unit_name(unit) if unit else ''}{POST_GRADES.title}",
        sections=(section_of(POST_GRADES, lines),),
        meta=(("导出日期", timezone.localdate().isoformat()), ("导出人", actor.title)),
    )


def negative_document(actor: User, unit: str, post: str = "") -> Document:
    """The negative list of a unit or a post, as approved (S23).

    Raises:
        Absent: no such unit, or not the actor's to see.
    """
    _narrowed(_risk_paths(actor), unit)
    if post and post not in dict(post_choices(unit_paths([unit])[unit])):
        raise Absent(f"“{unit}”没有编号为“{post}”的岗位。", "请从岗位的页面上导出。")
    lines = negative_sheet(actor, unit, post)
    name = post_names([post]).get(post, "") if post else unit_name(unit)
    fields = ("tier", "post", "prohibited", "power", "duty", "risk", "control")
    named = [replace(line.row, post=line.post_name, power=line.power_name or line.row.power) for line in lines]
    listed = section_of(NEGATIVES, named, fields=fields)
    # Read by people: posts and powers are named, so their headings speak of no numbers.
    columns = tuple(replace(column, heading=column.heading.removesuffix("编号")) for column in listed.columns)
    return Document(
        title=f"{name}廉政负面清单",
        sections=(replace(listed, columns=columns),),
        meta=(("单位", unit_name(unit)), ("打印日期", timezone.localdate().isoformat())),
    )


def ledger_document(actor: User, unit: str) -> Document:
    """The ledger of one unit, generated from what is approved now (S41, S42).

    Raises:
        Absent: no such unit, or not the actor's to see.
    """
    place = ledger_unit(actor, unit)
    when = ("生成日期", timezone.localdate().isoformat())
    return _ledger(place.name, steady_ledger(place.path), (when, ("生成人", actor.title)))


def snapshot_document(actor: User, number: str) -> Document:
    """A kept ledger exactly as it was generated, with the fingerprint that proves it (S41).

    Raises:
        Absent: no such snapshot, or not the actor's to see.
        Conflict: it is not what was generated.
    """
    found = compared(actor, number)
    kept = found.snapshot
    about = (
        ("留存时间", words(kept.taken_at)),
        ("生成人", kept.taken_by),
        ("台账编号", kept.number),
        ("内容指纹", kept.fingerprint),
    )
    return _ledger(unit_name(kept.unit_id), found.genuine_lines(), about)


def _ledger(unit: str, lines: Sequence[LedgerRow], about: tuple[tuple[str, str], ...]) -> Document:
    return Document(
        title=f"{unit}{LEDGER.title}",
        sections=(section_of(LEDGER, lines),),
        meta=(("单位", unit), *about, ("行数", str(len(lines)))),
        footer="本台账由系统根据已审定的风险点和防控措施生成。",
    )
