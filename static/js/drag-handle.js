// <drag-handle>: moves the exercise that it is on by dragging. Move up and Move down do the same.

const EDGE = 80; // Pixels from the top or bottom of the screen, where the page begins to scroll
const SPEED = 12; // by so many a frame.

function middleOf(card) {
  return card.getBoundingClientRect().top + card.offsetHeight / 2;
}

class DragHandle extends HTMLElement {
  #drag = null;

  connectedCallback() {
    this.addEventListener("pointerdown", this.#start);
  }

  disconnectedCallback() {
    this.removeEventListener("pointerdown", this.#start);
    this.#end();
  }

  #start = (event) => {
    if (event.button !== 0 || this.#drag) return;
    event.preventDefault(); // No text is selected.
    const card = this.closest(".exercise");
    const log = card.parentElement;
    const listeners = new AbortController();
    const { signal } = listeners;
    // Of the handle, which keeps its place under the finger.
    const held = event.clientY - this.getBoundingClientRect().top;
    // An animation, because htmx would copy a style attribute, which the CSP refuses.
    const lift = card.animate(null, { duration: 1, fill: "forwards" });
    this.#drag = { card, log, listeners, held, lift, by: 0, y: event.clientY, order: [...log.children] };
    this.setPointerCapture(event.pointerId);
    log.classList.add("log--sorting");
    card.classList.add("exercise--dragged");
    scrollBy({ top: this.getBoundingClientRect().top + held - event.clientY, behavior: "instant" });
    this.addEventListener("pointermove", ({ clientY }) => (this.#drag.y = clientY), { signal });
    this.addEventListener("pointerup", () => this.#drop(), { signal });
    this.addEventListener("lostpointercapture", () => this.#cancel(), { signal });
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.#cancel(), { signal });
    this.#follow();
  };

  // Once a frame: the card is where the finger is, and the others make room for it.
  #follow() {
    const drag = this.#drag;
    const { card, y, held } = drag;
    const top = this.getBoundingClientRect().top - card.getBoundingClientRect().top;
    const middle = y - held - top + card.offsetHeight / 2;
    const scroll = y < EDGE ? -SPEED : y > innerHeight - EDGE ? SPEED : 0;
    if (scroll) scrollBy({ top: scroll, behavior: "instant" });
    while (card.nextElementSibling && middle > middleOf(card.nextElementSibling)) card.before(card.nextElementSibling);
    while (card.previousElementSibling && middle < middleOf(card.previousElementSibling)) card.after(card.previousElementSibling);
    drag.by += y - held - this.getBoundingClientRect().top;
    drag.lift.effect.setKeyframes({ translate: [`0 ${drag.by}px`, `0 ${drag.by}px`] });
    drag.frame = requestAnimationFrame(() => this.#follow());
  }

  #drop() {
    const { card, log, order } = this.#drag;
    const position = [...log.children].indexOf(card);
    this.#end();
    if (position === order.indexOf(card)) return;
    const form = card.querySelector("form[action$='/move/']");
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "position", value: position });
    form.append(field);
    form.addEventListener("not-saved", () => log.append(...order), { once: true });
    form.requestSubmit();
    field.remove();
  }

  #cancel() {
    const { log, order } = this.#drag;
    this.#end();
    log.append(...order);
  }

  #end() {
    if (!this.#drag) return;
    const { card, log, listeners, lift, frame } = this.#drag;
    this.#drag = null;
    listeners.abort();
    cancelAnimationFrame(frame);
    log.classList.remove("log--sorting");
    card.classList.remove("exercise--dragged");
    lift.cancel();
    card.scrollIntoView({ block: "nearest", behavior: "instant" });
  }
}

customElements.define("drag-handle", DragHandle);
