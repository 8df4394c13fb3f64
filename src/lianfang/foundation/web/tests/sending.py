"""How tests speak to the JSON doors."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from lianfang.foundation.accounts.models import User

SignIn = Callable[[User], Client]


def send(client: Client, method: str, address: str, body: object = None, **headers: str) -> Any:
    """The answer to one request with a JSON body; ``headers`` by their names, underscores for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.generic(method, address, json.dumps(body), content_type="application/json", headers=named)
