"""Commands and options whose help is said in the reader's language."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from kamdesk.cli.session import Session, session_of
from kamdesk.cli.values import OneOf
from kamdesk.core.wording import LANGUAGES, Text, say

F = TypeVar("F", bound=Callable[..., Any])


class Option(click.Option):
    """An option that explains itself in both languages."""

    def __init__(self, *args: Any, said: Text, **more: Any) -> None:
        more["help"] = said.plain
        super().__init__(*args, **more)
        self.said = said

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return how it is written and what it does."""
        self.help = say(self.said, session_of(ctx).language)
        return super().get_help_record(ctx)


class _Spoken(click.Command):
    """What commands and groups of commands have in common: help in the reader's language."""

    def __init__(self, *args: Any, said: Text, **more: Any) -> None:
        super().__init__(*args, **more)
        self.said = said

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what it does in a line."""
        return say(self.said, session_of(click.get_current_context(silent=True)).language)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = say(Text("Show how it is written."), session_of(ctx).language)
        return found

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how it is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        title = say(Text("Usage"), session_of(ctx).language)
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{title}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what it does."""
        self.help = say(self.said, session_of(ctx).language)
        super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its options."""
        records = [param.get_help_record(ctx) for param in self.get_params(ctx)]
        with formatter.section(say(Text("Options"), session_of(ctx).language)):
            formatter.write_dl([record for record in records if record])


class Command(_Spoken):
    """A command that explains itself in both languages."""


class Group(_Spoken, click.Group):
    """A group of commands that explains itself in both languages."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its options, then its commands."""
        super().format_options(ctx, formatter)
        names = self.list_commands(ctx)
        found = [(name, self.get_command(ctx, name)) for name in names]
        with formatter.section(say(Text("Commands"), session_of(ctx).language)):
            formatter.write_dl([(name, one.get_short_help_str()) for name, one in found if one])


def option(*names: str, said: Text, **more: Any) -> Callable[[F], F]:
    """Give a command an option explained by ``said``."""
    return click.option(*names, cls=Option, said=said, **more)


def command(
    said: Text, *, name: str | None = None, under: click.Group | None = None, lang: bool = True
) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function; it takes the standing options and is given the session.

    ``lang`` False: ``--lang`` is the command's own option there (the language of a paper).
    """

    def made(function: Callable[..., Any]) -> click.Command:
        takes = standing(click.pass_obj(function), lang=lang)
        result = click.command(name, cls=Command, said=said)(takes)
        if under is not None:
            under.add_command(result)
        return result

    return made


def standing(function: F, *, lang: bool = True) -> F:
    """Give a command the options every command has: --workspace, --json, --lang."""
    choose = _kept("workspace"), _kept("as_json"), _kept("chosen_language")
    if lang:
        function = option(
            "--lang",
            type=OneOf(*LANGUAGES),
            expose_value=False,
            is_eager=True,
            callback=choose[2],
            said=Text("Language of what is said here."),
        )(function)
    function = option(
        "--json",
        "as_json",
        is_flag=True,
        default=None,
        expose_value=False,
        is_eager=True,
        callback=choose[1],
        said=Text("Print data as JSON."),
    )(function)
    return option(
        "--workspace",
        metavar="DIR",
        expose_value=False,
        is_eager=True,
        callback=choose[0],
        said=Text("The workspace's folder; your own when left out."),
    )(function)


def _kept(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(ctx: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value is not None:
            setattr(ctx.ensure_object(Session), name, value)

    return keep
