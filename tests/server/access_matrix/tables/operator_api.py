"""The operator's API, for sessions, and the page of tokens."""

from tests.server.access_matrix.table import read
from tests.server.access_matrix.tables.operator import GROUPS

TABLE = read(
    "operator",
    """
# methods  route                                 object            who                  own   foreign  absent
GET,POST   api-*                                 *                 nobody               401   401      401
GET,POST   api-*                                 *                 strays               401   -        -
GET,POST   api-*                                 *                 unfactored_operator  403   -        -

GET        api-docs                              -                 everyone             200   -        -
POST       api-docs                              -                 everyone             405   -        -
GET        api-schema                            -                 everyone             200   -        -
POST       api-schema                            -                 everyone             405   -        -
GET,POST   api-nowhere                           -                 everyone             404   -        -
GET        api-agencies                          -                 operator             200   -        -
POST       api-agencies                          -                 operator             201+  -        -
GET        api-agencies-id                       agency            operator             200   200      404
POST       api-agencies-id                       -                 everyone             405   -        -
GET        api-agencies-id-jurisdiction          -                 everyone             405   -        -
POST       api-agencies-id-jurisdiction          agency            operator             204+  204+     404
GET        api-agencies-id-invitations           -                 everyone             405   -        -
POST       api-agencies-id-invitations           agency            operator             204+  204+     404
GET        api-agencies-id-invitations-id-withdraw  -              everyone             405   -        -
POST       api-agencies-id-invitations-id-withdraw  admin_invitation  operator          204+  404      404
GET        api-people                            -                 operator             200   -        -
POST       api-people                            -                 everyone             405   -        -
GET        api-people-invitations                -                 everyone             405   -        -
POST       api-people-invitations                -                 operator             204+  -        -
GET        api-people-invitations-id-withdraw    -                 everyone             405   -        -
POST       api-people-invitations-id-withdraw    staff_invitation  operator             204+  404      404
GET        api-people-id-unlock                  -                 everyone             405   -        -
POST       api-people-id-unlock                  staff             operator             204+  404      404
GET        api-people-id-remove                  -                 everyone             405   -        -
POST       api-people-id-remove                  staff             operator             204+  404      404
GET        api-tokens                            -                 operator             200   -        -
POST       api-tokens                            -                 everyone             405   -        -
GET        api-tokens-id-revoke                  -                 everyone             405   -        -
POST       api-tokens-id-revoke                  program           operator             204+  404      404
GET        tokens                                -                 operator             200   -        -
POST       tokens                                -                 operator             405   -        -
GET        token-make                            -                 operator             405   -        -
POST       token-make                            -                 operator             confirm  -     -
GET        token-end                             -                 operator             405   -        -
POST       token-end                             program           operator             302+  404      404
""",
    GROUPS,
)
