"""The operator's console. Foreign is what is not the operator's business: officers, and who else an agency invited."""

from tests.server.access_matrix.table import read

GROUPS = {
    "strays": "former_operator carried_home carried_officer carried_reviewer",
    "everyone": "operator nobody former_operator unfactored_operator carried_home carried_officer carried_reviewer",
}
VISITORS = tuple(GROUPS["everyone"].split())

TABLE = read(
    "operator",
    """
# methods  route                object            who                  own      foreign  absent
GET,POST   *                    *                 nobody               sign-in  sign-in  sign-in
GET,POST   *                    *                 strays               sign-in  -        -
GET,POST   *                    *                 unfactored_operator  set-up   -        -

GET        agencies             -                 operator             200      -        -
POST       agencies             -                 operator             405      -        -
GET        agency-add           -                 operator             200      -        -
POST       agency-add           -                 operator             302+     -        -
GET        agency               agency            operator             200      -        404
POST       agency               agency            operator             405      -        405
GET        agency-invite        agency            operator             405      -        405
POST       agency-invite        agency            operator             302+     -        404
GET        agency-jurisdiction  agency            operator             200      -        404
POST       agency-jurisdiction  agency            operator             302+     -        404
GET        agency-withdraw      admin_invitation  operator             405      405      405
POST       agency-withdraw      admin_invitation  operator             302+     404      404
# an invitation is withdrawn on its own agency's page alone
POST       agency-withdraw      agency@admin_invitation  operator      302+     404      404

GET        people               -                 operator             200      -        -
POST       people               -                 operator             405      -        -
GET        people-invite        -                 operator             405      -        -
POST       people-invite        -                 operator             302+     -        -
GET        people-unlock        staff             operator             405      405      405
POST       people-unlock        staff             operator             302+     404      404
GET        people-remove        staff             operator             200      404      404
POST       people-remove        staff             operator             302+     404      404
GET        people-second-step   staff             operator             confirm  confirm  confirm
POST       people-second-step   staff             operator             confirm  confirm  confirm
GET        people-withdraw      staff_invitation  operator             405      405      405
POST       people-withdraw      staff_invitation  operator             302+     404      404

GET        on-call              -                 operator             200      -        -
POST       on-call              -                 operator             405      -        -

GET        settings             -                 operator             200      -        -
POST       settings             -                 operator             302+     -        -

GET        service-worker       -                 everyone             200      -        -
POST       service-worker       -                 everyone             405      -        -
GET        town-map             -                 everyone             200      -        -
POST       town-map             -                 everyone             405      -        -
GET        offline              -                 everyone             200      -        -
POST       offline              -                 everyone             405      -        -
GET        join                 join              everyone             200      404      404
POST       join                 join              everyone             set-up+  404      404
""",
    GROUPS,
)
