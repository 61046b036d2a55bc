"""Settings: where each came from, what is wrong, and never a secret."""

import json
import os

import pytest
from cryptography.fernet import Fernet

from api.cli.main import run
from api.configuration import SettingsFaulty, configuration, read_settings
from api.settings import Settings

SECRET = "kJ8-wQ2_zR7mNf4TgY1uXp9LbVc3HdS6aE0oI5"
KEY = Fernet.generate_key().decode()


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing set but what a service needs, whatever the machine says."""
    for name in [name for name in os.environ if name.startswith("HEMVIST")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HEMVIST_SECRET", SECRET)
    monkeypatch.setenv("HEMVIST_KEYS", KEY)


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    capsys.readouterr()
    assert run(["config", *arguments]) == 0
    return capsys.readouterr()


def test_two_workers_so_that_a_simulation_holds_up_no_match() -> None:
    assert read_settings().workers == 2


def test_every_setting_is_listed_with_its_source(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEMVIST_PORT", "8700")
    out, err = listed(capsys, "--json", "-")
    tree = json.loads(out)
    assert (tree["ready"], tree["faults"], tree["unknown"], err) == (True, [], [], "")
    found = {one["name"]: (one["source"], one["value"]) for one in tree["settings"]}
    fields = {f"HEMVIST_{name.upper()}" for name in Settings.model_fields}
    assert set(found) == fields | {"HEMVIST_LANG", "HEMVIST_DEBUG"}
    assert found["HEMVIST_PORT"] == ("environment", "8700")
    assert found["HEMVIST_HOST"] == ("default", "127.0.0.1")
    assert found["HEMVIST_SECRET"] == ("environment", "set")
    assert found["HEMVIST_OIDC_CLIENT_SECRET"] == ("default", "missing")
    assert found["HEMVIST_DB"][0] == "default"
    assert found["HEMVIST_DB"][1].startswith("sqlite:///")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_secrets_are_never_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("HEMVIST_OIDC_CLIENT_SECRET", "klienthemligheten")
    monkeypatch.setenv("HEMVIST_DB", "postgresql://hemvist:databasordet@db.stad.se/hemvist")
    monkeypatch.setenv("HEMVIST_PASWORD", "felstavat")
    for arguments in ((), ("--json", "-")):
        out, err = listed(capsys, *arguments, "--lang", language)
        for secret in (SECRET, KEY, "klienthemligheten", "databasordet", "felstavat"):
            assert secret not in out + err
        assert "postgresql://hemvist:***@db.stad.se/hemvist" in out
        assert "HEMVIST_PASWORD" in err


@pytest.mark.parametrize(
    "address",
    ["postgresql://a:lösen@[b/c", "postgresql:a:lösen@b/c", "x://:lösen@h", "x://h/c?password=lösen"],
)
def test_an_address_that_cannot_be_read_is_not_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HEMVIST_DB", address)
    out, _ = listed(capsys)
    assert "lösen" not in out


def test_what_is_missing_is_said_with_the_remedy(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HEMVIST_SECRET")
    monkeypatch.setenv("HEMVIST_PORT", "åtta")
    out, err = listed(capsys, "--lang", "en")
    assert "missing" in out
    said = err.splitlines()
    assert len(said) == 2
    assert said[0].startswith("HEMVIST_SECRET is missing")
    assert "secrets.token_urlsafe" in said[0]
    assert said[1].startswith("HEMVIST_PORT has a value that cannot be used")


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "short",
        "a" * 64,
        "abcdefgh" * 8,
        "changeme-changeme-changeme-0123456789",
        "My-Super-Secret-For-This-City-1234567",
        "hemvist-i-stockholm-vintern-2026-0123",
    ],
)
def test_a_secret_that_can_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("HEMVIST_SECRET", secret)
    with pytest.raises(SettingsFaulty) as faulty:
        read_settings()
    assert [(one.name, one.kind) for one in faulty.value.faults] == [("HEMVIST_SECRET", "bad")]
    assert not secret or secret not in str(faulty.value)


@pytest.mark.parametrize(
    "keys",
    ["", "abc", "A" * 43 + "=", f"{KEY},abc", f"{KEY},{'A' * 43}="],
    ids=["none", "no_key", "weak", "one_and_none", "one_and_weak"],
)
def test_keys_that_are_none_are_refused(monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    monkeypatch.setenv("HEMVIST_KEYS", keys)
    with pytest.raises(SettingsFaulty) as faulty:
        read_settings()
    assert [(one.name, one.kind) for one in faulty.value.faults] == [("HEMVIST_KEYS", "bad")]


def test_what_is_made_as_told_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    import secrets

    for _ in range(200):
        monkeypatch.setenv("HEMVIST_SECRET", secrets.token_urlsafe(48))
        monkeypatch.setenv("HEMVIST_KEYS", f"{Fernet.generate_key().decode()}, {KEY}")
        assert len(read_settings().key_list) == 2


def test_the_command_line_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMVIST_PORT", "8700")
    monkeypatch.setenv("HEMVIST_HOST", "0.0.0.0")
    settings = read_settings(port=8800, host=None)
    assert (settings.port, settings.host) == (8800, "0.0.0.0")


@pytest.mark.parametrize("port", ["0", "65536", "åtta", "-1", "8600.0", "99999999999999999999"])
def test_a_port_that_is_none(capsys: pytest.CaptureFixture[str], port: str) -> None:
    assert run(["serve", f"--port={port}"]) == 2
    assert port in capsys.readouterr().err


def test_names_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {one.name: one for one in configuration({"hemvist_port": "9000"})}
    assert (told["HEMVIST_PORT"].source, told["HEMVIST_PORT"].value) == ("environment", "9000")
    assert told["HEMVIST_SECRET"].source == "missing"
