"""Whether a command line of documentation, image, compose file or unit is one that `porchlight` understands."""

import argparse
import importlib

from porchlight.cli import COMMANDS


def understood(words: list[str]) -> argparse.Namespace:
    """What the command would be given. Raises SystemExit as it would."""
    assert words[0].rpartition("/")[2] == "porchlight", words
    assert words[1] in COMMANDS, words
    module = importlib.import_module(f"porchlight.commands.{COMMANDS[words[1]][0]}")
    parser = argparse.ArgumentParser(prog=" ".join(words))
    module.add(parser)
    return parser.parse_args(words[2:])
