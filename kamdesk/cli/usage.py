"""Wrong usage said in both languages: which option or argument, and how to write it."""

import click

from kamdesk.cli.values import Misused, WrongValue
from kamdesk.core.wording import Text


def said(error: click.UsageError) -> Text:
    """Return what is wrong with the command as it was written."""
    if isinstance(error, Misused):
        return error.said
    if isinstance(error, WrongValue):
        return Text("{option}: {reason}", option=_name(error.param, error.ctx), reason=error.said)
    if isinstance(error, click.MissingParameter):
        return Text("{option} is missing.", option=_name(error.param, error.ctx))
    if isinstance(error, click.NoSuchOption):
        return _near(
            Text("There is no option {name} here.", name=error.option_name), error.possibilities
        )
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _near(
            Text("There is no command “{name}”.", name=error.command_name), _commands_like(error)
        )
    if isinstance(error, click.BadOptionUsage):
        return Text("Option {name} is not written rightly.", name=error.option_name)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return Text("Say what to do.")
    if isinstance(error, click.BadParameter):
        return Text(
            "{option}: {reason}", option=_name(error.param, error.ctx), reason=error.message
        )
    return Text("Not understood: {detail}", detail=error.message)


def hint(error: click.UsageError) -> Text:
    """Return where to read how the command is written."""
    command = error.ctx.command_path if error.ctx else "kamdesk"
    return Text("How it is written: {command} --help", command=command)


def _commands_like(error: click.exceptions.NoSuchCommand) -> list[str]:
    from difflib import get_close_matches

    group = error.ctx.command if error.ctx else None
    known = group.list_commands(error.ctx) if error.ctx and isinstance(group, click.Group) else []
    return get_close_matches(error.command_name, known)


def _near(text: Text, words: object) -> Text:
    found = tuple(map(str, words)) if isinstance(words, list | tuple) else ()
    return Text("{refusal} Did you mean {words}?", refusal=text, words=found[:3]) if found else text


def _name(param: click.Parameter | None, ctx: click.Context | None) -> str:
    if param is None:
        return "kamdesk"
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(ctx) if ctx else (param.human_readable_name or "")
