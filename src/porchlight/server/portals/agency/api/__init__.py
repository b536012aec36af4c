"""The agency's API. Like the portal beside it, it reaches nothing of the households by any chain of imports."""
