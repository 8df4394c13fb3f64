"""All addresses of the site."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, URLResolver, include, path

from lianfang.site import views
from lianfang.site.accounts.log_in import LogIn
from lianfang.site.accounts.views import password_change
from lianfang.site.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("login/", LogIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", password_change, name="password_change"),
    path("accounts/", include("lianfang.site.accounts.urls")),
    path("organisation/", include("lianfang.site.organisation.urls")),
    path("", include("lianfang.foundation.web.urls")),
    path("import/", include("lianfang.site.import_urls")),
    path("export/", include("lianfang.site.export_urls")),
    path("api/1/", api.urls),
    path("checks/", include("lianfang.site.checks.urls")),
    path("parameters/", include("lianfang.site.parameters.urls")),
    path("journal/", include("lianfang.site.journal_urls")),
    path("overview/", views.overview, name="overview"),
    path("search/", views.search, name="search"),
    path("controls/", include("lianfang.registers.controls.urls")),
    path("plans/", include("lianfang.programme.plans.urls")),
    path("laws/", include("lianfang.registers.laws.urls")),
    path("citations/", include("lianfang.registers.powers.citation_urls")),
    path("powers/", include("lianfang.registers.powers.urls")),
    path("risks/", include("lianfang.registers.risks.urls")),
    path("regulations/", include("lianfang.registers.regulations.urls")),
]
handler400 = "lianfang.foundation.web.views.bad_request"
handler403 = "lianfang.foundation.web.views.forbidden"
handler404 = "lianfang.foundation.web.views.not_found"
handler500 = "lianfang.foundation.web.views.server_error"
