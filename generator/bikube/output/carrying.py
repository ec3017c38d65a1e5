"""Carries plans out, so that only whole files are ever in an output folder."""

import os
from collections.abc import Iterable

from bikube.errors import AccessError, reason, refusing
from bikube.files.folder import Folder
from bikube.files.writing import staging, sweep, write_all
from bikube.output.plan import Action, Plan, Step


def carry_out(out: Folder, plan: Plan) -> None:
    """Writes and removes what ``plan`` says, deletions last.

    Everything is written elsewhere in ``out`` first, and then moved to its place: a folder that is
    not there yet as a whole, else each file.

    Raises:
        AccessError: the disk is full or read-only, or a right is missing. As long as files are
            written, nothing has changed; later, whole files have, and the next run does the rest.
    """
    sweep(out)
    folders = _by_folder(plan.of(Action.CREATE, Action.UPDATE))
    if folders:
        with refusing(out.path, "folder"), staging(out) as stage:
            for number, (path, steps) in enumerate(folders.items()):
                _write(stage, str(number), os.path.join(out.path, path), steps)
            for number, (path, steps) in enumerate(folders.items()):
                _place(stage, str(number), out, path, steps)
    for path, steps in _by_folder(plan.of(Action.DELETE)).items():
        _remove(out, path, steps)


def prune(out: Folder, plan: Plan) -> None:
    """Removes what ``plan`` deletes, and each folder that is empty then.

    Raises:
        AccessError: a right is missing. The next run removes the rest.
    """
    carry_out(out, plan)
    for path in _by_folder(plan.steps):
        instance, _, target = path.partition("/")
        with refusing(os.path.join(out.path, path)), out.below(instance) as folder:
            _remove_empty(folder, target)
    for instance in sorted({step.path.partition("/")[0] for step in plan.steps}):
        with refusing(os.path.join(out.path, instance)):
            _remove_empty(out, instance)


def _by_folder(steps: Iterable[Step]) -> dict[str, list[Step]]:
    """The ``steps`` by the folder of their files, ``instance/target``."""
    folders: dict[str, list[Step]] = {}
    for step in steps:
        folders.setdefault(step.path.rpartition("/")[0], []).append(step)
    return folders


def _name(step: Step) -> str:
    return step.path.rpartition("/")[2]


def _write(stage: Folder, name: str, shown: str, steps: Iterable[Step]) -> None:
    """Writes the files of ``steps`` into the new folder ``name``; ``shown`` is where they go."""
    stage.make(name)
    with stage.below(name) as folder:
        for step in steps:
            # One guard for each of ten thousand files would take a while of its own.
            try:
                descriptor = folder.create(_name(step))
                try:
                    write_all(descriptor, step.after)
                finally:
                    os.close(descriptor)
            except OSError as error:
                path = os.path.join(shown, _name(step))
                raise AccessError(f"{path}: {reason(error)}") from error


def _place(stage: Folder, name: str, out: Folder, path: str, steps: Iterable[Step]) -> None:
    """Moves what ``_write`` has written to ``path``."""
    instance, _, target = path.partition("/")
    shown = os.path.join(out.path, path)
    with refusing(shown):
        if not out.kind(instance):
            out.make(instance)
        with out.below(instance) as folder:
            if not folder.kind(target):
                stage.move(name, folder, target)
                return
            with stage.below(name) as source, folder.below(target) as place:
                for step in steps:
                    with refusing(os.path.join(shown, _name(step))):
                        source.move(_name(step), place, _name(step))


def _remove(out: Folder, path: str, steps: Iterable[Step]) -> None:
    instance, _, target = path.partition("/")
    shown = os.path.join(out.path, path)
    with refusing(shown), out.below(instance) as folder, folder.below(target) as place:
        for step in steps:
            with refusing(os.path.join(shown, _name(step))):
                place.remove(_name(step))


def _remove_empty(folder: Folder, name: str) -> None:
    with folder.below(name) as place:
        is_empty = not place.entries()
    if is_empty:
        folder.remove_folder(name)
