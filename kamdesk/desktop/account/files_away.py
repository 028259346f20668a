"""Which contents of a customer's files are not here, or here alone: why, and what to do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from kamdesk.core.ids import AccountId
from kamdesk.core.wording import Text
from kamdesk.storage import arriving

if TYPE_CHECKING:
    from kamdesk.workspace import Workspace

COMES: Final = "comes"
"""It comes with the next exchange, by itself."""
LARGE: Final = "large"
"""It comes once it is asked for."""

SHORT: Final = Text("not here")
_HERE_ALONE: Final = Text("only here")
_SENTENCES: Final[Mapping[str, Text]] = {
    COMES: Text("What is in this file has not come yet; it comes with the next exchange."),
    LARGE: Text("This file is large and stays away until you want it: open it, and it is fetched."),
    arriving.WISHED: Text("This file is being fetched; it comes with the next exchange."),
    arriving.ABSENT: Text(
        "What is in this file was not sent yet: it comes once the laptop it was added on has"
        " exchanged. Open it to ask again now."
    ),
    arriving.WRONG: Text(
        "What came was not what this file held, so it was not taken. Ask whoever added it to add"
        " it once more."
    ),
    arriving.TOO_LARGE: Text(
        "This file is too large for the hub: the others see its name, what is in it stays on this"
        " computer."
    ),
    arriving.NO_ROOM: Text(
        "The hub has no more room for files: the others see its name, what is in it stays on this"
        " computer until your administrator makes room. It is sent again by itself."
    ),
}
_ASKED: Final = """
SELECT f.id, f.size, t.why, EXISTS (SELECT 1 FROM file_parts p WHERE p.digest = f.digest) AS here
FROM files f LEFT JOIN content_trouble t ON t.digest = f.digest
WHERE f.account = ? AND NOT f.gone AND f.digest IS NOT NULL"""


def away(desk: "Workspace", account: AccountId) -> dict[bytes, str]:
    """Return why contents of a customer's files are not here, or here alone, by file."""
    from kamdesk.sync.blobs import BY_ITSELF

    if not desk.storage.log.own:
        return {}
    found: dict[bytes, str] = {}
    for row in desk.storage.reader.ask(_ASKED, account):
        if row["here"]:
            if row["why"] in arriving.STAYS:
                found[row["id"]] = row["why"]
        else:
            usual = LARGE if (row["size"] or 0) > BY_ITSELF else COMES
            found[row["id"]] = row["why"] if row["why"] in _SENTENCES else usual
    return found


def short(why: str) -> Text:
    """Return what stands beside a file's size."""
    return _HERE_ALONE if why in arriving.STAYS else SHORT


def sentence(why: str | None) -> Text | str:
    """Return why, and what to do; empty for a content that is here."""
    return _SENTENCES[why] if why else ""
