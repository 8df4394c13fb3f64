"""The parameters of this deployment, for whoever runs a rule or holds somebody to one."""

from __future__ import annotations

from django.conf import settings

from lianfang.foundation.lint.settings import LintSettings


def parameters() -> LintSettings:
    """What the deployment's settings say (S88)."""
    return settings.PARAMETERS
