"""The description of the API (OpenAPI 3.1), with every refusal that a route may answer with."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI

from api.server.examples import example_of
from api.server.needs import PUBLIC, SIGNED_IN
from api.server.problems import MEDIA_TYPE, ProblemBody
from api.texts import LANGUAGES, Texts

TYPICAL = {
    400: "unreadable",
    401: "sign_in_needed",
    403: "not_yours_to_do",
    404: "not_found",
    409: "offer_changed",
    412: "version_old",
    413: "too_large",
    415: "wrong_media_type",
    422: "malformed",
    428: "version_missing",
    429: "too_many",
    500: "ours",
    503: "database_away",
}
"""Every status of a refusal, with the key of a problem that has it."""

HEADERS = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}, "description": "How to sign in: Bearer."}},
    415: {"Accept": {"schema": {"type": "string"}, "description": "The media type that is taken."}},
    429: {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds to wait."}},
}
CHANGING = ("post", "put", "patch", "delete")
Tree = dict[str, Any]


def described(app: FastAPI) -> Tree:
    """The description of an app, made the first time it is asked for."""
    known: Tree | None = getattr(app.state, "described", None)
    if known is None:
        known = app.state.described = complete(app.openapi(), app.state.permissions)
    return known


def complete(tree: Tree, permissions: dict[tuple[str, str], str]) -> Tree:
    """A description with the refusals, examples of what is sent, and what each route asks of the caller."""
    components = tree.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["ProblemBody"] = ProblemBody.model_json_schema()
    components["responses"] = {f"Problem{status}": problem_response(status) for status in TYPICAL}
    for path, method, operation in operations(tree):
        need = permissions[method.upper(), path]
        operation["x-needs"] = need
        if need == PUBLIC:
            operation.pop("security", None)
        for status in refusals(path, method, operation, need):
            told = operation["responses"].get(str(status), {})
            if "content" not in told or status == HTTPStatus.UNPROCESSABLE_ENTITY:
                operation["responses"][str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
        for body in operation.get("requestBody", {}).get("content", {}).values():
            body.setdefault("example", example_of(body.get("schema", {}), schemas))
    return tree


def operations(tree: Tree) -> Iterator[tuple[str, str, Tree]]:
    """Path, method and operation of everything described."""
    for path, methods in tree["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def refusals(path: str, method: str, operation: Tree, need: str) -> set[int]:
    """Statuses that a route may refuse with: those it names itself, and those that follow from what it is."""
    named = {int(status) for status in operation["responses"] if status.isdigit()}
    found = {429, 500, 503} | (named & TYPICAL.keys())
    if need != PUBLIC or method == "post":
        found.add(401)
    if need not in (PUBLIC, SIGNED_IN):
        found.add(403)
    if "{" in path:
        found.add(404)
    if method in CHANGING and need not in (PUBLIC, SIGNED_IN):
        found |= {404, 409}
    if "requestBody" in operation:
        found |= {400, 413, 415}
    # A character that nothing can hold is refused in any address.
    found.add(422)
    if any(parameter["name"].lower() == "if-match" for parameter in operation.get("parameters", ())):
        found |= {412, 428}
    return found


def problem_response(status: int) -> Tree:
    """How a refusal is described, with an example in each language."""
    response: Tree = {
        "description": Texts("en")(f"status.{status}"),
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/ProblemBody"},
                "examples": {
                    language: {"value": problem_example(status, Texts(language))} for language in LANGUAGES
                },
            }
        },
    }
    if status in HEADERS:
        response["headers"] = HEADERS[status]
    return response


def problem_example(status: int, texts: Texts) -> Tree:
    """A problem of a status as it is sent."""
    key = TYPICAL[status]
    more = {"errors": [{"where": "body.on", "what": "date_parsing"}]} if key == "malformed" else {}
    body = ProblemBody(
        type=f"/problems/{key}",
        title=texts(f"status.{status}"),
        status=status,
        detail=texts(f"problem.{key}"),
        instance="/api/v1/offers/4f1c",
        **more,  # type: ignore[arg-type]
    )
    return body.model_dump(exclude_none=True)
