// How polygons look: fills, lines and patterns for Leaflet's canvas.

export const INK = "#14232e";
export const PAPER = "#ffffff";
const FAINT = "#f3f5f6";
const EDGE = "#8a949e";

export const UNIT_LINE = { color: PAPER, weight: 0.8, opacity: 1, smoothFactor: 0 };
export const DISTRICT_LINE = { color: INK, weight: 1.3, opacity: 0.6, fill: false, smoothFactor: 0 };
export const HOVER_LINE = {
  color: INK,
  weight: 2,
  opacity: 0.9,
  fillColor: INK,
  fillOpacity: 0.08,
  smoothFactor: 0,
};
// Dark on a light casing, so that it stands out on the darkest fill as well.
export const CASING_LINE = { color: PAPER, weight: 6.5, opacity: 0.95, fill: false, smoothFactor: 0 };
export const SELECTED_LINE = { color: INK, weight: 3.2, opacity: 1, fill: false, smoothFactor: 0 };

const PLAIN = { fillOpacity: 1, color: PAPER, opacity: 1 };
const FADED = { fillOpacity: 0.13, color: EDGE, opacity: 0.45 };
const DIMMED = { fillOpacity: 0.28, color: PAPER, opacity: 0.5 };
const NO_UNIT = { fillOpacity: 1, fillColor: FAINT, color: EDGE, opacity: 1, dashArray: "3 3" };

/** The look of each polygon. The same look is the same object, so a glance tells whether one has changed. */
export class Looks {
  patterns = new Map();
  known = new Map();

  constructor(L) {
    this.L = L;
  }

  of(entry, { faded, dimmed }) {
    const key = `${entry?.color} ${entry?.hatched} ${entry?.textured} ${faded} ${dimmed}`;
    if (!this.known.has(key)) {
      const state = faded ? FADED : dimmed ? DIMMED : PLAIN;
      this.known.set(key, entry ? this.unit(entry, state) : this.noUnit(state));
    }
    return this.known.get(key);
  }

  unit(entry, state) {
    const line = entry.hatched ? { color: EDGE } : {}; // between hatched units a white line is not seen
    return { dashArray: null, ...state, ...line, fillColor: this.fill(entry) };
  }

  noUnit(state) {
    return { ...NO_UNIT, fillOpacity: state.fillOpacity, opacity: state.opacity };
  }

  fill({ color, hatched, textured }) {
    if (!hatched && !textured) return color;
    const key = `${color} ${hatched}`;
    if (!this.patterns.has(key)) this.patterns.set(key, hatched ? this.hatch(color) : this.dots(color));
    return this.patterns.get(key);
  }

  // A tile that repeats without a seam: the lines x + y = 0, s and 2s of a square of side s.
  hatch(color) {
    return this.tile(7, PAPER, (pen, side) => {
      pen.strokeStyle = color;
      pen.lineWidth = 1.4;
      for (const offset of [-side, 0, side]) {
        pen.moveTo(offset - side, 2 * side);
        pen.lineTo(offset + 2 * side, -side);
      }
      pen.stroke();
    });
  }

  dots(color) {
    return this.tile(8, color, (pen, side) => {
      pen.fillStyle = EDGE;
      for (const at of [side / 4, (3 * side) / 4]) {
        pen.beginPath();
        pen.arc(at, at, 0.9, 0, 2 * Math.PI);
        pen.fill();
      }
    });
  }

  tile(side, background, drawOn) {
    const ratio = this.L.Browser.retina ? 2 : 1; // as Leaflet scales its canvas
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.fillStyle = background;
    pen.fillRect(0, 0, side, side);
    drawOn(pen, side);
    const pattern = pen.createPattern(canvas, "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / ratio));
    return pattern;
  }
}

/** A canvas that tells when it has drawn. Relies on Canvas._draw and _reset of Leaflet 1.9.4. */
export function countingCanvas(L, options, onDrawn) {
  const Renderer = L.Canvas.extend({
    _draw() {
      L.Canvas.prototype._draw.call(this);
      if (this._drawFirst) onDrawn?.(); // it also draws itself once before it has polygons
    },
    _reset() {
      L.Canvas.prototype._reset.call(this);
      L.DomUtil.setPosition(this._container, this._bounds.min); // Leaflet leaves it between pixels: blurred
    },
  });
  return new Renderer({ padding: 0.25, ...options });
}
