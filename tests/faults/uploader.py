"""A resident with a home, signed in, in the installation of this environment. Prints the session's cookie as JSON."""

import json
import sys
from pathlib import Path
from types import ModuleType

from porchlight.commands.django_setup import setup

# Some installed package brings a `tests` of its own.
sys.modules["tests"] = ModuleType("tests")
sys.modules["tests"].__path__ = [str(Path(__file__).resolve().parents[1])]


def main() -> None:
    setup()
    from tests.server.accounts.people import signed_in
    from tests.server.consent import arrange

    from porchlight.server.accounts.models import User

    owner = arrange.home("uploader@example.org")
    client = signed_in(User.objects.get(pk=owner.user_id), factor=False)
    print(json.dumps({name: each.value for name, each in client.cookies.items()}))


if __name__ == "__main__":
    main()
