"""The mail address of somebody who is invited: what is wrong with it is said together with what the form itself objects to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from porchlight.core.errors import Refused
from porchlight.server.accounts.addresses import MOST_ADDRESS, clean_address
from porchlight.server.ui.reasons import text_of


class MailField(forms.CharField):
    """One address, read as the actions read it; the browser is not to fill in the own one."""

    def __init__(self, **more: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "off"})
        super().__init__(max_length=MOST_ADDRESS, widget=widget, validators=[_readable], **more)


def _readable(address: str) -> None:
    try:
        clean_address(address)
    except Refused as refused:
        raise ValidationError([text_of(each) for each in refused.reasons]) from refused
