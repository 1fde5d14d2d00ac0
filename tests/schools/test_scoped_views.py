"""No view reads records that it has not asked about who may see them."""

import ast
from pathlib import Path

import pytest

import schools.views

VIEWS = sorted(Path(schools.views.__file__).parent.glob("*.py"))
UNSCOPED = {"get", "filter", "all", "exclude", "first", "last", "in_bulk", "values", "values_list", "raw"}
SAME_FOR_ALL = {"Quiz", "ModulePage", "LessonPage"}
"""What holds no person's data: the curriculum itself."""


def unscoped_reads(source: str) -> list[int]:
    """The lines that call `X.objects.get(...)` and its like, or hand `X` or `X.objects` to a shortcut."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in UNSCOPED
            and _is_manager(node.func.value)
        ):
            lines.append(node.lineno)
        if isinstance(node.func, ast.Name) and node.func.id in ("get_object_or_404", "get_list_or_404"):
            first = node.args[0]
            is_model = isinstance(first, ast.Name) and first.id[0].isupper() and first.id not in SAME_FOR_ALL
            if _is_manager(first) or is_model:
                lines.append(node.lineno)
    return lines


def _is_manager(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in ("objects", "students")
        and isinstance(node.value, ast.Name)
        and node.value.id not in SAME_FOR_ALL
    )


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.name)
def test_a_view_reads_only_what_the_asker_may_see(path):
    assert unscoped_reads(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("line", "is_unscoped"),
    [
        ("Classroom.objects.get(pk=1)", True),
        ("User.students.filter(pk=1)", True),
        ("get_object_or_404(Classroom, pk=1)", True),
        ("get_object_or_404(Classroom.objects, pk=1)", True),
        ("get_object_or_404(Classroom.objects.visible_to(user), pk=1)", False),
        ("Classroom.objects.visible_to(user).filter(pk=1)", False),
        ("get_object_or_404(Quiz, pk=1)", False),
    ],
)
def test_the_scan_sees_what_it_should(line, is_unscoped):
    assert bool(unscoped_reads(line)) is is_unscoped
