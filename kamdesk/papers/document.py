"""A PDF document: pages, bookmarks, metadata; the same content always gives the same bytes."""

from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from kamdesk.core.clock import Instant
from kamdesk.figures.type import Weight
from kamdesk.papers.fonts import Subset
from kamdesk.papers.pen import Pen

A4: Final = (595.28, 841.89)
A3: Final = (841.89, 1190.55)
LANGUAGE_TAGS: Final = {"en": "en", "zh": "zh-CN", "both": "zh-CN"}


class Document:
    """Collects pages and gives them back as one file. ``made`` is the date it carries."""

    def __init__(
        self,
        *,
        title: str,
        author: str = "",
        subject: str = "",
        keywords: tuple[str, ...] = (),
        language: str = "en",
        made: Instant,
    ) -> None:
        reportlab: Any = pdfdoc
        self._file = reportlab.PDFDocument(compression=1, invariant=1, lang=LANGUAGE_TAGS[language])
        self._file.info.title = title
        self._file.info.author = author
        self._file.info.subject = subject
        self._file.info.keywords = ", ".join(keywords)
        self._file.info.creator = "KamDesk"
        stamp = f"D:{made.local:%Y%m%d%H%M%S%z}"
        self._file.setDateFormatter(lambda *_parts: f"{stamp[:-2]}'{stamp[-2:]}'")
        wishes = reportlab.ViewerPreferencesPDFDictionary()
        wishes["DisplayDocTitle"] = "true"
        self._file.Catalog.ViewerPreferences = wishes
        self._fonts = {
            weight: Subset(weight, f"F{number}") for number, weight in enumerate(Weight, 1)
        }
        self._targets: dict[str, Any] = {}
        self._pen: Pen | None = None
        self._size = A4

    def new_page(self, size: tuple[float, float] = A4) -> Pen:
        """End the page before and begin a new one."""
        self._end_page()
        self._size = size
        self._pen = Pen(self._fonts)
        return self._pen

    def bookmark(self, title: str, *, level: int = 0, top: float | None = None) -> None:
        """Let the outline point to the present page at height ``top``."""
        name = f"place{len(self._targets) + 1}"
        self._file.inPage()
        target = pdfdoc.Destination(name)
        target.setPage(self._file.thisPageRef())
        target.xyz(0, self._size[1] if top is None else round(top, 2), None)
        self._targets[name] = self._file.Reference(target, f"Target.{name}")
        self._file.outline.addOutlineEntry(name, level, title)

    def finished(self) -> bytes:
        """Return the whole file; nothing can be added afterwards."""
        self._end_page()
        for font in self._fonts.values():
            if font:
                self._file.delayedFonts.append(font)
        data: bytes = self._file.GetPDFData(_Targets(self._targets))
        return data

    def _end_page(self) -> None:
        if self._pen is None:
            return
        page: Any = pdfdoc.PDFPage()
        page.pagewidth, page.pageheight = self._size
        page.ExtGState, page._shadingUsed = None, {}
        page.setCompression(1)
        code = "\n".join(self._pen.code) + "\n"
        page.setStream(code)
        self._file.updateSignature(code)
        self._file.addPage(page)
        self._pen = None


class _Targets:
    """What reportlab's outline asks a canvas for: where a bookmark's name leads."""

    def __init__(self, targets: dict[str, Any]) -> None:
        self._targets = targets

    def _bookmarkReference(self, name: str) -> Any:  # noqa: N802  (reportlab calls it so)
        return self._targets[name]
