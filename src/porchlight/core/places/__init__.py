"""Places: where a home is (exact), where the public may say something is (public point), what an agency draws (area).

The three are distinct types, so that a precise place can't be handed to something that publishes.
"""

from porchlight.core.places.area import Area, Ring
from porchlight.core.places.cells import RESOLUTION, Cell, cell_of, cells_overlapping
from porchlight.core.places.containing import contains, contains_coordinates, contains_each, covers, overlap
from porchlight.core.places.jurisdiction import Jurisdiction, read_jurisdiction
from porchlight.core.places.points import ExactPlace, PublicPoint
from porchlight.core.places.reading import MOST_VERTICES, read_area

__all__ = [
    "MOST_VERTICES",
    "RESOLUTION",
    "Area",
    "Cell",
    "ExactPlace",
    "Jurisdiction",
    "PublicPoint",
    "Ring",
    "cell_of",
    "cells_overlapping",
    "contains",
    "contains_coordinates",
    "contains_each",
    "covers",
    "overlap",
    "read_area",
    "read_jurisdiction",
]
