"""schemathesis over every operation of every side: whatever is sent, nothing is a 500 and nothing is undeclared.

The database is filled, ids in paths are mostly of things that there are, and each example is undone. `make test-long`
draws many more examples.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks as known
from schemathesis.core.transport import Response
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as openapi
from tests.server.api.conftest import Programs, own_ids

# PostgreSQL is the stricter one about what a value may be.
pytestmark = [pytest.mark.django_db, pytest.mark.twin]
SIDES = ("resident", "agency", "review", "operator")
WHO = {
    "resident": ("home", "home's program"),
    "agency": ("confirmed", "admin", "officer's program", "evidence system"),
    "review": ("reviewer", "reviewer's program"),
    "operator": ("operator", "operator's program"),
}
CHECKS = [
    known.not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
    openapi.response_headers_conformance,
]
BASE = "http://api.example"


@cache
def document(side: str) -> Any:
    return import_module(f"porchlight.server.portals.{side}.api.side").api, import_module(
        f"porchlight.server.portals.{side}.api.urls"
    )


@cache
def operations(side: str) -> dict[str, Any]:
    api, _urls = document(side)
    schema = schemathesis.openapi.from_dict(api.document())
    found = (result.ok() for result in schema.get_all_operations())
    return {operation.definition.raw["operationId"]: operation for operation in found}


EVERY = [(side, name) for side in SIDES for name in operations(side)]


@pytest.mark.parametrize(("side", "name"), EVERY)
def test_operation(programs: Programs, side: str, name: str) -> None:
    tried(programs, side, name, examples=4)


@pytest.mark.long
@pytest.mark.parametrize(("side", "name"), EVERY)
def test_operation_with_many_examples(programs: Programs, side: str, name: str) -> None:
    tried(programs, side, name, examples=60)


def tried(programs: Programs, side: str, name: str, *, examples: int) -> None:
    """Draw valid and broken input alike, as each of those who might ask."""
    operation = operations(side)[name]
    ids = own_ids(programs, side)
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes(operation)))
    unsigned = st.sampled_from((*WHO[side], "nobody"))

    @settings(
        max_examples=examples * len(WHO[side]), deadline=None, database=None,
        derandomize=True, print_blob=False, suppress_health_check=list(HealthCheck), phases=(Phase.generate,),
    )  # fmt: skip
    @given(cases, unsigned, st.data())
    def ask(case: Any, who: str, data: st.DataObject) -> None:
        for parameter in list(case.path_parameters or {}):
            if ids.get(parameter) and data.draw(st.integers(0, 4)):
                case.path_parameters[parameter] = str(data.draw(st.sampled_from(ids[parameter])))
        case.validate_response(sent(programs, side, who, case), checks=CHECKS)

    ask()


def modes(operation: Any) -> list[GenerationMode]:
    """Broken input only where there is any to break."""
    has_input = operation.body or operation.query or operation.path_parameters or operation.headers
    return [GenerationMode.POSITIVE, GenerationMode.NEGATIVE] if has_input else [GenerationMode.POSITIVE]


def sent(programs: Programs, side: str, who: str, case: Any) -> Response:
    """The answer to a case, as the library that the checks know has it."""
    given = case.as_transport_kwargs(base_url=BASE)
    names = ("method", "url", "headers", "params", "data", "json")
    asked = requests.Request(**{key: given[key] for key in names if key in given}).prepare()
    url = urlsplit(asked.url)
    body = asked.body or b""
    headers = {key: value for key, value in asked.headers.items() if key.lower() in {"range", "accept"}}
    answer = programs.ask(
        side,
        who,
        str(asked.method),
        f"{url.path}?{url.query}" if url.query else url.path,
        body=body.encode() if isinstance(body, str) else body,
        content_type=asked.headers.get("Content-Type", ""),
        headers=headers,
    )
    told = {name: [value] for name, value in answer.headers.items()}
    return Response(answer.status_code, told, answer.body, asked, elapsed=0.001, verify=False)
