"""How the agency side logs in to the database: what stands behind its wall (`foundation.walls`)."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from porchlight.server.config.database import database_settings
from porchlight.server.config.environment import Environment
from porchlight.server.config.errors import SettingError


def agency_login(environment: Environment) -> dict[str, object]:
    """What the agency side's connection has instead of the usual: nothing on SQLite, on PostgreSQL a role of its own.

    Unless PORCHLIGHT_AGENCY_DATABASE_URL names one, it is called after the database and its password follows from the
    secret key, so that `porchlight migrate` can make it and every process finds it.
    """
    usual = database_settings(environment.database_url)
    if urlsplit(environment.database_url).scheme == "sqlite":
        if environment.agency_database_url:
            raise SettingError(
                "PORCHLIGHT_AGENCY_DATABASE_URL is for PostgreSQL: remove it, SQLite needs none"
            )
        return {}
    if not environment.agency_database_url:
        secret = hmac.new(environment.secret_key.encode(), b"porchlight.agency-database", "sha256")
        return {"USER": f"{usual['NAME']}_agency", "PASSWORD": secret.hexdigest()}
    own = database_settings(environment.agency_database_url)
    if own["ENGINE"] != usual["ENGINE"]:
        raise SettingError("PORCHLIGHT_AGENCY_DATABASE_URL must begin with postgresql://")
    if own["USER"] in {"", usual["USER"]}:
        raise SettingError("PORCHLIGHT_AGENCY_DATABASE_URL must name a user of its own, not the platform's")
    return {
        name: own[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS") if name in own
    }
