from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class QuizzesConfig(AppConfig):
    name = "quizzes"

    def ready(self) -> None:
        from cms.core.content_version import bump_after_commit

        for name in ("Objective", "Question", "Choice", "Quiz", "QuizQuestion"):
            for signal in (post_save, post_delete):
                signal.connect(bump_after_commit, sender=f"quizzes.{name}")
