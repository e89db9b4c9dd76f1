"""Passwords are kept as argon2id hashes (RFC 9106)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_HASHER = PasswordHasher()


def hash_password(password: str) -> str:
    """A hash with a salt of its own; takes some 50 ms by intention."""
    return _HASHER.hash(password)


def verify_password(hashed: str, password: str) -> bool:
    """Whether the password is the one that was hashed; no for text that is no hash."""
    try:
        return _HASHER.verify(hashed, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
