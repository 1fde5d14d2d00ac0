/**
 * Leaving at once. The link works without this; with it the page is blank before the answer
 * comes, Escape pressed twice does the same, and Back leads away again.
 */
const MARK = "left";
const TWICE_WITHIN = 800;

const link = () => document.querySelector("[data-exit]");
let lastEscape = -Infinity;

function remember(left) {
  try {
    if (left) sessionStorage.setItem(MARK, "1");
    else sessionStorage.removeItem(MARK);
  } catch {
    // Storage may be closed to us: then Back shows the page before this one.
  }
}

function hasLeft() {
  try {
    return sessionStorage.getItem(MARK) === "1";
  } catch {
    return false;
  }
}

function leave() {
  const exit = link();
  if (!exit) return;
  document.documentElement.classList.add("is-left");
  document.title = "\u2026";
  remember(true);
  location.replace(exit.href);
}

function cameBack(event) {
  const [visit] = performance.getEntriesByType("navigation");
  return event.persisted || visit?.type === "back_forward";
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-exit]")) return;
  event.preventDefault();
  leave();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - lastEscape < TWICE_WITHIN) leave();
  lastEscape = event.timeStamp;
});

// A page that is opened by its address or by a link is wanted; one that Back brings up is not.
if (hasLeft() && performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
  document.documentElement.classList.add("is-left");
}

addEventListener("pageshow", (event) => {
  if (cameBack(event) && hasLeft()) leave();
  else if (!event.persisted) remember(false);
});
