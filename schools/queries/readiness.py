"""What the pages about a school's readiness read beside the school itself."""

from schools.models import Department, School


def safety_lead_title(school: School) -> str:
    """The state's own title for the child-safety lead; empty when it has set none."""
    titles = Department.objects.filter(state=school.state_id).values_list("safety_lead_title", flat=True)
    return titles.first() or ""
