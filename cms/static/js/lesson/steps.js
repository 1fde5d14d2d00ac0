/**
 * A lesson one step at a time. Without this it is one page to read from top to bottom.
 * The furthest step is kept on the server, so that the lesson goes on there on another device.
 */
const lesson = document.querySelector("[data-lesson]");
const bar = document.querySelector(".step-bar");

if (lesson && bar) {
  const steps = [...lesson.querySelectorAll(":scope > .block")];
  const [back, next] = [bar.querySelector("[data-back]"), bar.querySelector("[data-next]")];
  const progress = document.createElement("div");
  const words = document.createElement("p");
  const line = document.createElement("progress");
  let reached = Number(lesson.dataset.reached);

  progress.className = "progress";
  words.className = "progress__words";
  words.id = "lesson-progress";
  line.className = "progress__line";
  line.max = steps.length;
  line.setAttribute("aria-labelledby", words.id);
  progress.append(words, line);
  lesson.querySelector(".lesson__header").after(progress);
  lesson.dataset.stepped = "";

  const within = (place) => Math.min(Math.max(place, 0), steps.length - 1);
  const anchored = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    return target ? steps.findIndex((step) => step.contains(target)) : -1;
  };

  const remember = (place) => {
    if (place <= reached) return;
    reached = place;
    const body = new URLSearchParams({ step: String(place) });
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    fetch(lesson.dataset.stepUrl, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token },
      redirect: "manual",
      keepalive: true,
    })
      .then((answer) => {
        // The session is over or waits for the pictures: the page itself knows the way.
        if (answer.status === 401 || answer.type === "opaqueredirect") location.reload();
        else if (!answer.ok) reached = place - 1;
      })
      .catch(() => {
        reached = place - 1;
      });
  };

  let current = 0;
  const show = (place, isMoved) => {
    current = within(place);
    steps.forEach((step, number) => step.toggleAttribute("data-current", number === current));
    line.value = current + 1;
    words.textContent = bar.dataset.words
      .replace("%(value)s", String(current + 1))
      .replace("%(of)s", String(steps.length));
    back.disabled = current === 0;
    next.hidden = current === steps.length - 1;
    remember(current);
    if (!isMoved) return;
    const heading = steps[current].querySelector("h2") ?? steps[current];
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    progress.scrollIntoView({ block: "start" });
  };

  back.addEventListener("click", () => show(current - 1, true));
  next.addEventListener("click", () => show(current + 1, true));
  const start = anchored();
  show(start >= 0 ? start : reached, false);
}
