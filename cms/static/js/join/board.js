/**
 * The picture board without a journey to the server for each tap: four taps fill the slots, then the
 * form is sent once. Without this every picture is a button that sends the form.
 */
const form = document.querySelector("[data-board]");

if (form) {
  const keys = [...form.querySelectorAll(".pin-key")];
  const slots = [...form.querySelectorAll(".pin-slot")];
  const picked = form.elements.picked;
  let taps = picked.value.split(" ").filter(Boolean);
  let isSent = false;

  const show = () => {
    slots.forEach((slot, place) => {
      const key = keys.find((one) => one.value === taps[place]);
      slot.classList.toggle("pin-slot--filled", Boolean(key));
      slot.classList.toggle("pin-slot--next", place === taps.length);
      slot.replaceChildren(key ? drawing(key) : String(place + 1));
    });
    for (const key of keys) key.disabled = taps.includes(key.value);
  };

  const drawing = (key) => {
    const copy = key.querySelector("svg").cloneNode(true);
    copy.removeAttribute("aria-hidden");
    copy.setAttribute("role", "img");
    copy.setAttribute("aria-label", key.textContent.trim());
    return copy;
  };

  const nextFree = (button) => {
    const place = keys.indexOf(button);
    return [...keys.slice(place + 1), ...keys.slice(0, place)].find((key) => place >= 0 && !key.disabled);
  };

  const send = () => {
    isSent = true;
    picked.value = taps.join(" ");
    form.submit();
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    if (isSent) return;
    const hadFocus = document.activeElement === button;
    taps = button.name === "pick" ? [...taps, button.value] : [];
    // A button that is switched off loses the keyboard, so its place goes on to the next one first.
    if (hadFocus) nextFree(button)?.focus();
    show();
    if (taps.length === slots.length) send();
  });

  // The Back button must not bring up what was tapped.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    taps = [];
    isSent = false;
    show();
  });
}
