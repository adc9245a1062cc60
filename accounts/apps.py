"""Who you are: the user, sign-up, log-in and preferences."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
