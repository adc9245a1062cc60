// What was typed and not sent yet, and rows that are being sent, survive when what is around them is
// drawn anew.

let kept = [];

function changed(field, sent) {
  if (field.type === "radio") return field.checked && (sent ? sent.get(field.name) !== field.value : !field.defaultChecked);
  if (!field.matches(".set-row__input, textarea")) return false;
  // Sent in vain, it is the default; but it is not saved.
  return field.value !== (sent ? sent.get(field.name) : field.defaultValue) || (!sent && field.ariaInvalid === "true");
}

// A row that is not logged yet has another id when it is drawn anew, but the same number.
function findAgain({ id, action, number }) {
  const same = [...document.querySelectorAll(`form[action="${action}"]`)];
  const again = same.find((form) => form.elements.number?.value === number) ?? same.at(-1);
  return (id && document.getElementById(id)) || again;
}

function fill(form, { typed, seen }) {
  for (const { name, value, drawn, type } of typed) {
    const field = form.elements[name];
    if (!field) continue;
    // Who typed over an older version is to hear of the newer one.
    if (form.elements.seen && (field.defaultValue ?? drawn) !== drawn) form.elements.seen.value = seen;
    field.value = value;
    const heard = type === "radio" ? form.querySelector(`[name="${name}"]:checked`) : field;
    heard.dispatchEvent(new Event(type === "radio" ? "change" : "input", { bubbles: true }));
  }
}

document.addEventListener("htmx:beforeSwap", ({ detail: { shouldSwap, target, requestConfig } }) => {
  kept = [];
  // A row that is added leaves the others as they are.
  if (!shouldSwap || requestConfig.elt.getAttribute("hx-swap") === "beforeend") return;
  for (const form of [target, ...target.querySelectorAll("form")]) {
    if (!form.matches("form")) continue;
    const own = form === requestConfig.elt;
    const { number, seen } = form.elements;
    const place = { id: form.getAttribute("id"), action: form.getAttribute("action"), number: number?.value };
    if (!own && form.matches(".set-row--sending, .set-row--failed")) {
      // Out of the way, not drawn anew: the answer is to find it, and the id stays the same.
      form.remove();
      kept.push({ ...place, row: form });
    } else {
      const fields = [...form.elements].filter((field) => changed(field, own && requestConfig.formData));
      const typed = fields.map(({ name, value, type, defaultValue: drawn }) => ({ name, value, type, drawn }));
      if (typed.length) kept.push({ ...place, typed, seen: seen?.value });
    }
  }
});

document.addEventListener("htmx:afterSettle", () => {
  for (const one of kept.splice(0)) {
    const form = findAgain(one);
    if (form && one.typed) fill(form, one);
    // With another action it has arrived by now, and is logged.
    if (one.row && form?.getAttribute("action") === one.action) form.replaceWith(one.row);
  }
});
