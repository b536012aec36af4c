"""The sign-in framework's pages, the same on every side but for what residents alone may do with their address.

Nothing that is sent here is filled in but the sign-in of a locked account with its right password, and a sign-up.
"""

from tests.server.access_matrix.table import read

_RESIDENT = {"in": "home", "out": "nobody carried_officer", "everyone": "home nobody carried_officer"}
_STAFF = {
    "agency": ("officer", "unfactored", "nobody left halfway carried_home"),
    "review": ("reviewer", "unfactored_reviewer", "nobody carried_officer"),
    "operator": ("operator", "unfactored_operator", "nobody carried_reviewer"),
}
VISITORS = {
    "resident": tuple(_RESIDENT["everyone"].split()),
    **{side: tuple(" ".join(groups).split()) for side, groups in _STAFF.items()},
}


def _staff(side: str) -> dict[str, str]:
    joined, begun, out = _STAFF[side]
    return {"in": joined, "begun": begun, "out": out, "everyone": f"{joined} {begun} {out}"}


_RESIDENTS_ROWS = """
# methods  route                                 object   who             own      foreign  absent
GET,POST   *                                     *        out             sign-in  -        -

# the language of the pages; an account keeps it
GET        language                              -        everyone        405      -        -
POST       language                              -        out             302      -        -
POST       language                              -        in              302+     -        -

GET        account_login                         -        out             200      -        -
GET        account_login                         -        in              302      -        -
POST       account_login                         -        out             200      -        -
POST       account_login                         -        in              302      -        -
GET,POST   account_logout                        -        out             302      -        -
GET        account_logout                        -        in              200      -        -
POST       account_logout                        -        in              302      -        -
GET        account_inactive                      -        everyone        200      -        -
POST       account_inactive                      -        everyone        405      -        -
GET        account_signup                        -        out             200      -        -
POST       account_signup                        -        out             302+     -        -
GET,POST   account_signup                        -        in              302      -        -
GET,POST   account_confirm_login_code            -        in              302      -        -

# the address, and the password
GET        account_email                         -        in              200      -        -
POST       account_email                         -        in              302      -        -
GET        account_email_verification_sent       -        everyone        200      -        -
POST       account_email_verification_sent       -        everyone        405      -        -
GET        account_confirm_email                 -        everyone        200      -        -
POST       account_confirm_email                 -        everyone        404      -        -
GET,POST   account_reauthenticate                -        in              200      -        -
GET,POST   account_change_password               -        in              200      -        -
GET,POST   account_set_password                  -        in              302      -        -
GET,POST   account_reset_password                -        everyone        200      -        -
GET        account_reset_password_done           -        everyone        200      -        -
POST       account_reset_password_done           -        everyone        405      -        -
GET,POST   account_reset_password_from_key       -        everyone        200      -        -
GET        account_reset_password_from_key_done  -        everyone        200      -        -
POST       account_reset_password_from_key_done  -        everyone        405      -        -

# the second step, which residents need not have
GET        mfa_index                             -        in              200      -        -
POST       mfa_index                             -        in              405      -        -
GET,POST   mfa_authenticate                      -        in              302      -        -
GET,POST   mfa_reauthenticate                    -        in              confirm  -        -
GET,POST   mfa_reauthenticate_webauthn           -        in              confirm  -        -
GET,POST   mfa_activate_totp                     -        in              200      -        -
GET,POST   mfa_deactivate_totp                   -        in              404      -        -
GET        mfa_view_recovery_codes               -        in              404      -        -
POST       mfa_view_recovery_codes               -        in              405      -        -
GET,POST   mfa_generate_recovery_codes           -        in              200      -        -
GET,POST   mfa_download_recovery_codes           -        in              404      -        -
GET        mfa_list_webauthn                     -        in              200      -        -
POST       mfa_list_webauthn                     -        in              405      -        -
GET,POST   mfa_add_webauthn                      -        in              200      -        -
GET        mfa_remove_webauthn                   passkey  housemate       200      404      404
POST       mfa_remove_webauthn                   passkey  housemate       302+     404      404
GET,POST   mfa_remove_webauthn                   passkey  home            404      404      404
GET        mfa_edit_webauthn                     passkey  housemate       200      404      404
POST       mfa_edit_webauthn                     passkey  housemate       302+     404      404
GET,POST   mfa_edit_webauthn                     passkey  home            404      404      404
GET,POST   mfa_login_webauthn                    -        in              302      -        -

# where somebody is signed in: one's own alone
GET        account_sign_ins                      -        in              200      -        -
POST       account_sign_ins                      -        in              405      -        -
GET        account_sign_ins_end_others           -        in              405      -        -
POST       account_sign_ins_end_others           -        in              302      -        -
GET        account_sign_in_end                   sign_in  in              405      405      405
POST       account_sign_in_end                   sign_in  in              302      404      404
"""

_STAFF_ROWS = """
# methods  route                                 object   who             own      foreign  absent
GET,POST   *                                     *        out             sign-in  -        -
GET,POST   *                                     *        begun           set-up   -        -

# a locked account's right password is a wrong one, and counted
GET        account_login                         -        out             200      -        -
POST       account_login                         -        out             200+     -        -
GET,POST   account_login                         -        in,begun        302      -        -
GET,POST   account_logout                        -        out             302      -        -
GET        account_logout                        -        in,begun        200      -        -
POST       account_logout                        -        in,begun        302      -        -
GET        account_inactive                      -        everyone        200      -        -
POST       account_inactive                      -        everyone        405      -        -
GET,POST   account_confirm_login_code            -        in,begun        302      -        -

# who signs up, and with which address, is the invitation's matter
GET,POST   account_signup                        -        everyone        404      -        -
GET,POST   account_email_verification_sent       -        everyone        404      -        -
GET,POST   account_confirm_email                 -        everyone        404      -        -
GET        account_email                         -        in              set-up   -        -
POST       account_email                         -        in              405      -        -

GET,POST   account_reauthenticate                -        in              confirm  -        -
GET,POST   account_reauthenticate                -        begun           200      -        -
GET,POST   account_change_password               -        in              200      -        -
GET,POST   account_set_password                  -        in              302      -        -
GET,POST   account_reset_password                -        everyone        200      -        -
GET        account_reset_password_done           -        everyone        200      -        -
POST       account_reset_password_done           -        everyone        405      -        -
GET,POST   account_reset_password_from_key       -        everyone        200      -        -
GET        account_reset_password_from_key_done  -        everyone        200      -        -
POST       account_reset_password_from_key_done  -        everyone        405      -        -

# the language of the pages; an account keeps it
GET        language                              -        everyone        405      -        -
POST       language                              -        out             302      -        -
POST       language                              -        in,begun        302+     -        -

# without a second step only what sets one up is open; with one, nothing changes it but after passing it again
GET        mfa_index                             -        in,begun        200      -        -
POST       mfa_index                             -        in,begun        405      -        -
GET,POST   mfa_authenticate                      -        in,begun        302      -        -
GET,POST   mfa_reauthenticate                    -        in              200      -        -
GET,POST   mfa_reauthenticate                    -        begun           confirm  -        -
GET,POST   mfa_reauthenticate_webauthn           -        in,begun        confirm  -        -
GET,POST   mfa_activate_totp                     -        in              confirm  -        -
GET,POST   mfa_activate_totp                     -        begun           200      -        -
GET,POST   mfa_deactivate_totp                   -        in              confirm  -        -
GET        mfa_view_recovery_codes               -        in,begun        404      -        -
POST       mfa_view_recovery_codes               -        in,begun        405      -        -
GET,POST   mfa_generate_recovery_codes           -        in              confirm  -        -
GET,POST   mfa_download_recovery_codes           -        in,begun        404      -        -
GET        mfa_list_webauthn                     -        in,begun        200      -        -
POST       mfa_list_webauthn                     -        in,begun        405      -        -
GET,POST   mfa_add_webauthn                      -        in              confirm  -        -
GET,POST   mfa_add_webauthn                      -        begun           200      -        -
GET,POST   mfa_remove_webauthn                   -        in              confirm  -        -
GET,POST   mfa_edit_webauthn                     -        in              confirm  -        -
GET,POST   mfa_login_webauthn                    -        in,begun        302      -        -

# where somebody is signed in: one's own alone
GET        account_sign_ins                      -        in              200      -        -
POST       account_sign_ins                      -        in              405      -        -
GET        account_sign_ins_end_others           -        in              405      -        -
POST       account_sign_ins_end_others           -        in              302      -        -
GET        account_sign_in_end                   sign_in  in              405      405      405
POST       account_sign_in_end                   sign_in  in              302      404      404
"""

OF_A_PASSKEY = frozenset({"mfa_remove_webauthn", "mfa_edit_webauthn"})
TABLES = {
    "resident": read("resident", _RESIDENTS_ROWS, _RESIDENT),
    **{side: read(side, _STAFF_ROWS, _staff(side)) for side in _STAFF},
}
