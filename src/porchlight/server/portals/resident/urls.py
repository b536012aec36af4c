"""The residents' side, with the public pages."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver

from porchlight.core.visibility import Side
from porchlight.server.accounts.urls import account_urls
from porchlight.server.foundation.routing import Audience, route
from porchlight.server.portals.api.pages import token_urls
from porchlight.server.portals.demo.urls import demo_urls
from porchlight.server.portals.resident import (
    cameras,
    clips,
    deleting,
    export,
    home,
    household,
    keys,
    links,
    lost_keys,
    mail,
    opt_outs,
    people,
    requests,
    shares,
    sharing,
    uploads,
)
from porchlight.server.portals.resident.api import urls as api_urls

_OWN = Audience.RESIDENT

_PEOPLE: list[URLPattern | URLResolver] = [
    route("household/people/", people.people, audience=_OWN, name="people"),
    route("household/people/invite/", people.invite, audience=_OWN, name="person-invite"),
    route(
        "household/people/invitations/<uuid:invitation_id>/withdraw/",
        people.withdraw,
        audience=_OWN,
        name="person-withdraw",
    ),
    route("household/people/<uuid:user_id>/holder/", people.holder, audience=_OWN, name="person-holder"),
    route("household/people/<uuid:user_id>/remove/", people.remove, audience=_OWN, name="person-remove"),
    route("household/leave/", people.leave, audience=_OWN, name="household-leave"),
    route("household/join/<str:token>/", people.join, audience=_OWN, name="household-join"),
]
_SETTINGS: list[URLPattern | URLResolver] = [
    route("settings/", home.settings_page, audience=_OWN, name="settings"),
    route("settings/mail/", mail.mail, audience=_OWN, name="mail"),
    route("settings/export/", export.export, audience=_OWN, name="export"),
    route("settings/export/data.json", export.data, audience=_OWN, name="export-data"),
    route("settings/delete/", deleting.account, audience=_OWN, name="delete-account"),
    route("household/delete/", deleting.household, audience=_OWN, name="delete-household"),
]
_KEYS: list[URLPattern | URLResolver] = [
    route("keys/", keys.keys, audience=_OWN, name="keys"),
    route("keys/words/", keys.words, audience=_OWN, name="key-words"),
    route("keys/change/", keys.change, audience=_OWN, name="key-change"),
    route("keys/lost/", lost_keys.lost, audience=_OWN, name="key-lost"),
    route("keys/afresh/", lost_keys.afresh, audience=_OWN, name="key-afresh"),
    route("keys/passkeys/", keys.passkeys, audience=_OWN, name="key-passkeys"),
    route("keys/own.json", keys.own, audience=_OWN, name="own-key"),
    route("keys/doors.json", keys.doors, audience=_OWN, name="key-doors"),
    route("keys/doors/<uuid:door_id>/admit/", keys.admit, audience=_OWN, name="key-admit"),
    route("keys/doors/<uuid:door_id>/drop/", keys.drop, audience=_OWN, name="key-drop"),
    route("keys/change.json", keys.begin_change, audience=_OWN, name="key-change-begin"),
    route("keys/grants.json", keys.grants, audience=_OWN, name="key-grants"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    route("", home.home, audience=Audience.ANYONE, name="home"),
    *_SETTINGS,
    route("household/", household.household, audience=_OWN, name="household"),
    route("household/code/", household.confirm, audience=_OWN, name="household-code"),
    route("household/letter/", household.letter, audience=_OWN, name="household-letter"),
    *_PEOPLE,
    route("cameras/", cameras.cameras, audience=_OWN, name="cameras"),
    route("cameras/add/", cameras.add, audience=_OWN, name="camera-add"),
    route("cameras/<uuid:camera_id>/", cameras.change, audience=_OWN, name="camera"),
    route("cameras/<uuid:camera_id>/remove/", cameras.remove, audience=_OWN, name="camera-remove"),
    route("opt-outs/", opt_outs.opt_outs, audience=_OWN, name="opt-outs"),
    route("opt-outs/add/", opt_outs.add, audience=_OWN, name="opt-out-add"),
    route("opt-outs/<uuid:opt_out_id>/undo/", opt_outs.undo, audience=_OWN, name="opt-out-undo"),
    route("requests/", requests.requests, audience=_OWN, name="requests"),
    route("requests/<uuid:request_id>/", requests.show, audience=_OWN, name="request"),
    route("requests/<uuid:request_id>/answer/", requests.answer, audience=_OWN, name="request-answer"),
    route("requests/<uuid:request_id>/decline/", requests.decline, audience=_OWN, name="request-decline"),
    route("requests/<uuid:request_id>/key.json", requests.key, audience=_OWN, name="request-key"),
    route("requests/<uuid:request_id>/share/", sharing.share, audience=_OWN, name="request-share"),
    route("requests/<uuid:request_id>/report/", requests.report, audience=_OWN, name="request-report"),
    route("shares/", shares.shares, audience=_OWN, name="shares"),
    route("shares/<uuid:share_id>/", shares.share, audience=_OWN, name="share"),
    route("shares/<uuid:share_id>/withdraw/", shares.withdraw, audience=_OWN, name="share-withdraw"),
    route("uploads/", uploads.create, audience=_OWN, name="uploads"),
    route("uploads/<uuid:upload_id>/", uploads.upload, audience=_OWN, name="upload"),
    *_KEYS,
    route("signed-in/", sharing.signed_in, audience=_OWN, name="signed-in"),
    route("clips/", clips.clips, audience=_OWN, name="clips"),
    route("clips/list.json", clips.listing, audience=_OWN, name="clip-list"),
    route("clips/keep/", clips.keep, audience=_OWN, name="clip-keep"),
    route("clips/<uuid:clip_id>/sealed", clips.sealed, audience=_OWN, name="clip-sealed"),
    route("clips/<uuid:clip_id>/grant", clips.grant, audience=_OWN, name="clip-grant"),
    route("clips/<uuid:clip_id>/delete/", clips.delete, audience=_OWN, name="clip-delete"),
    route("r/<str:token>/", links.request_link, audience=Audience.LINK, name="request-link"),
    route("o/<str:token>/", links.one_click, audience=Audience.LINK, name="one-click"),
    *api_urls.urlpatterns,
    *token_urls(_OWN),
    *account_urls(Side.RESIDENT),
]

if find_spec("porchlight.server.portals.public.urls") is not None:
    from porchlight.server.portals.public.urls import urlpatterns as public

    urlpatterns += public

urlpatterns += demo_urls(Side.RESIDENT)
