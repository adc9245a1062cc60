// The focus stays where it was when what is around it is drawn anew.

let place = null;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const at = document.activeElement;
  place = null;
  if (!detail.shouldSwap || !(detail.target.contains(at) || at.closest("#toast"))) return;
  const row = at.closest(".set-row");
  const field = at.matches(".set-row__input") && { name: at.name, start: at.selectionStart, end: at.selectionEnd };
  const menu = !!at.closest("details[name='menu']");
  place = { id: row?.getAttribute("id"), number: row?.elements.number.value, card: at.closest(".exercise")?.id, field, menu };
});

document.addEventListener("htmx:afterSettle", () => {
  if (!place) return;
  const { id, number, card, field, menu } = place;
  const rows = document.querySelectorAll(`[id="${card}"] .set-row`);
  const row = number && (document.getElementById(id) ?? [...rows].find((one) => one.elements.number.value === number));
  if (field) {
    const again = row?.elements[field.name];
    again?.focus({ preventScroll: true });
    again?.setSelectionRange(field.start, field.end);
  } else if (document.activeElement === document.body) {
    // Undo goes with its message, and leaves the focus to what comes next.
    const spot = row || document.getElementById(card) || document.querySelector(".set-row--next") || document.getElementById("log");
    const part = !spot?.matches(".set-row") ? ".menu__summary" : menu ? ".set-row__number" : ".set-row__log";
    spot?.querySelector(part)?.focus({ preventScroll: !menu });
  }
  place = null;
});
