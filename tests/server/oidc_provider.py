"""An OpenID provider in a process of its own, which can be told to err: `python oidc_provider.py PORT`.

It keeps to the rules by itself: one use of each code, PKCE, the client's secret, the address it knows. What a
test wants it to do wrong is told to `/control`.
"""

import base64
import hashlib
import json
import secrets
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "hemvist", "klientens-hemlighet"


class State:
    """What the provider knows, and how it is to err."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        self.codes: dict[str, dict[str, str]] = {}
        self.keys: list[Any] = []
        self.told: dict[str, Any] = {}
        self.asked: list[str] = []
        self.turn("RS256")

    def turn(self, algorithm: str) -> None:
        """Sign with a new key from now on, and show no other."""
        kid = {"kid": secrets.token_hex(4), "use": "sig", "alg": algorithm}
        key = RSAKey.generate_key(2048, kid) if algorithm == "RS256" else ECKey.generate_key("P-256", kid)
        self.keys = [key]

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.told.get("discovered_issuer", self.issuer),
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": self.told.get("token_endpoint", f"{self.issuer}/token"),
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/logout",
        }

    def id_token(self, nonce: str) -> str:
        now = float(self.told["now"])
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "person-1",
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            "preferred_username": "Anna.Lind",
            **self.told.get("claims", {}),
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        key, how = self.keys[0], self.told.get("sign", "well")
        headers = {"kid": key.kid}
        if how == "none":
            return jwt.encode(claims, None, algorithm="none", headers=headers)
        if how == "shared":
            return jwt.encode(claims, SECRET.ljust(32, "-"), algorithm="HS256", headers=headers)
        if how == "forged":
            key = RSAKey.generate_key(2048)
        algorithm = "RS256" if isinstance(key, RSAKey) else "ES256"
        return jwt.encode(claims, key.private_key, algorithm=algorithm, headers=headers)


class Handler(BaseHTTPRequestHandler):
    """Answers a browser and a client."""

    state: State

    def do_GET(self) -> None:
        at, asked = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        self.state.asked.append(at)
        if at == "/.well-known/openid-configuration":
            self.answer(200, self.state.metadata())
        elif at == "/keys":
            self.answer(200, {"keys": [key.as_dict(private=False) for key in self.state.keys]})
        elif at == "/asked":
            self.answer(200, self.state.asked)
        elif at == "/authorize":
            self.authorize({name: values[0] for name, values in asked.items()})
        else:
            self.answer(404, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
        if self.path == "/control":
            told = json.loads(body)
            if "turn" in told:
                self.state.turn(told.pop("turn"))
            self.state.told = told
            self.answer(200, {})
        elif self.path == "/token":
            self.token({name: values[0] for name, values in parse_qs(body).items()})
        else:
            self.answer(404, {})

    def authorize(self, asked: dict[str, str]) -> None:
        known = asked["client_id"] == CLIENT and asked["code_challenge_method"] == "S256"
        assert known
        assert asked["response_type"] == "code"
        assert "openid" in asked["scope"].split()
        if "error" in self.state.told:
            back = {"error": self.state.told["error"], "state": asked["state"]}
        else:
            code = secrets.token_urlsafe(16)
            self.state.codes[code] = asked
            back = {"code": code, "state": asked["state"], "iss": self.state.issuer}
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
        self.end_headers()

    def token(self, given: dict[str, str]) -> None:
        asked = self.state.codes.pop(given.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if self.headers.get("authorization") != f"Basic {basic}":
            self.answer(401, {"error": "invalid_client"})
        elif (
            asked is None
            or given.get("redirect_uri") != asked["redirect_uri"]
            or base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() != asked["code_challenge"]
        ):
            self.answer(400, {"error": "invalid_grant"})
        else:
            token = self.state.id_token(asked["nonce"])
            self.answer(200, {"access_token": "a", "token_type": "Bearer", "id_token": token})

    def answer(self, status: int, tree: Any) -> None:
        body = json.dumps(tree).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


if __name__ == "__main__":
    Handler.state = State(int(sys.argv[1]))
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
