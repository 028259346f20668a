"""Where a site lies and when it receives, in words: what its address and its hours came to."""

from collections.abc import Mapping

from kamdesk.core.text.hours_reading import read_hours
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.account.held import HeldSite
from kamdesk.domain.travel.coordinates import read_pasted
from kamdesk.dossier.places import place_of


def place_words(held: HeldSite) -> Text | str:
    """Return where a site lies and what that goes by: 苏州市昆山市 · by the address, …"""
    place = place_of(held.record, held.city, held.province)
    if place is None:
        return ""
    return looks.joined(place.district or numbers(held), place.said)


def numbers(held: HeldSite) -> str:
    """Return the spot that was given, as it is typed; empty where none was."""
    spot = held.record.spot
    return f"{spot.lat:.5f}, {spot.lon:.5f}" if spot else ""


def placed(value: object, held: HeldSite) -> Mapping[str, object]:
    """Return the fields of a site for what was pasted; nothing lets its address say it again.

    Raises ``RuleBroken`` where no point is found in it.
    """
    text = str(value).strip()
    if text == numbers(held):
        return {}
    if not text:
        return {"lat": None, "lon": None, "spot_from": ""}
    spot, source = read_pasted(text)
    return {"lat": spot.lat, "lon": spot.lon, "spot_from": source}


def understood(held: HeldSite) -> Text | str:
    """Return what the words about their hours came to."""
    if not held.record.hours:
        return ""
    hours = read_hours(held.record.hours)
    if hours is None:
        return Text("no times in it: the week takes any working hour")
    return Text("for the week: {hours}", hours=hours.said)
