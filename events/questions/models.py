"""Sets of questions, each shown as a page of its own."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..catalogue.texts import TextsField
from .kinds import Kind

KEY_LENGTH = 40


class QuestionSet(models.Model):
    """Questions on one topic: one page of the form of one event."""

    class Moment(models.TextChoices):
        REGISTERING = "registering", _("When registering")
        APPROVED = "approved", _("Afterwards, when the place is confirmed")

    event = models.ForeignKey(
        "events.Event", models.CASCADE, related_name="question_sets", verbose_name=_("event")
    )
    title = TextsField(_("title"), max_length=120)
    introduction = TextsField(_("introduction"), max_length=600, blank=True)
    moment = models.CharField(_("asked"), max_length=12, choices=Moment, default=Moment.REGISTERING)
    categories = models.ManyToManyField(
        "events.Category",
        blank=True,
        related_name="question_sets",
        verbose_name=_("only in these categories"),
        help_text=_("None chosen means all."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("set of questions")
        verbose_name_plural = _("sets of questions")
        ordering = ("event", "moment", "position", "pk")

    def __str__(self) -> str:
        return str(self.title)


class Question(models.Model):
    """One question. A change of its words never changes an answer given before: answers keep theirs."""

    class Visibility(models.TextChoices):
        TEAM = "team", _("Everybody who sees registrations")
        REGISTRARS = "registrars", _("Registrars only")

    question_set = models.ForeignKey(
        QuestionSet, models.CASCADE, related_name="questions", verbose_name=_("set of questions")
    )
    key = models.SlugField(
        _("key"), max_length=KEY_LENGTH, help_text=_("Its name in exports and figures. It never changes.")
    )
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    label = TextsField(_("question"), max_length=200)
    hint = TextsField(_("hint"), max_length=300, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    minimum = models.IntegerField(_("at least"), null=True, blank=True, help_text=_("For a number."))
    maximum = models.IntegerField(
        _("at most"), null=True, blank=True, help_text=_("A number, or how many characters or choices.")
    )
    shown_if = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("only after another question"),
        help_text=_("It is asked when that question has one of the answers below."),
    )
    shown_if_values = models.JSONField(
        _("when its answer is"), default=list, blank=True, help_text="Codes of choices, or “yes”."
    )
    purpose = TextsField(
        _("why it is asked"), max_length=300, help_text=_("Shown to the person below the question.")
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days kept after the event"), default=365, validators=[MinValueValidator(1)]
    )
    visibility = models.CharField(
        _("who sees the answers"), max_length=10, choices=Visibility, default=Visibility.TEAM
    )
    is_retired = models.BooleanField(
        _("no longer asked"), default=False, help_text=_("Answers given before stay.")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("question_set", "position", "pk")
        constraints = (models.UniqueConstraint(fields=("question_set", "key"), name="one_key_a_set"),)

    def __str__(self) -> str:
        return str(self.label)


class Choice(models.Model):
    """One of the answers to choose from. An answered one is retired, never deleted."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices", verbose_name=_("question"))
    code = models.SlugField(_("code"), max_length=KEY_LENGTH, help_text=_("It never changes."))
    label = TextsField(_("label"), max_length=200)
    is_retired = models.BooleanField(_("no longer offered"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ("question", "position", "pk")
        constraints = (models.UniqueConstraint(fields=("question", "code"), name="one_code_a_question"),)

    def __str__(self) -> str:
        return str(self.label)
