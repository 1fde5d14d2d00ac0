"""Who holds which role where, who is invited, who asks, and which schools have joined."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cms.users.models import User
from schools.authorization.policy import may_name
from schools.models import (
    Block,
    District,
    Invitation,
    JoinRequest,
    Membership,
    Role,
    School,
    SchoolCode,
    State,
)
from schools.models.people import PLACE_OF_ROLE
from schools.models.scopes import PlaceQuerySet, roles_held

Place = State | District | Block
KINDS: dict[str, type[Place]] = {"state": State, "district": District, "block": Block}
LEVELS = ("state", "district", "block")
ANSWER_SHOWN_FOR = timedelta(days=60)
PLACES_OF_A_ROLE = ("user", "state", "district__state", "block__district__state", "school")
LISTED = (Invitation.Origin.NAMED, Invitation.Origin.SIGN_UP, Invitation.Origin.SCHOOL_CODE)
"""The invitations that officials and heads see: not what strangers asked for and have not confirmed."""


def places(kind: str) -> PlaceQuerySet:
    """The places of a kind, with what lies above them. Scope them by `visible_to`."""
    found = KINDS[kind]._default_manager.all()
    above = {"district": "state", "block": "district__state"}.get(kind)
    return found.select_related(above) if above else found  # type: ignore[return-value]


def under(place: Place, *, level: str = "") -> Q:
    """Roles and invitations of officials at `place` and below it; with `level`, of that kind of place only."""
    kind = place._meta.model_name
    ways = {
        "state": {"state": "state", "district": "district__state", "block": "block__district__state"},
        "district": {"district": "district", "block": "block__district"},
        "block": {"block": "block"},
    }[str(kind)]
    scope = Q(pk__in=())
    for name, way in ways.items():
        if level in ("", name):
            scope |= Q(**{way: place})
    return scope


def officials(place: Place, *, level: str = "", ended: bool = False) -> QuerySet[Membership]:
    """Those who hold, or with `ended` held, a role above school at `place` or below."""
    found = Membership.objects.filter(under(place, level=level), ended_at__isnull=not ended)
    found = found.select_related("user", "state", "district__state", "block__district__state")
    if ended:
        return found.order_by("-ended_at", "pk")
    return found.order_by("block__district__name", "district__name", "block__name", "user__name", "pk")


def invited(place: Place, *, level: str = "") -> QuerySet[Invitation]:
    """The open invitations of officials at `place` or below; those too old among them, to be sent again."""
    found = Invitation.objects.filter(under(place, level=level), Invitation.OPEN, origin__in=LISTED)
    return found.select_related("state", "district__state", "block__district__state", "invited_by")


def places_below(place: Place, user: Any) -> QuerySet[Any]:
    """A state's districts, a district's blocks."""
    if isinstance(place, State):
        return District.objects.visible_to(user).filter(state=place).select_related("state")
    if isinstance(place, District):
        return Block.objects.visible_to(user).filter(district=place).select_related("district__state")
    return Block.objects.none()


def staff(school: School, *, ended: bool = False) -> QuerySet[Membership]:
    """A school's people; with `ended`, those who were."""
    found = Membership.objects.filter(school=school, ended_at__isnull=not ended).select_related(
        "user", "school"
    )
    return found.order_by("-ended_at", "pk") if ended else found.order_by("role", "user__name", "pk")


def invited_to(school: School) -> QuerySet[Invitation]:
    found = Invitation.objects.filter(Invitation.OPEN, school=school, origin__in=LISTED)
    return found.select_related("school", "invited_by")


def open_requests(school: School) -> QuerySet[JoinRequest]:
    found = JoinRequest.objects.filter(school=school, decided_at=None)
    return found.select_related("user", "school__block", "school__district", "school__state")


def head_requests(place: Place) -> QuerySet[JoinRequest]:
    """Heads without a code who wait for an official's word."""
    kind = place._meta.model_name
    found = JoinRequest.objects.filter(**{f"school__{kind}": place}, role=Role.HEAD, decided_at=None)
    return found.select_related("user", "school__block", "school__district", "school__state")


def own_requests(user: User) -> list[JoinRequest]:
    """What a person waits for, and what was answered lately."""
    lately = Q(decided_at=None) | Q(decided_at__gt=timezone.now() - ANSWER_SHOWN_FOR)
    found = JoinRequest.objects.filter(lately, user=user).select_related("school")
    return list(found.order_by("-asked_at", "-pk"))


def waits(user: User) -> bool:
    """Whether a person holds no role and has asked for one."""
    return bool(own_requests(user)) and not roles_held(user).exists()


def nameable(user: User, place: Any) -> list[Role]:
    """The roles that `user` may give at `place` itself."""
    kind = place._meta.model_name
    return [role for role, at in PLACE_OF_ROLE.items() if at == kind and may_name(user, role, place)]


def schools(place: Place) -> QuerySet[School]:
    """The schools of a place that are not closed."""
    kind = place._meta.model_name
    return School.objects.filter(**{f"{kind}": place}, closed_on=None)


def open_codes() -> QuerySet[SchoolCode]:
    """The codes for heads that nobody has used."""
    return SchoolCode.objects.filter(SchoolCode.OPEN, kind=SchoolCode.Kind.JOIN)


def with_code_state(found: QuerySet[School]) -> QuerySet[Any]:
    """Each school with whether a code for its head is out, in the order in which slips are printed."""
    has_code = Exists(open_codes().filter(school=OuterRef("pk")))
    return (
        found.annotate(has_code=has_code)
        .select_related("district", "block")
        .order_by("district__name", "block__name", "name", "pk")
    )


JOINED = {
    "joined": Q(joined_at__isnull=False),
    "code": Q(joined_at=None, has_code=True),
    "none": Q(joined_at=None, has_code=False),
}
"""How far a school has come, for the list's filter."""


def looked_for(found: QuerySet[Any], *, joined: str, words: str) -> QuerySet[Any]:
    if joined in JOINED:
        found = found.filter(JOINED[joined])
    if words:
        found = found.filter(Q(udise_code__startswith=words) | Q(name__icontains=words))
    return found


def codes_of(place: Place) -> QuerySet[SchoolCode]:
    """The codes for heads that are out at a place's schools, in the order in which slips are printed."""
    kind = place._meta.model_name
    found = open_codes().filter(**{f"school__{kind}": place}, school__closed_on=None, school__joined_at=None)
    return found.select_related("school__district", "school__block").order_by(
        "school__district__name", "school__block__name", "school__name", "pk"
    )


def codes_of_school(school: School) -> QuerySet[SchoolCode]:
    """The code for one school's head, if one is out."""
    return open_codes().filter(school=school).select_related("school__district", "school__block")


def blocks_of(place: Place) -> list[Block]:
    """The blocks of a place, in the order in which files and slips have them."""
    way = {"state": "district__state", "district": "district", "block": "pk"}[str(place._meta.model_name)]
    found = Block.objects.filter(**{way: place.pk})
    return list(found.order_by("district__name", "name", "pk"))


def staff_code(school: School) -> SchoolCode | None:
    """The school's staff code, while it works."""
    code = SchoolCode.objects.filter(SchoolCode.OPEN, school=school, kind=SchoolCode.Kind.STAFF).first()
    return code if code is not None and code.is_open else None
