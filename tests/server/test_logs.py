"""What the service writes: enough to find a fault, and no word about a person."""

import io
import json
import logging
import random
import socket
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.server.app import build_server
from api.server.logs import Log, own_place, take_over
from api.usecases.signing_in import begin_for
from models.access import Credential, Role, User
from models.codes import SharingBasis
from models.database import open_database, writing
from models.exchange import import_folder
from models.store import read_dataset
from models.store.access import add_user
from models.store.homes import change_household
from tests.server.conftest import AS_OF, HASH, PASSWORD, SMALL_CITY, Clock, settings
from tests.server.processes import PATIENCE, SECRET, Process, serving

CANARIES = {
    "number": "19850317-4829",
    "name": "Kanariefågel Lindqvist",
    "text": "mådde dåligt efter slagsmålet i trapphuset",
    "reference": "HKANARIE77",
    "password": "ett lösenord ur kanarieburen",
    "token": "eyJhbGciOiJIUzI1NiJ9.kanarie.burensgaller",
}
OFTEN = {"HEMVIST_SIGN_INS_PER_MINUTE": "9999", "HEMVIST_REQUESTS_PER_MINUTE": "9999"}
STORED_NOWHERE = ("number", "text", "password", "token")


def spellings(canary: str) -> set[str]:
    """A canary as it may be written: plain, in an address, in JSON."""
    return {
        canary,
        quote(canary),
        quote(canary, safe=""),
        urlencode({"": canary})[1:],
        json.dumps(canary)[1:-1],
    }


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The small city, every case shared, with a coordinator and an administrator."""
    file = tmp_path / "city.sqlite"
    engine = open_database(str(file))
    assert not import_folder(engine, SMALL_CITY, AS_OF).faults
    with writing(engine) as connection:
        for household in read_dataset(engine).households:
            basis = {"sharing_basis": SharingBasis.CONSENT, "sharing_basis_on": AS_OF}
            change_household(connection, household, AS_OF, "test", **basis)
        for role in (Role.COORDINATOR, Role.ADMIN, Role.AUDITOR):
            user = User(user_id=f"u-{role}", username=str(role), role=role, created_at=Clock().now)
            credential = Credential(user_id=user.user_id, password_hash=HASH, changed_at=Clock().now)
            add_user(connection, user, credential)
    engine.dispose()
    return file


@pytest.mark.parametrize("everybody", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_no_canary_sings_in_anything_the_service_writes(
    everybody: bool, tmp_path: Path, database: Path
) -> None:
    """Each thing is asked for by everybody, or by one after the other in turn."""
    folder = tmp_path / "process"
    folder.mkdir()
    with serving(folder, database, **OFTEN) as process:
        tree = json.loads(process.ask("GET", "/api/v1/openapi.json")[1])
        tokens = [signed_in(process, role) for role in (Role.COORDINATOR, Role.ADMIN, Role.AUDITOR)]
        everyone = (*tokens, CANARIES["token"])
        turn = cycle(everyone)
        statuses = set()
        for method, path, body in asked(tree):
            if method != "DELETE" or not path.startswith("/api/v1/session"):
                for token in everyone if everybody else (next(turn),):
                    statuses.add(process.ask(method, path, body, headers(token))[0])
        households = json.loads(
            process.ask("GET", "/api/v1/households?limit=3", headers=headers(tokens[0]))[1]
        )["items"]
        for household in households:
            path = f"/api/v1/households/{household['household_id']}"
            assert process.ask("GET", path, headers=headers(tokens[0]))[0] == 200
        say_nonsense(process)
        figures = process.ask("GET", "/metrics")[1].decode()
        process.told_to_stop()
        assert process.ended() == 0
        written = process.wrote() + figures
    assert statuses >= {200, 201, 401, 403, 404, 422}
    assert 500 not in statuses
    assert written.count('"event": "request"') > 100
    for name, canary in CANARIES.items():
        assert not [one for one in spellings(canary) if one in written], name
    for secret in (PASSWORD, SECRET, *tokens, *(one["household_id"] for one in households)):
        assert secret not in written
    assert [file.name for file in sorted(folder.iterdir())] == ["err", "out"]
    at_rest = b"".join(file.read_bytes() for file in tmp_path.glob("city.sqlite*"))
    for name in STORED_NOWHERE:
        assert CANARIES[name].encode() not in at_rest, name


def say_nonsense(process: Process) -> None:
    """What is no HTTP at all, with a canary in it."""
    for canary in CANARIES.values():
        with socket.create_connection(("127.0.0.1", process.port), PATIENCE) as connection:
            connection.sendall(f"{canary} / HTTP/9\r\n{canary}\r\n\r\n".encode())
            assert b" 400 " in connection.recv(100)


def signed_in(process: Process, role: Role) -> str:
    body = json.dumps({"username": str(role), "password": PASSWORD}).encode()
    status, answer = process.ask("POST", "/api/v1/session", body, {"Content-Type": "application/json"})
    assert status == 201, answer
    return str(json.loads(answer)["access_token"])


def headers(token: str) -> dict[str, str]:
    """A token, and a canary in every other header there is a use for."""
    number, reference = CANARIES["number"], CANARIES["reference"]
    return {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "User-Agent": reference,
        "X-Request-ID": number,
        "Idempotency-Key": f"{reference}{random.random()}",
        "If-Match": f'"{number}"',
        "Referer": f"http://{reference}/{number}",
        "Cookie": f"session={CANARIES['token']}",
        "Accept-Language": f"sv;{reference}",
        "X-Forwarded-For": number,
        "traceparent": number,
    }


def asked(tree: Mapping[str, Any]) -> Iterator[tuple[str, str, bytes | None]]:
    """Every route, with a canary in each part of the path, each query parameter and each text of the body."""
    turn = cycle(CANARIES.values())
    for path, methods in tree["paths"].items():
        for method, operation in methods.items():
            parts = (quote(next(turn)) if part.startswith("{") else part for part in path.split("/"))
            filled, verb = "/".join(parts), method.upper()
            names = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]
            yield verb, f"{filled}?{urlencode({name: next(turn) for name in [*names, 'q']})}", None
            yield verb, filled, json.dumps(list(CANARIES.values())).encode()
            for body in operation.get("requestBody", {}).get("content", {}).values():
                for _ in range(2):
                    yield verb, filled, json.dumps(sung(body["example"], turn)).encode()
                yield verb, filled, f'{{"{next(turn)}": {next(turn)}'.encode()


def sung(example: Any, turn: Iterator[str]) -> Any:
    if isinstance(example, dict):
        return {key: sung(value, turn) for key, value in example.items()}
    return (
        next(turn) if example in ("text", "note", "assessment", "reason", "username", "password") else example
    )


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(str(tmp_path / "city.sqlite"))
    yield engine
    engine.dispose()


@pytest.fixture
def told() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def app(engine: Engine, told: io.StringIO) -> FastAPI:
    """The service, with a route that fails on what it was sent."""
    app = build_server(engine, settings(), Clock(), Log(told))

    @app.get("/fails/{text}")
    def fails(text: str) -> None:
        try:
            int(text)
        except ValueError as error:
            raise RuntimeError(f"no number: {text}") from error

    return app


def test_a_fault_is_told_by_type_and_place_alone(app: FastAPI, told: io.StringIO) -> None:
    canary = CANARIES["text"]
    with TestClient(app) as client:
        answer = client.get(f"/fails/{canary}")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "detail" in answer.json()
    fault, request = (json.loads(line) for line in told.getvalue().splitlines())
    assert fault["kinds"] == ["RuntimeError", "ValueError"]
    assert any(frame.startswith("api/server/") for frame in fault["frames"])
    assert fault["id"] == request["id"] == answer.headers["x-request-id"]
    assert (request["status"], request["route"]) == (500, "none")
    assert not [one for one in spellings(canary) if one in told.getvalue()]
    assert list(app.state.faults) == ["RuntimeError"]


def test_the_user_is_named_by_an_id_and_the_route_by_its_template(
    app: FastAPI, engine: Engine, told: io.StringIO
) -> None:
    service = app.state.service
    user = User(user_id="u-1", username="anna", role=Role.COORDINATOR, created_at=service.now())
    with writing(engine) as connection:
        add_user(connection, user, None)
    token = begin_for(engine, service.secret, user, service.now()).access
    with TestClient(app) as client:
        client.get("/api/v1/households/H1", headers={"Authorization": f"Bearer {token}"})
    line = json.loads(told.getvalue())
    assert (line["user"], line["route"]) == ("u-1", "/api/v1/households/{household_id}")
    assert set(line) == {"event", "level", "at", "id", "method", "route", "status", "ms", "user"}


@pytest.fixture
def taken_over(told: io.StringIO) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (list(root.handlers), root.level, threading.excepthook, sys.unraisablehook)
    take_over(Log(told))
    yield told
    logging.captureWarnings(False)
    root.handlers, level, threading.excepthook, sys.unraisablehook = before
    root.setLevel(level)


def test_libraries_are_heard_without_their_words(taken_over: io.StringIO) -> None:
    canary = CANARIES["name"]
    try:
        raise KeyError(canary)
    except KeyError:
        logging.getLogger("some.library").exception("could not read %s", canary)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"{canary} is deprecated", stacklevel=1)

    def fails() -> None:
        raise ValueError(canary)

    thread = threading.Thread(target=fails, name=canary)
    thread.start()
    thread.join()
    lines = [json.loads(line) for line in taken_over.getvalue().splitlines()]
    assert [line.get("name") for line in lines] == ["some.library", "py.warnings", None]
    assert (lines[0]["kinds"], lines[2]["kinds"]) == (["KeyError"], ["ValueError"])
    assert canary not in taken_over.getvalue()


def test_only_places_of_ours_are_named() -> None:
    assert own_place(logging.__file__) is None
    assert own_place(own_place.__code__.co_filename) == "api/server/logs.py"
