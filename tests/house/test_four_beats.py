"""Every action has four beats in this order: allow, change, record, return; read from the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.house.faults import Fault, Function, Source, called, demand_none, product, sample

ALLOW = {"allow", "allow_at", "allow_anywhere", "allow_intake"}
RECORD = {"record", "record_many"}
CHANGING_FUNCTIONS = {"insert", "move", "change", "store"}
CHANGING_METHODS = {
    "create", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "save", "delete",
    "set", "add", "remove", "clear", "set_password",
}  # fmt: skip


def off_beat(sources: Iterable[Source]) -> Iterator[Fault]:
    """Public functions of ``actions`` modules that miss a beat."""
    for source in sources:
        if source.name == "actions.py" or "/actions/" in source.path:
            functions = {node.name: node for node in source.tree.body if isinstance(node, ast.FunctionDef)}
            public = {name for name in functions if not name.startswith("_")}
            for name in sorted(public):
                for message in _missing(functions[name], functions, public):
                    yield Fault("four-beats", f"{source.path}::{name}", message)


def _missing(action: ast.FunctionDef, functions: dict[str, ast.FunctionDef], public: set[str]) -> Iterator[str]:
    if "transaction.atomic" not in {ast.unparse(decorator) for decorator in action.decorator_list}:
        yield "is not decorated with @transaction.atomic."
    yield from _wrong_arguments(action.args)
    calls = _calls(action)
    allows = [call.lineno for call in calls if called(call) in ALLOW]
    changes = [call.lineno for call in calls if _changes(call, functions)]
    records = [call.lineno for call in calls if called(call) in RECORD]
    yield from _wrong_order(allows, changes, records)
    if not isinstance(action.body[-1], ast.Return):
        yield "does not end with a return."
    if others := sorted({called(call) for call in calls} & public):
        yield f"calls another action of its room: {', '.join(others)}."


def _wrong_arguments(arguments: ast.arguments) -> Iterator[str]:
    named = [argument.arg for argument in arguments.kwonlyargs]
    if arguments.posonlyargs or arguments.args or arguments.vararg or named[:1] != ["actor"]:
        yield "takes keyword arguments only, the actor first."
    if "request" in named:
        yield "knows nothing of requests."


def _wrong_order(allows: list[int], changes: list[int], records: list[int]) -> Iterator[str]:
    if not allows:
        yield "never asks allow, allow_at or allow_anywhere."
    if not changes:
        yield "changes nothing."
    if not records:
        yield "records nothing."
    if allows and changes and changes[0] < allows[0]:
        yield "changes something before it asks whether that is allowed."
    if changes and records and records[0] < changes[0]:
        yield "records before it changes."


def _calls(function: Function) -> list[ast.Call]:
    """Every call in a function, in the order they are written."""
    return sorted((node for node in ast.walk(function) if isinstance(node, ast.Call)), key=lambda node: node.lineno)


def _changes(call: ast.Call, functions: dict[str, ast.FunctionDef]) -> bool:
    """Whether a call changes something: by its name, or because it calls a private function here that does."""
    name = called(call)
    if isinstance(call.func, ast.Attribute):
        return name in CHANGING_METHODS
    inner = functions.get(name) if name.startswith("_") else None
    return name in CHANGING_FUNCTIONS or (inner is not None and any(_changes(deeper, {}) for deeper in _calls(inner)))


def test_every_action_has_four_beats() -> None:
    demand_none(off_beat(product()))


GOOD = """
    @transaction.atomic
    def submit_power(*, actor, number, expected_version, note=""):
        power = allow(actor, Permission.POWERS_SUBMIT, visible_powers(actor), number)
        move(power, POWER, "submit", expected_version)
        record(actor, Verb.SUBMITTED, power, note=note)
        return power.to_row()

    def _private(anything):
        anything.save()
"""


def beats(text: str) -> list[str]:
    """What the check says of a sample action."""
    return [fault.message for fault in off_beat([sample(text, "src/lianfang/registers/powers/actions.py")])]


def test_an_action_with_four_beats_passes() -> None:
    assert beats(GOOD) == []


def test_an_importer_that_asks_for_every_unit_and_stores_in_bulk_passes() -> None:
    text = """
        @transaction.atomic
        def import_powers(*, actor, rows, source):
            for path in sorted({row.unit for row in rows}):
                allow_at(actor, Permission.REGISTERS_IMPORT, path)
            stored = _store_all(rows)
            record_many(actor, Verb.IMPORTED, stored.changes, note=source)
            return stored

        def _store_all(rows):
            return Power.objects.bulk_create(rows)
    """

    assert beats(text) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("@transaction.atomic", "@login_required", "is not decorated with @transaction.atomic."),
        ("*, actor, number", "actor, number", "takes keyword arguments only, the actor first."),
        ("*, actor, number", "*, number, actor", "takes keyword arguments only, the actor first."),
        ('note=""', "request", "knows nothing of requests."),
        ("allow(actor, Permission.POWERS_SUBMIT, visible_powers(actor), number)", "first(number)", "never asks"),
        ('move(power, POWER, "submit", expected_version)', "look(power)", "changes nothing."),
        ("record(actor, Verb.SUBMITTED, power, note=note)", "tell(power)", "records nothing."),
        ("return power.to_row()", "power.to_row()", "does not end with a return."),
        ("power = allow", "number.save()\n        power = allow", "changes something before it asks"),
        ("move(power", "record(actor, 1, 2)\n        move(power", "records before it changes."),
        ("return power", "submit_power(number)\n        return power", "calls another action of its room"),
    ],
)
def test_an_action_that_misses_a_beat_fails(before: str, after: str, message: str) -> None:
    assert before in GOOD

    found = beats(GOOD.replace(before, after))

    assert any(sentence.startswith(message) for sentence in found), found
