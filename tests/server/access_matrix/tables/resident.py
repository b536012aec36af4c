"""The residents' side: a household's own things, and the links of a mail."""

from tests.server.access_matrix.table import read

GROUPS = {
    "household": "home housemate neighbor",
    "strays": "closed carried_officer carried_reviewer carried_operator",
    "everyone": "home housemate neighbor homeless nobody closed carried_officer carried_reviewer carried_operator",
}
VISITORS = tuple(GROUPS["everyone"].split())

TABLE = read(
    "resident",
    """
# methods      route              object         who                 own      foreign  absent
GET,POST       *                  *              nobody              sign-in  sign-in  sign-in
GET,POST       *                  *              strays              sign-in  -        -
HEAD,PATCH     upload             begun          nobody,strays       sign-in  sign-in  sign-in
DELETE         upload             begun          nobody,strays       sign-in  sign-in  sign-in
OPTIONS        uploads            -              nobody,strays       sign-in  -        -

GET            home               -              everyone            200      -        -
POST           home               -              everyone            405      -        -
GET            settings           -              household,homeless  200      -        -
POST           settings           -              household,homeless  405      -        -

GET            mail               -              household,homeless  200      -        -
POST           mail               -              household,homeless  302+     -        -
GET            export             -              household,homeless  200      -        -
POST           export             -              household,homeless  405      -        -
GET            export-data        -              household,homeless  200      -        -
POST           export-data        -              household,homeless  405      -        -
# the housemate has just given the password again, the others have not
GET,POST       delete-account     -              home,neighbor,homeless  confirm  -      -
GET            delete-account     -              housemate           200      -        -
POST           delete-account     -              housemate           302+     -        -
GET,POST       delete-household   -              home,neighbor,homeless  confirm  -      -
GET            delete-household   -              housemate           200      -        -
POST           delete-household   -              housemate           302      -        -

# a home of one's own
GET            household          -              household,homeless  200      -        -
POST           household          -              household,homeless  302+     -        -
GET            household-code     -              household,homeless  405      -        -
POST           household-code     -              household           302      -        -
POST           household-code     -              homeless            404      -        -
GET            household-letter   -              household,homeless  405      -        -
POST           household-letter   -              household           422      -        -
POST           household-letter   -              homeless            404      -        -

# who lives there; a holder invites, names and removes
GET            people             -              household           200      -        -
GET            people             -              homeless            302      -        -
POST           people             -              household,homeless  405      -        -
GET            person-invite      -              household,homeless  405      -        -
POST           person-invite      -              household           302+     -        -
POST           person-invite      -              homeless            404      -        -
GET            person-withdraw    member_invitation  household       405      405      405
POST           person-withdraw    member_invitation  household       302+     404      404
GET            person-withdraw    member_invitation  homeless        -        405      405
POST           person-withdraw    member_invitation  homeless        -        404      404
GET            person-holder      person         household           405      405      405
POST           person-holder      person         home,housemate      302+     404      404
POST           person-holder      person         neighbor            302      404      404
GET            person-holder      person         homeless            -        405      405
POST           person-holder      person         homeless            -        404      404
GET            person-remove      person         household           200      404      404
POST           person-remove      person         home                302+     404      404
POST           person-remove      person         housemate,neighbor  302      404      404
GET,POST       person-remove      person         homeless            -        404      404
GET            household-leave    -              household           200      -        -
GET,POST       household-leave    -              homeless            404      -        -
POST           household-leave    -              home,housemate      302+     -        -
POST           household-leave    -              neighbor            302      -        -
# whoever was given the link may come in; who belongs somewhere leaves first
GET            household-join     member_token   household,homeless  200      200      410
POST           household-join     member_token   household           302      302      410
POST           household-join     member_token   homeless            302+     302+     410

GET            cameras            -              household,homeless  200      -        -
POST           cameras            -              household,homeless  405      -        -
GET            camera-add         -              household           200      -        -
POST           camera-add         -              household           302+     -        -
GET,POST       camera-add         -              homeless            302      -        -
GET            camera             camera         household           200      404      404
POST           camera             camera         household           302+     404      404
GET            camera-remove      camera         household           405      405      405
POST           camera-remove      camera         household           302+     404      404
GET,POST       camera             camera         homeless            -        404      404
GET            camera-remove      camera         homeless            -        405      405
POST           camera-remove      camera         homeless            -        404      404

GET            opt-outs           asked          household           200      200      200
GET            opt-outs           asked          homeless            -        200      200
POST           opt-outs           -              household,homeless  405      -        -
GET            opt-out-add        -              household,homeless  405      -        -
POST           opt-out-add        -              household           302+     -        -
POST           opt-out-add        -              homeless            404      -        -
GET            opt-out-undo       opt_out        household,homeless  405      405      405
POST           opt-out-undo       opt_out        household           302+     302      302
POST           opt-out-undo       opt_out        homeless            -        302      302

# requests that the household was asked; another's, or one that never reached owners, is absent
GET            requests           -              household,homeless  200      -        -
POST           requests           -              household,homeless  405      -        -
GET            request            asked          household           200      404      404
POST           request            asked          household           405      405      405
GET            request-answer     asked          household           405      405      405
POST           request-answer     asked          household           200      404      404
GET            request-decline    asked          household           405      405      405
POST           request-decline    asked          household           200      404      404
GET            request-key        asked          household           200      404      404
POST           request-key        asked          household           405      405      405
GET            request-share      asked          household           200      404      404
GET            request-share      reported       home,housemate      302      404      404
POST           request-share      asked          home,neighbor       201+     404      404
POST           request-share      upload         home,neighbor       201+     404      404
POST           request-share      clip           household           201+     404      404
GET            request-report     asked          household           200      404      404
POST           request-report     asked          household           302+     404      404
GET            request            asked          homeless            -        404      404
POST           request            asked          homeless            -        405      405
GET            request-answer     asked          homeless            -        405      405
POST           request-answer     asked          homeless            -        404      404
GET            request-decline    asked          homeless            -        405      405
POST           request-decline    asked          homeless            -        404      404
GET            request-key        asked          homeless            -        404      404
POST           request-key        asked          homeless            -        405      405
GET,POST       request-share      asked          homeless            -        404      404
GET,POST       request-report     asked          homeless            -        404      404

# what was shared
GET            shares             -              household,homeless  200      -        -
POST           shares             -              household,homeless  405      -        -
GET            share              share          household           200      404      404
POST           share              share          household           405      405      405
GET            share-withdraw     share          household           200      404      404
POST           share-withdraw     share          household           302+     404      404
GET            share              share          homeless            -        404      404
POST           share              share          homeless            -        405      405
GET            share-withdraw     share          homeless            -        404      404
POST           share-withdraw     share          homeless            -        404      404

# an upload is its sender's, not even the housemate's
GET            uploads            -              household,homeless  405      -        -
OPTIONS        uploads            -              household,homeless  204      -        -
POST           uploads            asked          household           201+     404      404
POST           uploads            asked          homeless            -        404      404
GET,POST       upload             begun          household,homeless  405      405      405
HEAD           upload             begun          home,neighbor       200      404      404
PATCH,DELETE   upload             begun          home,neighbor       204+     404      404
HEAD,PATCH     upload             begun          housemate           404      404      404
DELETE         upload             begun          housemate           404      404      404
HEAD,PATCH     upload             begun          homeless            -        404      404
DELETE         upload             begun          homeless            -        404      404
POST           request-share      upload         housemate           404      404      404
GET            signed-in          -              household,homeless  200      -        -
POST           signed-in          -              household,homeless  405      -        -

# the vault
GET            keys               -              household           200      -        -
GET            keys               -              homeless            302      -        -
POST           keys               -              household,homeless  405      -        -
GET            own-key            -              household,homeless  200      -        -
POST           own-key            -              household           422      -        -
POST           own-key            -              homeless            404      -        -
GET            key-words          -              household           200      -        -
GET            key-change         -              household           200      -        -
GET            key-passkeys       -              household           200      -        -
GET            key-words          -              homeless            302      -        -
GET            key-change         -              homeless            302      -        -
GET            key-passkeys       -              homeless            302      -        -
GET            key-lost           -              household           200      -        -
GET            key-lost           -              homeless            302      -        -
POST           key-lost           -              household,homeless  405      -        -
GET,POST       key-afresh         -              home,neighbor,homeless  confirm  -      -
GET            key-afresh         -              housemate           200      -        -
POST           key-afresh         -              housemate           302+     -        -
POST           key-words          -              household,homeless  405      -        -
POST           key-change         -              household,homeless  405      -        -
POST           key-passkeys       -              household,homeless  405      -        -
GET            key-doors          -              household,homeless  200      -        -
POST           key-doors          -              household           422      -        -
POST           key-doors          -              homeless            404      -        -
GET            key-admit          door           household           405      405      405
POST           key-admit          door           household           200+     404      404
GET            key-admit          door           homeless            -        405      405
POST           key-admit          door           homeless            -        404      404
GET            key-drop           door           household           405      405      405
POST           key-drop           door           household           302+     404      404
GET            key-drop           door           homeless            -        405      405
POST           key-drop           door           homeless            -        404      404
GET            key-change-begin   -              household,homeless  405      -        -
POST           key-change-begin   -              household           422      -        -
POST           key-change-begin   -              homeless            404      -        -
GET            key-grants         -              household,homeless  200      -        -
POST           key-grants         -              household           200      -        -
POST           key-grants         -              homeless            404      -        -
GET            clips              -              household           200      -        -
GET            clips              -              homeless            302      -        -
POST           clips              -              household,homeless  405      -        -
GET            clip-list          -              household,homeless  200      -        -
POST           clip-list          -              household,homeless  405      -        -
GET            clip-keep          -              household,homeless  405      -        -
POST           clip-keep          upload         home,neighbor       201+     404      404
POST           clip-keep          upload         housemate           404      404      404
POST           clip-keep          upload         homeless            -        404      404
GET            clip-sealed        clip           household           200      404      404
POST           clip-sealed        clip           household           405      405      405
GET            clip-grant         clip           household           200      404      404
POST           clip-grant         clip           household           405      405      405
GET            clip-delete        clip           household           200      404      404
POST           clip-delete        clip           household           302+     404      404
GET            clip-sealed        clip           homeless            -        404      404
POST           clip-sealed        clip           homeless            -        405      405
GET            clip-grant         clip           homeless            -        404      404
POST           clip-grant         clip           homeless            -        405      405
GET            clip-delete        clip           homeless            -        404      404
POST           clip-delete        clip           homeless            -        404      404

# whoever holds a mail's link may use it: nobody is asked who they are
GET            request-link       request_token  everyone            200      200      410
POST           request-link       request_token  everyone            200+     200+     410
GET            one-click          opt_out_token  everyone            200      200      410
POST           one-click          opt_out_token  everyone            200+     200+     410
# and a link of one kind opens nothing of the other
GET,POST       request-link       opt_out_token  nobody              410      410      410
GET,POST       one-click          request_token  nobody              410      410      410
""",
    GROUPS,
)
