// What a row of a set can do at a tap: step a number up or down, take over the last time's numbers,
// and walk from field to field by Enter.

const mark = document.documentElement.dataset.decimalMark;

function step(input, by) {
  if (input.name === "duration_seconds") {
    const seconds = input.value.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
    const next = Math.max(0, (seconds || 0) + by);
    input.value = `${Math.floor(next / 60)}:${String(next % 60).padStart(2, "0")}`;
  } else {
    const number = Number(input.value.replace(",", ".")) || 0;
    // Three decimals hold every step, without the binary dust of 0.1 + 0.2.
    const next = Math.max(0, Math.round((number + by) * 1000) / 1000);
    input.value = String(next).replace(".", mark);
  }
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const row = event.target.closest(".set-row");
  const button = event.target.closest("button");
  if (!row || !button) return;
  if (button.dataset.step) {
    step(row.elements[button.dataset.field], Number(button.dataset.step.replace(",", ".")));
  } else if (button.dataset.fill !== undefined) {
    const values = button.dataset.fill.split("|");
    row.querySelectorAll(".set-row__input").forEach((input, place) => {
      input.value = values[place];
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    if (row.elements.weight_unit) row.elements.weight_unit.value = button.dataset.unit;
  }
});

document.addEventListener("keydown", (event) => {
  // A key held down must not log one row after the other.
  if (event.key === "Enter" && event.repeat && event.target.matches(".set-row__log")) event.preventDefault();
  if (event.key !== "Enter" || !event.target.matches(".set-row__input")) return;
  const inputs = [...event.target.form.querySelectorAll(".set-row__input")];
  const following = inputs[inputs.indexOf(event.target) + 1];
  if (following) {
    event.preventDefault();
    following.focus();
  }
});

// The old number is replaced by what is typed.
document.addEventListener("focusin", (event) => {
  if (event.target.matches(".set-row__input")) event.target.select();
});
