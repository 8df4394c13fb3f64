"""The two tables that the site hands to the pages: side navigation, and the page of each kind of record.

A lower room must not import the site, so the tables are named by dotted path in the settings ``NAVIGATION``
(a tuple of :class:`NavGroup`) and ``RECORD_PAGES`` (register kind → address name taking the number).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from lianfang.foundation.accounts.models import User
from lianfang.foundation.web.values import NavGroup, NavItem


@dataclass(frozen=True, slots=True)
class MenuLine:
    """A navigation line that this person may follow."""

    label: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Lines under one heading; groups without a line are left out."""

    label: str
    lines: tuple[MenuLine, ...]


@functools.cache
def _table(dotted_path: str) -> Any:
    return import_string(dotted_path) if dotted_path else ()


def navigation() -> tuple[NavGroup, ...]:
    """The site's navigation table, imported once."""
    groups: tuple[NavGroup, ...] = tuple(_table(getattr(settings, "NAVIGATION", "")))
    return groups


def menu_for(user: object, path: str) -> list[MenuGroup]:
    """The navigation that ``user`` may follow; current is the line with the longest address that begins ``path``."""
    open_groups = [(group.label, [item for item in group.items if _may_follow(user, item)]) for group in navigation()]
    addresses = {item.url_name: reverse(item.url_name) for _, items in open_groups for item in items}
    starts = {start: addresses[item.url_name] for _, items in open_groups for item in items for start in item.inside}
    starts |= {url: url for url in addresses.values()}
    current = starts.get(max((start for start in starts if _lies_under(path, start)), key=len, default=""))
    return [
        MenuGroup(label, tuple(_line(item, addresses[item.url_name], current) for item in items))
        for label, items in open_groups
        if items
    ]


def address(name: str, *args: str) -> str:
    """The address of that name, or "" where the site has none: the component then leaves the link out."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def record_address(kind: str, number: str) -> str:
    """The page of one record by register kind and number, or "" where the kind has no page of its own."""
    pages: dict[str, str] = dict(_table(getattr(settings, "RECORD_PAGES", "")))
    return address(pages[kind], number) if kind in pages and number else ""


def _line(item: NavItem, url: str, current: str | None) -> MenuLine:
    return MenuLine(item.label, url, item.icon, url == current)


def _may_follow(user: object, item: NavItem) -> bool:
    if item.permission is None:
        return True
    enough = [permission for permission in (item.permission, item.or_permission) if permission]
    return isinstance(user, User) and any(user.may_anywhere(permission) for permission in enough)


def _lies_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
