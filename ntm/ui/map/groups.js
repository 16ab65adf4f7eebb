// Maps of a group move together. Whoever is moved tells the others, who do not tell it on.
// Relies on Map._rawPanBy, _tryAnimatedZoom and _resetView of Leaflet 1.9.4.

const SAME_ZOOM = 1e-9;
const groups = new Map(); // name -> the maps of that group

export class Member {
  isLed = false;

  constructor(own) {
    this.own = own;
  }

  join(name) {
    if (name === this.name) return;
    this.leave();
    this.name = name;
    if (!name) return;
    if (!groups.has(name)) groups.set(name, new Set());
    groups.get(name).add(this.own);
  }

  leave() {
    groups.get(this.name)?.delete(this.own);
  }

  get others() {
    return [...(groups.get(this.name) ?? [])].filter((other) => other !== this.own && other.isReady);
  }

  /** The one of the others, if any, that already shows what is to be fitted. */
  showing(aim) {
    return this.others.find((other) => other.fitted === aim);
  }

  listen() {
    const { map } = this.own;
    map.on("zoomanim", ({ center, zoom, noUpdate }) => {
      if (!noUpdate) this.lead((member) => member.go(center, zoom, true));
    });
    map.on("move", () => this.lead((member) => member.go(map.getCenter(), map.getZoom(), false)));
    map.on("moveend", () => this.lead((member) => member.arrive()));
  }

  lead(move) {
    if (this.isLed) return;
    for (const { member } of this.others) {
      member.isLed = true;
      member.own.goal = this.own.goal;
      move(member);
      member.isLed = false;
    }
  }

  go(center, zoom, isAnimated) {
    const { map } = this.own;
    if (this.isAt({ center, zoom })) return;
    if (Math.abs(zoom - map.getZoom()) < SAME_ZOOM && !isAnimated) {
      map._rawPanBy(this.wayTo(center, zoom));
      map.fire("move");
      this.isMoving = true;
      return;
    }
    map.options.minZoom = Math.min(map.options.minZoom, zoom);
    map._stop();
    if (!isAnimated || !map._tryAnimatedZoom(center, zoom, {})) map._resetView(center, zoom);
  }

  /** Whether the map shows a view, up to half a pixel. */
  isAt({ center, zoom }) {
    const way = this.wayTo(center, zoom);
    return Math.abs(zoom - this.own.map.getZoom()) < SAME_ZOOM && !way.x && !way.y;
  }

  wayTo(center, zoom) {
    const { map } = this.own;
    return map.project(center, zoom).subtract(map.project(map.getCenter(), zoom)).round();
  }

  // The canvas draws what has come into view when a movement is over.
  arrive() {
    if (this.isMoving) this.own.map.fire("moveend");
    this.isMoving = false;
  }

  point(code) {
    for (const other of this.others) other.outline(other.polygons.get(code));
  }
}
