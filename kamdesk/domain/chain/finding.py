"""What judging a decision chain finds: a warning with people, evidence, advice; or why not judged.

Made by ``gaps`` from the rules of a pack, shown by windows, papers and the command line.
"""

from dataclasses import dataclass

from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.domain.chain.model import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a finding rests on. ``kind`` and ``record`` name the record it links to
    ("visit", "person", "reading", "body", "tie", "post", "seat"); None: there is none.
    """

    said: Text | str
    kind: str = ""
    record: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule that found something on a map.

    ``said`` is the sentence, ``advice`` what to do. ``people`` are ids of nodes, the one most
    concerned first. ``weight`` sorts, 0 to 10. ``roles`` are those concerned where nobody is.
    ``quiet`` says why a rule that was mostly noise is listed last and folded; None: it speaks.
    """

    rule: str
    said: Text
    people: tuple[Id, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    advice: Text
    weight: float
    roles: tuple[Role, ...] = ()
    quiet: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotJudged:
    """A rule that could not judge: ``said`` tells why, ``helps`` the two inputs to give first."""

    rule: str
    said: Text
    helps: tuple[Text, ...] = ()
    people: tuple[Id, ...] = ()
