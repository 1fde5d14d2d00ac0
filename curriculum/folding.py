"""Words as search compares them, in any script."""

import unicodedata

NUKTAS = (0x093C, 0x09BC, 0x0A3C, 0x0CBC)
JOINERS = (0x200C, 0x200D)
ARABIC_FOR_URDU = {0x064A: 0x06CC, 0x0643: 0x06A9}
"""Two letters that Arabic keyboards write differently from Urdu ones."""
FORGIVEN: dict[int, int | None] = dict.fromkeys(NUKTAS + JOINERS) | ARABIC_FOR_URDU
"""Signs that many people leave out when they type: the dot below a letter, and the joiners."""


def folded(text: str) -> str:
    """`text` in one normal form (NFC), in small letters, without the signs that people leave out."""
    apart = unicodedata.normalize("NFD", text).casefold().translate(FORGIVEN)
    return unicodedata.normalize("NFC", apart)
