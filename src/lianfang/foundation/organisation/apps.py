"""Django application of the room."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """单位岗位人员."""

    name = "lianfang.foundation.organisation"
    label = "organisation"
    verbose_name = "单位岗位人员"
