"""The API of the review side."""
