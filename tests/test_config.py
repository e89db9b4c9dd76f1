"""What of the settings of letters can be used; what cannot names its variable and shows no password."""

import pytest

from app import config

SENDER = {"REGLAMENT_MAIL_FROM": "Reglament <reglament@example.kz>"}


def test_a_mail_server_is_read_with_its_password_and_shows_it_to_nobody() -> None:
    mail = config.read({**SENDER, "REGLAMENT_SMTP": "smtp://user%40kz:p%40ss%3A@mail.example.kz"}).mail
    assert mail is not None
    assert (mail.host, mail.port, mail.secure, mail.user, mail.password) == (
        "mail.example.kz", 587, False, "user@kz", "p@ss:",
    )  # fmt: skip
    assert "p@ss:" not in repr(mail)
    safe = config.read({**SENDER, "REGLAMENT_SMTP": "smtps://mail.example.kz"}).mail
    assert safe is not None
    assert (safe.port, safe.secure, safe.user) == (465, True, None)
    assert config.read({}).mail is None


@pytest.mark.parametrize(
    "url",
    ["mail.example.kz", "http://mail.example.kz", "smtp://", "smtp://secret@mail", "smtp://u:secret@mail:0x", "smtp://m/x", "smtp://[::1"],
)  # fmt: skip
def test_what_is_no_mail_server_is_said_without_what_it_holds(url: str) -> None:
    with pytest.raises(ValueError, match="REGLAMENT_SMTP") as said:
        config.read({**SENDER, "REGLAMENT_SMTP": url})
    assert "secret" not in str(said.value)


@pytest.mark.parametrize("sender", ["", "Reglament", "@example.kz", "x@", "a@b\nBcc: c@d"])
def test_letters_need_a_sender(sender: str) -> None:
    with pytest.raises(ValueError, match="REGLAMENT_MAIL_FROM"):
        config.read({"REGLAMENT_SMTP": "smtp://127.0.0.1", "REGLAMENT_MAIL_FROM": sender})


def test_links_begin_with_the_address_of_the_pages() -> None:
    assert config.read({"REGLAMENT_URL": "https://reglament.example.kz/"}).url == "https://reglament.example.kz"
    assert config.read({"HOST": "::1", "PORT": "81"}).url == "http://[::1]:81"
    for bad in ("reglament.example.kz", "ftp://x", "https://x?y", "https://"):
        with pytest.raises(ValueError, match="REGLAMENT_URL"):
            config.read({"REGLAMENT_URL": bad})
