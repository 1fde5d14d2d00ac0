"""The officials' screens. A block has an address of its own; its officials are led there from its district's."""

from tests.schools.permission_world import World

TABLE = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
insights:block                          in  404  404  404  404  404  404  200  200  200  404  404  404  404  404  200
"""

BY_POST: set[str] = set()


def arguments(world: World) -> dict:
    return {"block_id": world.school.block_id}
