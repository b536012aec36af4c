from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "porchlight.server.accounts"
    label = "accounts"
