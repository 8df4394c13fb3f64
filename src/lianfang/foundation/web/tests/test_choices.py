"""What may be chosen in a form is set for the person who asks."""

from __future__ import annotations

import pytest
from django import forms

from lianfang.foundation.web.choices import offer


class Asking(forms.Form):
    """A field of choice and one of text."""

    unit = forms.ChoiceField(required=False)
    name = forms.CharField(required=False)


def test_only_what_was_offered_can_be_chosen() -> None:
    chosen = Asking({"unit": "CH-WRF"})
    offer(chosen, "unit", [("CH-WRF", "污防科")], none="—")
    strange = Asking({"unit": "SW"})
    offer(strange, "unit", [("CH-WRF", "污防科")], none="—")

    assert chosen.is_valid()
    assert set(strange.errors) == {"unit"}
    assert '<option value="">—</option>' in str(strange["unit"])


def test_offering_choices_for_a_text_is_a_mistake_of_the_form() -> None:
    with pytest.raises(TypeError, match=r"Asking\.name"):
        offer(Asking(), "name", [])
