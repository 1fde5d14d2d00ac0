"""People: staff, who sign in by e-mail, and students, who have no e-mail and no password."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StaffManager(BaseUserManager["User"]):
    """Staff only, and the default: what lists, edits or signs in by e-mail cannot reach a student."""

    def get_queryset(self) -> models.QuerySet["User"]:
        return super().get_queryset().filter(kind=User.Kind.STAFF)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), kind=User.Kind.STAFF, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class StudentManager(models.Manager["User"]):
    """Students only."""

    def get_queryset(self) -> models.QuerySet["User"]:
        return super().get_queryset().filter(kind=User.Kind.STUDENT)

    def new(self) -> "User":
        """An unsaved student: no e-mail, no name, no password."""
        return self.model(kind=User.Kind.STUDENT, email=None, password=make_password(None))


class User(AbstractBaseUser, PermissionsMixin):
    """A person who may sign in. What they may do hangs on their memberships, not on this record."""

    class Kind(models.TextChoices):
        STAFF = "staff", _("Staff")
        STUDENT = "student", _("Student")

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.STAFF, editable=False)
    # Null and not empty: students have none, and an empty one could stand only once.
    email = models.EmailField(_("e-mail address"), unique=True, null=True)  # noqa: DJ001
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the editors' side"), default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[StaffManager] = StaffManager()
    students: ClassVar[StudentManager] = StudentManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="staff", email__isnull=False)
                | models.Q(
                    kind="student",
                    email__isnull=True,
                    name="",
                    is_staff=False,
                    is_superuser=False,
                    password__startswith=UNUSABLE_PASSWORD_PREFIX,
                ),
                name="user_student_has_no_email_name_password_or_admin",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email or f"{self.get_kind_display()} {self.pk}"

    @property
    def is_student(self) -> bool:
        return self.kind == self.Kind.STUDENT

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else str(self)
