"""The small changes that a module offers."""

import ast
import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_UNTOUCHED = ("TYPE_CHECKING", "assert_never", "TypeVar", "cast")


class Change(NamedTuple):
    """One place of a module's text, what it becomes, and what that is called."""

    line: int
    start: int
    end: int
    text: str
    what: str

    def apply(self, source: bytes) -> bytes:
        """``source`` with the change in it."""
        return source[: self.start] + self.text.encode() + source[self.end :]


def changes(source: bytes) -> list[Change]:
    """Every change, in the order of the text."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    branches = ast.If | ast.While | ast.IfExp
    conditions = {id(node.test) for node in ast.walk(tree) if isinstance(node, branches)}
    found = []
    for node in _nodes(tree):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        of_condition = _conditions(node) if id(node) in conditions else ()
        for new, what in (*_mutations(node), *of_condition):
            text = f"({ast.unparse(new)})" if isinstance(new, ast.expr) else ast.unparse(new)
            shown = f"{ast.unparse(node)[:60]}: {what}"
            found.append(Change(node.lineno, start, end, text, shown))
    return sorted(found)


def _nodes(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """Expressions and statements that do something; annotations and docstrings do not."""
    if isinstance(node, ast.expr | ast.stmt):
        yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_comment"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_left_alone(child):
                yield from _nodes(child)


def _is_left_alone(node: ast.AST) -> bool:
    """Whether changing it could not be noticed, or would give no Python."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.JoinedStr | ast.pattern | ast.Import | ast.ImportFrom | ast.Global):
        return True
    if isinstance(node, ast.If):
        node = node.test
    name = node.func if isinstance(node, ast.Call) else node
    return isinstance(name, ast.Name) and name.id in _UNTOUCHED


def _mutations(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """What ``node`` may become, with words for it."""
    yield from _operators(node)
    yield from _parts(node)
    yield from _statements(node)


def _operators(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    match node:
        case ast.Compare(ops=ops):
            for index, op in enumerate(ops):
                other = _COMPARED[type(op)]
                changed = [*ops[:index], other(), *ops[index + 1 :]]
                yield _with(node, ops=changed), f"{type(op).__name__} is {other.__name__}"
        case ast.BoolOp(values=values):
            for index, value in enumerate(values):
                kept = [*values[:index], *values[index + 1 :]]
                yield _with(node, values=kept), f"operand {ast.unparse(value)[:40]} dropped"
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand, "not dropped"
        case ast.BinOp(op=ast.Add()):
            yield _with(node, op=ast.Sub()), "plus is minus"
        case ast.BinOp(op=ast.Sub()):
            yield _with(node, op=ast.Add()), "minus is plus"


def _parts(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    match node:
        case ast.Constant(value=value):
            yield from _constants(value)
        case ast.Call(keywords=keywords):
            for keyword in keywords:
                others = [one for one in keywords if one is not keyword]
                if keyword.arg is not None:
                    yield _with(node, keywords=others), f"keyword {keyword.arg} dropped"
        case ast.Subscript(slice=ast.Slice() as part):
            yield from _slices(node, part)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            yield from _unconditioned(node)


def _slices(node: ast.Subscript, part: ast.Slice) -> Iterator[tuple[ast.expr, str]]:
    for end in ("lower", "upper"):
        if getattr(part, end) is not None:
            yield _with(node, slice=_with(part, **{end: None})), f"{end} end dropped"


def _conditions(test: Any) -> Iterator[tuple[ast.expr, str]]:
    """What the condition of a branch or loop may become."""
    yield ast.UnaryOp(ast.Not(), test), "condition negated"
    yield ast.Constant(True), "condition is True"
    yield ast.Constant(False), "condition is False"


def _statements(node: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    match node:
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            yield ast.Return(ast.Constant(None)), "None is returned"
        case ast.Break():
            yield ast.Continue(), "is continue"
        case ast.Continue():
            yield ast.Break(), "is break"


def _constants(value: object) -> Iterator[tuple[ast.expr, str]]:
    if isinstance(value, bool):
        yield ast.Constant(not value), f"is {not value}"
    elif isinstance(value, int):
        yield ast.Constant(value + 1), f"is {value + 1}"
    elif isinstance(value, str) and value:
        yield ast.Constant(""), "is empty"


def _unconditioned(
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
) -> Iterator[tuple[ast.expr, str]]:
    for index, one in enumerate(node.generators):
        for test in one.ifs:
            kept = [each for each in one.ifs if each is not test]
            loops = [*node.generators]
            loops[index] = _with(one, ifs=kept)
            yield _with(node, generators=loops), f"condition {ast.unparse(test)[:40]} dropped"


def _with(node: ast.AST, **fields: object) -> Any:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed
