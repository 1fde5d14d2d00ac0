"""Where the demonstration takes place. Codes start with 00, which no state has."""

from dataclasses import dataclass

from django.conf import settings

from schools.models import Block, Department, District, Management, School, SchoolCategory, State

STATE_CODE = "IN-ZZ"
UDISE_PREFIX = "00"
STATE_NAMES = {
    "en": "Demonstration State",
    "hi": "नमूना राज्य",
    "as": "নমুনা ৰাজ্য",
    "kn": "ಮಾದರಿ ರಾಜ್ಯ",
    "ml": "മാതൃകാ സംസ്ഥാനം",
    "mr": "नमुना राज्य",
    "pa": "ਨਮੂਨਾ ਰਾਜ",
    "te": "నమూనా రాష్ట్రం",
    "ur": "نمونہ ریاست",
}


@dataclass(frozen=True)
class Story:
    """A made-up school, and how far it has come: the share of its pupils who finished, 0 to 1."""

    name: str
    district: str
    block: str
    classes: tuple[tuple[int, str, str], ...]
    is_ready: bool
    modules: int
    done: float


STORIES = (
    Story("Lotus Lake School", "Lakeside", "Lotus Block", ((7, "A", "en"), (8, "A", "hi")), True, 2, 0.75),
    Story("Heron Girls' School", "Lakeside", "Lotus Block", ((6, "A", "hi"), (7, "A", "hi")), True, 3, 0.9),
    Story("Riverbank School", "Lakeside", "Reed Block", ((6, "A", "en"), (6, "B", "en")), True, 2, 0.4),
    Story("Cedar Hill School", "Hillside", "Cedar Block", ((7, "Rose", "hi"), (8, "A", "en")), True, 1, 0.15),
    Story("Pinewood School", "Hillside", "Cedar Block", ((7, "A", "hi"), (8, "A", "hi")), False, 0, 0.6),
    Story("Meadow School", "Hillside", "Fern Block", ((6, "A", "hi"), (7, "A", "en")), False, 0, 0.0),
)


def make_state() -> State:
    """The state and its department, which started its year in April."""
    state, _is_new = State.objects.update_or_create(
        code=STATE_CODE,
        defaults={
            "kind": State.Kind.DEMONSTRATION,
            "lgd_code": "00",
            "udise_prefixes": [UDISE_PREFIX],
            "official_languages": ["hi", "en"],
            **{f"name_{code}": STATE_NAMES[code] for code, _name in settings.LANGUAGES},
        },
    )
    Department.objects.get_or_create(
        state=state,
        defaults={"name": "Department of School Education", "status": Department.Status.APPROVED},
    )
    return state


def make_school(state: State, number: int, story: Story) -> School:
    """The school of a story, and its district and block where they are missing."""
    district, _is_new = District.objects.get_or_create(state=state, name=story.district)
    block, _is_new = Block.objects.get_or_create(district=district, name=story.block)
    return School.objects.create(
        udise_code=f"{UDISE_PREFIX}{number:09d}",
        name=story.name,
        state=state,
        district=district,
        block=block,
        category=SchoolCategory.objects.get(pk=4),
        management=Management.objects.get(pk=1),
        mediums=["hi", "en"],
    )
