from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "porchlight.server.ui"
    label = "ui"
