"""The review desk's API, for sessions, and its page of tokens."""

from tests.server.access_matrix.table import read
from tests.server.access_matrix.tables.review import GROUPS

TABLE = read(
    "review",
    """
# methods  route                       object    who                  own   foreign  absent
GET,POST   api-*                       *         nobody               401   401      401
GET,POST   api-*                       *         strays               401   -        -
GET,POST   api-*                       *         unfactored_reviewer  403   -        -

GET        api-docs                    -         everyone             200   -        -
POST       api-docs                    -         everyone             405   -        -
GET        api-schema                  -         everyone             200   -        -
POST       api-schema                  -         everyone             405   -        -
GET,POST   api-nowhere                 -         everyone             404   -        -
GET        api-requests                -         reviewer             200   -        -
POST       api-requests                -         everyone             405   -        -
GET        api-requests-id             signed    reviewer             200   404      404
POST       api-requests-id             -         everyone             405   -        -
GET        api-requests-id-decide      -         everyone             405   -        -
POST       api-requests-id-decide      signed    reviewer             200+  404      404
POST       api-requests-id-decide      approved  reviewer             200   404      404
GET        api-requests-id-take-back   -         everyone             405   -        -
POST       api-requests-id-take-back   approved  reviewer             200+  404      404
GET        api-reports                 -         reviewer             200   -        -
POST       api-reports                 -         everyone             405   -        -
GET        api-reports-id-resolve      -         everyone             405   -        -
POST       api-reports-id-resolve      report    reviewer             204+  404      404
GET        api-record                  -         reviewer             200   -        -
POST       api-record                  -         everyone             405   -        -
GET        api-tokens                  -         reviewer             200   -        -
POST       api-tokens                  -         everyone             405   -        -
GET        api-tokens-id-revoke        -         everyone             405   -        -
POST       api-tokens-id-revoke        program   reviewer             204+  404      404
GET        tokens                      -         reviewer             200   -        -
POST       tokens                      -         reviewer             405   -        -
GET        token-make                  -         reviewer             405   -        -
POST       token-make                  -         reviewer             confirm  -     -
GET        token-end                   -         reviewer             405   -        -
POST       token-end                   program   reviewer             302+  404      404
""",
    GROUPS,
)
