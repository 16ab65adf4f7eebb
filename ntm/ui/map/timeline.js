// The months below the map: a slider and play. Both recolour at once; the page is told where they were left.

const STEP = 800; // milliseconds for a month of play
const SETTLING = 300; // a slider moved by its keys is left when they rest for so long

export class Timeline {
  frames = [];
  shown = null; // key of the month on the map while it is another than the page's
  left = null; // key of the month that the page was told and has not answered yet

  constructor(root, { onShow, onLeave }) {
    this.root = root;
    this.onShow = onShow;
    this.onLeave = onLeave;
    this.bar = root.querySelector(".time");
    this.button = this.bar.querySelector(".play");
    this.slider = this.bar.querySelector("input");
    this.output = this.bar.querySelector("output");
    this.month = root.querySelector(".month");
    this.button.onclick = () => this.toggle();
    this.slider.oninput = () => {
      this.pause();
      this.clearTimers();
      this.show(this.frames[Number(this.slider.value)].key);
    };
    this.slider.onchange = () => this.leaveSoon();
    this.slider.onkeydown = (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.toggle();
    };
  }

  update({ frames, frame, texts }) {
    this.frames = frames;
    this.texts = texts;
    this.bar.hidden = frames.length < 2;
    // The page has moved: the map follows, unless that is the answer to what somebody has moved on from since.
    const isOvertaken = (this.isPlaying || this.settling) && frame === this.left;
    if (frame !== this.page && !isOvertaken) this.follow();
    if (!frames.some(({ key }) => key === this.shown)) this.follow();
    if (frame !== this.page) this.left = null;
    this.page = frame;
    if (this.bar.hidden) return;
    this.slider.max = frames.length - 1;
    this.slider.setAttribute("aria-label", texts.month);
    const [first, , last] = this.bar.querySelector(".ends").children;
    first.textContent = frames[0].label;
    last.textContent = frames.at(-1).label;
  }

  follow() {
    this.pause();
    this.clearTimers();
    this.shown = null;
  }

  /** Position of the month on the map among the frames; -1 while it is the page's. */
  get position() {
    return this.shown === this.page ? -1 : this.frames.findIndex(({ key }) => key === this.shown);
  }

  get label() {
    return this.frames[this.position]?.label;
  }

  /** Writes the month on slider and map. */
  describe() {
    const key = this.shown ?? this.page;
    const at = this.frames.findIndex((frame) => frame.key === key);
    const frame = this.frames[at];
    this.root.dataset.frame = key ?? "";
    this.root.dataset.playing = String(Boolean(this.isPlaying));
    this.slider.value = at < 0 ? this.frames.length - 1 : at;
    this.slider.setAttribute("aria-valuetext", frame?.label ?? "");
    this.output.textContent = frame?.label ?? "";
    this.month.hidden = this.position < 0;
    this.month.textContent = this.label ?? "";
    const does = this.isPlaying ? "pause" : "play";
    this.button.dataset.does = does;
    this.button.title = this.texts[does] ?? "";
    this.button.setAttribute("aria-label", this.button.title);
  }

  show(key) {
    this.shown = key;
    this.describe();
    this.onShow();
  }

  toggle() {
    if (this.isPlaying) {
      this.pause();
      this.leave();
    } else this.play();
  }

  play() {
    const isAtEnd = Number(this.slider.value) === this.frames.length - 1;
    this.clearTimers();
    this.isPlaying = true;
    this.show(this.frames[isAtEnd ? 0 : Number(this.slider.value)].key);
    this.playing = setInterval(() => this.step(), STEP);
  }

  step() {
    const next = Number(this.slider.value) + 1;
    this.show(this.frames[next].key);
    if (next < this.frames.length - 1) return;
    this.pause();
    this.leave();
  }

  pause() {
    clearInterval(this.playing);
    this.isPlaying = false;
  }

  leaveSoon() {
    this.clearTimers();
    this.settling = setTimeout(() => this.leave(), SETTLING);
  }

  leave() {
    this.clearTimers();
    this.describe();
    if (this.shown === null || (this.shown === this.page && !this.left)) return;
    this.left = this.shown;
    this.onLeave(this.shown);
  }

  clearTimers() {
    clearTimeout(this.settling);
    this.settling = null;
  }

  remove() {
    this.pause();
    this.clearTimers();
  }
}
