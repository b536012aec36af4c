from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "porchlight.server.tokens"
    label = "tokens"
