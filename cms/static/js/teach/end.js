/** The end of a lesson on a page of its own: with what this device has kept, unless the server just answered. */
import { finish } from "./finish.js";
import { fill } from "./hands.js";

const form = document.querySelector("[data-session]");
if (!("answered" in form.dataset)) fill(form);
finish(form);
