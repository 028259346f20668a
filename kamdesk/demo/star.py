"""The account the first look falls on: written by hand, so that its brief is worth reading."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from kamdesk.core.clock import Day, Instant
from kamdesk.core.ids import AccountId, Id, Ids, MapId, PersonId, PostId, SiteId, VisitId
from kamdesk.demo.account import Telling
from kamdesk.demo.book import Book
from kamdesk.demo.cast import Cast, Member, Role, hold_post
from kamdesk.demo.chance import dice
from kamdesk.demo.firms import Firm, city_named, credit_code, segments
from kamdesk.demo.material import Language, Line, fields, line, pool, read, rows, spaced
from kamdesk.demo.names import Name, chinese
from kamdesk.demo.persons import written_as
from kamdesk.demo.politics import Judge, map_of, seat
from kamdesk.demo.story import Matter, at_stage, matter
from kamdesk.demo.ties import put_body, tie
from kamdesk.demo.workdays import working
from kamdesk.domain.accounts.model import AccountClass, Organisation, Site
from kamdesk.domain.chain.model import Map, Tie, TieKind
from kamdesk.domain.chain.store import MAP, READING, SEAT, TIE
from kamdesk.domain.people.model import Post
from kamdesk.domain.travel.coordinates import From
from kamdesk.domain.visits.model import Attendee, Side, Visit
from kamdesk.domain.visits.store import ATTENDEE, VISIT

_NEVER_MET: Final = frozenset({"legal", "rd", "line"})


def star_firm(seed: int, language: Language) -> Firm:
    """Return the maker of precision bearings."""
    file = read("star")
    city = city_named("无锡")
    return Firm(
        index=0,
        grade=AccountClass.CORE,
        segment=next(segment for segment in segments() if segment.key == "bearing"),
        city=city,
        name=line(file["name"]),
        short=line(file["short"]),
        brand=("岑岳", "Cenyue"),
        domain=file["domain"],
        organisation=Organisation.JOINT_VENTURE,
        posts="private",
        culture="",
        tongue=language,
        credit_code=credit_code(dice(seed, "star"), Organisation.JOINT_VENTURE, city.code),
    )


def star_note(language: Language) -> str:
    """Return what the file says of the account."""
    return line(read("star")["note"]).text(language)


def star_site(account: AccountId, ids: Ids, language: Language) -> Site:
    """Return where the bearing maker sits."""
    file = read("star")
    return Site(
        id=SiteId(ids.new()),
        account=account,
        name=Line("总部厂区", "Main plant").text(language),
        address=line(file["address"]).text(language),
        city=Line("无锡", "Wuxi").text(language),
        gate=line(file["gate"]).text(language),
        hours=Line("周二、周四下午最好找人", "Best on Tuesday and Thursday afternoons").text(
            language
        ),
        lat=31.5172,
        lon=120.4016,
        spot_from=From.AMAP,
    ).checked()


def star_cast(account: AccountId, ids: Ids, day: Day, language: Language) -> Cast:
    """Return the people of the bearing maker."""
    file, cast = read("star"), Cast()
    departments = {
        key.strip(): line(name)
        for key, _, name in (part.partition("=") for part in fields(file["departments"]))
    }
    people = rows(file["people"])
    posts = {row[0]: PostId(ids.new()) for row in people}
    for at, row in enumerate(people):
        key, written, read_as, sex, title, above, function, roles, influence, address = row[:10]
        name = _name(written, read_as, sex == "f")
        role = Role(
            key,
            above,
            function,
            roles,
            int(influence),
            line(title),
            departments[key],
            address.removeprefix(name.family),
        )
        cast.posts.append(_post(account, posts[key], role, posts.get(above), language))
        member = Member(
            id=PersonId(ids.new()),
            name=name,
            role=role,
            post=posts[key],
            since=day - timedelta(180 if key == "buy" else 900 + 140 * at),
            seen=key not in _NEVER_MET,
            focus=line(row[10]),
            personal=line(row[11]) if key not in _NEVER_MET else None,
        )
        hold_post(cast, account, ids, member)
    title, department, above = fields(file["vacant"])
    role = Role("ehs", above, "safety", "beneficiary", 2, line(title), line(department), "经理")
    post = _post(account, PostId(ids.new()), role, posts[above], language)
    cast.posts.append(post)
    cast.vacant.append((post.id, role))
    return cast


def _name(written: str, read_as: str, woman: bool) -> Name:
    if written.isascii():
        given, family = written.split()
        return Name(written, read_as, family, given, family, woman, by_given=True)
    (family, given), (family_read, given_read) = written.split(), read_as.split()
    return chinese(family, given, family_read, given_read, woman)


def _post(
    account: AccountId, post: PostId, role: Role, above: PostId | None, language: Language
) -> Post:
    return Post(
        id=post,
        account=account,
        title=role.title.text(language),
        department=role.department.text(language),
        reports_to=above,
    ).checked()


def star_matters(seed: int, day: Day) -> list[Matter]:
    """Return what we pursue there: a system in use, a second idea, a trial that wants a budget."""
    chance = dice(seed, "star", "matters")
    areas = {area.zh: area for area in star_firm(seed, "zh").segment.areas}
    return [
        matter(chance, "cbm", areas["热处理车间"], day - timedelta(1800)),
        matter(chance, "trace", areas["装配一线"], day - timedelta(110), pace=1.6, amount=90),
        at_stage(chance, "cbm", areas["磨超二线"], "decide", day, 180),
    ]


def tell_star(told: Telling, book: Book) -> None:
    """Add the map, the politics and the visit of the day of the bearing maker."""
    file, day = read("star"), told.desk.day
    people = {member.role.key: member for member in told.cast.members}
    told.map = MapId(told.desk.ids.new())
    book.add(MAP, Map(id=told.map, account=told.id))
    for member in told.cast.members:
        book.add(SEAT, seat(told, person=member.id, label=written_as(told.firm, member)))
    for post, role in told.cast.vacant:
        book.add(SEAT, seat(told, post=post, label=role.title.text(told.firm.tongue)))
    goals = {row[0]: [_ago(mark, day) for mark in row[1:]] for row in rows(file["stances"])}
    judge = Judge(told, coached=True, language=told.desk.language)
    for member in told.cast.members:
        book.add(READING, *judge.readings(member, goals.get(member.role.key)))
    for source, target, strength, why in rows(file["ties"]):
        book.add(TIE, _tie(told, people, TieKind.INFLUENCES, source, target, why, int(strength)))
    for kind in (TieKind.CLOSE, TieKind.CONFLICT):
        source, target, why = fields(file[kind.value])
        book.add(TIE, _tie(told, people, kind, source, target, why, 2))
    put_body(told, book, read("politics")["body"]["private"].strip())
    _visit(told, book, people)


def _ago(mark: str, day: Day) -> tuple[Day, int]:
    days, _, value = mark.partition(":")
    return working(day - timedelta(int(days)), back=True), int(value)


def _tie(
    told: Telling,
    people: dict[str, Member],
    kind: TieKind,
    source: str,
    target: str,
    why: str,
    strength: int,
) -> Tie:
    note = spaced(line(why).text(told.desk.language))
    ends: tuple[Id, Id] = (people[source].id, people[target].id)
    return tie(told, kind, *ends, abs(strength), note, negative=strength < 0)


def _visit(told: Telling, book: Book, people: dict[str, Member]) -> None:
    file, desk = read("star")["visit"], told.desk
    language = desk.language
    points = {row[0]: line(row[1]) for row in rows(file["points"])}
    theirs = [people[key] for key in points]
    scene = told.scene(told.matters[-1], desk.day, theirs[0], theirs)

    def said(key: str) -> str:
        return scene.say(line(file[key]), language)

    def listed(key: str) -> str:
        return "\n".join(scene.say(row, language) for row in pool(file[key]))

    visit = Visit(
        id=VisitId(desk.ids.new()),
        account=told.id,
        site=told.sites[0].id,
        place=line(read("star")["room"]).text(language),
        start=Instant.at(desk.day, 14, 0),
        minutes=90,
        topic=said("topic"),
        objective=said("objective"),
        ask=said("ask"),
        fallback=said("fallback"),
        red_line=listed("red_line"),
        agenda=listed("agenda"),
        questions=listed("questions"),
        materials=listed("materials"),
        host=people["ce"].id,
        map=map_of(told),
    ).checked()
    book.add(VISIT, visit)
    parts = {part.en: part.text(language) for part in pool(read("rest")["parts"])}
    ours = (
        (told.owner, "leads", "目标、分期和下一步 :: The aim, the phases, the next step"),
        (
            desk.team["sc"],
            "presents",
            "试点数据和阈值，不谈价格 :: Trial data and thresholds, no prices",
        ),
        (desk.team["pm"], "notes", "记双方承诺和日期 :: Notes both sides' promises and dates"),
    )
    for who, part, point in ours:
        seat_of = Attendee.at(visit, who, Side.OURS, part=parts[part])
        book.add(ATTENDEE, replace(seat_of, point=line(point).text(language)))
    for key, point_line in points.items():
        point = spaced(point_line.text(language))
        book.add(ATTENDEE, Attendee.at(visit, people[key].id, Side.THEIRS, point=point))
