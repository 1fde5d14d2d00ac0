/** The teacher's notes follow the screen in the other window of this device, and can lead it, too. */
import { change, follow, read } from "./kept.js";

const box = document.querySelector("[data-session]");
const id = box.dataset.session;
const notes = [...box.querySelectorAll("[data-note]")];
let current = 0;

const show = (key) => {
  const place = notes.findIndex((note) => note.dataset.note === key);
  current = place >= 0 ? place : 0;
  notes.forEach((note, number) => {
    note.toggleAttribute("data-current", number === current);
    note.toggleAttribute("data-soon", number === current + 1);
  });
};
const lead = (place) => {
  const note = notes[Math.min(Math.max(place, 0), notes.length - 1)];
  change(id, { step: note.dataset.note });
  show(note.dataset.note);
};

box.dataset.following = "";
box.querySelector("[data-follow]").hidden = false;
box.querySelector("[data-back]").addEventListener("click", () => lead(current - 1));
box.querySelector("[data-next]").addEventListener("click", () => lead(current + 1));
follow(id, (record) => show(record.step));
show(read(id).step);
