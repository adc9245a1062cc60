// What every page needs from JavaScript; everything works without it as well.

import "./drag-handle.js";
import "./keep-typed.js";
import "./keep-focus.js"; // After what was typed, for it looks for the rows.
import "./next-row.js";
import "./rest-timer.js";
import "./send-row.js";
import "./set-row.js";

const toast = document.getElementById("toast");

function tell(text) {
  const message = document.createElement("div");
  message.className = "toast__message toast__message--passing";
  message.textContent = text;
  toast.replaceChildren(message);
}

// Plates for an earlier weight would mislead, and nothing was to be saved.
function clearPlates({ target }) {
  const plates = target.matches(".set-row__plates");
  if (plates) target.replaceChildren();
  return plates;
}

// Nothing that was typed is lost: all stays as it is and can be sent again. What knows better how to
// say so listens to `not-saved`, and prevents what is said by default.
function notSaved(event, text, gone = false) {
  if (clearPlates(event)) return;
  const told = new CustomEvent("not-saved", { bubbles: true, cancelable: true, detail: { gone } });
  if (event.target.dispatchEvent(told) && text) tell(text);
}

const reads = (event) => event.detail.requestConfig.verb === "get";

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    notSaved(event, `No connection. ${reads(event) ? "Tap again." : "Not saved yet: tap again."}`);
  });
}
document.addEventListener("htmx:sendAbort", (event) => {
  if (event.target.matches(".set-row")) notSaved(event);
});
document.addEventListener("htmx:responseError", (event) => {
  const gone = event.detail.xhr.status === 404;
  const text = reads(event) ? "That did not work. Tap again." : "Not saved. Tap again.";
  notSaved(event, gone ? "It is no longer there. Reload the page." : text, gone);
});

// A choice about a logged set is saved at once.
document.addEventListener("change", (event) => {
  const row = event.target.closest(".set-row--logged");
  if (row && event.target.type === "radio") row.requestSubmit();
});

// An open menu closes when something else is tapped, or by Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[name='menu'][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[name='menu'][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

const zone = document.querySelector('input[name="time_zone"][type="hidden"]');
if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
