"""The stage of this room's tests: a power that a regulation binds."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.registers.powers.models import Power


@pytest.fixture
def power(cast: Cast) -> Power:
    """危险废物现场检查, as drafted."""
    return Power.objects.create(
        number="LH-WRF-P001", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", state="draft", name="危险废物现场检查"
    )
