// Says in words when the browser gave no key: cancelled, timed out, or not allowed at this address.
document.addEventListener("allauth.error", (event) => {
  const notice = document.querySelector("[data-passkey-failed]");
  if (notice) {
    event.preventDefault();
    notice.hidden = false;
  }
});
