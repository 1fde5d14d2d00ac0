/** Says when the end of a lesson waits on this device. */
import { waiting } from "./kept.js";

const [first] = waiting();
if (first) {
  document.querySelector("[data-waiting-link]").href = first.url;
  document.querySelector("[data-waiting]").hidden = false;
}
