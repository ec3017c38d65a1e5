"""What a shell offers when a user presses the tab key.

Everything is imported when it is asked for, because an ordinary run need not pay for it.
"""

from typing import Any


def a_path(_context: Any, _parameter: Any, start: str) -> list[Any]:
    """Files and folders, which the shell itself finds."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(start, type="file")]


def a_rule(_context: Any, _parameter: Any, start: str) -> list[Any]:
    """Ids of rules; of several with commas between them, the last is completed."""
    from click.shell_completion import CompletionItem

    from bikube.app.rules import rule_ids

    before, comma, begun = start.rpartition(",")
    ids = [name for name in rule_ids() if name.startswith(begun)]
    return [CompletionItem(f"{before}{comma}{name}") for name in ids]


def a_subject(context: Any, parameter: Any, start: str) -> list[Any]:
    """Ids of rules, and sections."""
    from click.shell_completion import CompletionItem

    from bikube.app.kinds import sections

    kinds = [CompletionItem(name) for name in sections() if name.startswith(start)]
    return [*a_rule(context, parameter, start), *kinds]
