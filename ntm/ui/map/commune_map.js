// The map of units on Leaflet: draws and recolours the polygons, fits them into view, hovers and selects.

import { geometryAt, leafletAt, styled, unpacked } from "./fetching.js";
import { Gestures } from "./gestures.js";
import { Member } from "./groups.js";
import { Legend } from "./legend.js";
import * as looks from "./looks.js";
import { Names } from "./names.js";
import { element, wantsLessMotion } from "./page.js";
import { Timeline } from "./timeline.js";
import { Views } from "./views.js";
import { Walking } from "./walking.js";

const FIRST = 48; // packing.py: the character of the first class in a month's states
const PARTS = ["stage", "view", "buttons", "tooltip", "hint", "status", "legend", "says"];

export class CommuneMap {
  turn = 0;
  paints = 0;
  selected = null;
  layers = []; // Leaflet's layers, also of polygons that have no unit
  polygons = new Map(); // code -> layer
  states = new Map(); // code -> { at, position, lines }

  constructor(root) {
    this.root = root;
    this.parts = Object.fromEntries(PARTS.map((name) => [name, root.querySelector(`.${name}`)]));
    const { view, buttons, hint, stage } = this.parts;
    for (const button of buttons.children) button.onclick = () => this.isReady && this.act(button.dataset.act);
    this.gestures = new Gestures(view, hint, (name) => this.data?.texts[name]);
    this.walking = new Walking(this);
    this.member = new Member(this);
    this.views = new Views(this);
    this.names = new Names(this);
    this.legend = new Legend(root, (said) => {
      this.recolour();
      this.say(said);
    });
    this.timeline = new Timeline(root, {
      onShow: () => this.showMonth(),
      onLeave: (key) => this.emit("frame", key),
    });
    this.resizes = new ResizeObserver(() => this.resize());
    this.resizes.observe(stage);
  }

  get isReady() {
    return Boolean(this.map?._loaded);
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
    const { leaflet_url, geometry_url, packed } = this.data;
    if (this.url !== geometry_url) {
      this.url = null; // what is drawn is no longer what is asked for
      this.report("loading");
    }
    try {
      const [L, geometry, values] = await Promise.all([
        leafletAt(leaflet_url),
        geometryAt(geometry_url),
        unpacked(packed),
        styled(this.root),
      ]);
      if (turn !== this.turn) return; // a later rerun, or the end of the map, came in between
      this.L = L;
      this.looks ??= new looks.Looks(L);
      this.member.join(this.data.group);
      this.read(values);
      const isDrawn = this.url === geometry_url;
      this.url = geometry_url;
      if (isDrawn) this.follow();
      else this.draw(geometry);
      this.select(this.data.selected);
      this.report("ready");
    } catch (error) {
      if (turn !== this.turn) return;
      console.warn("commune map", error);
      this.report("failed");
    }
  }

  report(state) {
    this.root.dataset.state = state;
    if (state !== "ready") delete this.root.dataset.drawn;
    this.parts.status.textContent = this.data.texts[state] ?? "";
  }

  describe() {
    const { data, parts, root } = this;
    root.style.setProperty("--height", `${data.height}px`);
    parts.view.setAttribute("aria-label", data.label);
    const [note, about] = root.querySelector("#caption").children;
    about.textContent = data.caption;
    note.textContent = data.note;
    note.hidden = !data.note;
    root.querySelector("#walk").textContent = data.texts.walk ?? "";
    for (const button of parts.buttons.children) {
      button.title = data.texts[button.dataset.act];
      button.setAttribute("aria-label", button.title);
    }
    this.legend.update(data);
    this.timeline.update(data);
    root.inert = false; // as map.html gives it, its buttons have no names
  }

  say(text) {
    this.parts.says.textContent = text ?? "";
  }

  read({ units, lines, states }) {
    this.monthStates = states;
    this.states = new Map(
      units.map(([code, position, ...tooltip], at) => [
        code,
        { at, position, lines: tooltip.map((line) => lines[line]) },
      ]),
    );
    this.focus = this.data.focus && new Set(this.data.focus);
    this.showMonth();
  }

  /** Draws the month that the slider stands at: the page's own, or one of the frames. */
  showMonth() {
    const { timeline, data } = this;
    timeline.describe();
    this.monthState = this.monthStates?.[timeline.position]; // undefined in the page's own month
    this.legend.count(data.frames[timeline.position]?.counts ?? data.classes.map(({ count }) => count));
    this.recolour();
    if (this.hovered) this.writeTooltip();
  }

  classOf(code) {
    const state = this.states.get(code);
    if (!state) return undefined;
    return this.data.classes[this.monthState ? this.monthState.charCodeAt(state.at) - FIRST : state.position];
  }

  lookOf(code) {
    const entry = this.classOf(code);
    return this.looks.of(entry, {
      faded: this.legend.only !== null && entry?.key !== this.legend.only,
      dimmed: this.data.dimmed && Boolean(this.focus) && !this.focus.has(code),
    });
  }

  recolour() {
    for (const layer of this.layers) {
      const look = this.lookOf(layer.feature.properties.code);
      if (layer.look !== look) layer.setStyle(look);
      layer.look = look;
    }
  }

  startMap() {
    const { L } = this;
    const map = (this.map = L.map(this.parts.view, {
      attributionControl: false,
      boxZoom: false,
      keyboard: false,
      maxZoom: 15,
      minZoom: 0,
      zoomAnimation: !wantsLessMotion(),
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
    this.unitCanvas = looks.countingCanvas(L, {}, () => this.countPaint());
    // Outlines have a canvas of their own: hovering does not draw the units again.
    this.lineCanvas = looks.countingCanvas(L, { pane: "lines" });
    // Before any layer: in a closed tab the map has no view yet, and later adds what it was given in order.
    for (const canvas of [this.unitCanvas, this.lineCanvas]) canvas.addTo(map);
    const line = (style) =>
      L.polygon([], { ...style, interactive: false, pane: "lines", renderer: this.lineCanvas });
    this.outlines = {
      hover: line(looks.HOVER_LINE),
      casing: line(looks.CASING_LINE),
      selected: line(looks.SELECTED_LINE),
    };

    map.on("click", () => this.click(null));
    map.on("movestart zoomstart", () => this.hover(null));
    map.on("zoomstart", () => this.names.clear());
    map.on("zoomend", () => this.views.thinLines());
    map.on("moveend", () => {
      this.moved = !this.member.isAt(this.goal);
      this.noteView();
      this.names.place();
      this.walking.aim();
    });
    this.member.listen();
  }

  draw(geometry) {
    const { L } = this;
    if (!this.map) this.startMap();
    this.units?.remove();
    this.districts?.remove();
    this.hover(null);
    this.layers = [];
    this.polygons.clear();
    this.units = L.geoJSON(geometry, {
      bubblingMouseEvents: false,
      renderer: this.unitCanvas,
      style: ({ properties }) => ({ ...looks.UNIT_LINE, ...this.lookOf(properties.code) }),
      onEachFeature: ({ properties }, layer) => {
        this.layers.push(layer);
        layer.look = this.lookOf(properties.code);
        if (this.states.has(properties.code)) this.polygons.set(properties.code, layer);
      },
    });
    this.units.on({
      click: ({ layer }) => this.click(this.states.has(codeOf(layer)) ? codeOf(layer) : null),
      mouseover: ({ layer, containerPoint }) => this.hover(layer, containerPoint),
      mousemove: ({ layer, containerPoint }) => this.hover(layer, containerPoint),
      mouseout: () => this.hover(null),
    });
    this.districts = L.geoJSON(geometry.districts ?? [], {
      style: looks.DISTRICT_LINE,
      interactive: false,
      pane: "lines",
      renderer: this.lineCanvas,
      pointToLayer: () => null,
    });
    this.names.read(this.districts.getLayers());
    const box = geometry.bbox;
    this.bounds =
      box?.length === 4 ? L.latLngBounds([box[1], box[0]], [box[3], box[2]]) : this.units.getBounds();
    this.selected = null;
    this.root.style.setProperty("--tallness", this.views.tallness());
    this.map.invalidateSize({ pan: false });
    for (const layer of [this.units, this.districts]) layer.addTo(this.map);
    for (const outline of Object.values(this.outlines)) outline.setLatLngs([]).remove().addTo(this.map);
    this.fitted = null;
    this.fit({ isShared: true });
  }

  /** After a rerun with the same geometry: only another focus moves the map. */
  follow() {
    if (this.fitted !== this.aim) this.fit({ isAnimated: true, isShared: true });
  }

  /** What is to be in view; two maps of a group that have the same aim need not both be fitted. */
  get aim() {
    return `${this.url} ${this.data.focus?.join() ?? ""}`;
  }

  get fitBounds() {
    const chosen = this.focus ? this.layers.filter((layer) => this.focus.has(codeOf(layer))) : [];
    return chosen.length ? this.L.featureGroup(chosen).getBounds() : this.bounds;
  }

  countPaint() {
    this.root.dataset.drawn = this.layers.length;
    this.root.dataset.paint = this.paints += 1;
  }

  noteView() {
    const { lat, lng } = this.map.getCenter();
    this.root.dataset.view = [this.map.getZoom(), lat, lng].map((number) => number.toFixed(4)).join(" ");
  }

  act(name) {
    if (name === "fit") this.fit({ isAnimated: true });
    else this.map[name === "zoom_in" ? "zoomIn" : "zoomOut"]();
  }

  fit({ isAnimated = false, isShared = false } = {}) {
    const { map, bounds, parts } = this;
    const { clientWidth, clientHeight } = parts.view;
    // In a closed tab there is no room yet; resize() is called when it opens.
    if (!clientWidth || !clientHeight || !bounds.isValid()) return;
    map.options.minZoom = 0;
    const whole = this.views.viewOf(bounds);
    this.wholeZoom = whole.zoom;
    const other = isShared ? this.member.showing(this.aim) : null;
    const view = other
      ? other.views.now
      : this.focus
        ? this.views.viewOf(this.fitBounds)
        : whole;
    map.options.minZoom = Math.min(whole.zoom, view.zoom) - 1;
    this.fitted = this.aim;
    this.goal = view;
    map.setView(view.center, view.zoom, { animate: isAnimated && map._loaded && !wantsLessMotion() });
    this.views.thinLines();
    this.noteView();
    this.names.place();
  }

  resize() {
    if (!this.map || !this.bounds) return;
    const stay = this.moved;
    this.map.invalidateSize({ pan: false });
    if (stay) this.names.place();
    else this.fit();
  }

  outline(layer) {
    this.outlines?.hover.setLatLngs(layer ? layer.getLatLngs() : []);
    this.root.dataset.outlined = layer ? codeOf(layer) : "";
  }

  hover(layer, at) {
    const { tooltip, stage } = this.parts;
    if (layer !== this.hovered) {
      this.hovered = layer;
      this.outline(layer);
      this.member.point(layer && codeOf(layer));
      tooltip.hidden = !layer;
      if (layer) this.writeTooltip();
    }
    if (!layer) return;
    const { clientWidth: roomX, clientHeight: roomY } = stage;
    const { offsetWidth: width, offsetHeight: height } = tooltip;
    const left = at.x + 16 + width > roomX ? at.x - 12 - width : at.x + 16;
    const top = at.y + 18 + height > roomY ? at.y - 12 - height : at.y + 18;
    tooltip.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
  }

  writeTooltip() {
    this.parts.tooltip.replaceChildren(
      ...this.linesOf(this.hovered).map((line, position) => element(position ? "div" : "strong", "", line)),
    );
  }

  /** The lines that describe a unit; in another month than the page's those that its class can tell. */
  linesOf(layer) {
    const { code, name } = layer.feature.properties;
    const lines = this.states.get(code)?.lines;
    if (!lines) return [name, this.data.texts.no_unit].filter(Boolean);
    if (!this.monthState) return lines;
    const place = lines.slice(1, 2).filter((line) => this.names.ofDistricts.has(line));
    return [lines[0], ...place, this.classOf(code).label, this.timeline.label];
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
    for (const outline of [this.outlines.casing, this.outlines.selected]) {
      outline.setLatLngs(layer ? layer.getLatLngs() : []);
    }
    this.say(layer ? this.linesOf(layer).join(", ") : "");
    if (layer && this.isReady && !this.map.getBounds().intersects(layer.getBounds())) {
      this.map.panTo(layer.getBounds().getCenter(), { animate: false });
    }
  }

  remove() {
    this.turn = 0;
    this.member.leave();
    this.resizes.disconnect();
    this.gestures.remove();
    this.timeline.remove();
    this.map?.remove();
  }
}

function codeOf(layer) {
  return layer.feature.properties.code;
}
