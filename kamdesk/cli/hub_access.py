"""``kamdesk hub grant``, ``revoke``, ``handover``, ``grants``: who may see and write what."""

import click

from kamdesk.cli import hub_room
from kamdesk.cli.printing import Column
from kamdesk.cli.session import Session
from kamdesk.cli.spoken import command, option
from kamdesk.cli.values import OneOf, missing, not_together
from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text

_AUDIENCE = OneOf("internal", "partner")


@command(Text("Give a user or a team an account: with what is internal, unless for partners."),
         name="grant")  # fmt: skip
@click.argument("who", metavar="LOGIN|TEAM")
@click.argument("account", metavar="ACCOUNT")
@hub_room.which
@option(
    "--audience",
    type=_AUDIENCE,
    default="internal",
    said=Text("partner: only what partners may see."),
)
@option("--read", "only_read", is_flag=True, said=Text("They may read it, not write to it."))
def grant(
    session: Session, folder: str | None, who: str, account: str, audience: str, only_read: bool
) -> None:
    """Give an account."""
    right = "read" if only_read else "write"
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub import census, grants

        meant = census.account_called(turn, account)
        grants.grant(turn, hub_room.holder_of(turn, who), meant, audience, right)
    session.give({"who": who, "account": meant, "audience": audience, "right": right})
    session.tell(
        Text("{who} may read the account now.", who=who)
        if only_read
        else Text("{who} may read the account now and write to it.", who=who)
    )


@command(Text("Take an account from a user or a team; it goes from their disks."), name="revoke")
@click.argument("who", metavar="LOGIN|TEAM")
@click.argument("account", metavar="ACCOUNT")
@hub_room.which
@option("--audience", type=_AUDIENCE, said=Text("Only this audience; all when left out."))
def revoke(
    session: Session, folder: str | None, who: str, account: str, audience: str | None
) -> None:
    """Take an account away."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub import census, grants

        meant = census.account_called(turn, account)
        grants.revoke(turn, hub_room.holder_of(turn, who), meant, audience)
    session.give({"who": who, "account": meant, "audience": audience})
    session.tell(
        Text(
            "Taken from {who}. Their computers send what was written before, then take the account"
            " off their disks.",
            who=who,
        )
    )


@command(Text("Hand an account, or all of somebody's, over to somebody else, in one step."),
         name="handover")  # fmt: skip
@click.argument("account", metavar="[ACCOUNT]", required=False)
@hub_room.which
@option("--from", "giver", required=True, metavar="LOGIN|TEAM", said=Text("Who has it now."))
@option("--to", "taker", required=True, metavar="LOGIN|TEAM", said=Text("Who has it from now on."))
@option("--all", "every", is_flag=True, said=Text("All accounts they were given."))
def handover(
    session: Session, folder: str | None, account: str | None, giver: str, taker: str, every: bool
) -> None:
    """Hand accounts over."""
    if account and every:
        raise not_together("ACCOUNT", "--all")
    if not account and not every:
        raise missing("ACCOUNT")
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub import census, grants

        before, after = hub_room.holder_of(turn, giver), hub_room.holder_of(turn, taker)
        if account:
            meant = [census.account_called(turn, account)]
        else:
            held = grants.given(turn, holder=before)
            meant = list(dict.fromkeys(one.account for one in held if one.account))
            if not meant:
                raise RuleBroken(Text("{who} was given no account to hand over.", who=giver))
        for one in meant:
            grants.hand_over(turn, one, before, after)
    session.give({"from": giver, "to": taker, "accounts": meant})
    n = len(meant)
    session.tell(
        Text(
            "{n} account handed over to {who}.", "{n} accounts handed over to {who}.",
            n=n, who=taker,
        )
    )  # fmt: skip


@command(Text("List who was given which account."), name="grants")
@hub_room.which
@option("--who", default="", metavar="LOGIN|TEAM", said=Text("Only those of one user or team."))
@option("--account", default="", metavar="ACCOUNT", said=Text("Only those of one account."))
def grants(session: Session, folder: str | None, who: str, account: str) -> None:
    """List grants."""
    with hub_room.turn_at(session, folder) as turn:
        from kamdesk.hub import census
        from kamdesk.hub.grants import given
        from kamdesk.hub.roster import users

        logins = {one.id: one.login for one in users(turn)}
        holder = hub_room.holder_of(turn, who) if who else None
        meant = census.account_called(turn, account) if account else None
        standing = [one for one in given(turn, holder=holder, account=meant) if one.account]
        names = {
            id: census.name_of(turn.connection, turn.tenant, id)
            for id in {one.account for one in standing}
        }
        found = [
            {
                "who": logins.get(one.holder, one.holder),
                "account": one.account,
                "name": names[one.account],
                "audience": one.audience,
                "right": one.right,
            }
            for one in standing
        ]
    session.give(found)
    session.list(
        (
            Column(Text("Who"), lambda one: one["who"]),
            Column(Text("Account"), lambda one: one["name"] or "—"),
            Column(Text("Id"), lambda one: one["account"][-8:], whole=True),
            Column(Text("Audience"), lambda one: AUDIENCES[one["audience"]]),
            Column(Text("Access"), lambda one: RIGHTS[one["right"]]),
        ),
        found,
        Text("Nobody was given an account yet. Who sends one first has it."),
    )


AUDIENCES = {"internal": Text("internal"), "partner": Text("partner")}
RIGHTS = {"read": Text("read"), "write": Text("read and write")}
