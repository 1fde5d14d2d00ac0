/**
 * The end of a lesson, sent now or when the connection is back. The server is asked for JSON; what it finds
 * at fault it shows on its own page, to which the form is then sent as without a script.
 */
import { change, forget, read } from "./kept.js";

const AGAIN_AFTER = 20_000;
const TOKEN = "csrfmiddlewaretoken";
const FIELDS = ["held_on", "headcount"];

const post = (form) =>
  fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
    redirect: "manual",
  });

/** A page that lay open overnight has an old token: take a new one. False when that needs signing in. */
async function renewToken(form) {
  const answer = await fetch(form.action, { redirect: "manual" });
  if (answer.type === "opaqueredirect") return "sign-in";
  if (!answer.ok) return "refused";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  form.elements[TOKEN].value = page.querySelector(`[name=${TOKEN}]`)?.value ?? "";
  return "";
}

export function finish(form) {
  const id = form.dataset.session;
  let isSending = false;
  let timer;

  const says = (name) => {
    for (const one of form.querySelectorAll("[data-says]")) one.hidden = one.dataset.says !== name;
  };

  const send = async () => {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    try {
      let answer = await post(form);
      if (answer.status === 403) {
        const problem = await renewToken(form);
        if (problem) return says(problem);
        answer = await post(form);
      }
      if (answer.type === "opaqueredirect") says("sign-in");
      else if (answer.status === 400) mend();
      else if (answer.status === 403 || answer.status === 404) says("refused");
      else if (answer.ok) await leave(answer);
      else keep();
    } catch {
      keep();
    } finally {
      isSending = false;
    }
  };

  const leave = async (answer) => {
    const { url } = await answer.json();
    forget(id);
    location.assign(url);
  };

  const mend = () => {
    change(id, { waits: false });
    form.submit();
  };

  const keep = () => {
    says("kept");
    timer = setTimeout(send, AGAIN_AFTER);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value]));
    change(id, { ...typed, waits: true, url: new URL(form.action, location.href).pathname });
    says("sending");
    send();
  });
  for (const name of FIELDS) {
    form.elements[name].addEventListener("input", () => change(id, { [name]: form.elements[name].value }));
  }
  addEventListener("online", () => read(id).waits && send());

  const kept = read(id);
  for (const name of FIELDS) if (kept[name]) form.elements[name].value = kept[name];
  if (kept.waits) send();
}
