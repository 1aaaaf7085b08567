"""Notices of batches that failed, by any way that Apprise knows: e-mail, chat, a web address."""

from __future__ import annotations

from prefect.blocks.abstract import NotificationBlock
from prefect.blocks.notifications import AppriseNotificationBlock
from pydantic import Field, SecretStr

from matters_arising.errors import BadInputError


class Notice(AppriseNotificationBlock):
    """Where notices go: an Apprise address such as ``mailto://`` or ``json://``."""

    _block_type_name = "Matters Arising notice"
    _block_type_slug = "matters-arising-notice"

    url: SecretStr = Field(default=..., description="An address as Apprise writes it.")


def checked(address: str) -> NotificationBlock:
    """The block of an address; BadInputError where Apprise cannot read it."""
    from apprise import Apprise

    if not Apprise().add(address):
        raise BadInputError(
            "MATTERS_NOTIFY is no address that notices can go to; for e-mail write "
            "mailto://user:password@mail.example.org?to=clerk@example.org, for a web address "
            "json://host/path"
        )
    return Notice(url=SecretStr(address))
