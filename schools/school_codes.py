"""Codes with which heads and teachers join a school: ten letters of Crockford's base 32, which is 50 bits."""

import secrets

from cryptography.fernet import InvalidToken

from schools import join_codes, sealing

LENGTH = 10


def new_code() -> str:
    return "".join(secrets.choice(join_codes.ALPHABET) for _ in range(LENGTH))


def normalise(text: str) -> str:
    """The code that was meant; what cannot be one comes out as an empty string."""
    return join_codes.normalise(text, LENGTH)


def spaced(code: str) -> str:
    """The code as it is printed and read out: `AB1 CD2 EF34`."""
    return f"{code[:3]} {code[3:6]} {code[6:]}".strip()


def digest(code: str) -> str:
    return sealing.mark("school code digest", code)


def seal(code: str) -> str:
    """Encrypt a code, so that only this server can print it again."""
    return sealing.vault("school code seal").encrypt(code.encode()).decode()


def unseal(sealed: str) -> str:
    """The code that was sealed; an empty string where the server's secret has changed since."""
    try:
        return sealing.vault("school code seal").decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""
