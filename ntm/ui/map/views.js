// Where things lie on the map: views that fit, boxes of units and of what stands over the map, widths of lines.
// Relies on Map._getBoundsCenterZoom of Leaflet 1.9.4.

import { DISTRICT_LINE, UNIT_LINE } from "./looks.js";
import { overlaps } from "./page.js";

const EDGE = 16; // pixels kept free around what is fitted
const HAIR = 0.12; // pixels: a thinner line is not drawn

export class Views {
  constructor(own) {
    this.own = own;
  }

  get now() {
    const { map } = this.own;
    return { center: map.getCenter(), zoom: map.getZoom() };
  }

  // Fills the view with the units; moves them aside if the legend or the buttons would lie on one.
  viewOf(bounds) {
    const { parts, layers, map } = this.own;
    const { clientWidth } = parts.view;
    const free = { left: EDGE, top: EDGE, right: EDGE, bottom: EDGE };
    const fitted = () =>
      map._getBoundsCenterZoom(bounds, {
        paddingTopLeft: [free.left, free.top],
        paddingBottomRight: [free.right, free.bottom],
      });
    let view = fitted();
    const isCovered = (box) =>
      box &&
      layers.some(
        (layer) => bounds.intersects(layer.getBounds()) && overlaps(this.boxOf(layer.getBounds(), view), box),
      );
    const legend = this.boxOver(parts.legend);
    const buttons = this.boxOver(parts.buttons);
    if (isCovered(legend)) {
      free.left = legend.right + EDGE;
      view = fitted();
    }
    if (isCovered(buttons)) {
      const isInRow = buttons.right - buttons.left > buttons.bottom - buttons.top; // on narrow screens
      if (isInRow) free.top = buttons.bottom + EDGE;
      else free.right = clientWidth - buttons.left + EDGE;
      view = fitted();
    }
    return view;
  }

  // Borders are thinner where units are small: 500 of them on a phone would be borders alone, and the whole country's
  // communes are drawn without any.
  thinLines() {
    const { layers, districts, bounds } = this.own;
    const { left, top, right, bottom } = this.boxOf(bounds);
    const area = (right - left) * (bottom - top);
    const side = Math.sqrt(area / layers.length);
    const weight = Math.min(UNIT_LINE.weight, side / 40);
    for (const { options } of layers) Object.assign(options, { weight, stroke: weight > HAIR });
    const lines = districts.getLayers();
    const around = Math.min(DISTRICT_LINE.weight, Math.sqrt(area / lines.length) / 45);
    for (const { options } of lines) options.weight = around;
  }

  // Height over width of the whole on the map: narrow screens give it no more height than it needs.
  tallness() {
    const { bounds, map } = this.own;
    if (!bounds.isValid()) return 1;
    const [southWest, northEast] = [bounds.getSouthWest(), bounds.getNorthEast()].map((at) =>
      map.project(at, 0),
    );
    return (southWest.y - northEast.y) / (northEast.x - southWest.x);
  }

  /** Where bounds lie on the map as it is, or as it would be in another view. */
  boxOf(bounds, { center, zoom } = this.now) {
    const { map } = this.own;
    const origin = map.project(center, zoom).subtract(map.getSize().divideBy(2));
    const northWest = map.project(bounds.getNorthWest(), zoom).subtract(origin);
    const southEast = map.project(bounds.getSouthEast(), zoom).subtract(origin);
    return { left: northWest.x, top: northWest.y, right: southEast.x, bottom: southEast.y };
  }

  // The box of a part that lies over the map, in pixels of the map; null for the legend of a narrow screen.
  boxOver(part) {
    const own = part.getBoundingClientRect();
    const stage = this.own.parts.stage.getBoundingClientRect();
    const box = {
      left: own.left - stage.left,
      top: own.top - stage.top,
      right: own.right - stage.left,
      bottom: own.bottom - stage.top,
    };
    return overlaps(box, { left: 0, top: 0, right: stage.width, bottom: stage.height }) ? box : null;
  }
}
