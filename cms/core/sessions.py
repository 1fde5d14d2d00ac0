"""Django's sessions in the database, read by a prepared query: every personal page reads one."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from cms.core.prepared import Given, Prepared


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> AbstractBaseSession | None:
        rows = _fresh.rows(key=self.session_key, now=timezone.now())
        if not rows:
            self._session_key = None
            return None
        key, data, expires = rows[0]
        return self.model(session_key=key, session_data=data, expire_date=expires)


_fresh = Prepared(
    lambda: (
        SessionStore.get_model_class()
        .objects.filter(session_key=Given("key", CharField()), expire_date__gt=Given("now", DateTimeField()))
        .values_list("session_key", "session_data", "expire_date")
    )
)
