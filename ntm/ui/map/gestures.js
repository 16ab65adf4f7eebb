// The wheel and one finger scroll the page; Ctrl or keyboard focus, and two fingers, are for the map.

const HINT = 1600; // milliseconds

export class Gestures {
  constructor(view, hint, textOf) {
    this.hint = hint;
    const listen = (type, isMeantForMap, name) => {
      const take = (event) => {
        if (isMeantForMap(event)) return;
        event.stopPropagation(); // Leaflet listens on the same element, in the later phase
        if (name) this.say(textOf(name));
      };
      view.addEventListener(type, take, { capture: true, passive: true });
    };
    listen("wheel", (event) => event.ctrlKey || event.metaKey || view.matches(":focus-visible"), "wheel");
    listen("touchstart", (event) => event.touches.length > 1);
    listen("touchmove", (event) => event.touches.length > 1, "touch");
  }

  say(text, milliseconds = HINT) {
    if (!text) return;
    this.hint.textContent = text;
    this.hint.classList.add("shown");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.hint.classList.remove("shown"), milliseconds);
  }

  remove() {
    clearTimeout(this.timer);
  }
}
