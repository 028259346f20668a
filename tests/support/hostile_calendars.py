"""Calendar files made to harm whoever reads them, each with what has to become of it."""

from collections.abc import Callable
from typing import Final, NamedTuple

DAY: Final = "DTSTART:20260312T010000Z"


class Hostile(NamedTuple):
    """A harm, the file that does it, and how its refusal ends; None: it is read."""

    harm: str
    make: Callable[[], bytes]
    refused: str | None = None


def _calendar(*events: str, head: str = "", end: str = "\r\n") -> Callable[[], bytes]:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\n{head}{body}END:VCALENDAR\n"
    return lambda: text.replace("\n", end).encode("utf-8", "surrogatepass")


def _rule(rule: str, start: str = DAY) -> Callable[[], bytes]:
    return _calendar(f"UID:a\n{start}\nRRULE:{rule}")


def _zone(*parts: str, name: str = "Odd") -> str:
    return f"BEGIN:VTIMEZONE\nTZID:{name}\n" + "".join(parts) + "END:VTIMEZONE\n"


def _part(rule: str, year: str = "1601", after: str = "+0100") -> str:
    return (
        f"BEGIN:STANDARD\nDTSTART:{year}0101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:{after}\n"
        f"RRULE:{rule}\nEND:STANDARD\n"
    )


_IN_ZONE = "UID:a\nDTSTART;TZID=Odd:20260312T010000"
_ALL_TIMES: Final = "BYDAY=MO,TU,WE,TH,FR,SA,SU;" + ";".join(
    f"{unit}={','.join(map(str, range(many)))}"
    for unit, many in (("BYHOUR", 24), ("BYMINUTE", 60), ("BYSECOND", 60))
)
TOO_MANY: Final = "It has more than 5000 appointments."
TOO_LONG: Final = "It repeats by a rule that takes too long to reckon."
ODD_RULE: Final = "It repeats by a rule that cannot be read."
ODD_START: Final = "Its beginning cannot be read."
OUTSIDE: Final = "between 2026-02-01 and 2028-02-01."
NONE: Final = "It is no calendar file."


def every() -> list[Hostile]:
    """Return them all; nothing is built until it is made."""
    many = [f"UID:{n}\n{DAY}\nRRULE:FREQ=DAILY" for n in range(200)]
    return [
        Hostile("every second for ever", _rule("FREQ=SECONDLY", "DTSTART:19000101T000000Z")),
        Hostile(
            "every second, few at a time", _rule("FREQ=SECONDLY;INTERVAL=2;BYSECOND=1"), TOO_LONG
        ),
        Hostile(
            "never, every day",
            _rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "DTSTART:00010101T000000Z"),
            OUTSIDE,
        ),
        Hostile("never, every second", _rule("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30")),
        Hostile(
            "a count beyond belief",
            _rule("FREQ=SECONDLY;COUNT=999999999", "DTSTART:19000101T000000Z"),
            TOO_LONG,
        ),
        Hostile(
            "a number of a million digits", _rule("FREQ=DAILY;COUNT=" + "9" * 1_000_000), ODD_RULE
        ),
        Hostile("an interval beyond the calendar", _rule("FREQ=YEARLY;INTERVAL=999999999")),
        Hostile("every second of every year at once", _rule(f"FREQ=YEARLY;{_ALL_TIMES}"), TOO_LONG),
        Hostile("every second of days, counted", _rule(f"FREQ=DAILY;COUNT=9999;{_ALL_TIMES}")),
        Hostile(
            "every second since long ago, counted",
            _rule(f"FREQ=DAILY;COUNT=99999999;{_ALL_TIMES}", "DTSTART:19000101T000000Z"),
            TOO_LONG,
        ),
        Hostile("the last second but 99", _rule(f"FREQ=YEARLY;BYSETPOS=-100;{_ALL_TIMES}")),
        Hostile(
            "weeks counted since the year 1",
            _rule("FREQ=YEARLY;BYWEEKNO=1;COUNT=99999999", "DTSTART:00010101T000000Z"),
            TOO_LONG,
        ),
        Hostile("an interval of nothing", _rule("FREQ=DAILY;INTERVAL=0"), ODD_RULE),
        Hostile("a rule of a thousand parts", _rule("FREQ=DAILY" + ";BYDAY=MO" * 1_000), ODD_RULE),
        Hostile("a thousand rules", _calendar(f"UID:a\n{DAY}\n" + "RRULE:FREQ=MINUTELY\n" * 1_000)),
        Hostile(
            "ten thousand single dates",
            _calendar(f"UID:a\n{DAY}\nRDATE:" + ",".join(["20260313T010000Z"] * 10_000)),
        ),
        Hostile(
            "dates taken out by the thousand",
            _calendar(f"UID:a\n{DAY}\nRRULE:FREQ=DAILY\n" + "EXDATE:20260313T010000Z\n" * 10_000),
        ),
        Hostile(
            "more times than two years have",
            _calendar(*many),
            "It has more than 50000 times in two years.",
        ),
        Hostile(
            "6,000 appointments", _calendar(*(f"UID:{n}\n{DAY}" for n in range(6_000))), TOO_MANY
        ),
        Hostile("6,000 without anything", _calendar(*[""] * 6_000), TOO_MANY),
        Hostile(
            "2,000 deep",
            lambda: b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 2_000,
            "It does not say when it begins.",
        ),
        Hostile("2,000 alarms deep", _calendar(f"UID:a\n{DAY}\n" + "BEGIN:VALARM\n" * 2_000)),
        Hostile("ends without beginnings", _calendar(f"UID:a\n{DAY}", head="END:VEVENT\n" * 5_000)),
        Hostile(
            "never ended", lambda: f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\n{DAY}\r\n".encode()
        ),
        Hostile("a line of 20 MB", _calendar(f"UID:a\n{DAY}\nSUMMARY:" + "x" * 20_000_000)),
        Hostile(
            "a folded line of 20 MB",
            _calendar(f"UID:a\n{DAY}\nDESCRIPTION:" + ("\n " + "x" * 74) * 270_000),
        ),
        Hostile(
            "a line folded at every letter",
            _calendar(f"UID:a\n{DAY}\nDESCRIPTION:" + "\n x" * 500_000),
        ),
        Hostile(
            "an attachment of 20 MB",
            _calendar(f"UID:a\n{DAY}\nATTACH;ENCODING=BASE64;VALUE=BINARY:" + "QUJD" * 5_000_000),
        ),
        Hostile(
            "60 MB",
            lambda: b"BEGIN:VCALENDAR\r\n" + b"X-A:" + b"x" * 60_000_000,
            "50 MB is the most.",
        ),
        Hostile(
            "a quote that is never closed",
            _calendar(f'UID:a\n{DAY}\nSUMMARY;X="' + "a;b:" * 50_000),
        ),
        Hostile(
            "a million parameters",
            _calendar(f"UID:a\n{DAY}\nSUMMARY" + ";X=y" * 300_000 + ":Title"),
        ),
        Hostile(
            "a zone of a thousand changes",
            _calendar(_IN_ZONE, head=_zone(*[_part("FREQ=SECONDLY", "1970")] * 1_000)),
        ),
        Hostile(
            "a zone that changes every second",
            _calendar(_IN_ZONE, head=_zone(_part("FREQ=SECONDLY"))),
        ),
        Hostile(
            "a zone in no hurry",
            _calendar(_IN_ZONE, head=_zone(_part("FREQ=YEARLY", "0001", "-9900"))),
        ),
        Hostile(
            "1,000 zones",
            _calendar(
                _IN_ZONE,
                head="".join(_zone(_part("FREQ=YEARLY"), name=f"Odd{n}") for n in range(1_000)),
            ),
        ),
        Hostile(
            "a zone that is a path",
            _calendar(
                "UID:a\nDTSTART;TZID=../../../../etc/passwd:20260312T010000",
                "UID:b\nDTSTART;TZID=/etc/localtime:20260312T010000",
            ),
        ),
        Hostile(
            "a zone of 100,000 letters",
            _calendar(f"UID:a\nDTSTART;TZID={'Z' * 100_000}:20260312T010000"),
            "It does not say when it begins.",
        ),
        Hostile(
            "a zone that is a folder", _calendar("UID:a\nDTSTART;TZID=America:20260312T010000")
        ),
        Hostile(
            "numbers beyond those a file keeps",
            _calendar(
                f"UID:a\n{DAY}\nSEQUENCE:{'9' * 9_999}\nDURATION:P999999999999999999D",
                f"UID:b\n{DAY}\nSEQUENCE:99999999999999999999\nDURATION:PT{'9' * 5_000}S",
            ),
        ),
        Hostile("the year 0", _calendar("UID:a\nDTSTART:00000101T000000Z"), ODD_START),
        Hostile(
            "the year 9999 and a day",
            _calendar("UID:a\nDTSTART;VALUE=DATE:99991231\nDURATION:P2D"),
            OUTSIDE,
        ),
        Hostile(
            "a length beyond belief",
            _calendar(f"UID:a\n{DAY}\nDURATION:P99999W"),
            "It lasts longer than a year.",
        ),
        Hostile("digits of other scripts", _calendar("UID:a\nDTSTART:٢٠٢٦٠٣١٢"), ODD_START),
        Hostile(
            "NUL and half pairs",
            _calendar(f"UID:\0a\n{DAY}\nSUMMARY:A\0B\ud800C"),
            "Save it as UTF-8 and try again.",
        ),
        Hostile("NUL alone", _calendar(f"UID:\0a\n{DAY}\nSUMMARY:A\0B")),
        Hostile("marks of direction", _calendar(f"UID:a\n{DAY}\nSUMMARY:\u202egnp.exe\u2066")),
        Hostile(
            "markup and links",
            _calendar(
                f"UID:a\n{DAY}\nSUMMARY:<img src=file:///etc/passwd>\nLOCATION:javascript:alert(1)\nATTACH:file:///etc/passwd\nURL:http://127.0.0.1:9/x"
            ),
        ),
        Hostile(
            "a sentence with places",
            _calendar(f"UID:a\nSUMMARY:{{0.__class__}} {{n}} %s\n{DAY}\nRRULE:FREQ={{x}}"),
            ODD_RULE,
        ),
        Hostile(
            "a cycle of changes",
            _calendar(
                "UID:a\nRECURRENCE-ID:20260312T010000Z\n" + DAY,
                "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260312T010000Z\n" + DAY,
            ),
        ),
        Hostile("a uid of a megabyte", _calendar(f"UID:{'u' * 1_000_000}\n{DAY}")),
        Hostile("one uid 4,000 times", _calendar(*[f"UID:a\n{DAY}"] * 4_000)),
        Hostile("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(5_000), NONE),
        Hostile("a zip", lambda: b"PK\x03\x04" + bytes(5_000), NONE),
        Hostile("a web page", lambda: b"<html><body>BEGIN:VCALENDAR</body></html>", NONE),
        Hostile("cards", lambda: b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n", NONE),
        Hostile("nothing at all", lambda: b"", "It is empty."),
        Hostile("only line ends", lambda: b"\r\n" * 100_000, NONE),
    ]
