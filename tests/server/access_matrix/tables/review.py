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
