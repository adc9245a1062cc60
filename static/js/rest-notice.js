// <rest-notice>: asks, at a tap, to be allowed to notify when a rest is over.

const STATES = {
  default: "A notification can tell you while you are in another app.",
  granted: "A notification tells you while you are in another app.",
  denied: "Notifications are blocked: allow them for this site in your browser's settings.",
};

class RestNotice extends HTMLElement {
  connectedCallback() {
    if (!("Notification" in window)) return;
    this.querySelector("button").addEventListener("click", async () => {
      await Notification.requestPermission();
      this.#draw();
    });
    this.hidden = false;
    this.#draw();
  }

  #draw() {
    this.querySelector("p").textContent = STATES[Notification.permission];
    if (Notification.permission !== "default") this.querySelector("button").remove();
  }
}

customElements.define("rest-notice", RestNotice);
