"""Making one side's API: its operations, its OpenAPI document, its reference page, and its addresses."""

from __future__ import annotations

import inspect
import json
import math
import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.parser import Parser
from ninja.responses import Status

from porchlight.core.visibility import Side
from porchlight.server.foundation.routing import Audience, route
from porchlight.server.foundation.sides import API_PREFIX, base_url, session_cookie
from porchlight.server.portals.api import reference
from porchlight.server.portals.api.answers import absent, handle
from porchlight.server.portals.api.doors import Door
from porchlight.server.portals.api.schemas import Problem
from porchlight.server.tokens.access import Scope

_PARAMETER: Final = re.compile(r"{(?:\w+:)?(\w+)}")
View = Callable[..., Any]


class _StrictParser(Parser):
    """JSON as its standard has it: no NaN and no Infinity, which databases and other readers refuse."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(request.body, parse_constant=_no_number, parse_float=_finite)


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is no number")
    return value


class SideApi:
    """The API of one side. Its operations answer nothing but what they declare."""

    def __init__(self, side: Side, title: str, about: str) -> None:
        self.side = side
        self.ninja = NinjaAPI(
            title=title,
            version="1",
            description=about,
            openapi_url=None,
            docs_url=None,
            parser=_StrictParser(),
            urls_namespace=f"api-{side.value}",
        )
        handle(self.ninja)

    def get(self, path: str, **declared: Any) -> Callable[[View], View]:
        """An operation that reads."""
        return self._operation("GET", path, **declared)

    def post(self, path: str, **declared: Any) -> Callable[[View], View]:
        """An operation that writes."""
        return self._operation("POST", path, **declared)

    def _operation(
        self,
        method: str,
        path: str,
        *,
        audience: Audience,
        scope: Scope | None = None,
        fresh: bool = False,
        answer: Any = None,
        status: int = 200,
        also: Iterable[int] = (),
        extra: dict[str, Any] | None = None,
        tag: str = "",
    ) -> Callable[[View], View]:
        """`answer` None: no body. `also`: what else it may answer, besides what follows from its door and its input."""
        door = None if audience is Audience.ANYONE else Door(audience, scope, fresh)

        def declare(view: View) -> View:
            statuses = {*also}
            if door is not None:
                statuses |= {401, 403, 404, 429}
            if method == "POST":
                statuses |= {400, 413, 422}
            if _PARAMETER.search(path):
                statuses.add(404)
            if "query" in view.__annotations__:
                statuses.add(422)
            document = {"security": _security(door), **(extra or {})}
            said = [line.strip() for line in (view.__doc__ or "").strip().split("\n\n", 1)]
            decorate = self.ninja.api_operation(
                [method],
                path,
                response={status: answer, **dict.fromkeys(sorted(statuses), Problem)},
                auth=door,
                operation_id=view.__name__,
                url_name=_name(path),
                summary=said[0].rstrip("."),
                description=_about(said[1] if len(said) > 1 else "", door),
                tags=[tag or path.strip("/").split("/")[0]],
                openapi_extra=document,
            )
            decorate(_answering(view, status))
            return view

        return declare

    def document(self) -> dict[str, Any]:
        """The OpenAPI 3.1 document."""
        return {**self._described, "servers": [{"url": base_url(self.side)}]}

    @cached_property
    def _described(self) -> dict[str, Any]:
        # Deriving the schemas takes a large part of a second, and they stay what they are while the process lives.
        made: dict[str, Any] = self.ninja.get_openapi_schema(path_prefix=API_PREFIX)
        made["components"]["securitySchemes"] = _schemes(self.side)
        return made

    def urls(self) -> list[URLPattern]:
        """All addresses under `/api/v1/`, each a route that declares itself a door of the API."""
        root = API_PREFIX.lstrip("/")
        found: dict[str, URLPattern] = {}
        for router in self.ninja._get_bound_routers():  # noqa: SLF001 - its own `urls` adds pages with outside requests
            for pattern in router.urls_paths(root):
                view: Any = pattern.callback
                view.csrf_exempt = False  # a session needs the page's token; the middleware lets tokens pass
                found[str(pattern.name)] = route(
                    str(pattern.pattern), view, audience=Audience.API, name=str(pattern.name)
                )
        return [
            route(root, self._page, audience=Audience.API, name="api-docs"),
            route(f"{root}openapi.json", self._schema, audience=Audience.API, name="api-schema"),
            *found.values(),
            route(f"{root}<path:rest>", _nowhere, audience=Audience.API, name="api-nowhere"),
        ]

    @property
    def _schema(self) -> View:
        @require_safe
        def schema(_request: HttpRequest) -> HttpResponse:
            return JsonResponse(self.document())

        return schema

    @property
    def _page(self) -> View:
        @require_safe
        def page(request: HttpRequest) -> HttpResponse:
            return render(request, "api/reference.html", reference.read(self.document()))

        return page


def _answering(view: View, status: int) -> View:
    """The view as the framework wants it: its answer goes out with the status that was declared."""

    def answering(request: HttpRequest, **given: Any) -> Any:
        answer = view(request, **given)
        return answer if isinstance(answer, HttpResponseBase) else Status(status, answer)

    answering.__name__, answering.__module__ = view.__name__, view.__module__
    # The framework reads types from the signature; those of the view are text until they are looked up in its module.
    told = inspect.signature(view, eval_str=True)
    first, *others = told.parameters.values()  # the request, which some views do not look at
    parameters = [first.replace(name="request"), *others]
    answering.__signature__ = told.replace(parameters=parameters)  # type: ignore[attr-defined]
    return answering


def _nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """No operation has this address."""
    del rest
    return absent(request)


def _name(path: str) -> str:
    """`/shares/{uuid:share_id}/open` is called `api-shares-id-open`."""
    parts = ["id" if _PARAMETER.fullmatch(part) else part for part in path.strip("/").split("/")]
    return "-".join(["api", *parts])


def _schemes(side: Side) -> dict[str, Any]:
    return {
        "token": {"type": "http", "scheme": "bearer", "bearerFormat": "porchlight_…"},
        "session": {"type": "apiKey", "in": "cookie", "name": session_cookie(side)},
    }


def _security(door: Door | None) -> list[dict[str, list[str]]]:
    if door is None:
        return []
    if door.scope is None or door.fresh:
        return [{"session": []}]
    return [{"token": [door.scope.value]}, {"session": []}]


def _about(text: str, door: Door | None) -> str:
    needs = "Open to anyone."
    if door is not None and (door.scope is None or door.fresh):
        needs = "For a person's session; a token is refused."
        if door.fresh:
            needs = "For a person who passed the second factor again in the last five minutes; a token is refused."
    elif door is not None:
        needs = f"A token needs the scope `{door.scope}`."
    return f"{text}\n\n{needs}".strip()
