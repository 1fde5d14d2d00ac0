"""Wagtail's list of people: staff only, since the default manager knows no others."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from wagtail.users.views.users import DeleteView, EditView, IndexView, UserViewSet

from cms.users.forms import StaffCreationForm, StaffEditForm


class StaffIndexView(IndexView):
    @property
    def search_fields(self) -> set[str]:
        return {"email", "name"}

    def get_delete_url(self, instance: Any) -> None:
        return None


class StaffEditView(EditView):
    def get_delete_url(self) -> None:
        return None


class NobodyIsDeletedView(DeleteView):
    """An account is switched off, never deleted: what was done names it, and pages and roles hang on it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.get_object()
        raise PermissionDenied


class StaffViewSet(UserViewSet):
    create_template_name = "wagtailusers/users/staff_create.html"
    edit_template_name = "wagtailusers/users/staff_edit.html"
    copy_view_enabled = False
    index_view_class = StaffIndexView
    edit_view_class = StaffEditView
    delete_view_class = NobodyIsDeletedView

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return StaffEditForm if for_update else StaffCreationForm
