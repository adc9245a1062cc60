// <wake-lock>: the screen stays on while it is on the page.

class WakeLock extends HTMLElement {
  #lock;
  #listeners;

  connectedCallback() {
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    // The browser lets go of it whenever the page is hidden.
    document.addEventListener("visibilitychange", () => this.#hold(), { signal });
    // Some browsers give it only after a tap.
    document.addEventListener("click", () => this.#hold(), { signal });
    this.#hold();
  }

  disconnectedCallback() {
    this.#listeners.abort();
    this.#lock?.release();
  }

  async #hold() {
    if (document.hidden || !navigator.wakeLock || (this.#lock && !this.#lock.released)) return;
    try {
      this.#lock = await navigator.wakeLock.request("screen");
      if (!this.isConnected) this.#lock.release();
    } catch {
      // Refused, as when the battery is low: the screen goes off as it always does.
    }
  }
}

customElements.define("wake-lock", WakeLock);
