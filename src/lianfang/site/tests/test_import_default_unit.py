"""Who imports for one section only need not choose it: lists without units belong there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.web.tests.sending import SignIn


@pytest.mark.parametrize(("who", "chosen"), [("clerk", "LH-WRF"), ("coordinator", "")])
def test_the_only_section_is_chosen_already(cast: Cast, sign_in: SignIn, who: str, chosen: str) -> None:
    actor: User = getattr(cast, who)

    page = sign_in(actor).get(reverse("imports:start"))

    form = page.context["form"]
    assert (form["unit"].value() or "") == chosen
    assert ('value="LH-WRF" selected' in page.content.decode()) is bool(chosen)
