"""What a lesson is made of: one small StreamField block a kind, as `docs/content-format.md` describes them.

Words are plain text with our small markup (paragraphs, lists, strong words, help lines), never HTML:
nothing that an editor pastes can carry script, and a sentence is one entry for a translator.
"""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from curriculum.fields import drawings, help_lines, shown_help_lines_only


class KeyBlock(blocks.FieldBlock):
    """An identity inside a lesson. A field block of its own, so that it is never offered for translation."""

    def __init__(self, required: bool = True, help_text: str = "", **kwargs: object) -> None:
        self.field = forms.SlugField(required=required, help_text=help_text, max_length=80)
        super().__init__(**kwargs)


def words(label: str | Promise, *, required: bool = True, is_searched: bool = True) -> blocks.TextBlock:
    return blocks.TextBlock(
        label=label,
        required=required,
        rows=3,
        search_index=is_searched,
        validators=(shown_help_lines_only,),
    )


def heading(*, required: bool = True) -> blocks.CharBlock:
    return blocks.CharBlock(label=_("Heading"), required=required, max_length=200)


class TextBlock(blocks.StructBlock):
    heading = heading(required=False)
    body = words(_("Text"))
    picture = blocks.ChoiceBlock(choices=drawings, label=_("Drawing"), required=False, search_index=False)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "curriculum/blocks/text.html"


class KeyIdeaBlock(blocks.StructBlock):
    body = words(_("One or two sentences to remember"))

    class Meta:
        icon = "pick"
        label = _("Key idea")
        template = "curriculum/blocks/key_idea.html"


class StepsBlock(blocks.StructBlock):
    heading = heading()
    intro = words(_("Introduction"), required=False)
    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Step"), max_length=200)),
                ("body", words(_("Text"), required=False)),
            ]
        ),
        label=_("Steps"),
    )

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "curriculum/blocks/steps.html"


class MythFactBlock(blocks.StructBlock):
    heading = heading()
    intro = words(_("Introduction"), required=False)
    items = blocks.ListBlock(
        blocks.StructBlock([("myth", words(_("What some say"))), ("fact", words(_("What is true")))]),
        label=_("Cards"),
    )

    class Meta:
        icon = "form"
        label = _("Myth and fact cards")
        template = "curriculum/blocks/myth_fact.html"


class ChatBlock(blocks.StructBlock):
    heading = heading()
    intro = words(_("Introduction"))
    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("who", blocks.CharBlock(label=_("Who"), max_length=200)),
                (
                    "side",
                    blocks.ChoiceBlock(
                        choices=[("them", _("The other person")), ("me", _("The pupil"))], search_index=False
                    ),
                ),
                ("body", words(_("What is told"))),
                ("sign", words(_("Why it is a warning sign, or a good reply"), required=False)),
            ]
        ),
        label=_("Lines"),
    )

    class Meta:
        icon = "comment"
        label = _("Chat to read")
        template = "curriculum/blocks/chat.html"


class ChooseNextBlock(blocks.StructBlock):
    heading = heading()
    situation = words(_("Situation"))
    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("choice", words(_("Choice"))),
                ("outcome", words(_("What happens then"))),
                (
                    "verdict",
                    blocks.ChoiceBlock(
                        choices=[("safe", _("Safe")), ("unsure", _("Not sure yet")), ("risky", _("Risky"))],
                        search_index=False,
                    ),
                ),
            ]
        ),
        label=_("Choices"),
    )

    class Meta:
        icon = "decimal"
        label = _("Choose what next")
        template = "curriculum/blocks/choose_next.html"


class SortBlock(blocks.StructBlock):
    heading = heading()
    intro = words(_("Introduction"), required=False)
    bins = blocks.ListBlock(
        blocks.StructBlock(
            [("key", KeyBlock(label=_("Key"))), ("label", blocks.CharBlock(label=_("Name"), max_length=200))]
        ),
        label=_("Groups"),
    )
    items = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("body", words(_("Card"))),
                ("bin", KeyBlock(label=_("Key of its group"))),
                ("why", words(_("Reason"))),
            ]
        ),
        label=_("Cards"),
    )

    class Meta:
        icon = "folder-open-1"
        label = _("Sort")
        template = "curriculum/blocks/sort.html"


class TalkTogetherBlock(blocks.StructBlock):
    heading = heading()
    intro = words(_("Introduction"), required=False)
    items = blocks.ListBlock(
        blocks.StructBlock([("prompt", words(_("Question to talk about")))]), label=_("Questions")
    )
    note = words(_("Note for the teacher"), required=False, is_searched=False)

    class Meta:
        icon = "group"
        label = _("Talk together")
        template = "curriculum/blocks/talk_together.html"


class CheckBlock(blocks.StructBlock):
    question = SnippetChooserBlock("quizzes.Question", label=_("Question"))

    class Meta:
        icon = "help"
        label = _("Check question")
        template = "curriculum/blocks/check.html"


class HelpBlock(blocks.StructBlock):
    body = words(_("Text"), required=False)
    lines = blocks.MultipleChoiceBlock(choices=help_lines, label=_("Help lines"), search_index=False)

    class Meta:
        icon = "tag"
        label = _("Help panel")
        template = "curriculum/blocks/help.html"


class SectionBlock(blocks.StructBlock):
    heading = heading()
    body = words(_("Text"))

    class Meta:
        icon = "doc-full"
        label = _("Part of the guide")


LESSON_BLOCKS = [
    ("text", TextBlock()),
    ("key_idea", KeyIdeaBlock()),
    ("steps", StepsBlock()),
    ("myth_fact", MythFactBlock()),
    ("chat", ChatBlock()),
    ("choose_next", ChooseNextBlock()),
    ("sort", SortBlock()),
    ("talk_together", TalkTogetherBlock()),
    ("check", CheckBlock()),
    ("help", HelpBlock()),
]
GUIDE_BLOCKS = [("section", SectionBlock())]
