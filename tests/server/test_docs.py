"""The description of the API: whole, true to the routes, and a page for people that needs nothing else."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest
from fastapi.testclient import TestClient

from api.server.app import build_server
from api.server.headers import HEADERS
from api.server.openapi import TYPICAL, operations
from api.server.reference import operations_told
from api.texts import LANGUAGES, Texts
from models.access import Role
from models.database import open_database
from tests.server.conftest import Clock, Served, settings

URL = "/api/v1/openapi.json"
PAGE = "/api/v1/docs"
VOID = {"meta", "link", "br", "hr", "img", "input"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    engine = open_database(str(tmp_path_factory.mktemp("docs") / "city.sqlite"))
    yield TestClient(build_server(engine, settings(), Clock()))
    engine.dispose()


@pytest.fixture(scope="module")
def tree(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(URL).json()
    return found


def test_every_route_is_described_with_what_it_needs(client: TestClient, tree: dict[str, Any]) -> None:
    told = {(method.upper(), path): one["x-needs"] for path, method, one in operations(tree)}
    assert told == client.app.state.permissions  # type: ignore[attr-defined]
    assert len(told) > 20


def test_refusals_follow_from_what_a_route_is(tree: dict[str, Any]) -> None:
    def of(method: str, path: str) -> set[int]:
        return {int(status) for status in tree["paths"][path][method]["responses"]}

    assert of("get", "/api/v1/health") == {200, 422, 429, 500, 503}
    assert of("get", "/api/v1/households") == {200, 401, 403, 422, 429, 500, 503}
    assert of("get", "/api/v1/households/{household_id}") == {200, 401, 403, 404, 422, 429, 500, 503}
    wanted = {200, 400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 500, 503}
    assert of("post", "/api/v1/offers/{offer_id}/acceptance") == wanted


def test_a_public_route_asks_for_no_token(tree: dict[str, Any]) -> None:
    for path, method, operation in operations(tree):
        assert ("security" in operation) == (operation["x-needs"] != "public"), (method, path)


def test_every_refusal_is_a_problem_with_examples_that_fit(tree: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/ProblemBody", "components": tree["components"]}
    for status in TYPICAL:
        (media,) = tree["components"]["responses"][f"Problem{status}"]["content"].items()
        assert media[0] == "application/problem+json"
        for language in LANGUAGES:
            example = media[1]["examples"][language]["value"]
            jsonschema.validate(example, schema)
            assert example["status"] == status
            assert example["title"] == Texts(language)(f"status.{status}")
    assert "HTTPValidationError" not in tree["components"]["schemas"]


def test_no_name_in_the_description_tells_how_the_code_lies(tree: dict[str, Any]) -> None:
    # Two classes of one name get their modules put before it.
    assert [name for name in tree["components"]["schemas"] if "__" in name] == []


def test_every_example_of_what_is_sent_fits(tree: dict[str, Any]) -> None:
    tried = 0
    for _, _, operation in operations(tree):
        for body in operation.get("requestBody", {}).get("content", {}).values():
            jsonschema.validate(body["example"], body["schema"] | {"components": tree["components"]})
            tried += 1
    assert tried >= 8


def test_a_real_refusal_is_as_described(served: Served) -> None:
    tree = served.client.get(URL).json()
    schema = {"$ref": "#/components/schemas/ProblemBody", "components": tree["components"]}
    headers = served.as_(Role.CASEWORKER, "Bromma")
    for answer in (
        served.client.get("/api/v1/households"),
        served.client.get("/api/v1/users", headers=headers),
        served.client.get("/api/v1/households/nobody", headers=headers),
        served.client.get("/api/v1/households?limit=0", headers=headers),
    ):
        jsonschema.validate(answer.json(), schema)


class Elements(HTMLParser):
    """Every element of a page, and whether each is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_needs_nothing_from_elsewhere(client: TestClient, language: str) -> None:
    answer = client.get(PAGE, params={"lang": language})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == language
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    page = Elements()
    page.feed(answer.text)
    assert page.open == []
    names = [tag for tag, _ in page.found]
    assert names.count("h1") == names.count("main") == names.count("nav") == 1
    assert not {"script", "style", "iframe", "img"} & set(names)
    assert not any(key.startswith("on") or key == "style" for _, attrs in page.found for key in attrs)
    assert page.found[0] == ("html", {"lang": language})
    ids = [str(attrs["id"]) for _, attrs in page.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    for tag, attrs in page.found:
        for key in ("href", "src"):
            target = attrs.get(key)
            assert target is None or not target.startswith(("http:", "https:", "//")), (tag, target)
            if target is not None and target.startswith("#"):
                assert target[1:] in ids
        if "aria-labelledby" in attrs:
            assert attrs["aria-labelledby"] in ids
        if tag == "th":
            assert attrs["scope"] in ("col", "row")
    assert names.count("caption") == names.count("table")


def test_the_page_names_every_route(client: TestClient, tree: dict[str, Any]) -> None:
    text = client.get(PAGE).text
    assert all(f"<code>{path}</code>" in text for path, _, _ in operations(tree))
    assert all(f'id="schema-{name}"' in text for name in tree["components"]["schemas"])


def test_no_sentence_is_about_a_route_that_is_gone(tree: dict[str, Any]) -> None:
    there = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, method, _ in operations(tree)}
    assert set(operations_told("sv")) <= there


def test_language_of_the_page(client: TestClient) -> None:
    for told, language in (("en", "en"), ("sv", "sv"), ("de", "sv")):
        answer = client.get(PAGE, headers={"Accept-Language": told})
        assert answer.headers["content-language"] == language
    assert client.get(PAGE, params={"lang": "de"}).status_code == 422


def test_the_style_sheet(client: TestClient) -> None:
    answer = client.get(f"{PAGE}/style.css")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "url(" not in answer.text
