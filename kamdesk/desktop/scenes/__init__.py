"""What the screenshots show: every page, on a small invented territory that stays on its day."""

from collections.abc import Sequence
from pathlib import Path

from kamdesk.desktop.scenes import (
    calendars,
    chain,
    chain_panel,
    customer_file,
    customers,
    days,
    debriefs,
    doors,
    duties,
    exchange,
    importing,
    lists,
    matrix,
    opportunities,
    papers,
    patterns,
    people,
    phases,
    places,
    playbook,
    room,
    safety,
    shell,
    team,
    visits,
    week,
)
from kamdesk.desktop.scenes.staging import Territories
from kamdesk.desktop.shots import Scene


def scenes(folder: Path) -> Sequence[Scene]:
    """Return all there is to see, made in ``folder``."""
    on = Territories(folder)
    return [
        scene
        for area in (
            debriefs,
            days,
            customers,
            customer_file,
            phases,
            places,
            lists,
            people,
            chain,
            chain_panel,
            matrix,
            opportunities,
            team,
            visits,
            patterns,
            calendars,
            week,
            papers,
            safety,
            room,
            shell,
            playbook,
            duties,
            exchange,
            doors,
            importing,
        )
        for scene in area.scenes(on)
    ]
