"""The map on paper and as a file: Ctrl+P to the preview, Ctrl+E as SVG, PNG or PDF."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from kamdesk.core.clock import Instant
from kamdesk.core.errors import StorageTrouble
from kamdesk.core.ids import ColleagueId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import files, looks
from kamdesk.desktop.papers.page import BY_INFLUENCE

if TYPE_CHECKING:
    from kamdesk.desktop.chain.page import ChainPage
    from kamdesk.papers.chain_map.files import Form
    from kamdesk.workspace import Workspace

_FORMS: Final = {".svg": "svg", ".png": "png", ".pdf": "pdf"}


class Exporting:
    """Gives a page the keys Ctrl+P and Ctrl+E; what is written is the map as one sees it."""

    def __init__(self, page: "ChainPage") -> None:
        self._page = page
        add = page.actions_here.add
        self.printing = add("chain.print", Text("Print"), self.show, keys="Ctrl+P", icon="printer")
        add("chain.export", Text("Export the map"), self.ask, keys="Ctrl+E", icon="download")

    def show(self) -> None:
        """Show the paper of this map, of the day that is seen."""
        page, shown = self._page, self._page.shown
        chain = shown.map_id.hex() if shown and shown.map_id else ""
        day = f"@{page.day.isoformat()}" if page.day else ""
        seen = BY_INFLUENCE if page.view == "influence" else ""
        kind = f"map:{chain}{day}" if chain or day else "map"
        page.go("paper", page.account, f"{kind}{seen}")

    def ask(self) -> None:
        """Ask where to write the map, and write it."""
        path = files.ask_where_to(
            self._page,
            Text("Export the map"),
            looks.said(Text("Decision chain")),
            Text("Drawing"),
            ".svg",
            (Text("Picture"), ".png"),
            (Text("Paper"), ".pdf"),
        )
        if path is not None:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the map that is seen; the ending says as what."""
        page, shown = self._page, self._page.shown
        if shown is None:
            return
        account, chain, day = page.account, shown.map_id, shown.net.day
        form = cast("Form", _FORMS.get(path.suffix.lower(), "svg"))
        language, by_influence = looks.language(), page.view == "influence"

        def make(desk: "Workspace") -> str:
            from kamdesk.papers.chain_map.files import make_map

            now, me = desk.clock.now(), desk.team.sits_here
            made = make_map(
                desk.storage.reader,
                account,
                chain,
                at=now if day == now.day else Instant.at(day, 23, 59, zone=now.zone),
                made=now,
                language="zh" if language == "zh" else "en",
                me=ColleagueId(Id(me)) if me else None,
                form=form,
                by_influence=by_influence,
            )
            try:
                path.write_bytes(made)
            except OSError as trouble:
                raise StorageTrouble(
                    Text(
                        "{file} could not be written: {why}",
                        file=path.name,
                        why=trouble.strerror or "",
                    )
                ) from trouble
            return path.name

        page.ask(
            make,
            lambda name: page.around.say(Text("The map is in {file}.", file=name)),
            lambda refusal: page.around.say(refusal.said),
            key="export",
        )
