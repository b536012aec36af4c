"""The residents' API, for sessions. The public record's operations are open to anyone, and alike for everyone."""

from tests.server.access_matrix.table import read
from tests.server.access_matrix.tables.resident import GROUPS

TABLE = read(
    "resident",
    """
# methods  route                      object    who                 own   foreign  absent
GET,POST   api-*                      *         nobody              401   401      401
GET,POST   api-*                      *         strays              401   -        -

GET        api-docs                   -         everyone            200   -        -
POST       api-docs                   -         everyone            405   -        -
GET        api-schema                 -         everyone            200   -        -
POST       api-schema                 -         everyone            405   -        -
GET,POST   api-nowhere                -         everyone            404   -        -

# a home of one's own
GET        api-household              -         household,homeless  200   -        -
POST       api-household              -         household,homeless  204+  -        -
GET        api-household-code         -         everyone            405   -        -
POST       api-household-code         -         household           204   -        -
POST       api-household-code         -         homeless            404   -        -
GET        api-household-letter       -         everyone            405   -        -
POST       api-household-letter       -         household           422   -        -
POST       api-household-letter       -         homeless            404   -        -
GET        api-cameras                -         household,homeless  200   -        -
POST       api-cameras                -         household           201+  -        -
POST       api-cameras                -         homeless            404   -        -
GET        api-cameras-id             -         everyone            405   -        -
POST       api-cameras-id             camera    household           200+  404      404
POST       api-cameras-id             camera    homeless            -     404      404
GET        api-cameras-id-remove      -         everyone            405   -        -
POST       api-cameras-id-remove      camera    household           204+  404      404
POST       api-cameras-id-remove      camera    homeless            -     404      404
GET        api-opt-outs               -         household,homeless  200   -        -
POST       api-opt-outs               -         household           204+  -        -
POST       api-opt-outs               -         homeless            404   -        -
GET        api-opt-outs-id-undo       -         everyone            405   -        -
POST       api-opt-outs-id-undo       opt_out   household           204+  404      404
POST       api-opt-outs-id-undo       opt_out   homeless            -     404      404

# requests that the household was asked, and what it shared
GET        api-requests               -         household,homeless  200   -        -
POST       api-requests               -         everyone            405   -        -
GET        api-requests-id            asked     household           200   404      404
GET        api-requests-id            asked     homeless            -     404      404
POST       api-requests-id            -         everyone            405   -        -
GET        api-requests-id-key        asked     household           200   404      404
GET        api-requests-id-key        asked     homeless            -     404      404
POST       api-requests-id-key        -         everyone            405   -        -
GET        api-requests-id-decline    -         everyone            405   -        -
POST       api-requests-id-decline    asked     household           204   404      404
POST       api-requests-id-decline    asked     homeless            -     404      404
GET        api-requests-id-report     -         everyone            405   -        -
POST       api-requests-id-report     asked     household           204+  404      404
POST       api-requests-id-report     asked     homeless            -     404      404
GET        api-requests-id-shares     -         everyone            405   -        -
POST       api-requests-id-shares     upload    home,neighbor       201+  404      404
POST       api-requests-id-shares     clip      household           201+  404      404
POST       api-requests-id-shares     asked     homeless            -     404      404
GET        api-shares                 -         household,homeless  200   -        -
POST       api-shares                 -         everyone            405   -        -
GET        api-shares-id              share     household           200   404      404
GET        api-shares-id              share     homeless            -     404      404
POST       api-shares-id              -         everyone            405   -        -
GET        api-shares-id-withdraw     -         everyone            405   -        -
POST       api-shares-id-withdraw     share     household           204+  404      404
POST       api-shares-id-withdraw     share     homeless            -     404      404

# the vault; an upload is its sender's, not even the housemate's
GET        api-clips                  -         household,homeless  200   -        -
POST       api-clips                  upload    home,neighbor       201+  404      404
POST       api-clips                  upload    housemate           404   404      404
POST       api-clips                  upload    homeless            -     404      404
GET        api-clips-id-sealed        clip      household           200   404      404
GET        api-clips-id-sealed        clip      homeless            -     404      404
POST       api-clips-id-sealed        -         everyone            405   -        -
GET        api-clips-id-delete        -         everyone            405   -        -
POST       api-clips-id-delete        clip      household           204+  404      404
POST       api-clips-id-delete        clip      homeless            -     404      404
GET        api-keys                   -         household,homeless  200   -        -
POST       api-keys                   -         household           422   -        -
POST       api-keys                   -         homeless            404   -        -
GET        api-uploads                -         everyone            405   -        -
POST       api-uploads                asked     household           201+  404      404
POST       api-uploads                asked     homeless            -     404      404
GET        api-uploads-id             begun     home,neighbor       200   404      404
GET        api-uploads-id             begun     housemate           404   404      404
GET        api-uploads-id             begun     homeless            -     404      404
POST       api-uploads-id             -         everyone            405   -        -
GET        api-uploads-id-parts       -         everyone            405   -        -
POST       api-uploads-id-parts       begun     home,neighbor       200+  404      404
POST       api-uploads-id-parts       begun     housemate           404   404      404
POST       api-uploads-id-parts       begun     homeless            -     404      404
GET        api-uploads-id-drop        -         everyone            405   -        -
POST       api-uploads-id-drop        begun     home,neighbor       204+  404      404
POST       api-uploads-id-drop        begun     housemate           404   404      404
POST       api-uploads-id-drop        begun     homeless            -     404      404

# tokens
GET        api-tokens                 -         household,homeless  200   -        -
POST       api-tokens                 -         everyone            405   -        -
GET        api-tokens-id-revoke       -         everyone            405   -        -
POST       api-tokens-id-revoke       program   home,neighbor       204+  404      404
POST       api-tokens-id-revoke       program   housemate           404   404      404
POST       api-tokens-id-revoke       program   homeless            -     404      404
GET        tokens                     -         household,homeless  200   -        -
POST       tokens                     -         household,homeless  405   -        -
GET        token-make                 -         household,homeless  405   -        -
POST       token-make                 -         home,neighbor,homeless  confirm  -  -
POST       token-make                 -         housemate           201+  -        -
GET        token-end                  -         household,homeless  405   -        -
POST       token-end                  program   home,neighbor       302+  404      404
POST       token-end                  program   housemate           404   404      404
POST       token-end                  program   homeless            -     404      404

# the public record
GET        api-public-agencies        -         everyone            200   -        -
POST       api-public-agencies        -         everyone            405   -        -
GET        api-public-agencies-id     ori       everyone            200   -        404
POST       api-public-agencies-id     -         everyone            405   -        -
GET        api-public-requests        -         everyone            200   -        -
POST       api-public-requests        -         everyone            405   -        -
GET        api-public-requests-id     public    everyone            200   404      404
POST       api-public-requests-id     -         everyone            405   -        -
GET        api-public-log             -         everyone            200   -        -
POST       api-public-log             -         everyone            405   -        -
""",
    GROUPS,
)
