"""How people and schools come in: invitations by e-mail, codes on paper, and requests that wait for a word."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models.people import PLACE_OF_ROLE, PLACES, Role, role_fits_its_place
from schools.models.places import Block, District, School, State
from schools.models.scopes import AtPlaceQuerySet, PlaceQuerySet


class Invitation(models.Model):
    """A role offered to an e-mail address. Whoever opens the link in the message has shown that it is theirs.

    Only a digest of the link's token is kept. A role that was not offered by someone who may give it
    (a teacher with a staff code, a head without a code) waits, after acceptance, as a `JoinRequest`.
    `language` is that of the message. `sent_at` is empty while no mail server has taken it. `asked_from`
    is a keyed digest of where a stranger's request came from; limits count it.
    """

    class Origin(models.TextChoices):
        SIGN_UP = "sign-up", _("The department's sign-up")
        NAMED = "named", _("Named by the level above")
        SCHOOL_CODE = "school-code", _("The school's one-time code")
        STAFF_CODE = "staff-code", _("The staff code")
        ASKED = "asked", _("Asked by the school itself")

    WAITING_ORIGINS = (Origin.STAFF_CODE, Origin.ASKED)
    OPEN = Q(accepted_at__isnull=True, withdrawn_at__isnull=True)

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    state = models.ForeignKey(State, models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    block = models.ForeignKey(Block, models.PROTECT, null=True, blank=True, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="invitations")
    origin = models.CharField(max_length=12, choices=Origin)
    post = models.CharField(_("post at the school"), max_length=120, blank=True)
    language = models.CharField(
        _("language of the message"), max_length=10, choices=settings.LANGUAGES, default="en"
    )
    asked_from = models.CharField(max_length=64, blank=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    code = models.ForeignKey("SchoolCode", models.PROTECT, null=True, blank=True, related_name="invitations")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AtPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        indexes = [
            models.Index(fields=["email", "invited_at"], name="invitation_email"),
            models.Index(fields=["asked_from", "invited_at"], name="invitation_asked_from"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=role_fits_its_place(), name="invitation_role_fits_its_one_place"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_email_in_small_letters"
            ),
            *[
                models.UniqueConstraint(
                    fields=["email", "role", "origin", place],
                    condition=Q(
                        accepted_at__isnull=True, withdrawn_at__isnull=True, **{f"{place}__isnull": False}
                    ),
                    name=f"invitation_one_open_at_{place}",
                )
                for place in PLACES
            ],
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.email}"

    @property
    def place(self) -> State | District | Block | School:
        return getattr(self, PLACE_OF_ROLE[Role(self.role)])

    @property
    def is_open(self) -> bool:
        """Whether its link still works, as far as this record says."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()

    @property
    def waits_for_a_word(self) -> bool:
        """Whether acceptance gives no role yet, only a request for it."""
        return self.origin in self.WAITING_ORIGINS


class SchoolCode(models.Model):
    """A code on paper. `JOIN` is handed out by the state, once, to a school's head; `STAFF` by the head.

    Looked up by digest; sealed under the server's secret, so that it can be printed again.
    """

    class Kind(models.TextChoices):
        JOIN = "join", _("For the head")
        STAFF = "staff", _("For the staff")

    OPEN = Q(used_at__isnull=True, withdrawn_at__isnull=True)

    school = models.ForeignKey(School, models.CASCADE, related_name="codes")
    kind = models.CharField(max_length=5, choices=Kind)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    sealed = models.TextField(editable=False)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "kind"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="school_code_one_of_a_kind_open",
            ),
            models.CheckConstraint(
                condition=~Q(kind="staff") | Q(expires_at__isnull=False), name="school_code_for_staff_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}:{self.kind}"

    @property
    def is_open(self) -> bool:
        is_over = self.expires_at is not None and self.expires_at <= timezone.now()
        return self.used_at is None and self.withdrawn_at is None and not is_over


class JoinRequest(models.Model):
    """Someone who has an account now asks for a role at a school, and waits for a word."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="join_requests")
    role = models.CharField(max_length=20, choices=[(role, role.label) for role in (Role.HEAD, Role.TEACHER)])
    school = models.ForeignKey(School, models.PROTECT, related_name="join_requests")
    post = models.CharField(_("post at the school"), max_length=120, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_approved = models.BooleanField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "school"],
                condition=Q(decided_at__isnull=True),
                name="join_request_once_while_open",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_approved__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, is_approved__isnull=False, decided_by__isnull=False),
                name="join_request_decided_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.role}:{self.school_id}"
