from modeltranslation.translator import TranslationOptions, register

from schools.models import Management, SchoolCategory, State


@register(State)
class StateTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("en",)


@register(SchoolCategory)
class SchoolCategoryTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("en",)


@register(Management)
class ManagementTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("en",)
