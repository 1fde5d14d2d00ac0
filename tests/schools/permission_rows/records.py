"""The audit log, the keys to the figures, where one is signed in; and the API, which a session cannot open."""

from schools.actions import tokens
from schools.models import Role
from tests.factories import MembershipFactory

TABLE = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
records:home                            in  404  404  403  403  200  403  403  403  403  403  200  403  403  403  200
records:export                          in  404  404  403  403  200  403  403  403  403  403  200  403  403  403  200
records:keys                            in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
records:key_new                         in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
records:key_revoke                      in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
usersessions_list                       in  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
usersessions_end                        in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
api:openapi-json                       200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
api:api-root                           404  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
api:key                                401  404  404  401  401  401  401  401  401  401  401  401  401  401  401  401
api:modules                            401  404  404  401  401  401  401  401  401  401  401  401  401  401  401  401
api:releases                           401  404  404  401  401  401  401  401  401  401  401  401  401  401  401  401
api:plan                               401  404  404  401  401  401  401  401  401  401  401  401  401  401  401  401
api:schools                            401  404  404  401  401  401  401  401  401  401  401  401  401  401  401  401
api:adoption_of_state                  401  404  404  401  401  401  401  401  401  401  401  401  401  401  401  401
api:adoption_of_district               401  404  404  401  401  401  401  401  401  401  401  401  401  401  401  401
api:adoption_of_district_schools       401  404  404  401  401  401  401  401  401  401  401  401  401  401  401  401
api:adoption_of_block                  401  404  404  401  401  401  401  401  401  401  401  401  401  401  401  401
api:adoption_of_school                 401  404  404  401  401  401  401  401  401  401  401  401  401  401  401  401
api:nothing                            401  404  404  401  401  401  401  401  401  401  401  401  401  401  401  401
"""

BY_POST = {"usersessions_end"}


def arguments(world) -> dict:
    state = world.school.state
    issuer = MembershipFactory(role=Role.STATE_ADMIN, school=None, state=state).user
    token, _secret = tokens.issue(place=state, name="Dashboard", days=30, by=issuer)
    return {"key_id": token.pk, "sign_in_id": 0, "block_id": world.school.block_id, "rest": "none"}
