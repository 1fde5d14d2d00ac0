from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "schools"

    def ready(self) -> None:
        from cms.core import audit
        from cms.help import lines
        from schools.queries import records, state_help_lines

        audit.locate_by(records.place_of)
        lines.name_states_by(state_help_lines.names_of_states)
