/** Hands in the air: large plus and minus beside each number, and bars once the answer is asked for. */
import { change, read } from "./kept.js";

const MOST = 100;

/** Puts the kept numbers into the fields of `form`. */
export function fill(form) {
  for (const [name, count] of Object.entries(read(form.dataset.session).hands ?? {})) {
    const field = form.elements[name];
    if (field) field.value = count;
  }
}

export function countHands(form) {
  const id = form.dataset.session;
  const fields = [...form.querySelectorAll("[data-choice]")];

  const keep = (field) => {
    const count = Math.min(Math.max(Math.trunc(Number(field.value)) || 0, 0), MOST);
    const typed = field.value === "" ? "" : String(count);
    if (field.value !== typed) field.value = typed;
    change(id, { hands: { ...read(id).hands, [field.name]: typed } });
    draw(field.closest("[data-slide]"));
  };

  const draw = (slide) => {
    const counts = [...slide.querySelectorAll("[data-choice]")].map((one) => [one.name, Number(one.value) || 0]);
    const all = counts.reduce((sum, [, count]) => sum + count, 0);
    for (const [name, count] of counts) {
      const bar = slide.querySelector(`[data-bar="${CSS.escape(name)}"]`);
      const meter = bar.querySelector("meter");
      bar.hidden = all === 0;
      meter.max = Math.max(all, 1);
      meter.value = count;
      bar.querySelector("[data-count]").textContent = String(count);
    }
  };

  for (const button of form.querySelectorAll("[data-add]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const field = button.parentElement.querySelector("[data-choice]");
      field.value = String((Number(field.value) || 0) + Number(button.dataset.add));
      keep(field);
    });
  }
  for (const field of fields) {
    field.addEventListener("input", () => keep(field));
    // Enter after a number is no wish to end the lesson.
    field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }
  fill(form);
  for (const slide of new Set(fields.map((one) => one.closest("[data-slide]")))) draw(slide);
}
