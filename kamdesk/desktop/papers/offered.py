"""Which papers there are, for whom they are made, and what can be ticked on each."""

from enum import StrEnum
from typing import Final

from kamdesk.core.wording import Text
from kamdesk.papers.brief.editions import Reader, Tick
from kamdesk.papers.minutes.content import Part


class PaperKind(StrEnum):
    """A paper the window can show."""

    BRIEF = "brief"
    TABLE = "table"
    MINUTES = "minutes"
    DAY_PACK = "daypack"
    WEEK = "week"
    MONTH = "month"
    MAP = "map"
    FILM = "film"
    INFLUENCE = "influence"
    KEY_PEOPLE = "key_people"
    MATRIX = "matrix"
    ACCESS = "access"
    EXCHANGE = "exchange"


KIND_WORDS: Final = {
    PaperKind.BRIEF: Text("Visit brief"),
    PaperKind.TABLE: Text("Page for the table"),
    PaperKind.MINUTES: Text("Meeting minutes"),
    PaperKind.DAY_PACK: Text("Day pack"),
    PaperKind.WEEK: Text("Plan of the week"),
    PaperKind.MONTH: Text("Month overview"),
    PaperKind.MAP: Text("Decision chain"),
    PaperKind.FILM: Text("Film strip"),
    PaperKind.INFLUENCE: Text("Influence table"),
    PaperKind.KEY_PEOPLE: Text("Key-person sheet"),
    PaperKind.MATRIX: Text("Matrix"),
    PaperKind.ACCESS: Text("Executive plan"),
    PaperKind.EXCHANGE: Text("Exchange plan"),
}
REMARKS: Final = {
    PaperKind.BRIEF: Text("Private: read it before the door and keep it in the bag."),
    PaperKind.TABLE: Text("Neutral: it lies on the table, the customer may read every word."),
    PaperKind.MINUTES: Text(
        "For the customer: what both sides promised and what comes next; no note and no opinion."
        " Read it once more before you send it."
    ),
    PaperKind.DAY_PACK: Text("Private: a cover for the road, then the briefs of the day."),
    PaperKind.WEEK: Text("Private: whom you visit when and why, and who was left out."),
    PaperKind.MONTH: Text("Private: the visits of a month, who is due, who was not seen."),
    PaperKind.MAP: Text("Private: it says what you think of each of them."),
    PaperKind.FILM: Text("Private: the chain on three days, and what moved in between."),
    PaperKind.INFLUENCE: Text(
        "Private: everybody on the map in a row, and what follows. Motives and ties to competitors"
        " print only when ticked."
    ),
    PaperKind.MATRIX: Text("Private: who of ours knows whom, now and wanted."),
    PaperKind.ACCESS: Text("Private: a page a target; read it before and keep it in the bag."),
    PaperKind.EXCHANGE: Text(
        "For both sides: the meetings of executives, without any aim or opinion. Read it once more"
        " before you send it."
    ),
    PaperKind.KEY_PEOPLE: Text("Private: the eight who count most, on half a page."),
}
POLITE_REMARK: Final = Text(
    "Neutral: names, posts and departments only; the customer may read every word."
)
PRIVATE: Final = frozenset({PaperKind.BRIEF, PaperKind.DAY_PACK})
"""Papers made for one of three readers on our side."""
OF_TIME: Final = (PaperKind.DAY_PACK, PaperKind.WEEK, PaperKind.MONTH)
"""Papers about a day, its week, its month."""
SIZED: Final = frozenset({PaperKind.MAP})
"""Papers that may be A4 or A3."""

READER_WORDS: Final = {
    Reader.ME: Text("Myself"),
    Reader.BOSS: Text("My boss"),
    Reader.CONSULTANT: Text("Consultant"),
}
TICK_WORDS: Final = {
    Tick.OPINIONS: Text("Stance, influence, relationship"),
    Tick.MOTIVES: Text("Personal motives"),
    Tick.RIVALS: Text("Ties to competitors"),
    Tick.PRICE: Text("Price corridor and margin"),
    Tick.REMARKS: Text("Private remarks"),
    Tick.MAP: Text("Decision chain"),
}
TICKS_FOR: Final = {
    Reader.ME: (Tick.MOTIVES, Tick.RIVALS, Tick.PRICE, Tick.REMARKS),
    Reader.BOSS: (Tick.OPINIONS, Tick.MOTIVES, Tick.RIVALS, Tick.PRICE, Tick.REMARKS),
    Reader.CONSULTANT: (Tick.OPINIONS, Tick.RIVALS, Tick.REMARKS, Tick.MAP),
}
"""What can be ticked for whom; a consultant never gets money nor motives."""
TICKS_OF: Final = {PaperKind.INFLUENCE: (Tick.MOTIVES, Tick.RIVALS)}
"""What can be ticked on papers that are made for no reader in particular."""
PART_WORDS: Final = {
    Part.DISCUSSED: Text("What was discussed"),
    Part.AGREED: Text("Agreed actions"),
    Part.OPEN: Text("Open from before"),
    Part.NEXT_STEP: Text("Next step"),
    Part.NEXT_MEETING: Text("Next meeting"),
}
