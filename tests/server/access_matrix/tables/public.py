"""The public record, on the residents' side: nobody needs to sign in, and who does sees no more.

Foreign is here what is not public: a request that waits for its supervisor, a draft in the log's search.
"""

from tests.server.access_matrix.table import read
from tests.server.access_matrix.tables.resident import GROUPS

TABLE = read(
    "resident",
    """
# methods  route            object  who       own  foreign  absent
GET        public-agencies  -       everyone  200  -        -
POST       public-agencies  -       everyone  405  -        -
GET        public-agency    ori     everyone  200  -        404
POST       public-agency    ori     everyone  405  -        405
GET        public-requests  -       everyone  200  -        -
POST       public-requests  -       everyone  405  -        -
GET        public-desk      -       everyone  200  -        -
POST       public-desk      -       everyone  405  -        -
GET        public-request   public  everyone  200  404      404
POST       public-request   public  everyone  405  405      405
GET        public-opening   public  everyone  200  404      404
POST       public-opening   public  everyone  405  405      405
GET        public-log       -       everyone  200  -        -
POST       public-log       -       everyone  405  -        -
GET        log-checkpoint   -       everyone  200  -        -
POST       log-checkpoint   -       everyone  405  -        -
GET        log-key          -       everyone  200  -        -
POST       log-key          -       everyone  405  -        -
GET        log-entries      -       everyone  200  -        -
POST       log-entries      -       everyone  405  -        -
GET        log-entry        index   everyone  200  -        404
POST       log-entry        index   everyone  405  -        405
GET        log-entry-page   index   everyone  200  -        404
POST       log-entry-page   index   everyone  405  -        405
GET        log-entry-proof  index   everyone  200  -        404
POST       log-entry-proof  index   everyone  405  -        405
GET        log-proof        logged  everyone  200  404      404
POST       log-proof        logged  everyone  405  405      405
GET        about            -       everyone  200  -        -
POST       about            -       everyone  405  -        -
GET        town-map         -       everyone  200  -        -
POST       town-map         -       everyone  405  -        -
GET        service-worker   -       everyone  200  -        -
POST       service-worker   -       everyone  405  -        -
GET        offline          -       everyone  200  -        -
POST       offline          -       everyone  405  -        -
GET        styleguide       -       everyone  200  -        -
POST       styleguide       -       everyone  405  -        -
""",
    GROUPS,
)
