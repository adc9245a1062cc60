"""Allauth's hooks: when a mail cannot be sent, and when a closed account's owner comes back."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.shortcuts import redirect

from accounts.deletion import can_come_back, prove

logger = logging.getLogger(__name__)

# Mails without which the person who asked for them cannot go on.
NEEDED = {"account/email/password_reset_key", "account/email/unknown_account"}
SENT = "account/messages/email_confirmation_sent.txt"


class AccountAdapter(DefaultAccountAdapter):
    """Goes on without a mail server where one can, and says so where one cannot."""

    def send_mail(self, template_prefix, email, context):
        """Send a mail; if that fails, log it in one line and tell whoever waits for it."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # SMTP's own errors are OSErrors too.
            logger.error("Mail could not be sent (%s): %s", template_prefix, error)
            request = current.request
            request.mail_failed = True
            if template_prefix in NEEDED:
                messages.error(request, "The mail could not be sent. Try again later.")
                raise ImmediateHttpResponse(redirect("account_reset_password")) from error

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        if message_template == SENT and getattr(request, "mail_failed", False):
            messages.error(request, "The mail to confirm your address could not be sent.")
        else:
            super().add_message(request, level, message_template, *args, **kwargs)

    def respond_user_inactive(self, request, user):
        """Ask whoever has typed the right password of a closed account whether to keep it."""
        if not can_come_back(user):
            return super().respond_user_inactive(request, user)
        prove(request.session, user)
        return redirect("accounts:keep")
