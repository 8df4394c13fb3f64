"""The cast of the product's own tests, for the tests that look at the whole house."""

from __future__ import annotations

from lianfang.conftest import cast, sign_in, stage

__all__ = ["cast", "sign_in", "stage"]
