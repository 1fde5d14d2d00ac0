from modeltranslation.translator import TranslationOptions, register

from quizzes.models import Choice, Objective, Question, Quiz


@register(Objective)
class ObjectiveTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = ("en",)


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = ("en",)


@register(Choice)
class ChoiceTranslation(TranslationOptions):
    fields = ("text", "why")
    required_languages = ("en",)


@register(Quiz)
class QuizTranslation(TranslationOptions):
    fields = ("title",)
    required_languages = ("en",)
