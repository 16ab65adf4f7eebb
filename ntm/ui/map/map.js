// The map of communes in the browser. Python side and contract: __init__.py beside this file.
// Relies on two inner methods of Leaflet 1.9.4 (Canvas._draw, _reset), which is pinned and served by the app.

const INK = "#14232e";
const PAPER = "#ffffff";
const EDGE = 16; // pixels kept free around the province
const COMMUNE_NAMES = 0.9; // zoom levels above the whole province from which communes carry their names
const DISTRICT_NAMES = 2.4; // and up to which districts carry theirs

const COMMUNE_LINE = { color: PAPER, weight: 0.8, opacity: 1, smoothFactor: 0 };
const DISTRICT_LINE = { color: INK, weight: 1.3, opacity: 0.6, fill: false, smoothFactor: 0 };
const HOVER_LINE = {
  color: INK,
  weight: 2,
  opacity: 0.9,
  fillColor: INK,
  fillOpacity: 0.08,
  smoothFactor: 0,
};
// Dark on a light casing, so that it stands out on the darkest fill as well.
const CASING_LINE = { color: PAPER, weight: 6.5, opacity: 0.95, fill: false, smoothFactor: 0 };
const SELECTED_LINE = { color: INK, weight: 3.2, opacity: 1, fill: false, smoothFactor: 0 };

// Kept for the life of the tab, so that neither a rerun nor a change of page fetches again.
const geometries = new Map();
let leafletLoading = null;

function geometryAt(url) {
  if (!geometries.has(url)) {
    const loading = fetch(new URL(url, document.baseURI)).then((response) => {
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      return response.json();
    });
    loading.catch(() => geometries.delete(url)); // the next rerun tries again
    geometries.set(url, loading);
  }
  return geometries.get(url);
}

function leafletAt(url) {
  leafletLoading ??= import(new URL(url, document.baseURI)).then(() => globalThis.leaflet);
  leafletLoading.catch(() => (leafletLoading = null));
  return leafletLoading;
}

function countingCanvas(L, options, onDrawn) {
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

// A tile that repeats without a seam: the lines x + y = 0, s and 2s of a square of side s.
function hatch(L, color) {
  const ratio = L.Browser.retina ? 2 : 1; // as Leaflet scales its canvas
  const side = 7;
  const tile = document.createElement("canvas");
  tile.width = tile.height = side * ratio;
  const pen = tile.getContext("2d");
  pen.scale(ratio, ratio);
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, side, side);
  pen.strokeStyle = color;
  pen.lineWidth = 1.4;
  for (const offset of [-side, 0, side]) {
    pen.moveTo(offset - side, 2 * side);
    pen.lineTo(offset + 2 * side, -side);
  }
  pen.stroke();
  const pattern = pen.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function overlaps(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

class CommuneMap {
  turn = 0;
  paints = 0;
  selected = null;
  hatches = new Map();
  states = new Map(); // code -> { fill, lines }
  polygons = new Map(); // code -> Leaflet layer

  constructor(root) {
    this.root = root;
    this.parts = {};
    for (const name of ["stage", "view", "buttons", "tooltip", "hint", "status", "legend", "spoken"]) {
      this.parts[name] = root.querySelector(`.${name}`);
    }
    for (const button of this.parts.buttons.children) {
      button.onclick = () => this.map && this.act(button.dataset.act);
    }
    this.parts.view.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.click(null);
    });
    this.leaveGesturesToPage();
    this.resizes = new ResizeObserver(() => this.resize());
    this.resizes.observe(this.parts.stage);
  }

  // The wheel and one finger scroll the page; Ctrl or keyboard focus, and two fingers, are for the map.
  leaveGesturesToPage() {
    const { view } = this.parts;
    const listen = (type, meantForMap, hint) => {
      const take = (event) => {
        if (meantForMap(event)) return;
        event.stopPropagation(); // Leaflet listens on the same element, in the later phase
        if (hint) this.hint(this.data?.texts[hint]);
      };
      view.addEventListener(type, take, { capture: true, passive: true });
    };
    listen("wheel", (event) => event.ctrlKey || event.metaKey || view.matches(":focus-visible"), "wheel");
    listen("touchstart", (event) => event.touches.length > 1);
    listen("touchmove", (event) => event.touches.length > 1, "touch");
  }

  hint(text) {
    if (!text) return;
    const { hint } = this.parts;
    hint.textContent = text;
    hint.classList.add("shown");
    clearTimeout(this.hintTimer);
    this.hintTimer = setTimeout(() => hint.classList.remove("shown"), 1200);
  }

  update(data, emit) {
    this.data = data;
    this.emit = emit;
    this.turn += 1;
    this.describe();
    this.show(this.turn);
    return this.turn;
  }

  async show(turn) {
    const { leaflet_url, geometry_url } = this.data;
    if (this.url !== geometry_url) {
      this.url = null; // what is drawn is no longer what is asked for
      this.report("loading");
    }
    try {
      const [L, geometry] = await Promise.all([leafletAt(leaflet_url), geometryAt(geometry_url)]);
      if (turn !== this.turn) return; // a later rerun, or the end of the map, came in between
      this.L = L;
      this.readStates();
      if (this.url === geometry_url) this.recolour();
      else this.draw(geometry);
      this.url = geometry_url;
      this.select(this.data.selected);
      this.report("ready");
    } catch (error) {
      if (turn !== this.turn) return;
      console.warn("commune map", error);
      this.report("failed");
    }
  }

  report(state) {
    const { status } = this.parts;
    this.root.dataset.state = state;
    if (state !== "ready") delete this.root.dataset.drawn;
    status.textContent = this.data.texts[state] ?? "";
  }

  describe() {
    const { data, parts } = this;
    this.root.style.setProperty("--height", `${data.height}px`);
    parts.view.setAttribute("aria-label", data.label);
    this.root.querySelector("#caption").textContent = data.caption;
    this.root.querySelector("#legend-title").textContent = data.texts.legend;
    for (const button of parts.buttons.children) {
      button.title = data.texts[button.dataset.act];
      button.setAttribute("aria-label", button.title);
    }
    const numbers = new Intl.NumberFormat(data.texts.locale ?? "vi");
    parts.legend.querySelector("ul").replaceChildren(
      ...data.classes.map((entry) => {
        const item = element("li");
        const swatch = element("span", entry.hatched ? "swatch hatched" : "swatch");
        swatch.style.color = entry.color;
        swatch.setAttribute("aria-hidden", "true");
        item.append(
          swatch,
          element("span", "name", entry.label),
          element("b", "", numbers.format(entry.count)),
        );
        return item;
      }),
    );
  }

  readStates() {
    const { classes, lines, units } = this.data;
    const fills = classes.map(({ color, hatched }) => {
      if (!hatched) return color;
      if (!this.hatches.has(color)) this.hatches.set(color, hatch(this.L, color));
      return this.hatches.get(color);
    });
    this.states = new Map(
      units.map(([code, position, ...tooltip]) => [
        code,
        { fill: fills[position], lines: tooltip.map((line) => lines[line]) },
      ]),
    );
  }

  fill(code) {
    return this.states.get(code)?.fill ?? PAPER;
  }

  recolour() {
    for (const [code, layer] of this.polygons) {
      const fillColor = this.fill(code);
      if (layer.options.fillColor !== fillColor) layer.setStyle({ fillColor });
    }
  }

  startMap() {
    const { L } = this;
    const map = (this.map = L.map(this.parts.view, {
      attributionControl: false,
      boxZoom: false,
      keyboard: false,
      maxZoom: 15,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      zoomControl: false,
      zoomSnap: 0,
      wheelPxPerZoomLevel: 90,
    }));
    // Leaflet's focus() at a mouse press scrolls the page and draws a ring; the browser's own does neither.
    map.addHandler("keys", L.Map.Keyboard.extend({ _onMouseDown() {} }));
    map.keys.enable();

    for (const [name, zIndex] of [
      ["lines", 450],
      ["names", 460],
    ]) {
      map.createPane(name).style.zIndex = zIndex;
      map.getPane(name).style.pointerEvents = "none";
    }
    map.getPane("names").setAttribute("aria-hidden", "true");
    this.communeCanvas = countingCanvas(L, {}, () => this.countPaint());
    // Outlines have a canvas of their own: hovering does not draw the communes again.
    this.lineCanvas = countingCanvas(L, { pane: "lines" });
    // Before any layer: in a closed tab the map has no view yet, and later adds what it was given in order.
    for (const canvas of [this.communeCanvas, this.lineCanvas]) canvas.addTo(map);
    const line = (style) =>
      L.polygon([], { ...style, interactive: false, pane: "lines", renderer: this.lineCanvas });
    this.outlines = { hover: line(HOVER_LINE), casing: line(CASING_LINE), selected: line(SELECTED_LINE) };

    map.on("click", () => this.click(null));
    map.on("movestart zoomstart", () => this.hover(null));
    map.on("zoomstart", () => map.getPane("names").replaceChildren());
    map.on("zoomend", () => this.thinLines());
    map.on("moveend", () => {
      if (this.fitting) return;
      this.moved = true;
      this.placeNames();
    });
  }

  draw(geometry) {
    const { L } = this;
    if (!this.map) this.startMap();
    this.communes?.remove();
    this.districts?.remove();
    this.hover(null);
    this.polygons.clear();
    this.districtNames = this.districtNamesOf(geometry);
    this.communeNames = null; // found when first needed
    this.communes = L.geoJSON(geometry, {
      bubblingMouseEvents: false,
      renderer: this.communeCanvas,
      style: ({ properties }) => ({ ...COMMUNE_LINE, fillOpacity: 1, fillColor: this.fill(properties.code) }),
      onEachFeature: ({ properties }, layer) => this.polygons.set(properties.code, layer),
    });
    this.communes.on({
      click: ({ layer }) => this.click(layer.feature.properties.code),
      mouseover: ({ layer, originalEvent }) => this.hover(layer, originalEvent),
      mousemove: ({ layer, originalEvent }) => this.hover(layer, originalEvent),
      mouseout: () => this.hover(null),
    });
    this.districts = L.geoJSON(geometry.districts ?? [], {
      style: DISTRICT_LINE,
      interactive: false,
      pane: "lines",
      renderer: this.lineCanvas,
      pointToLayer: () => null,
    });
    const box = geometry.bbox;
    this.bounds = box?.length === 4
      ? L.latLngBounds([box[1], box[0]], [box[3], box[2]])
      : this.communes.getBounds();
    this.selected = null;
    this.root.style.setProperty("--tallness", this.tallness());
    this.map.invalidateSize({ pan: false });
    for (const layer of [this.communes, this.districts]) layer.addTo(this.map);
    for (const outline of Object.values(this.outlines)) outline.setLatLngs([]).remove().addTo(this.map);
    this.fit();
  }

  countPaint() {
    this.root.dataset.drawn = this.polygons.size;
    this.root.dataset.paint = this.paints += 1;
  }

  act(name) {
    if (name === "fit") this.fit();
    else this.map[name === "zoom_in" ? "zoomIn" : "zoomOut"]();
  }

  // Fills the view with the province; moves it aside if the legend or the buttons would lie on communes.
  fit() {
    const { map, bounds, parts } = this;
    const { clientWidth, clientHeight } = parts.view;
    // In a closed tab there is no room yet; resize() is called when it opens.
    if (!clientWidth || !clientHeight || !bounds.isValid()) return;
    this.fitting = true;
    map.setMinZoom(0);
    const free = { left: EDGE, top: EDGE, right: EDGE, bottom: EDGE };
    this.fitInto(free);
    const covered = (box) =>
      box && [...this.polygons.values()].some((layer) => overlaps(this.boxOf(layer), box));
    const legend = this.boxOver(parts.legend);
    const buttons = this.boxOver(parts.buttons);
    if (covered(legend)) {
      free.left = legend.right + EDGE;
      this.fitInto(free);
    }
    if (covered(buttons)) {
      const inRow = buttons.right - buttons.left > buttons.bottom - buttons.top; // on narrow screens
      if (inRow) free.top = buttons.bottom + EDGE;
      else free.right = clientWidth - buttons.left + EDGE;
      this.fitInto(free);
    }
    this.wholeZoom = map.getZoom();
    map.setMinZoom(this.wholeZoom - 1);
    this.fitting = this.moved = false;
    this.thinLines();
    this.placeNames();
  }

  fitInto({ left, top, right, bottom }) {
    this.map.fitBounds(this.bounds, {
      paddingTopLeft: [left, top],
      paddingBottomRight: [right, bottom],
      animate: false,
    });
  }

  // Borders are thinner where communes are small: 500 of them on a phone would be borders alone.
  thinLines() {
    const { left, top, right, bottom } = this.boxOf(this.communes);
    const side = Math.sqrt(((right - left) * (bottom - top)) / this.polygons.size);
    for (const layer of this.polygons.values())
      layer.options.weight = Math.min(COMMUNE_LINE.weight, side / 40);
  }

  // Height over width of the province on the map: narrow screens give it no more height than it needs.
  tallness() {
    if (!this.bounds.isValid()) return 1;
    const [southWest, northEast] = [this.bounds.getSouthWest(), this.bounds.getNorthEast()].map((at) =>
      this.map.project(at, 0),
    );
    return (southWest.y - northEast.y) / (northEast.x - southWest.x);
  }

  resize() {
    if (!this.map || !this.bounds) return;
    const stay = this.moved;
    this.map.invalidateSize({ pan: false });
    if (stay) this.placeNames();
    else this.fit();
  }

  boxOf(layer) {
    const { map } = this;
    const northWest = map.latLngToContainerPoint(layer.getBounds().getNorthWest());
    const southEast = map.latLngToContainerPoint(layer.getBounds().getSouthEast());
    return { left: northWest.x, top: northWest.y, right: southEast.x, bottom: southEast.y };
  }

  // The box of a part that lies over the map, in pixels of the map; null for the legend of a narrow screen.
  boxOver(part) {
    const own = part.getBoundingClientRect();
    const stage = this.parts.stage.getBoundingClientRect();
    const box = {
      left: own.left - stage.left,
      top: own.top - stage.top,
      right: own.right - stage.left,
      bottom: own.bottom - stage.top,
    };
    return overlaps(box, { left: 0, top: 0, right: stage.width, bottom: stage.height }) ? box : null;
  }

  hover(layer, event) {
    const { tooltip, stage } = this.parts;
    if (layer !== this.hovered) {
      this.hovered = layer;
      this.outlines.hover.setLatLngs(layer ? layer.getLatLngs() : []);
      tooltip.hidden = !layer;
      if (layer) {
        const lines = this.linesOf(layer.feature.properties);
        tooltip.replaceChildren(
          ...lines.map((line, position) => element(position ? "div" : "strong", "", line)),
        );
      }
    }
    if (!layer) return;
    const box = stage.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const { offsetWidth: width, offsetHeight: height } = tooltip;
    const left = x + 16 + width > box.width ? x - 12 - width : x + 16;
    const top = y + 18 + height > box.height ? y - 12 - height : y + 18;
    tooltip.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
  }

  linesOf({ code, name }) {
    return this.states.get(code)?.lines ?? [name];
  }

  click(code) {
    if (code === this.selected) return;
    this.select(code);
    this.emit("clicked", code);
  }

  select(code) {
    if (code === this.selected) return;
    this.selected = code;
    const layer = this.polygons.get(code);
    const { casing, selected } = this.outlines;
    casing.setLatLngs(layer ? layer.getLatLngs() : []);
    selected.setLatLngs(layer ? layer.getLatLngs() : []);
    this.parts.spoken.textContent = layer ? this.linesOf(layer.feature.properties).join(", ") : "";
    if (layer && this.map._loaded && !this.map.getBounds().intersects(layer.getBounds())) {
      this.map.panTo(layer.getBounds().getCenter(), { animate: false });
    }
  }

  districtNamesOf(geometry) {
    const { L } = this;
    return (geometry.districts?.features ?? [])
      .filter(({ properties }) => properties?.name)
      .map((feature) => ({
        text: feature.properties.name,
        at: feature.properties.label
          ? L.latLng([...feature.properties.label].reverse())
          : L.geoJSON(feature).getBounds().getCenter(),
      }));
  }

  communeNamesOf(layers) {
    return [...layers].map((layer) => ({
      text: layer.feature.properties.name,
      at: layer.getCenter(),
      layer,
    }));
  }

  // Districts first, then communes that have room for their name; whatever would lie on another is left out.
  placeNames() {
    const { map, parts } = this;
    if (!map._loaded) return;
    const zoom = map.getZoom() - this.wholeZoom;
    const taken = [this.boxOver(parts.legend), this.boxOver(parts.buttons)].filter(Boolean);
    const size = map.getSize();
    const pane = map.getPane("names");
    const placed = [];
    const place = (name, className, room) => {
      const { x, y } = map.latLngToContainerPoint(name.at);
      if (x < 0 || y < 0 || x > size.x || y > size.y) return;
      const { width, height } = this.measure(name.text, className);
      if (room && (room.right - room.left < width || room.bottom - room.top < height)) return;
      const box = { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
      if (box.left < 0 || box.right > size.x || taken.some((other) => overlaps(box, other))) return;
      taken.push(box);
      const node = element("span", className, name.text);
      this.L.DomUtil.setPosition(node, map.latLngToLayerPoint(name.at));
      placed.push(node);
    };
    if (zoom < DISTRICT_NAMES) this.districtNames.forEach((name) => place(name, "district"));
    if (zoom > COMMUNE_NAMES) {
      this.communeNames ??= this.communeNamesOf(this.polygons.values());
      this.communeNames.forEach((name) => place(name, "commune", this.boxOf(name.layer)));
    }
    pane.replaceChildren(...placed);
  }

  measure(text, className) {
    this.sizes ??= new Map();
    const key = `${className} ${text}`;
    if (!this.sizes.has(key)) {
      const probe = element("span", className, text);
      this.map.getPane("names").append(probe);
      this.sizes.set(key, { width: probe.offsetWidth + 6, height: probe.offsetHeight });
      probe.remove();
    }
    return this.sizes.get(key);
  }

  remove() {
    this.turn = 0;
    this.resizes.disconnect();
    clearTimeout(this.hintTimer);
    this.map?.remove();
  }
}

const maps = new WeakMap(); // the component's root element -> its map

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".map");
  if (!maps.has(root)) maps.set(root, new CommuneMap(root));
  const map = maps.get(root);
  const turn = map.update(data, setTriggerValue);
  // Streamlit also calls this for a run that a later one has overtaken: only the last may end the map.
  return () => {
    if (map.turn !== turn) return;
    map.remove();
    maps.delete(root);
  };
}
