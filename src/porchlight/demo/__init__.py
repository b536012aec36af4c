"""Made-up material for trying Porchlight: a town, its people, and drawn doorbell clips.

Everything here is generated from a seed and stands for nobody. It needs numpy and PyAV (the `server` extra).
"""
