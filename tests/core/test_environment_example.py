"""`.env.example` names every setting that the site reads, and no other."""

import re

from django.conf import settings

READ = re.compile(r'environment\.(?:required|optional|flag|listed|secret|hosts)\(\s*"([A-Z_]+)"')
NAMED = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)


def test_every_setting_is_explained_and_every_explained_one_is_read():
    folder = settings.BASE_DIR / "cms" / "settings"
    of_the_site = (path for path in folder.glob("*.py") if path.name != "test.py")
    sources = "".join(path.read_text(encoding="utf-8") for path in of_the_site)
    example = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")

    named = NAMED.findall(example)

    assert set(named) == set(READ.findall(sources))
    assert len(named) == len(set(named))
