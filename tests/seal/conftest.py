"""Tests of the seal read their vectors and helpers by plain names."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
