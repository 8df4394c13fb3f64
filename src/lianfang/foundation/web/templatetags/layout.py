"""The parts that a page is made of: header, cards, tabs, toolbar, notes, next steps, dialogs, empty states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lianfang.foundation.organisation.turns import Turn
from lianfang.foundation.web.values import Step, Tab

register = Library()


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(*parts: str) -> dict[str, Any]:
    """Way back: ``label, address`` pairs, then the label of this page."""
    pairs = list(zip(parts[:-1:2], parts[1::2], strict=False))
    return {"links": pairs, "here": parts[-1] if len(parts) % 2 else ""}


@register.simple_block_tag
def page_header(content: SafeString, title: str, number: str = "", subtitle: str = "", **more: Any) -> SafeString:
    """Head of every page: title, number, ``state=``, ``grade=``, ``stale=``; the block holds the actions at right."""
    shown = {"state": None, "grade": None, "stale": False, **more}
    return render_to_string(
        "ui/page_header.html", {"actions": content, "title": title, "number": number, "subtitle": subtitle, **shown}
    )


@register.simple_block_tag
def card(content: SafeString, title: str = "", icon: str = "", count: int | None = None, id: str = "") -> SafeString:  # noqa: A002 - the word a template author expects
    """A framed section with an optional heading, icon and count."""
    return render_to_string(
        "ui/card.html", {"content": content, "title": title, "icon": icon, "count": count, "id": id}
    )


@register.simple_block_tag
def toolbar(content: SafeString, label: str = "操作") -> SafeString:
    """A row of buttons above a list; ``<span class="push"></span>`` moves what follows to the right."""
    return render_to_string("ui/toolbar.html", {"content": content, "label": label})


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[Tab], current: str) -> dict[str, Any]:
    """Views of one thing side by side; each is a link, ``current`` is the key of the one shown."""
    return {"items": items, "current": current}


@register.inclusion_tag("ui/stat.html")
def stat(label: str, value: object, unit: str = "", note: str = "", **more: str) -> dict[str, Any]:
    """One figure worth seeing first, with ``url=`` to the list behind it and ``tone=`` ("", ``warn``, ``good``)."""
    return {"label": label, "value": value, "unit": unit, "note": note, "url": "", "tone": "", **more}


@register.simple_block_tag
def note(content: SafeString, tone: str = "info", title: str = "") -> SafeString:
    """A remark in the flow of the page; ``tone``: ``info``, ``good``, ``warn`` or ``bad``."""
    icons = {"info": "info-circle", "good": "circle-check", "warn": "alert-triangle", "bad": "alert-circle"}
    return render_to_string("ui/note.html", {"content": content, "tone": tone, "title": title, "icon": icons[tone]})


@register.simple_block_tag
def empty_state(content: SafeString, title: str, icon: str = "inbox") -> SafeString:
    """What stands where a list has nothing: what belongs here, and how the first one gets here."""
    return render_to_string("ui/empty_state.html", {"content": content, "title": title, "icon": icon})


@register.inclusion_tag("ui/next_steps.html", takes_context=True)
def next_steps(
    context: Context, steps: Iterable[Step], title: str = "下一步", turn: Turn | Literal[False] | None = False
) -> dict[str, Any]:
    """What this person can do next, the most likely first; no step at all shows nothing.

    ``turn`` tells whose turn it is: another's is said in a sentence, and then no button stands out. ``None`` says that
    nothing is waited for; leave it out where the page does not know.
    """
    listed = list(steps)
    is_own = turn is False or (turn is not None and turn.is_own)
    primary = next((step for step in listed if is_own and not (step.blocked or step.danger or step.quiet)), None)
    shown = [(step, step is primary) for step in listed]
    awaited = turn.sentence if turn and not turn.is_own else ""
    return {"steps": shown, "title": title, "awaited": awaited, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("ui/track.html")
def track(states: Iterable[Any], current: Any) -> dict[str, Any]:
    """The ordinary path of a thing through its states, with the one it has reached; any other state shows after it."""
    path = list(states)
    reached = path.index(current) if current in path else -1
    stages = [(stage, "passed" if i < reached else "here" if i == reached else "ahead") for i, stage in enumerate(path)]
    return {"stages": stages, "aside": None if current in path else current}


@register.simple_block_tag(takes_context=True)
def confirm(context: Context, content: SafeString, button: str, url: str, **more: Any) -> SafeString:
    """A button that asks before it posts to ``url``; the block explains what will happen (and may hold fields).

    Options: ``title=``, ``agree=`` (word on the second button), ``danger=``, ``version=``, ``icon=``.
    """
    shown = {"title": button, "agree": button, "danger": False, "version": None, "icon": "", **more}
    return render_to_string(
        "ui/confirm.html",
        {"content": content, "button": button, "url": url, "csrf_token": context.get("csrf_token", ""), **shown},
    )


@register.simple_block_tag
def menu(content: SafeString, label: str, icon: str = "") -> SafeString:
    """A drop-down of further actions; the block holds links and ``<button>``s, one an action."""
    return render_to_string("ui/menu.html", {"content": content, "label": label, "icon": icon})
