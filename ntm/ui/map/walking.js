// The map by keyboard: arrows move it under a crosshair, the unit there is named, Enter selects it, Escape clears.

const HINT = 6000; // milliseconds

export class Walking {
  constructor(map) {
    this.map = map;
    const { view } = map.parts;
    view.addEventListener("focus", () => this.begin());
    view.addEventListener("blur", () => map.hover(null));
    view.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.click(null);
      if (event.key === "Enter" && map.isReady) map.click(this.aimed()?.feature.properties.code ?? null);
    });
  }

  get isOn() {
    return this.map.isReady && this.map.parts.view.matches(":focus-visible");
  }

  begin() {
    if (!this.isOn) return;
    this.map.gestures.say(this.map.data.texts.walk, HINT);
    this.aim();
  }

  /** Names the unit under the crosshair. */
  aim() {
    if (!this.isOn) return;
    const { map } = this;
    const layer = this.aimed();
    const { x, y } = map.map.getSize().divideBy(2);
    map.hover(layer, { x, y });
    map.say(layer ? map.linesOf(layer).join(", ") : map.data.texts.nothing_here);
  }

  /** The unit at the middle of the view, or else the nearest one in view. */
  aimed() {
    const { map, layers } = this.map;
    const view = map.getBounds();
    const middle = map.latLngToLayerPoint(map.getCenter());
    let nearest = null;
    let least = Infinity;
    for (const layer of layers) {
      const bounds = layer.getBounds();
      if (!this.map.states.has(layer.feature.properties.code) || !view.intersects(bounds)) continue;
      if (layer._containsPoint(middle)) return layer;
      const distance = map.latLngToLayerPoint(bounds.getCenter()).distanceTo(middle);
      if (distance < least) [nearest, least] = [layer, distance];
    }
    return nearest;
  }
}
