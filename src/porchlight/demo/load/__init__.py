"""Filling the demo: Alder Falls with its people, homes, cameras and cases, through the domains' own actions."""

from porchlight.demo.load.filling import fill

__all__ = ["fill"]
