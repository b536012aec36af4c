"""What an agency's evidence system runs: it needs no part of the server."""
