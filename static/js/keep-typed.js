// What was typed but not sent yet, what is being sent, and the focus all survive when the row, the
// card or the log around them is drawn anew.

let kept = [];
let focus;

function fields(form) {
  return [...form.elements].filter((field) => field.matches("input:not([type='hidden']), textarea, select"));
}

function changes(form, sent) {
  const wrong = form.querySelector("[aria-invalid]");
  return fields(form).flatMap(({ name, type, value, defaultValue, checked, defaultChecked }) => {
    const choice = type === "radio";
    const before = sent ? sent.get(name) : defaultValue;
    const same = choice ? !checked || (sent ? value === before : defaultChecked) : value === before;
    return same && !(wrong && !sent && !choice) ? [] : [{ name, value, before: defaultValue }];
  });
}

// A row has an id; one not logged yet has another when it is drawn anew, but it keeps its number.
function findAgain({ id, action, number }) {
  const same = [...document.querySelectorAll(`form[action="${action}"]`)];
  const again = same.find((form) => form.elements.number?.value === number);
  return (id && document.getElementById(id)) ?? again ?? same.at(-1);
}

function fill(form, { typed, seen }) {
  for (const { name, value, before } of typed) {
    const field = form.elements[name];
    if (!field) continue;
    // Who typed over an older version is to hear of the newer one.
    if (form.elements.seen && (field.defaultValue ?? before) !== before) form.elements.seen.value = seen;
    field.value = value;
    const choice = field instanceof RadioNodeList;
    (choice ? form.querySelector(`[name="${name}"]:checked`) : field)?.dispatchEvent(new Event(choice ? "change" : "input", { bubbles: true }));
  }
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { shouldSwap, target, requestConfig } = detail;
  kept = [];
  focus = null;
  if (!shouldSwap) return;
  const at = document.activeElement;
  if (target.contains(at)) {
    const menu = at.closest("details[name='menu']");
    focus = { row: at.closest(".set-row")?.id, card: at.closest(".exercise")?.id, part: menu ? "summary" : ".set-row__log" };
    focus.field = at.matches("input, textarea") && !menu ? { name: at.name, start: at.selectionStart, end: at.selectionEnd } : null;
  }
  for (const form of [target, ...target.querySelectorAll("form")]) {
    if (!form.matches("form")) continue;
    const own = form === requestConfig.elt;
    const { number, seen } = form.elements;
    const place = { id: form.id, action: form.getAttribute("action"), number: number?.value };
    const focused = form.contains(at) && focus.field;
    if (!own && form.matches(".set-row--sending, .set-row--failed")) {
      kept.push({ ...place, row: form, focused });
      form.remove();
    } else {
      const typed = changes(form, own && requestConfig.formData);
      if (typed.length || focused) kept.push({ ...place, typed, seen: seen?.value, focused });
    }
  }
});
