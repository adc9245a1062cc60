"""Every address; the health checks are a middleware."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

# One log-in page, so that its rate limits hold for admins too.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("training.urls")),
]
