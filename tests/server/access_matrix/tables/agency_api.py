"""The agency's API, for sessions. Own and foreign as on the pages; a route that only reads is 405 to a POST for anyone."""

from tests.server.access_matrix.table import read
from tests.server.access_matrix.tables.agency import GROUPS

TABLE = read(
    "agency",
    """
# methods  route                             object         who                           own   foreign  absent
GET,POST   api-*                             *              nobody                        401   401      401
GET,POST   api-*                             *              strays                        401   -        -
GET,POST   api-*                             *              unfactored                    403   -        -

GET        api-docs                          -              everyone                      200   -        -
POST       api-docs                          -              everyone                      405   -        -
GET        api-schema                        -              everyone                      200   -        -
POST       api-schema                        -              everyone                      405   -        -
GET,POST   api-nowhere                       -              everyone                      404   -        -

# requests: a draft is its author's, what was sent the agency's
GET        api-requests                      -              members                       200   -        -
POST       api-requests                      -              members                       201+  -        -
GET        api-requests-check                -              everyone                      405   -        -
POST       api-requests-check                -              members                       200   -        -
GET        api-requests-id                   approved       members                       200   404      404
GET        api-requests-id                   submitted      members                       200   404      404
GET        api-requests-id                   draft          officer,stranger              200   404      404
GET        api-requests-id                   draft          others                        404   404      404
POST       api-requests-id                   draft          officer,stranger              200+  404      404
POST       api-requests-id                   draft          others                        404   404      404
POST       api-requests-id                   submitted      members                       409   404      404
GET        api-requests-id-checks            approved       members                       200   404      404
GET        api-requests-id-checks            draft          officer,stranger              200   404      404
GET        api-requests-id-checks            draft          others                        404   404      404
POST       api-requests-id-checks            -              everyone                      405   -        -
GET        api-requests-id-discard           -              everyone                      405   -        -
POST       api-requests-id-discard           draft          officer,stranger              204+  404      404
POST       api-requests-id-discard           draft          others                        404   404      404
POST       api-requests-id-discard           submitted      members                       409   404      404
GET        api-requests-id-keys              approved       members                       200   404      404
GET        api-requests-id-keys              draft          officer,stranger              200   404      404
GET        api-requests-id-keys              draft          others                        404   404      404
POST       api-requests-id-keys              -              everyone                      405   -        -
GET        api-requests-id-submit            -              everyone                      405   -        -
POST       api-requests-id-submit            draft          officer,stranger              200+  404      404
POST       api-requests-id-submit            draft          others                        404   404      404
POST       api-requests-id-submit            wraps@draft    officer,stranger              200+  422      422
GET        api-requests-id-withdraw          -              everyone                      405   -        -
POST       api-requests-id-withdraw          approved       officer,stranger,signers      200+  404      404
POST       api-requests-id-withdraw          approved       colleague,custodian,locked    422   404      404
POST       api-requests-id-withdraw          approved       admin                         422   404      404
POST       api-requests-id-withdraw          draft          others                        404   404      404

# a supervisor signs another's request, with the second step passed again
GET        api-requests-id-sign              -              everyone                      405   -        -
POST       api-requests-id-sign              submitted      officer,colleague,custodian   404   404      404
POST       api-requests-id-sign              submitted      locked,admin,stranger         404   404      404
POST       api-requests-id-sign              submitted      supervisor                    403   403      403
POST       api-requests-id-sign              submitted      confirmed                     200+  404      404
POST       api-requests-id-sign              draft          confirmed                     404   404      404
GET        api-requests-id-send-back         -              everyone                      405   -        -
POST       api-requests-id-send-back         submitted      officer,colleague,custodian   404   404      404
POST       api-requests-id-send-back         submitted      locked,admin,stranger         404   404      404
POST       api-requests-id-send-back         submitted      signers                       200+  404      404
POST       api-requests-id-send-back         draft          signers                       404   404      404

# shared videos: whom the request's key was wrapped to; supervisors and custodians of the agency
GET        api-shares                        -              members                       200   -        -
POST       api-shares                        -              everyone                      405   -        -
GET        api-shares-id                     share          officer,signers               200   404      404
GET        api-shares-id                     share          custodian,stranger            200   404      404
GET        api-shares-id                     share          colleague,locked,admin        404   404      404
POST       api-shares-id                     -              everyone                      405   -        -
GET        api-shares-id-custody             share          officer,signers               200   404      404
GET        api-shares-id-custody             share          custodian,stranger            200   404      404
GET        api-shares-id-custody             share          colleague,locked,admin        404   404      404
POST       api-shares-id-custody             -              everyone                      405   -        -
GET        api-shares-id-open                -              everyone                      405   -        -
POST       api-shares-id-open                share          officer,signers               200+  404      404
POST       api-shares-id-open                share          custodian,stranger            200+  404      404
POST       api-shares-id-open                share          colleague,locked,admin        404   404      404
GET        api-shares-id-sealed              share          officer,signers               200+  404      404
GET        api-shares-id-sealed              share          custodian,stranger            200+  404      404
GET        api-shares-id-sealed              share          colleague,locked,admin        404   404      404
POST       api-shares-id-sealed              -              everyone                      405   -        -
GET        api-shares-id-events              -              everyone                      405   -        -
POST       api-shares-id-events              share          officer,signers               204+  404      404
POST       api-shares-id-events              share          custodian,stranger            204+  404      404
POST       api-shares-id-events              share          colleague,locked,admin        404   404      404

# people: all see who is in the team, administrators alone change it
GET        api-agency                        -              members                       200   -        -
POST       api-agency                        -              everyone                      405   -        -
GET        api-team                          -              members                       200   -        -
POST       api-team                          -              everyone                      405   -        -
GET        api-team-invitations              -              everyone                      405   -        -
POST       api-team-invitations              -              team,stranger                 404   -        -
POST       api-team-invitations              -              admin                         204+  -        -
GET        api-team-invitations-id-withdraw  -              everyone                      405   -        -
POST       api-team-invitations-id-withdraw  invitation     team,stranger                 404   404      404
POST       api-team-invitations-id-withdraw  invitation     admin                         204+  404      404
GET        api-team-id-roles                 -              everyone                      405   -        -
POST       api-team-id-roles                 member         team,stranger                 404   404      404
POST       api-team-id-roles                 member         admin                         204+  404      404
GET        api-team-id-remove                -              everyone                      405   -        -
POST       api-team-id-remove                member         team,stranger                 404   404      404
POST       api-team-id-remove                member         admin                         204+  404      404
GET        api-team-id-unlock                -              everyone                      405   -        -
POST       api-team-id-unlock                locked_member  team,stranger                 404   404      404
POST       api-team-id-unlock                locked_member  admin                         204+  404      404
GET        api-keys                          -              members                       200   -        -
POST       api-keys                          -              officer,colleague,supervisor  422   -        -
POST       api-keys                          -              custodian,locked,stranger     422   -        -
POST       api-keys                          -              confirmed,admin               201+  -        -

# evidence systems are administrators' matter, with the second step passed again for what makes a token
GET,POST   system-add                        -              team,stranger                 404   -        -
GET        system-add                        -              admin                         200   -        -
POST       system-add                        -              admin                         201+  -        -
GET        system-token                      member         admin                         405   405      405
GET,POST   system-token                      member         team,stranger                 404   404      404
POST       system-token                      member         admin                         404   404      404
GET        system-token-end                  program        admin                         405   405      405
GET,POST   system-token-end                  program        team,stranger                 404   404      404
POST       system-token-end                  program        admin                         404   404      404
GET        tokens                            -              members                       200   -        -
POST       tokens                            -              members                       405   -        -
GET        token-make                        -              members                       405   -        -
POST       token-make                        -              officer,colleague,supervisor  confirm  -     -
POST       token-make                        -              custodian,locked,stranger     confirm  -     -
POST       token-make                        -              confirmed,admin               201+  -        -
GET        token-end                         -              members                       405   -        -
POST       token-end                         program        officer,stranger              302+  404      404
POST       token-end                         program        others                        404   404      404

# tokens are their owner's alone
GET        api-tokens                        -              members                       200   -        -
POST       api-tokens                        -              everyone                      405   -        -
GET        api-tokens-id-revoke              -              everyone                      405   -        -
POST       api-tokens-id-revoke              program        officer,stranger              204+  404      404
POST       api-tokens-id-revoke              program        others                        404   404      404
""",
    GROUPS,
)
