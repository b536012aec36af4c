"""Drawn doorbell clips for the demo: real video files in which every picture is a drawing."""

from porchlight.demo.scenes.film import KEYFRAME_S, RATE, Codec, pictures, render
from porchlight.demo.scenes.stories import (
    CAR_PASSES,
    CAT_ON_STEPS,
    PARCEL_LEFT,
    PERSON_WALKS,
    RAIN,
    SCENES,
    VAN_STOPS,
    Scene,
)

__all__ = [
    "CAR_PASSES",
    "CAT_ON_STEPS",
    "KEYFRAME_S",
    "PARCEL_LEFT",
    "PERSON_WALKS",
    "RAIN",
    "RATE",
    "SCENES",
    "VAN_STOPS",
    "Codec",
    "Scene",
    "pictures",
    "render",
]
