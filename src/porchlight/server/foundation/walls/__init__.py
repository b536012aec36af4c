"""The agency side's walls in the database: what its code may not learn, the database refuses to tell it.

While a request of the agency side runs, and while mail to an agency is written, the default connection is one that was
born behind the wall: on SQLite an authorizer refuses every table that is not open, on PostgreSQL the connection belongs
to a role that was given nothing else. A statement that would reach past the wall is a bug: it raises, the page answers
500, and the log says which table.

Invariants: a connection never changes its side; code that runs for an agency and got hold of any other connection is
refused before its statement reaches the database.
"""

from porchlight.server.foundation.walls.connecting import behind, install, standing
from porchlight.server.foundation.walls.tables import open_tables, walled_tables

__all__ = ["behind", "install", "open_tables", "standing", "walled_tables"]
