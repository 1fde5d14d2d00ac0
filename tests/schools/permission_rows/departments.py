"""A department's sign-up, which is open to everyone but a student's session, and the operator's pages.

None of the actors is the operator: tests/schools/test_departments.py has one.
"""

from tests.schools.permission_world import World

TABLE = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
departments:queue                       in  404  404  403  403  403  403  403  403  403  403  403  403  403  403  403
departments:application                 in  404  404  403  403  403  403  403  403  403  403  403  403  403  403  403
departments:department                  in  404  404  403  403  403  403  403  403  403  403  403  403  403  403  403
departments:sign_up                    200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
departments:sent                       200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
departments:confirm                    200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
departments:answer                     200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
second_factor                           in  404  404  200  200  200  200  302  302  302  200  200  302  200  200  302
suspended                               in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
"""

BY_POST: set[str] = set()


def arguments(world: World) -> dict:
    return {"token": "forged"}
