"""A site of its own for the components: the style guide, one form, and the strictest content security policy."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from porchlight.server.ui import styleguide, views
from porchlight.server.ui.urls import ui_urls

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
SENT: list[dict[str, str]] = []

PAGE = """{% extends "ui/base.html" %}
{% block title %}A form{% endblock %}{% block h1 %}A form{% endblock %}
{% block content %}{% error_summary form %}
<p id="line" role="status">Nothing checked</p><ul id="rows"></ul>
<form method="post" action="/form/" class="stack" novalidate data-mount="check-form draft" data-draft="sample" data-check-url="/check/"
  data-check-status="line" data-check-failed="Not checked just now">{% csrf_token %}
{% field form.case %}{% field form.words count=True %}{% field form.kind look="segments" %}
<button class="btn is-main">Send</button></form>{% endblock %}"""


DRAW = """{% extends "ui/base.html" %}{% block title %}An area{% endblock %}{% block h1 %}An area{% endblock %}
{% block content %}<form>{% area_field form.area %}</form>{% endblock %}"""
PICK = """{% extends "ui/base.html" %}{% block title %}A place{% endblock %}{% block h1 %}A place{% endblock %}
{% block content %}<form>{% place_field form.place direction=form.direction %}</form>{% endblock %}"""


class SampleForm(forms.Form):
    case = forms.CharField(label="Case number")
    words = forms.CharField(label="Words", widget=forms.Textarea, max_length=20, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "One"), ("b", "Two")], widget=forms.RadioSelect)


def form(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        SENT.append({key: str(value) for key, value in request.POST.items()})
    bound = SampleForm(request.POST if request.method == "POST" else None)
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": bound}, request))


def check(request: HttpRequest) -> HttpResponse:
    case = request.POST.get("case", "")
    if case == "broken":
        return HttpResponse(status=500)
    return HttpResponse(
        f'<p id="line">Checked {len(case)}</p><ul id="rows"><li>row {len(case)}</li></ul><p id="gone">x</p>'
    )


def draw(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(DRAW).render(styleguide.context(request), request))


def pick(request: HttpRequest) -> HttpResponse:
    context = styleguide.context(request)
    if request.GET.get("empty"):
        context["form"] = styleguide.SampleForm(auto_id="sg_%s")
    return HttpResponse(engines["django"].from_string(PICK).render(context, request))


def town(_request: HttpRequest) -> JsonResponse:
    street = {"type": "LineString", "coordinates": [[-89.34, 44.1], [-89.32, 44.1]]}
    feature = {
        "type": "Feature",
        "geometry": street,
        "properties": {"kind": "street", "name": "Mill Street", "rank": 1},
    }
    return JsonResponse({"type": "FeatureCollection", "features": [feature]})


class PolicyMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Content-Security-Policy"] = POLICY
        return response


urlpatterns = [
    *ui_urls,
    path("form/", form),
    path("check/", check),
    path("draw/", draw),
    path("pick/", pick),
    path("map/town.geojson", town, name="town-map"),
    path("", views.offline),
]
