"""A platform of one's own on this machine: for demo, walkthrough and tests that need real processes."""
