"""The API of the operator side."""
