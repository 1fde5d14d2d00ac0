"""What a browser would send of a form in Wagtail's admin."""

from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield


def filled_in(html, form_id):
    """The form's fields as they stand, with ticked boxes as `on`."""
    form = BeautifulSoup(html, "html.parser").find("form", id=form_id)
    data = {}
    for field in form.select("input[name]:not([disabled]), textarea[name]:not([disabled])"):
        if field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data[field["name"]] = field.get("value") or "on"
        elif field.get("type") != "submit":
            data[field["name"]] = field.get("value") or field.get_text().removeprefix("\n")
    for field in form.select("select[name]:not([disabled])"):
        chosen = field.find("option", selected=True)
        data[field["name"]] = chosen["value"] if chosen else ""
    return {name: value for name, value in data.items() if "__prefix__" not in name}


def page_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def page_form(browser, page, **changes):
    """The form of the sample module's second lesson. A script fills in its blocks, so that they are spelt out."""
    body = streamfield([("text", {"heading": "", "body": "We go on.", "picture": ""})])
    guide = streamfield([("section", {"heading": "Aim", "body": "Children can go on."})])
    data = filled_in(browser.get(page_address(page)).content.decode(), "page-edit-form")
    return data | nested_form_data({"body": body, "teacher_guide": guide}) | changes


def send_page(browser, page, do="", **changes):
    """Send the page's form with `changes`, by the button `do`."""
    button = {f"action-{do}": "1"} if do else {}
    return browser.post(page_address(page), page_form(browser, page, **changes) | button)


def record_address(kind, record=None):
    return reverse(f"{kind}:edit", args=[record.pk]) if record else reverse(f"{kind}:add")


def record_form(browser, kind, record=None):
    return filled_in(browser.get(record_address(kind, record)).content.decode(), "w-editor-form")


def send_record(browser, viewset, record=None, *, do="", **changes):
    """Send the record's form with `changes`, by the button `do`; None is a box without its tick."""
    data = record_form(browser, viewset, record) | changes
    data = {name: value for name, value in data.items() if value is not None}
    button = {f"action-{do}": "1"} if do else {}
    return browser.post(record_address(viewset, record), data | button)
