from modeltranslation.translator import TranslationOptions, register

from cms.help.models import HelpLine


@register(HelpLine)
class HelpLineTranslation(TranslationOptions):
    fields = ("name", "what_for", "what_happens", "cost", "hours")
    required_languages = ("en",)
