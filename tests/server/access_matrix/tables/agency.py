"""The agency's side. Own is the agency's (a draft its author's), foreign another agency's."""

from tests.server.access_matrix.table import read

GROUPS = {
    # locked: wrong passwords close the way by password, not a session that is open
    "team": "officer colleague supervisor confirmed custodian locked",
    "members": "officer colleague supervisor confirmed custodian locked admin stranger",
    "others": "colleague supervisor confirmed custodian locked admin",
    "signers": "supervisor confirmed",
    "strays": "left halfway carried_home carried_reviewer carried_operator",
    "everyone": (
        "officer colleague supervisor confirmed custodian locked admin stranger"
        " nobody left halfway unfactored carried_home carried_reviewer carried_operator"
    ),
}
VISITORS = tuple(GROUPS["everyone"].split())

TABLE = read(
    "agency",
    """
# methods  route              object         who                               own      foreign  absent
GET,POST   *                  *              nobody                            sign-in  sign-in  sign-in
GET,POST   *                  *              strays                            sign-in  -        -
GET,POST   *                  *              unfactored                        set-up   -        -

GET        home               -              members                           302      -        -
POST       home               -              members                           405      -        -
GET        settings           -              members                           200      -        -
POST       settings           -              members                           405      -        -
GET        service-worker     -              everyone                          200      -        -
POST       service-worker     -              everyone                          405      -        -
GET        town-map           -              everyone                          200      -        -
POST       town-map           -              everyone                          405      -        -
GET        offline            -              everyone                          200      -        -
POST       offline            -              everyone                          405      -        -
GET        join               join           everyone                          200      404      404
POST       join               join           everyone                          set-up+  404      404

# people: all see who is in the team, administrators alone change it
GET        team               -              members                           200      -        -
POST       team               -              members                           405      -        -
GET,POST   team-invite        -              team,stranger                     404      -        -
GET        team-invite        -              admin                             200      -        -
POST       team-invite        -              admin                             302+     -        -
GET,POST   team-withdraw      invitation     team,stranger                     404      404      404
GET        team-withdraw      invitation     admin                             405      405      405
POST       team-withdraw      invitation     admin                             302+     404      404
GET,POST   team-roles         member         team,stranger                     404      404      404
# roles decide who signs: the administrator's second step was entered again
GET        team-roles         member         admin                             200      404      404
POST       team-roles         member         admin                             302+     404      404
GET,POST   team-second-step   member         team,stranger                     404      404      404
GET        team-second-step   member         admin                             200      404      404
POST       team-second-step   member         admin                             302+     404      404
GET,POST   team-remove        member         team,stranger                     404      404      404
GET        team-remove        member         admin                             200      404      404
POST       team-remove        member         admin                             302+     404      404
GET,POST   team-unlock        locked_member  team,stranger                     404      404      404
GET        team-unlock        locked_member  admin                             405      405      405
POST       team-unlock        locked_member  admin                             302+     404      404

# one's own evidence key; a new one only after the second step was passed again
GET        keys               -              members                           200      -        -
POST       keys               -              members                           405      -        -
GET        keys-new           -              members                           405      -        -
POST       keys-new           -              officer,colleague,supervisor      confirm  -        -
POST       keys-new           -              custodian,locked,stranger         confirm  -        -
POST       keys-new           -              confirmed,admin                   302      -        -
GET        own-key            -              members                           200      -        -
POST       own-key            -              officer,colleague,supervisor      422      -        -
POST       own-key            -              custodian,locked,stranger         422      -        -
POST       own-key            -              confirmed,admin                   201+     -        -

# requests: a draft is its author's, what was sent the agency's
GET        requests           -              members                           200      -        -
POST       requests           -              members                           405      -        -
GET        request-new        -              members                           200      -        -
POST       request-new        -              members                           302+     -        -
GET        request-check      -              members                           405      -        -
POST       request-check      draft          officer,stranger                  200      404      404
POST       request-check      draft          others                            404      404      404
GET        request            approved       members                           200      404      404
GET        request            submitted      members                           200      404      404
GET        request            draft          officer,stranger                  200      404      404
GET        request            draft          others                            404      404      404
POST       request            approved       members                           405      405      405
GET        request-edit       draft          officer,stranger                  200      404      404
GET        request-edit       draft          others                            404      404      404
GET        request-edit       approved       members                           302      404      404
POST       request-edit       draft          officer,stranger                  302+     404      404
POST       request-edit       draft          others                            404      404      404
POST       request-edit       submitted      members                           409      404      404
GET        request-discard    draft          members                           405      405      405
POST       request-discard    draft          officer,stranger                  302+     404      404
POST       request-discard    draft          others                            404      404      404
POST       request-discard    submitted      members                           302      404      404
GET        request-keys       draft          officer,stranger                  200      404      404
GET        request-keys       draft          others                            404      404      404
GET        request-keys       approved       members                           200      404      404
POST       request-keys       draft          members                           405      405      405
GET        request-submit     draft          members                           405      405      405
POST       request-submit     draft          officer,stranger                  200+     404      404
POST       request-submit     draft          others                            404      404      404
# a key that is another agency's is refused like one that there is not
POST       request-submit     wraps@draft    officer,stranger                  200+     422      422
GET        request-withdraw   approved       members                           405      405      405
POST       request-withdraw   approved       officer,stranger,signers          302+     404      404
POST       request-withdraw   approved       colleague,custodian,locked        422      404      404
POST       request-withdraw   approved       admin                             422      404      404
POST       request-withdraw   draft          others                            404      404      404

# a supervisor signs another's request, with the second step passed again
GET,POST   request-sign       submitted      officer,colleague,custodian       404      404      404
GET,POST   request-sign       submitted      locked,admin,stranger             404      404      404
GET        request-sign       submitted      supervisor                        confirm  404      404
GET        request-sign       submitted      confirmed                         200      404      404
POST       request-sign       submitted      supervisor                        302      404      404
POST       request-sign       submitted      confirmed                         302+     404      404
GET        request-sign       draft          signers                           404      404      404
GET,POST   request-send-back  submitted      officer,colleague,custodian       404      404      404
GET,POST   request-send-back  submitted      locked,admin,stranger             404      404      404
GET        request-send-back  submitted      signers                           405      405      405
POST       request-send-back  submitted      signers                           302+     404      404
POST       request-send-back  draft          signers                           404      404      404

# shared videos: whom the request's key was wrapped to; supervisors and custodians of the agency
GET        shared             -              members                           200      -        -
POST       shared             -              members                           405      -        -
GET        shared-video       share          officer,signers                   200      404      404
GET        shared-video       share          custodian,stranger                200      404      404
GET        shared-video       share          colleague,locked,admin            404      404      404
POST       shared-video       share          members                           405      405      405
GET        shared-envelope    share          members                           405      405      405
POST       shared-envelope    share          officer,signers                   200+     404      404
POST       shared-envelope    share          custodian,stranger                200+     404      404
POST       shared-envelope    share          colleague,locked,admin            404      404      404
GET        shared-sealed      share          officer,signers                   200+     404      404
GET        shared-sealed      share          custodian,stranger                200+     404      404
GET        shared-sealed      share          colleague,locked,admin            404      404      404
POST       shared-sealed      share          members                           405      405      405
GET        shared-events      share          members                           405      405      405
POST       shared-events      share          officer,signers                   204+     404      404
POST       shared-events      share          custodian,stranger                204+     404      404
POST       shared-events      share          colleague,locked,admin            404      404      404
""",
    GROUPS,
)
