"""The keyring of a real desktop: kept, found again, and whatever goes wrong asks the passphrase."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support.faults_workspace import CHEAP, PASSPHRASE, a_workspace
from support.secret_service import MISSING, SecretService

from kamdesk.storage import key_file
from kamdesk.storage.keys import KeyMissing, KeyRing, WrongPassphrase
from kamdesk.storage.opening import open_file
from kamdesk.storage.rekeying import renew_key

KEY, OTHER, ONE, TWO = "0b" * 32, "0c" * 32, "ab" * 16, "cd" * 16
ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.secrets,
    pytest.mark.filterwarnings("ignore:.*<socket.socket:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.skipif(MISSING, reason="needs gnome-keyring and dbus"),
]


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecretService]:
    home = tmp_path_factory.mktemp("keyring")
    home.chmod(0o700)
    service = SecretService(home)
    try:
        yield service
    finally:
        service.close()


@pytest.fixture
def service(_running: SecretService, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", _running.address)
    _running.start()
    _running.empty()
    yield _running
    _running.go_on()
    _running.kill()
    gc.collect()  # a question that failed leaves its socket open until then


def ring(patience: float = 5.0) -> KeyRing:
    """Return the keyring as the program asks it; the tests' own stands in its place otherwise."""
    from keyring.backends.SecretService import Keyring

    return KeyRing(Keyring(), patience=patience)


def opens(folder: Path, keys: KeyRing, secret: str = "") -> str:
    """Open a workspace; return its key."""
    asked = (lambda: secret) if secret else None
    with closing(open_file(folder, keys=keys, passphrase=asked)) as it:
        return it.key


def test_a_key_is_found_again_also_by_another_program(service: SecretService) -> None:
    assert ring().set(ONE, KEY)
    assert ring().get(ONE) == KEY
    service.kill()
    service.start()
    code = f"from kamdesk.storage.keys import system_ring; print(system_ring().get('{ONE}'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**service.environment(), "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.strip() == KEY


def test_dropping_leaves_nothing(service: SecretService) -> None:
    keys = ring()
    assert keys.set(ONE, KEY)
    assert keys.set(ONE, OTHER, "next")
    for _ in range(2):
        keys.drop(ONE)
        keys.drop(ONE, "next")
    assert service.items() == []


def test_two_workspaces_do_not_mix(service: SecretService, tmp_path: Path) -> None:
    keys = ring()
    made = {name: a_workspace(tmp_path / name, ring=keys) for name in ("one", "two")}
    found = {name: opens(tmp_path / name, ring()) for name in made}
    assert len(set(found.values())) == len(service.items()) == 2
    keys.drop(made["one"].workspace_id)
    with pytest.raises(KeyMissing):
        opens(tmp_path / "one", ring())
    assert opens(tmp_path / "two", ring()) == found["two"]


def test_a_new_key_takes_the_old_ones_place_and_no_slot_is_left(
    service: SecretService, tmp_path: Path
) -> None:
    desk, code = tmp_path / "desk", key_file.new_code()
    made = a_workspace(desk, ring=ring())
    before = opens(desk, ring())
    renew_key(desk, passphrase=PASSPHRASE, code=code, keys=ring(), cost=CHEAP)
    assert opens(desk, ring()) != before
    assert [about["username"] for _, about in service.items()] == [f"{made.workspace_id}:key"]


def test_what_is_kept_is_named_without_a_word_of_the_user(
    service: SecretService, tmp_path: Path
) -> None:
    made = a_workspace(tmp_path / "华东电网 territory", ring=ring())
    ((label, about),) = service.items()
    assert set(about) <= {"application", "service", "username", "xdg:schema"}
    assert (about["service"], about["username"]) == ("KamDesk", f"{made.workspace_id}:key")
    assert label == f"Password for '{made.workspace_id}:key' on 'KamDesk'"


def test_an_emptied_keyring_asks_the_passphrase_once(
    service: SecretService, tmp_path: Path
) -> None:
    a_workspace(tmp_path, ring=ring())
    service.empty()
    with pytest.raises(KeyMissing):
        opens(tmp_path, ring())
    opens(tmp_path, ring(), PASSPHRASE)
    opens(tmp_path, ring())


def test_a_wrong_key_stays_until_the_passphrase_is_right(
    service: SecretService, tmp_path: Path
) -> None:
    made = a_workspace(tmp_path, ring=ring())
    right = opens(tmp_path, ring())
    assert ring().set(made.workspace_id, OTHER)
    with pytest.raises(WrongPassphrase):
        opens(tmp_path, ring(), "not this one")
    assert ring().get(made.workspace_id) == OTHER
    assert opens(tmp_path, ring(), PASSPHRASE) == right
    assert ring().get(made.workspace_id) == right
    assert len(service.items()) == 1


def test_a_locked_keyring_is_an_empty_one(service: SecretService, tmp_path: Path) -> None:
    made = a_workspace(tmp_path, ring=ring())
    right = opens(tmp_path, ring())
    service.lock()
    with pytest.raises(KeyMissing):
        opens(tmp_path, ring(2.0))
    assert opens(tmp_path, ring(2.0), PASSPHRASE) == right
    service.kill()
    service.start()
    assert ring().get(made.workspace_id) == right


def test_a_keyring_that_hangs_is_waited_for_once(service: SecretService, tmp_path: Path) -> None:
    a_workspace(tmp_path, ring=ring())
    right = opens(tmp_path, ring())
    service.halt()
    keys = ring(0.5)
    with pytest.raises(KeyMissing):
        opens(tmp_path, keys)
    assert keys._silent
    assert opens(tmp_path, keys, PASSPHRASE) == right
    service.go_on()
    assert opens(tmp_path, ring()) == right


def test_a_keyring_that_was_killed_is_an_empty_one(service: SecretService, tmp_path: Path) -> None:
    a_workspace(tmp_path, ring=ring())
    keys = ring(2.0)
    right = opens(tmp_path, keys)
    service.kill()
    for one in (keys, ring(2.0)):
        with pytest.raises(KeyMissing):
            opens(tmp_path, one)
        assert opens(tmp_path, one, PASSPHRASE) == right
