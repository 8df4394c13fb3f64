"""What the units of a person have to hand in next, out of all programmes that run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Min, Q

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.queries import unit_names
from lianfang.programme.plans.models import Deliverable, Submission
from lianfang.programme.plans.owed_rows import DeliverableRow
from lianfang.programme.plans.states import SubmissionState


@dataclass(frozen=True)
class Upcoming:
    """Papers due on one day from the same ``units`` of those that the person sees; ``unit_name`` where it is one."""

    day: dt.date
    programme: str
    names: tuple[str, ...]
    units: int
    unit_name: str
    receiver: str


def upcoming(actor: User, today: dt.date, most: int) -> tuple[Upcoming, ...]:
    """The next ``most`` due days from ``today`` on, the nearest first, of what has not come yet.

    What has passed stands in the matrix of its programme as overdue.
    """
    recent = Q(programme__cycle_year__gte=today.year - 1) | Q(programme__cycle_year__isnull=True)
    owing = Submission.objects.filter(
        recent, within(actor.paths(Permission.PLANS_READ)), state=SubmissionState.DUE.value
    )
    counted = {
        deliverable: (units, first)
        for deliverable, units, first in owing.order_by()
        .values_list("deliverable")
        .annotate(units=Count("id"), first=Min("unit"))
    }
    rows = [one.to_row() for one in Deliverable.objects.filter(number__in=counted).order_by("number")]
    ahead = sorted(
        ((day, row) for row in rows if (day := row.expires.day) and day >= today),
        key=lambda pair: (pair[0], pair[1].number),
    )
    return tuple(_together(ahead, counted))[:most]


def _together(ahead: list[tuple[dt.date, DeliverableRow]], counted: dict[str, tuple[int, str]]) -> Iterator[Upcoming]:
    names = unit_names(first for _, first in counted.values())

    def shared(pair: tuple[dt.date, DeliverableRow]) -> tuple[dt.date, str, str, tuple[int, str]]:
        day, row = pair
        return day, row.programme, row.receiver, counted[row.number]

    for (day, programme, receiver, (units, first)), members in groupby(ahead, key=shared):
        titles = tuple(row.name for _, row in members)
        yield Upcoming(day, programme, titles, units, names.get(first, first) if units == 1 else "", receiver)
