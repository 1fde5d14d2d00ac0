/**
 * One screen after the other, by keys, by a remote control (which sends Page Up and Page Down) and by touch.
 * Without this the lesson is one long page.
 */
import { change, follow, read } from "./kept.js";

const SWIPE = 60;
const TYPED_INTO = "input, textarea, select";
const PRESSED_BY_SPACE = "button, a, summary, input, textarea, select";

export function startDeck(form) {
  const id = form.dataset.session;
  const deck = form.querySelector("[data-deck]");
  const bar = form.querySelector("[data-controls]");
  const slides = [...deck.querySelectorAll("[data-slide]")];
  const where = bar.querySelector("[data-where]");
  const blank = document.querySelector("[data-blank-screen]");
  const keys = document.querySelector("[data-keys-list]");
  let current = 0;

  const show = (place, isMoved = true) => {
    current = Math.min(Math.max(place, 0), slides.length - 1);
    slides.forEach((slide, number) => slide.toggleAttribute("data-current", number === current));
    where.textContent = where.dataset.words
      .replace("%(value)s", String(current + 1))
      .replace("%(of)s", String(slides.length));
    bar.querySelector("[data-back]").disabled = current === 0;
    bar.querySelector("[data-next]").disabled = current === slides.length - 1;
    if (!isMoved) return;
    change(id, { step: slides[current].dataset.slide });
    slides[current].focus({ preventScroll: true });
    scrollTo(0, 0);
  };

  const showKey = (key) => {
    const place = slides.findIndex((slide) => slide.dataset.slide === key);
    if (place >= 0 && place !== current) show(place, false);
  };

  /** Opens what is still closed on this screen; only then comes the next. A remote control has one button. */
  const next = () => {
    const closed = slides[current].querySelector("details:not([open])");
    if (closed) {
      closed.open = true;
      closed.scrollIntoView({ block: "nearest" });
    } else show(current + 1);
  };
  const back = () => show(current - 1);

  const setBlank = (isBlank) => {
    blank.hidden = !isBlank;
    if (isBlank) blank.focus();
    else slides[current].focus({ preventScroll: true });
  };
  const toggleFull = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  };

  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const actions = {
    [forward]: next,
    PageDown: next,
    [backward]: back,
    PageUp: back,
    Home: () => show(0),
    End: () => show(slides.length - 1),
    b: () => setBlank(true),
    ".": () => setBlank(true),
    f: toggleFull,
    "?": () => keys.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || keys.open || event.key === "Escape") return;
    if (!blank.hidden) {
      event.preventDefault();
      setBlank(false);
      return;
    }
    const isTypedInto = event.target.matches(TYPED_INTO);
    if (event.key === " " && !event.target.closest(PRESSED_BY_SPACE)) {
      event.preventDefault();
      if (event.shiftKey) back();
      else next();
      return;
    }
    const isPage = event.key === "PageDown" || event.key === "PageUp";
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!action || (isTypedInto && !isPage)) return;
    event.preventDefault();
    action();
  });

  let touch = null;
  deck.addEventListener("touchstart", ({ touches }) => {
    touch = touches.length === 1 ? { x: touches[0].clientX, y: touches[0].clientY } : null;
  }, { passive: true });
  deck.addEventListener("touchend", ({ changedTouches }) => {
    if (!touch) return;
    const [x, y] = [changedTouches[0].clientX - touch.x, changedTouches[0].clientY - touch.y];
    touch = null;
    if (Math.abs(x) < SWIPE || Math.abs(x) < 2 * Math.abs(y)) return;
    if ((x < 0) === (forward === "ArrowRight")) next();
    else back();
  }, { passive: true });

  bar.querySelector("[data-back]").addEventListener("click", back);
  bar.querySelector("[data-next]").addEventListener("click", next);
  bar.querySelector("[data-blank]").addEventListener("click", () => setBlank(true));
  bar.querySelector("[data-full]").addEventListener("click", toggleFull);
  bar.querySelector("[data-full]").hidden = !document.fullscreenEnabled;
  bar.querySelector("[data-keys]").addEventListener("click", () => keys.showModal());
  blank.addEventListener("click", () => setBlank(false));
  follow(id, (record) => showKey(record.step));

  deck.dataset.stepped = "";
  bar.hidden = false;
  const kept = read(id);
  const place = slides.findIndex((slide) => slide.dataset.slide === kept.step);
  show(kept.waits ? slides.length - 1 : place, false);
}
