"""Where the key is found, and that a keyring that fails is no keyring."""

import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import keyring
import pytest
from support.faults_workspace import CHEAP, PASSPHRASE, BrokenRing, MemoryRing, no_ring

from kamdesk.core.errors import StorageTrouble
from kamdesk.storage import key_file
from kamdesk.storage.keys import SERVICE, KeyMissing, KeyRing, WrongPassphrase, find_key, keep_key

KEY, OTHER, SALT, WORKSPACE = "0b" * 32, "0c" * 32, "05" * 16, "ab" * 16
CODE = key_file.new_code()
SEALED = key_file.make(KEY, SALT, WORKSPACE, passphrase=PASSPHRASE, code=CODE, cost=CHEAP)


def never() -> str:
    raise AssertionError("nobody was to be asked")


def test_slots_are_kept_apart_by_workspace() -> None:
    backend = MemoryRing()
    ring = KeyRing(backend)
    assert ring.set(WORKSPACE, KEY)
    assert ring.set(WORKSPACE, OTHER, "next")
    assert (ring.get(WORKSPACE), ring.get(WORKSPACE, "next")) == (KEY, OTHER)
    assert ring.get("cd" * 16) is None
    assert set(backend.kept) == {(SERVICE, f"{WORKSPACE}:key"), (SERVICE, f"{WORKSPACE}:next")}
    ring.drop(WORKSPACE, "next")
    ring.drop(WORKSPACE, "next")
    assert ring.get(WORKSPACE, "next") is None


def test_a_keyring_that_drops_silently_did_not_keep_it() -> None:
    class Forgetful(MemoryRing):
        def set_password(self, service: str, username: str, password: str) -> None:
            pass

    assert not KeyRing(Forgetful()).set(WORKSPACE, KEY)


def test_rubbish_in_the_keyring_is_no_key() -> None:
    ring = KeyRing(MemoryRing())
    for rubbish in ("", "0b" * 31, "0B" * 32, KEY + "\n", "x'" + KEY):
        ring.set(WORKSPACE, rubbish)
        assert ring.get(WORKSPACE) is None


def test_a_broken_keyring_is_an_empty_one() -> None:
    ring = KeyRing(BrokenRing())
    assert ring.get(WORKSPACE) is None
    assert not ring.set(WORKSPACE, KEY)
    ring.drop(WORKSPACE)


def test_a_keyring_that_panics_is_an_empty_one() -> None:
    class Panic(BaseException):
        pass

    class Panicking(MemoryRing):
        def get_password(self, service: str, username: str) -> str | None:
            raise Panic

    assert KeyRing(Panicking()).get(WORKSPACE) is None


def test_a_hanging_keyring_is_waited_for_once() -> None:
    release = threading.Event()
    asked = []

    class Hanging(MemoryRing):
        def get_password(self, service: str, username: str) -> str | None:
            asked.append(username)
            release.wait(20)
            return KEY

    ring = KeyRing(Hanging(), patience=0.2)
    start = time.monotonic()
    assert ring.get(WORKSPACE) is None
    assert not ring.set(WORKSPACE, KEY)
    assert find_key(SEALED, ring, lambda: PASSPHRASE) == (KEY, None)
    assert time.monotonic() - start < 10
    assert len(asked) == 1
    release.set()


def test_the_wait_is_five_seconds() -> None:
    assert KeyRing()._patience == 5


@pytest.mark.parametrize(
    "module",
    [
        "keyrings.alt.file",
        "keyring.backends.null",
        "keyring.backends.fail",
        "somewhere.SecretService",
    ],
)
def test_a_keyring_that_is_not_the_systems_own_is_not_used(
    monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    backend = type("Keyring", (MemoryRing,), {"__module__": module})()
    for ring in (backend, SimpleNamespace(backends=[backend])):
        monkeypatch.setattr(keyring, "get_keyring", lambda ring=ring: ring)
        assert not KeyRing().set(WORKSPACE, KEY)
    assert backend.kept == {}


def test_the_systems_own_keyring_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SecretService", "libsecret", "kwallet", "macOS", "Windows"):
        backend = type("Keyring", (MemoryRing,), {"__module__": f"keyring.backends.{name}"})()
        monkeypatch.setattr(keyring, "get_keyring", lambda backend=backend: backend)
        assert KeyRing().set(WORKSPACE, KEY)


# Finding the key


def test_the_keyrings_key_is_taken_without_asking() -> None:
    ring = KeyRing(MemoryRing())
    ring.set(WORKSPACE, KEY)
    assert find_key(SEALED, ring, never) == (KEY, "key")


def test_a_key_that_waits_in_the_next_slot_is_found() -> None:
    ring = KeyRing(MemoryRing())
    ring.set(WORKSPACE, OTHER)
    ring.set(WORKSPACE, KEY, "next")
    assert find_key(SEALED, ring, never) == (KEY, "next")


@pytest.mark.parametrize(
    "secret",
    [PASSPHRASE, CODE, CODE.lower().replace("-", " ")],
    ids=["passphrase", "code", "code as typed"],
)
def test_finding_leaves_the_keyring_alone_until_the_key_has_opened_the_file(secret: str) -> None:
    ring = KeyRing(MemoryRing())
    ring.set(WORKSPACE, OTHER)
    found = find_key(SEALED, ring, lambda: secret)
    assert found == (KEY, None)
    assert ring.get(WORKSPACE) == OTHER
    keep_key(WORKSPACE, found, ring)
    assert ring.get(WORKSPACE) == KEY


def test_a_key_from_the_next_slot_moves_into_its_own() -> None:
    backend = MemoryRing()
    ring = KeyRing(backend)
    ring.set(WORKSPACE, OTHER)
    ring.set(WORKSPACE, KEY, "next")
    keep_key(WORKSPACE, find_key(SEALED, ring, never), ring)
    assert backend.kept == {(SERVICE, f"{WORKSPACE}:key"): KEY}


def test_without_a_keyring_the_passphrase_opens_it_each_time() -> None:
    for _ in range(2):
        found = find_key(SEALED, no_ring(), lambda: PASSPHRASE)
        keep_key(WORKSPACE, found, no_ring())
        assert found == (KEY, None)


@pytest.mark.parametrize(
    "secret",
    ["wrong", key_file.new_code(), PASSPHRASE.upper()],
    ids=["wrong", "another code", "other case"],
)
def test_a_wrong_passphrase_is_said_to_be_wrong(secret: str) -> None:
    ring = KeyRing(MemoryRing())
    with pytest.raises(WrongPassphrase) as refused:
        find_key(SEALED, ring, lambda: secret)
    assert refused.value.said.plain == "That passphrase does not open this workspace."
    assert ring.get(WORKSPACE) is None


def test_without_key_and_passphrase_it_says_what_is_needed() -> None:
    for asked in (None, lambda: ""):
        with pytest.raises(KeyMissing, match="Enter its passphrase or its recovery code"):
            find_key(SEALED, no_ring(), asked)
    assert issubclass(KeyMissing, StorageTrouble)


def test_the_keyring_is_imported_on_first_use_only() -> None:
    code = "import sys, kamdesk.storage.opening; print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
