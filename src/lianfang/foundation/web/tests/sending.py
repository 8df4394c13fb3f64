"""How tests speak to the JSON doors."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from lianfang.foundation.accounts.models import User

SignIn = Callable[[User], Client]


def send(client: Client, method: str, address: str, body: object = None, **headers: str) -> Any:
    """The answer to one request with a JSON body; ``headers`` by their names, underscores for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.generic(method, address, json.dumps(body), content_type="application/json", headers=named)


_FORM = re.compile(r'<form\b[^>]*\baction="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def form_on(page: Any, action: str = "") -> tuple[str, dict[str, str]]:
    """Address and hidden fields of a form on a page, as a browser sends them.

    Its address ends with ``action``; "" asks for the form that comes back to its own page.
    """
    for address, inside in _FORM.findall(page.content.decode()):
        if address.endswith(action) if action else not address:
            hidden = {name: html.unescape(value) for name, value in _HIDDEN.findall(inside)}
            return address or page.request["PATH_INFO"], hidden
    raise AssertionError(f"页面上没有送往“{action}”的表单。")


def press(client: Client, page: Any, action: str = "", **said: object) -> Any:
    """The answer to pressing the button of that form, with ``said`` beside what it holds already."""
    address, hidden = form_on(page, action)
    return client.post(address, {**hidden, **said}, follow=True)


def hand_in_vainly(client: Client, record: str, note: str) -> tuple[str, str]:
    """Press 提交 for a draft that its own page, at ``record``, says must be mended; that page, and the refusal's."""
    page = client.get(record).content.decode()
    address = f"{record}do/submit/"

    refused = client.post(address, {"version": 1, "note": note}, follow=True)

    shown = refused.content.decode()
    assert "提交前要改正" in page
    assert address not in page
    assert refused.status_code == 422
    assert note in shown
    return page, shown
