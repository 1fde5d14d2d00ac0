"""Who writes, translates and reviews: the groups, their rights, and the two reviews before anything is published.

Everything is set to what is written here each time, so that a change of the code reaches every site.
"""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import override
from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from cms.help.models import HelpLine
from cms.home.models import HomePage, ReviewTask
from cms.users.languages import permissions as rights_to_write
from quizzes.models import Question

EDITORS = "Editors"
SUBJECT_REVIEWERS = "Subject reviewers"
SAFEGUARDING_REVIEWERS = "Safeguarding reviewers"
WORKFLOW = "Subject review, then safeguarding review"
REVIEWS = (("Subject review", SUBJECT_REVIEWERS), ("Safeguarding review", SAFEGUARDING_REVIEWERS))
ENTER = "wagtailadmin.access_admin"
SEE = ("quizzes.view_question", "quizzes.view_objective", "help.view_helpline")
WRITE = ("quizzes.change_question", "help.change_helpline")
ADD = ("quizzes.add_question", "help.add_helpline")
EDIT = ("add_page", "change_page")
HOLD = ("lock_page",)
"""A reviewer finds every page and may hold one while reading; what is in review, they may mend as well."""
TRANSLATE = "wagtail_localize.submit_translation"
WAGTAILS_OWN = ("Moderators", "Moderators approval")
"""A group and a workflow that Wagtail's migrations make, whose people could publish alone."""


def translators_of(code: str) -> str:
    """The name of the group that translates into the language `code`."""
    return f"Translators: {_english_name(code)}"


def set_up() -> None:
    """Make or mend the groups and the workflow. The home pages must be there."""
    homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    codes = list(homes)
    _group(EDITORS, [ENTER, *SEE, *WRITE, *ADD, TRANSLATE], codes, homes.values())
    for code, home in homes.items():
        if code != settings.LANGUAGE_CODE:
            _group(translators_of(code), [ENTER, *SEE, *WRITE, TRANSLATE], [code], [home])
    for _task, name in REVIEWS:
        _group(name, [ENTER, *SEE], [], homes.values(), on_pages=HOLD)
    _set_up_workflow(homes.values())
    _take_away_wagtails_own()


def _english_name(code: str) -> str:
    with override("en"):
        return str(dict(settings.LANGUAGES)[code])


def _group(
    name: str,
    rights: Iterable[str],
    writes: Iterable[str],
    pages: Iterable[Page],
    on_pages: Iterable[str] = EDIT,
) -> Group:
    """A group with exactly these rights; below `pages` it may do `on_pages`, and never publish."""
    group, _created = Group.objects.get_or_create(name=name)
    wanted = Q(pk__in=rights_to_write(list(writes)))
    for right in rights:
        app, codename = right.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    group.permissions.set(Permission.objects.filter(wanted))
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=on_pages)
    pages = list(pages)
    GroupCollectionPermission.objects.filter(group=group).delete()
    GroupPagePermission.objects.filter(group=group).exclude(
        page__in=pages, permission__in=permissions
    ).delete()
    for page in pages:
        for permission in permissions:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    return group


def _set_up_workflow(homes: Iterable[Page]) -> None:
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    for place, (name, reviewers) in enumerate(REVIEWS):
        task = _review(name)
        task.groups.set([Group.objects.get(name=reviewers)])
        WorkflowTask.objects.update_or_create(workflow=workflow, task=task, defaults={"sort_order": place})
    for home in homes:
        WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
    for model in (Question, HelpLine):
        kind = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.update_or_create(content_type=kind, defaults={"workflow": workflow})


def _review(name: str) -> ReviewTask:
    """The step `name`. One that was Wagtail's own becomes ours in its place, with all that waits in it."""
    wagtails = GroupApprovalTask.objects.filter(name=name, reviewtask=None).first()
    if wagtails:
        task = ReviewTask(groupapprovaltask_ptr=wagtails, name=name)
        task.save_base(raw=True)
        kind = ContentType.objects.get_for_model(ReviewTask)
        Task.objects.filter(pk=wagtails.pk).update(content_type=kind)
    return ReviewTask.objects.filter(name=name).first() or ReviewTask.objects.create(name=name)


def _take_away_wagtails_own() -> None:
    group, workflow = WAGTAILS_OWN
    Group.objects.filter(name=group).delete()
    Workflow.objects.filter(name=workflow).delete()
    GroupApprovalTask.objects.filter(name=workflow).delete()
