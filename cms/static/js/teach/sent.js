/** The server has it: what this device kept can go. */
import { forget } from "./kept.js";

forget(document.querySelector("[data-sent]").dataset.sent);
