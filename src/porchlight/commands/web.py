"""`porchlight web`: the web server alone."""

from argparse import ArgumentParser, Namespace

from porchlight.commands.django_setup import serve_metrics, setup_to_serve


def add(parser: ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--workers", type=int, default=1, help="web processes (default 1)")


def run(arguments: Namespace) -> int:
    """Serve until told to stop."""
    setup_to_serve()
    serve_metrics("PORCHLIGHT_METRICS_WEB")
    from granian import Granian  # noqa: PLC0415 - a server's part
    from granian.constants import Interfaces  # noqa: PLC0415 - as above

    Granian(
        "porchlight.server.config.asgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.ASGINL,
        workers=arguments.workers,
        websockets=False,
    ).serve()
    return 0
