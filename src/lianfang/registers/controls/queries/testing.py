"""What a test of a measure must be to count: of a day on which it could be made, and of one mind with itself (S55)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.models import Tenure
from lianfang.registers.controls.rows import ControlRow, ControlTestRow, Verdict

_BEGINNINGS = (Verb.CREATED, Verb.IMPORTED, Verb.ADOPTED, Verb.CONTROL_APPROVED)
_CHUNK = 400


@dataclass(frozen=True)
class FirstDays:
    """From which day a measure was in force, and from which a person held office, as far as this system knows."""

    in_force: Mapping[str, datetime.date]
    in_office: Mapping[str, datetime.date]


def first_days(tests: Iterable[ControlTestRow]) -> FirstDays:
    """The days before which none of ``tests`` can have been made; two queries for every few hundred of them.

    Of a measure that was taken over from a list nobody here knows since when it is carried out.
    """
    found = list(tests)
    return FirstDays(_in_force({test.control for test in found}), _in_office({test.tester for test in found}))


def fault_of(test: ControlTestRow, known: FirstDays) -> tuple[str, str]:
    """What is wrong with a test and what to do about it; two empty texts where nothing is."""
    return next(filter(None, (_fault_of_day(test, known), _fault_of_verdict(test))), ("", ""))


def _fault_of_day(test: ControlTestRow, known: FirstDays) -> tuple[str, str] | None:
    day = test.tested_on
    since, office = known.in_force.get(test.control), known.in_office.get(test.tester)
    if day > timezone.localdate():
        return f"检验日期 {day} 还没有到。", "请填写实际检验的日期。"
    if since and day < since:
        said = f"检验日期 {day} 早于措施 {test.control} 开始施行的 {since}。"
        return said, "请核对日期；施行以前的做法不算对它的检验。"
    if office and day < office:
        return f"检验日期 {day} 早于检验人到任的 {office}。", "请核对日期和检验人；当时由别人检验的，检验人写那个人。"
    return None


def _fault_of_verdict(test: ControlTestRow) -> tuple[str, str] | None:
    if test.verdict is not Verdict.EFFECTIVE:
        said = "结论不是“有效”时必须写明检验情况。", "写清漏洞在哪、为什么脱离实际或不易操作。"
        return None if test.note.strip() else said
    if test.design and test.operation:
        return None
    part = "执行有效性评为 0 分（没有执行）" if test.design else "设计有效性评为 0 分（无效）"
    return f"结论是“有效”，{part}，两者矛盾。", "请按检验情况给设计、执行各评 1 或 2 分，或者改写结论。"


def _in_force(numbers: Iterable[str]) -> dict[str, datetime.date]:
    wanted, verbs = sorted(numbers), [verb.value for verb in _BEGINNINGS]
    created: set[str] = set()
    found: dict[str, datetime.date] = {}
    for start in range(0, len(wanted), _CHUNK):
        steps = Entry.objects.filter(kind=ControlRow.kind, number__in=wanted[start : start + _CHUNK], verb__in=verbs)
        seen: set[str] = set()
        for number, verb, at in steps.order_by("id").values_list("number", "verb", "at"):
            if number not in seen and verb == Verb.CREATED:
                created.add(number)
            if number in created and verb == Verb.CONTROL_APPROVED:
                found.setdefault(number, timezone.localdate(at))
            seen.add(number)
    return found


def _in_office(people: Iterable[str]) -> dict[str, datetime.date]:
    wanted = sorted(set(people) - {""})
    found: dict[str, datetime.date] = {}
    for start in range(0, len(wanted), _CHUNK):
        held = Tenure.objects.filter(person__number__in=wanted[start : start + _CHUNK], start__isnull=False)
        found |= dict(held.values_list("person__number").annotate(first=Min("start")))
    return found
