// A row looks logged from the tap on. If no answer comes it says so, and the same tap sends it
// again: with the same id, so that it is one set however often it arrives.

const SENDING = "set-row--sending";
const FAILED = "set-row--failed";

document.addEventListener("htmx:beforeSend", ({ target: row, detail }) => {
  // Not when it is to be removed.
  if (!row.matches(".set-row") || detail.requestConfig.path !== row.getAttribute("action")) return;
  row.classList.add(SENDING);
  row.classList.remove(FAILED);
  row.querySelector(".set-row__failure")?.remove();
  row.ariaBusy = "true";
});

document.addEventListener("not-saved", (event) => {
  const row = event.target;
  if (!row.classList.contains(SENDING)) return;
  row.classList.remove(SENDING);
  row.ariaBusy = null;
  if (event.detail.gone) return;
  event.preventDefault();
  const failure = document.createElement("p");
  failure.className = "set-row__failure";
  failure.role = "alert";
  failure.textContent = "Not saved. Tap ✓ again.";
  row.classList.add(FAILED);
  row.append(failure);
});
