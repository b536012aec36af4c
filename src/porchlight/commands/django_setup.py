"""Makes the server's tables and settings usable from a command."""

import os

from porchlight.cli import CommandError


def setup() -> None:
    """Load the settings and the apps; raises CommandError when a setting cannot be used.

    From here on what this process writes (database, objects, letters) is readable by its user alone.
    """
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "porchlight.server.config.settings")
    try:
        import django  # noqa: PLC0415 - the hub's machine has no Django
    except ModuleNotFoundError as error:
        raise CommandError(
            "this command needs the server's parts: pip install 'porchlight[server]'"
        ) from error
    from porchlight.server.config.errors import SettingError  # noqa: PLC0415 - as above

    try:
        django.setup()
    except SettingError as error:
        raise CommandError(str(error)) from error


def setup_to_serve() -> None:
    """`setup` for a process that people reach; refuses a directory of the demo, whose people's codes are public."""
    setup()
    from django.conf import settings  # noqa: PLC0415 - after the set-up

    if not settings.PORCHLIGHT.demo and (settings.PORCHLIGHT.data_dir / "demo.json").exists():
        raise CommandError(
            f"{settings.PORCHLIGHT.data_dir} belongs to the demo: set PORCHLIGHT_DATA_DIR to another directory"
        )
    from porchlight.server.config.errors import SettingError  # noqa: PLC0415 - as above
    from porchlight.server.foundation.objects import object_store  # noqa: PLC0415 - as above

    try:
        object_store().check()
    except SettingError as error:
        raise CommandError(str(error)) from error


def serve_metrics(setting: str) -> None:
    """Answer Prometheus at the address that this variable names, if it names one. After `setup`."""
    from django.conf import settings  # noqa: PLC0415 - after the set-up

    given = settings.PORCHLIGHT
    address = {
        "PORCHLIGHT_METRICS_WEB": given.metrics_web,
        "PORCHLIGHT_METRICS_WORKER": given.metrics_worker,
    }[setting]
    if not address:
        return
    from porchlight.server.config.errors import SettingError  # noqa: PLC0415 - after the set-up
    from porchlight.server.operations import metrics  # noqa: PLC0415 - as above

    try:
        metrics.serve(setting, address)
    except SettingError as error:
        raise CommandError(str(error)) from error
