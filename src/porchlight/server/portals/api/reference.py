"""The OpenAPI document as a page that a person reads: plain, without a script, without anything from outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]


def read(document: Document) -> dict[str, Any]:
    """What the template shows: the operations by group, and the schemas with their fields."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(_operation(path, method, operation))
    schemas = document["components"].get("schemas", {})
    return {
        "info": document["info"],
        "groups": [{"name": name, "operations": found} for name, found in groups.items()],
        "schemas": [
            {"name": name, "fields": _fields(schema), "about": schema.get("description", "")}
            for name, schema in sorted(schemas.items())
        ],
    }


def _operation(path: str, method: str, operation: Document) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {})
    security = operation.get("security", [])
    scopes = [scope for each in security for scope in each.get("token", [])]
    return {
        "method": method.upper(),
        "path": path,
        "id": operation["operationId"],
        "summary": operation["summary"],
        "about": operation.get("description", ""),
        "scope": scopes[0] if scopes else "",
        "person": bool(security) and not any("token" in each for each in security),
        "open": not security,
        "parameters": [
            {"name": each["name"], "where": each["in"], "kind": _kind(each["schema"])}
            for each in operation.get("parameters", [])
        ],
        "takes": next((_kind(each["schema"]) for each in body.values()), ""),
        "answers": [_answer(status, answer) for status, answer in operation["responses"].items()],
    }


def _answer(status: object, answer: Document) -> dict[str, Any]:
    content = answer.get("content", {})
    kind = next((_kind(each.get("schema", {})) for each in content.values()), "")
    return {"status": status, "kind": kind}


def _fields(schema: Document) -> list[dict[str, Any]]:
    required = set(schema.get("required", []))
    return [
        {"name": name, "kind": _kind(each), "needed": name in required}
        for name, each in schema.get("properties", {}).items()
    ]


def _kind(schema: Document) -> str:
    """A schema in a few words; another schema by its name."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(each) for each in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("contentEncoding") or schema.get("type") or "anything")
