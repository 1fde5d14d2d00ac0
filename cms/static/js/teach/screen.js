/** The screen of a whole-class lesson. All that it needs came with the page: it asks the server for nothing. */
import { startDeck } from "./deck.js";
import { finish } from "./finish.js";
import { countHands } from "./hands.js";

const form = document.querySelector("[data-session]");
startDeck(form);
countHands(form);
finish(form);
