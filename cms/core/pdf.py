"""Pages as PDF. Pango, which shapes the Indic scripts, is a library of the system and may be missing."""

from functools import cache

from django.utils.translation import gettext as _


@cache
def is_available() -> bool:
    """Whether this machine can make a PDF at all."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return False
    return True


def how_to_switch_on() -> str:
    """What to show in place of the button where no PDF can be made."""
    return _("To make PDF files, the server needs the library Pango. The page can be printed without it.")


def from_html(html: str) -> bytes:
    """The PDF of a whole page. It may ask for nothing but what is in it: no file, no address."""
    import weasyprint

    return weasyprint.HTML(string=html, url_fetcher=_refuse).write_pdf()


def _refuse(url: str, *_args: object, **_kwargs: object) -> dict[str, object]:
    raise ValueError(f"A page that becomes a PDF asked for {url[:80]}.")
