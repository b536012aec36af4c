from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "porchlight.server.agencies"
    label = "agencies"
