"""A city with a login of its own: the provider's process, the service, and a browser."""

import subprocess
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
from fastapi.testclient import TestClient

from models.access import Role, User
from models.database import writing
from models.store.access import add_user
from models.store.audit import entries
from tests.server.conftest import Clock, Served

URL = "/api/v1/session/oidc"
HERE = f"http://127.0.0.1:8600{URL}/callback"


@dataclass
class Provider:
    """The provider's process, and how it is told to err."""

    port: int
    running: subprocess.Popen[bytes]

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def told(self, clock: Clock, **what: Any) -> None:
        httpx2.post(f"{self.issuer}/control", json={"now": clock().timestamp(), **what}, trust_env=False)

    def asked(self) -> list[str]:
        found: list[str] = httpx2.get(f"{self.issuer}/asked", trust_env=False).json()
        return found


@dataclass
class City:
    """A service whose city has a login, and a browser."""

    served: Served
    provider: Provider

    @property
    def client(self) -> TestClient:
        return self.served.client

    def enter(self, subject: str | None = None, **columns: Any) -> User:
        row: dict[str, Any] = {"username": "anna.lind", "role": Role.CASEWORKER, "unit": "Bromma"} | columns
        user = User(user_id=uuid4().hex, oidc_subject=subject, created_at=self.served.clock(), **row)
        with writing(self.served.engine) as connection:
            add_user(connection, user)
        return user

    def leave(self) -> str:
        answer = self.client.get(URL, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def authorised(self, address: str) -> str:
        """What the provider sends the browser back with."""
        sent = httpx2.get(address, follow_redirects=False, trust_env=False).headers["location"]
        assert sent.startswith(HERE)
        return str(sent).removeprefix("http://127.0.0.1:8600")

    def ticket(self) -> str:
        answer = self.client.get(self.authorised(self.leave()))
        assert answer.status_code == 200, answer.text
        return str(answer.json()["ticket"])

    def try_to_enter(self) -> Any:
        return self.client.post(URL, json={"ticket": self.ticket()})

    def acts(self) -> list[tuple[str, str]]:
        return [(entry.action, str(entry.outcome)) for entry in entries(self.served.engine)]
