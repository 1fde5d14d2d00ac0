"""Where the seeded state is: districts, blocks and schools, with codes that no state has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.conf import settings
from django.utils import timezone

from cms.users.models import User
from curriculum.queries.catalogue import ModuleInfo
from schools.models import (
    Block,
    Department,
    District,
    Management,
    Membership,
    PlannedModule,
    Role,
    School,
    SchoolCategory,
    State,
)
from schools.seeding.bulk import Rows

STATE_CODE = "IN-ZY"
UDISE_PREFIX = "99"
SCHOOLS_A_DISTRICT = 2500
SCHOOLS_A_BLOCK = 150
LANGUAGES = ("hi", "hi", "hi", "en", "mr", "te")
TREES = (
    "Amla",
    "Banyan",
    "Cedar",
    "Deodar",
    "Fig",
    "Jamun",
    "Kadam",
    "Mango",
    "Neem",
    "Peepal",
    "Sal",
    "Teak",
)
LANDS = ("Bank", "Bridge", "Fort", "Gate", "Grove", "Hill", "Lake", "Market", "Plain", "River", "Valley")


class NotLoadedError(Exception):
    """There is no reference data, or no published module that schools could have done."""


@dataclass(frozen=True)
class Ground:
    """The state with its blocks, among which schools are dealt out."""

    state: State
    blocks: Sequence[Block]
    category: SchoolCategory
    management: Management


def is_there() -> bool:
    return State.objects.filter(code=STATE_CODE).exists()


def make_ground(schools: int) -> Ground:
    """The state, its department, districts and blocks, and an official who sees it all."""
    category = (
        SchoolCategory.objects.filter(lowest_class__lte=6, highest_class__gte=8).order_by("code").first()
    )
    management = Management.objects.order_by("code").first()
    if category is None or management is None:
        raise NotLoadedError
    names = {f"name_{code}": "Seeded State" for code, _name in settings.LANGUAGES}
    state = State.objects.create(
        code=STATE_CODE,
        kind=State.Kind.DEMONSTRATION,
        lgd_code=UDISE_PREFIX,
        udise_prefixes=[UDISE_PREFIX],
        official_languages=["hi", "en"],
        **names,
    )
    Department.objects.create(
        state=state, name="Department of the seeded state", status=Department.Status.APPROVED
    )
    official = User.objects.create_user(f"state-official@{STATE_CODE.lower()}.example", name="State Official")
    Membership.objects.create(user=official, role=Role.STATE_OFFICIAL, state=state)
    districts = District.objects.bulk_create(
        District(state=state, name=_place_name(number), code=f"{number:03d}")
        for number in range(1, -(-schools // SCHOOLS_A_DISTRICT) + 1)
    )
    in_each = -(-min(schools, SCHOOLS_A_DISTRICT) // SCHOOLS_A_BLOCK)
    blocks = Block.objects.bulk_create(
        Block(district=district, name=f"{district.name} {number}", code=f"{number:02d}")
        for district in districts
        for number in range(1, in_each + 1)
    )
    return Ground(state, blocks, category, management)


def add_plan(ground: Ground, year: str, modules: Mapping[int, Sequence[ModuleInfo]]) -> None:
    """Each module for each class, one a month."""
    today = timezone.localdate()
    PlannedModule.objects.bulk_create(
        PlannedModule(
            department=ground.state.department,
            academic_year=year,
            class_level=level,
            module_key=module.key,
            due_on=today + timedelta(days=30 * place - 60),
        )
        for level, given in modules.items()
        for place, module in enumerate(given)
    )


def add_schools(
    rows: Rows, ground: Ground, numbers: Sequence[int], chances: Iterable[Random]
) -> list[School]:
    """Schools with these numbers, which say in which block each is."""
    now = timezone.now()
    made = []
    for pk, number, chance in zip(rows.keys(School, len(numbers)), numbers, chances, strict=True):
        block = ground.blocks[number % len(ground.blocks)]
        made.append(
            School(
                pk=pk,
                udise_code=f"{UDISE_PREFIX}{number:09d}",
                name=f"{_place_name(chance.randrange(10_000))} School {number}",
                state=ground.state,
                district_id=block.district_id,
                block=block,
                category=ground.category,
                management=ground.management,
                mediums=[chance.choice(LANGUAGES)],
                joined_at=now,
            )
        )
        rows.add(made[-1])
    return made


def _place_name(number: int) -> str:
    """The same number has the same name; names come again with a number behind them."""
    name = f"{TREES[number % len(TREES)]} {LANDS[number // len(TREES) % len(LANDS)]}"
    again = number // (len(TREES) * len(LANDS))
    return f"{name} {again + 1}" if again else name
