"""The box above a translation: where its reviews stand and what this person can do about them."""

from typing import Any

from django import template
from wagtail.models import Page

from cms.home.editorial import answers, translations

register = template.Library()


@register.inclusion_tag("home/editorial/_review_box.html", takes_context=True)
def review_box(context: dict[str, Any], page: Page) -> dict[str, Any]:
    user = context["request"].user
    return {
        "page": page,
        "csrf_token": context.get("csrf_token"),
        "task": page.current_workflow_task,
        "can_submit": translations.can_submit(page, user),
        "actions": answers.allowed(page, user),
    }
