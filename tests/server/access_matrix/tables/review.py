"""The review desk. Foreign is what has not come to the desk, or was answered already."""

from tests.server.access_matrix.table import read

GROUPS = {
    "strays": "former_reviewer carried_home carried_officer carried_operator",
    "everyone": "reviewer nobody former_reviewer unfactored_reviewer carried_home carried_officer carried_operator",
}
VISITORS = tuple(GROUPS["everyone"].split())

TABLE = read(
    "review",
    """
# methods  route           object    who                  own      foreign  absent
GET,POST   *               *         nobody               sign-in  sign-in  sign-in
GET,POST   *               *         strays               sign-in  -        -
GET,POST   *               *         unfactored_reviewer  set-up   -        -

GET        requests        -         reviewer             200      -        -
POST       requests        -         reviewer             405      -        -
GET        request         signed    reviewer             200      404      404
GET        request         approved  reviewer             200      404      404
POST       request         signed    reviewer             405      405      405
GET        decide          signed    reviewer             405      405      405
POST       decide          signed    reviewer             302+     404      404
POST       decide          approved  reviewer             302      404      404
GET        take-back       approved  reviewer             405      405      405
POST       take-back       approved  reviewer             302+     404      404
GET        reports         -         reviewer             200      -        -
POST       reports         -         reviewer             405      -        -
GET        report-resolve  report    reviewer             405      405      405
POST       report-resolve  report    reviewer             302+     404      404
GET        record          -         reviewer             200      -        -
POST       record          -         reviewer             405      -        -

# on call: one enters one's own shift, and takes another's over by one's own act; foreign is another's and what is over
GET        on-call         -         reviewer             200      -        -
POST       on-call         -         reviewer             405      -        -
GET        on-call-add     -         reviewer             405      -        -
POST       on-call-add     -         reviewer             302+     -        -
GET        on-call-webhook -         reviewer             405      -        -
POST       on-call-webhook -         reviewer             302+     -        -
GET        on-call-take-over shift   reviewer             405      405      405
POST       on-call-take-over shift   reviewer             302+     302      404
GET        on-call-remove  my_shift  reviewer             405      405      405
POST       on-call-remove  my_shift  reviewer             302+     302      404
GET        acknowledge     urgent    reviewer             405      405      405
POST       acknowledge     urgent    reviewer             302+     404      404
GET        hand-on         urgent    reviewer             405      405      405
POST       hand-on         urgent    reviewer             302+     404      404

# second looks: never by whoever approved it; foreign is one that this reviewer approved
GET        looks           -         reviewer             200      -        -
POST       looks           -         reviewer             405      -        -
GET        look            look      reviewer             200      200      404
POST       look            look      reviewer             302+     422      404

GET        settings        -         reviewer             200      -        -
POST       settings        -         reviewer             302+     -        -

GET        town-map        -         everyone             200      -        -
POST       town-map        -         everyone             405      -        -
GET        service-worker  -         everyone             200      -        -
POST       service-worker  -         everyone             405      -        -
GET        offline         -         everyone             200      -        -
POST       offline         -         everyone             405      -        -
GET        join            join      everyone             200      404      404
POST       join            join      everyone             set-up+  404      404
""",
    GROUPS,
)
