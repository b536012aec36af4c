"""What the four sides' APIs have in common. It knows no domain but accounts and tokens: an agency's API stands on it."""
