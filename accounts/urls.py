"""Preferences and leaving; sign-up, log-in and the like are allauth's."""

from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/delete/", views.delete, name="delete"),
    path("accounts/keep/", views.keep, name="keep"),
]
