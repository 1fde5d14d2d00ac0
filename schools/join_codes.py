"""Class codes: eight letters of Crockford's base 32, which is 40 bits."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
"""What a child may read or type for a letter that the alphabet has."""


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalise(text: str, length: int = LENGTH) -> str:
    """The code that was meant: in capitals, without spaces or hyphens, lookalikes put right.

    What cannot be a code comes out as an empty string.
    """
    code = "".join(letter for letter in text.upper() if letter.isalnum()).translate(LOOKALIKES)
    return code if len(code) == length and set(code) <= set(ALPHABET) else ""


def spaced(code: str) -> str:
    """The code as it is printed and read out: `AB12 CD34`."""
    return f"{code[:4]} {code[4:]}"
