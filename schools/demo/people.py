"""Who works in the demonstration. Passwords are made by chance, once for each installation."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from cms.users.models import User
from schools.actions import memberships
from schools.models import Role
from schools.models.people import ROLES_ABOVE_SCHOOL

WORDS = (
    *("lotus", "river", "mango", "cloud", "copper", "velvet", "candle"),
    *("garden", "silver", "planet", "basket", "lantern", "harbour", "saffron"),
)


@dataclass
class People:
    """Whom the demonstration has, by what they are called on screen."""

    staff: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, label: str, name: str, **fields: Any) -> User:
        """A new person, whose e-mail and password are kept to be printed."""
        email = f"{label}@demo.example"
        password = "-".join(secrets.choice(WORDS) for _ in range(3)) + f"-{secrets.randbelow(9000) + 1000}"
        user = User.objects.create_user(email, password, name=name, **fields)
        self.staff[label] = {"email": email, "password": password}
        return user

    def add_member(self, label: str, name: str, role: Role, place: Any) -> User:
        user = self.add(label, name)
        memberships.add(user=user, role=role, place=place, by=None)
        if role in ROLES_ABOVE_SCHOOL:
            self.give_second_factor(label, user)
        return user

    def give_second_factor(self, label: str, user: User) -> None:
        """An authenticator app's secret and recovery codes, kept to be printed, too."""
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        codes = RecoveryCodes.activate(user).generate_codes()
        self.staff[label] |= {"totp_secret": secret, "recovery_codes": codes}
