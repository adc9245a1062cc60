// <rest-timer>: the rest after the set logged last. Only its end is kept, in localStorage, so that
// the time is right after sleep, reload and page change.

import { beep, unlockBeep } from "./beep.js";

const KEY = "rest";
const FORGOTTEN = 10 * 60 * 1000;
// A phone that slept over the end does not ring when it wakes up.
const LATE = 5 * 1000;

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

async function notify(text) {
  if (!document.hidden || self.Notification?.permission !== "granted") return;
  const options = { body: text, tag: KEY };
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker) worker.showNotification("Rest over", options);
  else new Notification("Rest over", options);
}

class RestTimer extends HTMLElement {
  #rest = null; // Its set and workout, when it started (the server's time), when it ends (0: none).
  #running = false;
  #timeout;
  #listeners;

  connectedCallback() {
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    document.addEventListener("set-logged", ({ detail }) => this.#hear(detail), { signal });
    document.addEventListener("set-removed", ({ detail }) => this.#forget(detail.set), { signal });
    document.addEventListener("visibilitychange", () => this.#draw(), { signal });
    document.addEventListener("click", ({ target }) => this.#tap(target), { signal });
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.#recall(), { signal });
    window.addEventListener("storage", ({ key }) => key === KEY && this.#recall(), { signal });
    this.#recall();
    this.#readPage();
  }

  disconnectedCallback() {
    this.#listeners.abort();
    clearTimeout(this.#timeout);
  }

  // The newest set counts, and one that is known keeps what was made of its rest. What the server
  // says is `now` puts its times right on a phone whose clock tells another.
  #hear({ set, rest, ends, now, next }) {
    const started = ends - rest * 1000;
    const known = this.#rest;
    if (known && (set === known.set || started < known.started)) return;
    const end = rest && ends + Date.now() - now;
    this.#keep({ set, workout: this.dataset.workout, started, ends: end, next });
  }

  #forget(set) {
    if (set === this.#rest?.set) this.#keep(null);
  }

  // The page knows of its own workout what was true when the server drew it.
  #readPage() {
    const { workout, set, rest, ends, next } = this.dataset;
    const now = this.dataset.now / 1000;
    const known = this.#rest;
    if (known?.workout === workout && set !== known?.set && now > known?.started) this.#keep(null);
    if (set) this.#hear({ set, rest: Number(rest), ends: Number(ends), now, next });
  }

  #recall() {
    this.#rest = JSON.parse(localStorage.getItem(KEY));
    this.#draw();
  }

  #keep(rest) {
    this.#rest = rest;
    localStorage.setItem(KEY, JSON.stringify(rest));
    this.#draw();
  }

  #tap(target) {
    if (target.closest(".set-row__log, .rest-timer")) unlockBeep();
    const button = target.closest(".rest-timer__button");
    if (!button) return;
    const by = button.dataset.seconds * 1000;
    const now = Date.now();
    this.#keep({ ...this.#rest, ends: by ? Math.max(Math.max(this.#rest.ends, now) + by, now) : 0 });
  }

  #draw() {
    clearTimeout(this.#timeout);
    const left = (this.#rest?.ends ?? 0) - Date.now();
    this.hidden = left < -FORGOTTEN;
    if (this.#running && left <= 0 && !this.hidden) this.#end(-left);
    this.#running = left > 0;
    if (this.hidden) return;
    const time = clock(Math.abs(Math.ceil(left / 1000)));
    const next = this.#rest.next && ` · next ${this.#rest.next.replaceAll(" × ", "\u00a0×\u00a0")}`;
    this.classList.toggle("rest-timer--over", !this.#running);
    this.querySelector(".rest-timer__time").textContent = time;
    this.querySelector(".rest-timer__text").textContent = this.#running ? `Rest${next}` : `Rest over ${time} ago${next}`;
    this.#timeout = setTimeout(() => this.#draw(), (left % 1000 + 1000) % 1000 || 1000);
  }

  #end(late) {
    document.getElementById("announcer").textContent = "Rest over";
    if (late > LATE) return;
    beep();
    // Without a tap on this page before, a browser refuses, and complains.
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([200, 100, 200]);
    notify(this.#rest.next && `Next ${this.#rest.next}`).catch(() => {});
  }
}

customElements.define("rest-timer", RestTimer);
