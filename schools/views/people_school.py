"""A school's people, for its head and for the officials who admit schools; and the requests that wait."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.core.permissions import Permission
from cms.users.requests import SignedInRequest
from schools.actions import join_requests as actions
from schools.authorization.policy import may_name
from schools.forms.people import StaffCodeForm
from schools.models import JoinRequest, Role
from schools.presenters import people as presenter
from schools.presenters import school_codes
from schools.queries import people
from schools.views.people_door import join_address, names_heads, place_for, say, school_for, staff_only

ROWS_A_PAGE = 50


@require_safe
@staff_only
def school(request: SignedInRequest, udise_code: str) -> HttpResponse:
    """The head sees all of the school's people; an official sees heads only."""
    place, user = school_for(request, udise_code), request.user
    runs_it = user.has_perm(Permission.MANAGE_STAFF, place)
    nameable = people.nameable(user, place)
    roles = list(Role) if runs_it else nameable
    ended = Paginator(people.staff(place, ended=True).filter(role__in=roles), ROWS_A_PAGE)
    page = ended.get_page(request.GET.get("page"))
    requests = people.open_requests(place).filter(role__in=nameable)
    context = {
        "school": place,
        "crumbs": presenter.crumbs(place, user),
        "requests": presenter.asking(requests),
        "rows": presenter.held(people.staff(place).filter(role__in=roles), user),
        "invited": presenter.invited(people.invited_to(place).filter(role__in=roles), user),
        "page": page,
        "ended": presenter.held(page.object_list, user),
        "runs_it": runs_it,
        "names_heads": names_heads(request, place),
        "has_code": people.codes_of_school(place).exists() if names_heads(request, place) else False,
        "staff_code": school_codes.staff_code(people.staff_code(place)) if runs_it else None,
        "form": StaffCodeForm(),
        "address": join_address(request),
    }
    return render(request, "schools/people/school.html", context)


@require_safe
@staff_only
def requests(request: SignedInRequest, kind: str, place_id: int) -> HttpResponse:
    """Heads without a code who ask to join, for a place's officials."""
    place = place_for(request, kind, place_id, Permission.ADMIT_SCHOOLS)
    page = Paginator(people.head_requests(place), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": place,
        "crumbs": presenter.crumbs(place, request.user),
        "links": presenter.links(place, request.user, "requests"),
        "page": page,
        "requests": presenter.asking(page.object_list),
    }
    return render(request, "schools/people/requests.html", context)


@require_POST
@staff_only
def decide(request: SignedInRequest, request_id: int) -> HttpResponse:
    """Yes or no to one request; then back to where the others wait."""
    seen = JoinRequest.objects.visible_to(request.user)
    asked = get_object_or_404(seen.select_related("user", "school__block"), pk=request_id)
    if not may_name(request.user, asked.role, asked.school):
        raise PermissionDenied
    answer = request.POST.get("answer")
    if answer not in ("yes", "no"):
        messages.error(request, _("Nothing was changed. Choose one of the buttons."))
        return redirect("people:school", asked.school.udise_code)
    try:
        actions.decide(request=asked, is_approved=answer == "yes", by=request.user)
    except ValidationError as error:
        say(request, error)
    else:
        messages.success(request, presenter.decided_words(asked))
    return redirect("people:school", asked.school.udise_code)
