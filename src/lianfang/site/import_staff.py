"""A staff list (单位、岗位、姓名、任职日期) as the lists that it is: posts, people and tenures, numbered by the system.

Posts and people that are registered keep their number, and posts their rank; what the list leaves unsaid is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lianfang.foundation.accounts.permission import within
from lianfang.foundation.documents.cells import cell_text
from lianfang.foundation.documents.headings import reduce_heading
from lianfang.foundation.documents.shape import Listing
from lianfang.foundation.documents.tables import Cell, Table
from lianfang.foundation.documents.unread import LINE_COUNTS
from lianfang.foundation.organisation.models import Person, Post
from lianfang.foundation.organisation.queries import bureau_paths_of, next_person_number, next_post_number, unit_paths
from lianfang.foundation.organisation.rows import PersonRow, PostRank, PostRow, TenureRow
from lianfang.foundation.organisation.sheets import PEOPLE, TENURES
from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.site.directory import Directory
from lianfang.site.import_holders import one_holder_a_line
from lianfang.site.import_lines import Lines
from lianfang.site.import_namesakes import Name, Named, asked_of, bearers, elsewhere
from lianfang.site.import_terms import Term, doubts, held_by, term_of
from lianfang.site.lists_aside import staff_columns
from lianfang.site.staff_ranks import rank_told

STAFF = "IMP046"
_RANKS = {rank.value: rank for rank in PostRank}
_READ = ("unit", "post", "person", "rank", "start", "end")
Known = Mapping[tuple[str, str], tuple[str, str]]
"""Unit and name of a registered post → its number and rank."""


@dataclass(frozen=True)
class Staff:
    """A staff list and its columns; ``units[entry]`` is the number of the unit, "" where that is not registered."""

    found: Listing
    columns: Mapping[str, int]
    units: Sequence[str]
    told: Sequence[Finding] = ()

    def text(self, entry: int, name: str) -> str:
        """What an entry says in a column; "" where there is none."""
        return cell_text(self.found.rows[entry][self.columns[name]]) if name in self.columns else ""

    def unit_shown(self, entry: int) -> str:
        """The number of the unit, else what the list calls it."""
        return self.units[entry] or self.text(entry, "unit")


def staff_in(found: Listing, directory: Directory, unit: str) -> Staff | None:
    """The list as a staff list, if it names people and their posts; ``unit`` is that of lines that name none."""
    columns = staff_columns(found, unit)
    if not columns:
        return None
    found, told = one_holder_a_line(found, columns["person"])
    given = [(cell_text(row[columns["unit"]]) if "unit" in columns else "") or unit for row in found.rows]
    directory.expect("units", given)
    return Staff(found, columns, [directory.resolve("units", text) or "" for text in given], told)


def parts_of(staff: Staff) -> tuple[dict[str, Table], list[Finding]]:
    """The posts, the people and the tenures of a staff list by register, and what was done about the rest."""
    posts, post_numbers, levels = _posts(staff)
    people, person_numbers, asked = _people(staff)
    tenures, terms = _tenures(staff, person_numbers, post_numbers)
    message = f"这是人员名册，读作岗位 {len(posts.lines)} 个、人员 {len(people.lines)} 人"
    message += f"、任职 {len(tenures.lines)} 段" if tenures.lines else ""
    message += f"，编号由系统编。{levels}请核对。{_untold_terms(staff)}"
    if "" in staff.units:
        message += "名册里有还没有登记的单位，请先导入单位，再导入名册。"
    place = Place(sheet=staff.found.table.name, row=staff.found.table.numbers[staff.found.head_rows[0]])
    told = Finding("", "", message, code=STAFF, severity=Severity.WARNING, place=place)
    tables = {PostRow.kind: posts.table(), PersonRow.kind: people.table()}
    if tenures.lines:
        asked += doubts(terms, lambda line: staff.found.place(tenures.entries[line], staff.columns["start"]))
        tables[TenureRow.kind] = tenures.table()
    return tables, [told, *staff.told, *asked]


def _untold_terms(staff: Staff) -> str:
    """Of whom the list does not say since when they hold their post."""
    if "start" not in staff.columns:
        return "谁在哪个岗位任职，要有任职日期，名册里没有，请导入以后登记任职。"
    entries = range(len(staff.found.rows))
    without = sum(bool(staff.text(entry, "person")) and not staff.text(entry, "start") for entry in entries)
    return f"{without} 人没有写任职日期，没有登记任职，请导入以后登记。" if without else ""


def _tenures(staff: Staff, people: Mapping[int, str], posts: Mapping[tuple[str, str], str]) -> tuple[Lines, list[Term]]:
    """Who holds which post since when, for the entries that say it; people of whom it is not plain who are left out."""
    start = staff.columns.get("start", 0)
    sources = [staff.columns["person"], staff.columns["post"], start, staff.columns.get("end", start)]
    lines = Lines(staff.found, [TENURES.column(name).heading for name in ("person", "post", "start", "end")], sources)
    terms: list[Term] = []
    held = held_by(people.values()) if "start" in staff.columns else {}
    for entry, row in enumerate(staff.found.rows):
        person, post = people.get(entry, ""), posts.get((staff.unit_shown(entry), staff.text(entry, "post")), "")
        if person and post and staff.units[entry] and staff.text(entry, "start"):
            end = row[staff.columns["end"]] if "end" in staff.columns else ""
            terms.append(term_of(row[start], end, held.get((person, post), ())))
            lines.add(entry, [person, post, terms[-1].start, terms[-1].end])
    return lines, terms


def _posts(staff: Staff) -> tuple[Lines, dict[tuple[str, str], str], str]:
    """Every post once, with its number; and what to say of the ranks of new ones."""
    known = _known_posts(staff.units)
    unit, post = staff.columns.get("unit", staff.columns["post"]), staff.columns["post"]
    told = staff.columns.get("rank", staff.columns.get("title", post))
    lines = Lines(staff.found, ["岗位编号", "单位编号", "岗位名称", "岗位层级"], [post, unit, post, told])
    numbers, given = _Numbers(next_post_number), dict[tuple[str, str], str]()
    guessed = plain = 0
    for entry, key in _first_of_each_post(staff):
        number, stored = known.get(key, ("", ""))
        rank = staff.text(entry, "rank") or (_RANKS[stored].label if stored else "")
        if not rank:
            meant = rank_told(staff.text(entry, "title"), key[1])
            guessed, plain = guessed + (meant is not None), plain + (meant is None)
            rank = (meant or PostRank.STAFF).label
        given[key] = number or numbers.next(staff.units[entry])
        lines.add(entry, [given[key], staff.unit_shown(entry), key[1], rank])
    levels = (
        "" if "rank" in staff.columns or not guessed + plain else f"新岗位的层级有 {guessed} 个按职务、岗位名称推断，"
    )
    levels += f"{plain} 个没有写明，按“{PostRank.STAFF.label}”；" if plain or levels else ""
    return lines, given, levels


def _people(staff: Staff) -> tuple[Lines, dict[int, str], list[Finding]]:
    """Every person once, with the columns that no register has, so these are seen to stay behind; who each entry is."""
    read = {staff.columns[name] for name in _READ if name in staff.columns}
    rest = [position for position in range(len(staff.found.headings) - len(staff.found.said)) if position not in read]
    unit, person = staff.columns.get("unit", staff.columns["person"]), staff.columns["person"]
    head: list[Cell] = ["人员编号", PEOPLE.column("name").heading, "单位编号"]
    head += [staff.found.headings[position] for position in rest]
    lines = Lines(staff.found, head, [person, person, unit, *rest])
    paths = unit_paths(staff.units)
    numbers = _Numbers(lambda unit: next_person_number(paths[unit]))
    known = _known_names(paths)
    asked, given = [], dict[int, str]()
    for named in _bearers(staff, rest):
        question = asked_of(
            named,
            lambda entry: staff.found.table.numbers[staff.found.positions[entry]],
            lambda entry: staff.found.place(entry, person),
        )
        moved = elsewhere(named, known(*named.name), staff.found.place(named.people[0][0], person))
        asked += [found for found in (question, moved) if found]
        for entries in named.people:
            entry = entries[0]
            number = named.number or (numbers.next(staff.units[entry]) if named.is_plain else "")
            given.update(dict.fromkeys(entries, number))
            left = [staff.found.rows[entry][position] for position in rest]
            lines.add(entry, [number, named.name[1], staff.unit_shown(entry), *left])
    return lines, given, asked


def _known_names(paths: Mapping[str, str]) -> Callable[[str, str], Mapping[str, str]]:
    """A function from a unit and a name to number and unit of whoever in its bureau bears it and has not left."""
    bureaus = bureau_paths_of(paths.values())
    known: dict[tuple[str, str], dict[str, str]] = {}

    def bureau(path: str) -> str:
        return max((around for around in bureaus if path.startswith(around)), key=len, default="")

    people = Person.objects.filter(within(bureaus), left_on__isnull=True).order_by("number")
    for number, name, unit, path in people.values_list("number", "name", "unit__name", "unit_path"):
        known.setdefault((bureau(path), name), {})[number] = unit
    return lambda unit, name: known.get((bureau(paths.get(unit, "")), name), {})


def _bearers(staff: Staff, rest: Sequence[int]) -> Iterator[Named]:
    """The names of a staff list; what is said of a post, and the count of the lines, tells nobody apart."""
    bases = {position: reduce_heading(staff.found.headings[position]).base for position in rest}
    counts = {position for position, base in bases.items() if base in {*LINE_COUNTS, "编号"}}
    of_person = [position for position in rest if position not in {*staff.columns.values(), *counts}]
    registered: dict[Name, list[str]] = {}
    stored = Person.objects.filter(unit__number__in=set(staff.units)).order_by("number")
    for unit, name, number in stored.values_list("unit__number", "name", "number"):
        registered.setdefault((unit, name), []).append(number)
    names = [(staff.unit_shown(entry), staff.text(entry, "person")) for entry in range(len(staff.found.rows))]
    rows = staff.found.rows
    yield from bearers(names, lambda entry: tuple(cell_text(rows[entry][at]) for at in of_person), registered)


def _first_of_each_post(staff: Staff) -> Iterator[tuple[int, tuple[str, str]]]:
    """The entries in which a post of a unit is named first, with unit and name."""
    seen: set[tuple[str, str]] = set()
    for entry in range(len(staff.found.rows)):
        key = (staff.unit_shown(entry), staff.text(entry, "post"))
        if key[1] and key not in seen:
            seen.add(key)
            yield entry, key


def _known_posts(units: Sequence[str]) -> Known:
    named = Post.objects.filter(unit__number__in=set(units)).values_list("unit__number", "name", "number", "rank")
    return {(unit, name): (number, rank) for unit, name, number, rank in named}


class _Numbers:
    """Numbers not given yet, in their order; where the unit is not registered, such as nobody will ever bear."""

    def __init__(self, first_of: Callable[[str], str]) -> None:
        self._first_of = first_of
        self._of_unit: dict[str, Iterator[str]] = {"": _counted("待定", 1)}
        self._series: dict[str, Iterator[str]] = {}

    def next(self, unit: str) -> str:
        """The next number for a unit; units of one bureau count their people together."""
        if unit not in self._of_unit:
            first = self._first_of(unit)
            prefix = first.rstrip("0123456789")
            self._of_unit[unit] = self._series.setdefault(prefix, _counted(prefix, int(first[len(prefix) :])))
        return next(self._of_unit[unit])


def _counted(prefix: str, start: int) -> Iterator[str]:
    return (f"{prefix}{serial:02d}" for serial in itertools.count(start))
