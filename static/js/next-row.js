// <next-row data-rows="rows-…" data-number="3">: marks the row to log next, as the server says, and
// puts the focus on it after a set was logged: into the field where one was typing, else on ✓,
// so that the keyboard neither opens nor closes by itself.

const MARK = "set-row--next";
let logging = null;

function mark(row) {
  for (const other of document.querySelectorAll(`.${MARK}`)) other.classList.remove(MARK);
  row?.classList.add(MARK);
}

document.addEventListener(
  "submit",
  (event) => {
    const row = event.target.closest(".set-row:not(.set-row--logged)");
    const { activeElement: at } = document;
    if (row) logging = { typing: at.matches(".set-row__input"), at: at.id };
  },
  { capture: true },
);

// A field in focus makes its row the next, so that its step buttons are at hand.
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".set-row__input")) mark(event.target.closest(".set-row"));
});

class NextRow extends HTMLElement {
  connectedCallback() {
    // The rows arrive in the same answer, but a moment later.
    requestAnimationFrame(() => {
      if (!this.isConnected) return;
      const card = this.dataset.rows && document.getElementById(this.dataset.rows);
      const row = [...(card?.querySelectorAll(".set-row") ?? [])].find((one) => one.elements.number.value === this.dataset.number);
      const { activeElement: at } = document;
      // Who has begun to type elsewhere meanwhile goes on there.
      const elsewhere = at.matches(".set-row__input") && at.id !== logging?.at;
      if (!elsewhere) mark(row);
      if (logging && row && !elsewhere) {
        const target = logging.typing ? ".set-row__input" : ".set-row__log";
        row.querySelector(target).focus({ preventScroll: !logging.typing });
      }
      logging = null;
    });
  }
}

customElements.define("next-row", NextRow);
