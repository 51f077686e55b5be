"""The contact form, built by editors."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField, FormSubmission

from events.outbox.mime import AddressError, mailbox
from events.outbox.services import queue_rendered

from ..editing.forms import CheckedQuestionsForm
from . import contact_form
from .with_text import TextPage


class ContactField(AbstractFormField):
    """One question of a contact form."""

    page = ParentalKey("site_cms.ContactPage", on_delete=models.CASCADE, related_name="form_fields")


class ContactPage(TextPage, AbstractForm):
    """A form whose answers are kept for staff and mailed to the Secretariat."""

    to = models.EmailField(_("mail the answers to"), blank=True)
    thanks = models.CharField(_("words after sending"), max_length=300, blank=True)

    content_panels: ClassVar[list[Any]] = [
        *TextPage.content_panels,
        InlinePanel("form_fields", label=_("Question")),
        FieldPanel("to"),
        FieldPanel("thanks"),
    ]
    parent_page_types: ClassVar[list[str]] = ["site_cms.HomePage", "site_cms.StandardPage"]
    template = "site_cms/pages/contact_page.html"
    landing_page_template = "site_cms/pages/contact_page_sent.html"

    class Meta:
        verbose_name = _("contact form")

    base_form_class = CheckedQuestionsForm
    form_builder = contact_form.ContactFormBuilder

    def clean(self) -> None:
        """Refuse an address that no mail can be sent to."""
        super().clean()
        try:
            if self.to:
                mailbox(self.to)
        except AddressError:
            raise ValidationError({"to": _("No mail can be sent to this address.")}) from None

    def get_form_parameters(self) -> dict[str, Any]:
        """A prefix, so that no question bears the name of a field of ours."""
        return {"prefix": "answer"}

    def get_submissions_list_view_class(self) -> Any:
        """The answers for staff."""
        from .contact_answers import ContactAnswersView

        return ContactAnswersView

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, the thanks, or what became of an answer."""
        if request.method == "POST":
            return contact_form.receive(self, request)
        if "sent" in request.GET:
            return self.render_landing_page(request)
        return contact_form.show(self, request, self.get_form(page=self, user=request.user))

    def process_form_submission(self, form: Form) -> FormSubmission:
        """Keep the answers and queue the mail, which goes to `to` and to nobody else."""
        submission = super().process_form_submission(form)
        if self.to:
            queue_rendered(
                kind="contact",
                to=self.to,
                language=get_language() or "en",
                rendered=contact_form.rendered(self.title, form),
            )
        return submission
