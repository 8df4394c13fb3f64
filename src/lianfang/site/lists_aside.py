"""Lists that an import knows and no register keeps as they are: grades of posts or of risk points, and staff lists.

Told from headings alone, so that reading a file aloud says the same of it as importing it.
"""

from __future__ import annotations

from lianfang.foundation.documents.cells import cell_text, narrow
from lianfang.foundation.documents.columns import Column, Kind, Sheet
from lianfang.foundation.documents.concepts import WIDER
from lianfang.foundation.documents.headings import reduce_heading
from lianfang.foundation.documents.known_lists import KnownList
from lianfang.foundation.documents.lexicon_risks import RISKS as GENERAL_RISKS
from lianfang.foundation.documents.recognise import map_headings, register_of
from lianfang.foundation.documents.shape import Listing
from lianfang.foundation.organisation.rows import PostRank
from lianfang.foundation.organisation.sheets import PEOPLE, POSTS, TENURES
from lianfang.kernel.numbering import split_number
from lianfang.registers.controls.sheets import CONTROLS
from lianfang.registers.risks.sheets import GRADINGS, RISK_GRADES, RISKS, SCORES, STATED_GRADES

STAFF = Sheet(
    "staff",
    "人员名册（岗位和人员）",
    (
        Column("unit", "单位", POSTS.column("unit").synonyms, kind=Kind.REFERENCE),
        Column("post", "岗位", ("岗位名称", "所在岗位", "工作岗位"), required=True),
        Column("person", "姓名", ("人员姓名", "人员", "名字"), required=True),
        Column("title", "职务", ("现任职务", "职务职级", "职级")),
        Column("rank", "岗位层级", ("层级",), kind=Kind.WORD, words=PostRank),
        Column("start", "任职日期", TENURES.column("start").synonyms, kind=Kind.DATE),
        Column("end", "离任日期", TENURES.column("end").synonyms, kind=Kind.DATE),
    ),
)
"""A staff list: what it says becomes posts and people, and tenures where it says since when."""

_POST = {"number", "post"}
_SAYS_MORE = {"statement", "manifestation", "causes"}
_SAYS_MORE_AT_LARGE = {"risk", "manifestation", "measures"}
"""Fields of a list of risk points, which has posts and grades too: those of its sheet, and of the general words."""


def aside(one: KnownList, unit: str = "") -> Sheet | None:
    """Which list that no register keeps this is, if it is one; ``unit`` is that of lines that name none."""
    if is_stated(one):
        return STATED_GRADES
    if risk_grades(one):
        return RISK_GRADES
    return STAFF if is_staff(one, unit) else None


def risk_grades(one: KnownList) -> dict[str, int]:
    """Field → position of a list that says grades of risk points by number and not what they are; else nothing.

    What stands under 编号 or 风险点 names risk points only where it is a number that this system gives.
    """
    found, columns = one.listing, dict[str, int]()
    doubtful: list[int] = []
    for position, heading in enumerate(found.headings[: len(found.headings) - len(found.said)]):
        base = reduce_heading(heading).base
        if name := _declared(RISK_GRADES, heading) or ("number" if base in {"编号", "风险点", "廉政风险点"} else ""):
            columns.setdefault(name, position)
            if name == "number" and not _declared(RISK_GRADES, heading):
                doubtful.append(position)
    settled = map_headings(register_of(RISK_GRADES), found.headings)
    if "grade" in settled:
        columns["grade"] = settled.index("grade")
    own = {_declared(RISKS, heading) for at, heading in enumerate(found.headings) if at != columns.get("number")}
    says_more = own & (_SAYS_MORE | {"importance", "probability", "harm"})
    if not {"number", "grade"} <= columns.keys() or says_more or _is_round(one):
        return {}
    # The cells of a long list are asked only where its headings leave the question open.
    return columns if all(_names_risks(found, position) for position in doubtful) else {}


def _names_risks(found: Listing, position: int) -> bool:
    """Whether every cell of a column that says something holds the number of a risk point."""
    texts = [text for text in (narrow(cell_text(row[position])) for row in found.rows) if text]
    return bool(texts) and all((parts := split_number(text)) and parts[0].endswith("-R") for text in texts)


def _is_round(one: KnownList) -> bool:
    """Whether a list is one of gradings or scores, round by round."""
    register = one.recognition.register
    return register is not None and register.kind in {GRADINGS.kind, SCORES.kind, CONTROLS.kind}


def is_staff(one: KnownList, unit: str = "") -> bool:
    """Whether a list names people and their posts, and is no list of only one of these with its own numbers.

    What stands under a bare 编号 of a staff list counts its lines as often as not.
    """
    register = one.recognition.register
    bare = any(reduce_heading(heading).base == "编号" for heading in one.listing.headings)
    is_free = register is None or (bare and register.kind in {POSTS.kind, PEOPLE.kind})
    return is_free and bool(staff_columns(one.listing, unit))


def is_stated(one: KnownList) -> bool:
    """Whether a list names posts and their grades, and neither risk points nor measures."""
    fields = {name for heading in one.listing.headings if (name := _declared(STATED_GRADES, heading))}
    if "grade" not in fields or not fields & _POST:
        return False
    own = {_declared(RISKS, heading) for heading in one.listing.headings}
    at_large = set(map_headings(GENERAL_RISKS, one.listing.headings))
    return not own & _SAYS_MORE and not at_large & _SAYS_MORE_AT_LARGE


def staff_columns(found: Listing, unit: str = "") -> dict[str, int]:
    """Field → position of a list that names people and their posts; nothing where it is none."""
    columns: dict[str, int] = {}
    for position, heading in enumerate(found.headings[: len(found.headings) - len(found.said)]):
        if name := _declared(STAFF, heading):
            columns.setdefault(name, position)
            if reduce_heading(found.headings[columns[name]]).base in WIDER:
                columns[name] = position
    return columns if {"post", "person"} <= columns.keys() and ("unit" in columns or unit) else {}


def _declared(sheet: Sheet, heading: str) -> str:
    """The field of a sheet of which a heading, or its lower row, is one of the declared words; "" where none is."""
    reduced = reduce_heading(heading)
    for spelling in filter(None, (reduced.base, reduced.lower)):
        for column in sheet.columns:
            if spelling in {reduce_heading(text).base for text in (column.heading, *column.synonyms)}:
                return column.field
    return ""
