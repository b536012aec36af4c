"""`python -m porchlight`: the same as the `porchlight` command."""

import sys

from porchlight.cli import main

if __name__ == "__main__":
    sys.exit(main())
