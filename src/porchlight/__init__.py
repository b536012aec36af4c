"""Porchlight: community-safety video in which the owner alone decides."""
