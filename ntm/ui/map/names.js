// Names on the map: districts first, then units that have room for theirs; what would lie on another is left out.

import { element, overlaps } from "./page.js";

const UNIT_NAMES = 0.9; // zoom levels above the whole from which units carry their names
const DISTRICT_NAMES = 2.4; // and up to which districts carry theirs
const DISTRICT_ROOM = 0.3; // how much of its name a district must be as wide as

export class Names {
  pens = new Map(); // class name -> what measures its texts

  constructor(own) {
    this.own = own;
  }

  /** Takes the layers of the districts, whose features may have a name and a point for it. */
  read(districts) {
    const { L } = this.own;
    this.units = null; // found when first needed
    this.districts = districts
      .filter((layer) => layer.feature.properties?.name)
      .map((layer) => {
        const { name, label } = layer.feature.properties;
        const bounds = layer.getBounds();
        return { text: name, at: label ? L.latLng([...label].reverse()) : bounds.getCenter(), bounds };
      });
    this.ofDistricts = new Set(this.districts.map(({ text }) => text));
  }

  clear() {
    this.own.map.getPane("names").replaceChildren();
  }

  place() {
    const { own } = this;
    const { map, parts } = own;
    if (!map?._loaded) return;
    const zoom = map.getZoom() - own.wholeZoom;
    const taken = [own.views.boxOver(parts.legend), own.views.boxOver(parts.buttons)].filter(Boolean);
    const size = map.getSize();
    const placed = [];
    const put = (name, className, room) => {
      const { x, y } = map.latLngToContainerPoint(name.at);
      if (x < 0 || y < 0 || x > size.x || y > size.y) return;
      const { width, height } = this.measure(name.text, className);
      if (room && (room.right - room.left < width || room.bottom - room.top < height)) return;
      const box = { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
      if (box.left < 0 || box.right > size.x || taken.some((other) => overlaps(box, other))) return;
      taken.push(box);
      const node = element("span", className, name.text);
      own.L.DomUtil.setPosition(node, map.latLngToLayerPoint(name.at));
      placed.push(node);
    };
    if (zoom < DISTRICT_NAMES) {
      for (const name of this.districts) {
        const { left, right } = own.views.boxOf(name.bounds);
        const { width } = this.measure(name.text, "district");
        if (right - left > width * DISTRICT_ROOM) put(name, "district");
      }
    }
    if (zoom > UNIT_NAMES) {
      const view = map.getBounds();
      this.units ??= own.layers.map((layer) => ({ text: layer.feature.properties.name, layer }));
      for (const name of this.units) {
        if (!name.text || !view.intersects(name.layer.getBounds())) continue;
        name.at ??= this.middle(name.layer);
        put(name, "commune", own.views.boxOf(name.layer.getBounds()));
      }
    }
    map.getPane("names").replaceChildren(...placed);
  }

  /** The middle of a unit's largest part: that of all its islands may lie in the sea. */
  middle(layer) {
    // Not layer.getCenter(): that of a polygon in a tab that was closed is not yet on the map.
    const { L } = this.own;
    const crs = this.own.map.options.crs;
    if (layer.feature.geometry.type === "Polygon") return L.PolyUtil.polygonCenter(layer.getLatLngs()[0], crs);
    const areaOf = (bounds) =>
      (bounds.getNorth() - bounds.getSouth()) * (bounds.getEast() - bounds.getWest());
    const parts = layer.getLatLngs().map((rings) => [rings[0], areaOf(L.latLngBounds(rings[0]))]);
    const [ring] = parts.reduce((largest, part) => (part[1] > largest[1] ? part : largest));
    return L.PolyUtil.polygonCenter(ring, crs);
  }

  // On a canvas: an element for each of hundreds of names would be laid out for each.
  measure(text, className) {
    if (!this.pens.has(className)) this.pens.set(className, this.penFor(className));
    const { pen, height } = this.pens.get(className);
    return { width: pen.measureText(text).width + 6, height };
  }

  penFor(className) {
    const probe = element("span", className, "Ậ");
    this.own.map.getPane("names").append(probe);
    const pen = document.createElement("canvas").getContext("2d");
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(probe);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const height = probe.offsetHeight;
    probe.remove();
    return { pen, height };
  }
}
