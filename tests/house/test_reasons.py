"""Every stated reason is judged: what an action takes as reason, basis or note goes through ``demand_reason``."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.house.faults import Fault, Source, called, demand_none, product, sample

JUDGES = {"demand_reason", "reason_if_given", "demand_basis"}
"""The judgement itself, the same for what may be left out, and the organisation's own words for it."""
ALWAYS = {"reason", "basis", "minutes", "evidence", "exemption", "adopted"}
WHERE_REQUIRED = {"note"}
"""An aside where it may be left out; where it may not, it is the reason."""
TERMS = "terms_on"
"""Adopting a list asks for its decision there (``foundation/lint/adopting``)."""
CARRIED = {
    "row.reason": ("accounts/actions.py", "parameters/actions.py"),
    "issue.document_number": ("regulations/actions.py",),
    "agreed.record": ("actions/gradings.py",),
    "proposal.reason": ("actions/gradings.py",),
    "proposal.lowering_evidence": ("actions/gradings.py",),
    "proposal.exemption": ("actions/gradings.py",),
}
"""Reasons that come inside a value, and the modules that judge them."""

Functions = dict[str, ast.FunctionDef]


def unjudged(sources: Iterable[Source]) -> Iterator[Fault]:
    """Parameters of public actions that state a reason and are not judged, here or by the action they are handed to."""
    for source in sources:
        if source.name == "actions.py" or "/actions/" in source.path:
            functions = {node.name: node for node in source.tree.body if isinstance(node, ast.FunctionDef)}
            for name, action in sorted(functions.items()):
                if name.startswith("_"):
                    continue
                for parameter in _stated(action):
                    if not _is_judged(action, parameter, functions):
                        message = f"states “{parameter}”, which nothing judges."
                        yield Fault("reasons", f"{source.path}::{name}", message)


def _stated(action: ast.FunctionDef) -> Iterator[str]:
    for argument, default in zip(action.args.kwonlyargs, action.args.kw_defaults, strict=True):
        if argument.arg in ALWAYS or (argument.arg in WHERE_REQUIRED and default is None):
            yield argument.arg


def _is_judged(function: ast.FunctionDef, name: str, functions: Functions) -> bool:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(_judges(call, name, functions) for call in calls)


def _judges(call: ast.Call, name: str, functions: Functions) -> bool:
    places = [place for place, given in enumerate(call.args) if isinstance(given, ast.Name) and given.id == name]
    if called(call) in JUDGES:
        return 0 in places
    if called(call) == TERMS:
        return bool(places)
    inner = functions.get(called(call))
    if inner is not None and inner.name.startswith("_"):
        taken = [argument.arg for argument in inner.args.args]
        return any(_is_judged(inner, taken[place], functions) for place in places)
    return _hands_on(call, name)


def _hands_on(call: ast.Call, name: str) -> bool:
    """Whether another action is called on somebody's behalf, with the reason under its own name."""
    given = {word.arg: word.value for word in call.keywords}
    return "actor" in given and isinstance(given.get(name), ast.Name) and ast.unparse(given[name]) == name


def test_every_reason_that_an_action_takes_is_judged() -> None:
    demand_none(unjudged(product()))


@pytest.mark.parametrize(("said", "modules"), CARRIED.items())
def test_every_reason_inside_a_value_is_judged(said: str, modules: tuple[str, ...]) -> None:
    for module in modules:
        (source,) = (one for one in product() if one.path.endswith(module))
        calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call) and called(node) in JUDGES]

        assert said in {ast.unparse(call.args[0]) for call in calls}, module


GOOD = """
    def retire_power(*, actor, number, note):
        power = allow(actor, Permission.POWERS_RETIRE, visible_powers(actor), number)
        demand_reason(note, ENDING)
        record(actor, Verb.POWER_RETIRED, power, note=note)
        return power.to_row()
"""


def told(text: str) -> list[str]:
    """What the check says of a sample action."""
    return [fault.message for fault in unjudged([sample(text, "src/lianfang/registers/powers/actions.py")])]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("demand_reason(note, ENDING)", "reason_if_given(note, ENDING)"),
        ("demand_reason(note, ENDING)", "_demand_end(power, note)"),
        ("demand_reason(note, ENDING)", "organisation.close_post(actor=actor, number=number, note=note)"),
        ("number, note):", 'number, note=""):'),
    ],
)
def test_an_action_that_judges_its_reason_passes(before: str, after: str) -> None:
    helper = "\n    def _demand_end(power, basis):\n        demand_reason(basis, ENDING)\n"

    assert told(GOOD) == []
    assert told(GOOD.replace(before, after) + helper) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("demand_reason(note, ENDING)", "pass"),
        ("demand_reason(note, ENDING)", "note.strip()"),
        ("demand_reason(note, ENDING)", "demand_reason(number, ENDING, missing=note)"),
        ("demand_reason(note, ENDING)", "_demand_end(note, power)"),
        ("demand_reason(note, ENDING)", "organisation.close_post(number=number, note=note)"),
    ],
)
def test_an_action_that_only_writes_its_reason_down_fails(before: str, after: str) -> None:
    helper = "\n    def _demand_end(power, basis):\n        demand_reason(basis, ENDING)\n"

    assert told(GOOD.replace(before, after) + helper) == ["states “note”, which nothing judges."]


def test_a_basis_is_judged_also_where_it_may_be_left_out() -> None:
    text = GOOD.replace("number, note):", 'number, basis=""):').replace("demand_reason(note, ENDING)", "pass")

    assert told(text) == ["states “basis”, which nothing judges."]
