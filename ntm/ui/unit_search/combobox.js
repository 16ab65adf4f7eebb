// A combobox after the ARIA pattern: the keyboard's focus stays in the text box, the list below follows it.

import { find, prepared } from "./matching.js";

const MOST = 12;
const lists = new Map(); // url -> prepared units, for the life of the tab

function listAt(url) {
  if (!lists.has(url)) {
    const loading = fetch(new URL(url, document.baseURI)).then(async (response) => {
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      return prepared(await response.json());
    });
    loading.catch(() => lists.delete(url));
    lists.set(url, loading);
  }
  return lists.get(url);
}

function element(tag, className, text) {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

export class Combobox {
  hits = [];
  at = -1; // position of the hit that Enter chooses

  constructor(root) {
    this.root = root;
    this.box = root.querySelector("input");
    this.list = root.querySelector("ul");
    this.clearer = root.querySelector(".clear");
    this.status = root.querySelector(".status");
    this.box.onfocus = () => {
      this.box.select();
      listAt(this.data.url).catch(() => {}); // on its way while somebody types
    };
    this.box.onclick = () => this.open();
    this.box.oninput = () => this.open(this.box.value);
    this.box.onkeydown = (event) => this.key(event);
    this.box.onblur = () => this.close();
    this.clearer.onclick = () => {
      this.choose(null);
      this.box.focus();
    };
    // Before the blur that a press would cause; a finger that scrolls the list chooses nothing.
    this.list.onpointerdown = (event) => event.preventDefault();
    this.list.onmousedown = (event) => event.preventDefault();
    this.list.onclick = (event) => {
      const option = event.target.closest("li");
      if (option) this.choose(this.hits[[...this.list.children].indexOf(option)]);
    };
  }

  update(data, emit) {
    const isOther = data.selected !== this.data?.selected || data.name !== this.data?.name;
    this.data = data;
    this.emit = emit;
    this.root.querySelector("label").textContent = data.label;
    this.box.placeholder = data.texts.type;
    this.clearer.title = data.texts.clear;
    this.clearer.setAttribute("aria-label", data.texts.clear);
    if (isOther || !this.isOpen) this.show(data.selected, data.name);
    this.root.inert = false; // as search.html gives it, the box has no name
  }

  show(code, name) {
    this.selected = code;
    this.name = name;
    this.clearer.hidden = !code;
    this.root.dataset.selected = code ?? "";
    this.close();
  }

  get isOpen() {
    return !this.list.hidden;
  }

  async open(text = "") {
    this.asked = text;
    let units;
    try {
      units = await listAt(this.data.url);
    } catch {
      this.status.textContent = this.data.texts.failed;
      return;
    }
    if (this.asked !== text || !this.root.matches(":focus-within")) return; // typed on, or gone
    this.hits = find(units, text, MOST);
    const { none, found } = this.data.texts;
    this.status.textContent = this.hits.length ? `${found} ${this.hits.length}` : none;
    this.list.replaceChildren(...this.hits.map((unit, position) => this.option(unit, position)));
    this.root.classList.toggle("empty", !this.hits.length);
    this.list.hidden = !this.hits.length;
    this.box.setAttribute("aria-expanded", String(this.isOpen));
    this.mark(text && this.hits.length ? 0 : -1);
  }

  option({ code, name, place, isHomonym }, position) {
    const option = element("li", isHomonym ? "homonym" : "", "");
    option.id = `option-${position}`;
    option.setAttribute("role", "option");
    const isTwin = this.hits.filter((hit) => hit.name === name && hit.place === place).length > 1;
    option.append(element("span", "name", name), element("span", "place", isTwin ? `${place} (${code})` : place));
    return option;
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((option, position) =>
      option.setAttribute("aria-selected", String(position === at)),
    );
    if (at < 0) this.box.removeAttribute("aria-activedescendant");
    else {
      this.box.setAttribute("aria-activedescendant", `option-${at}`);
      this.list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  key(event) {
    const { key } = event;
    if (key === "Escape") {
      if (this.isOpen || this.box.value !== this.name) this.close();
      else if (this.selected) this.choose(null);
    } else if (key === "Enter") {
      if (this.isOpen && this.at >= 0) this.choose(this.hits[this.at]);
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!this.isOpen) this.open();
      else {
        const step = key === "ArrowDown" ? 1 : -1;
        const from = this.at < 0 && step < 0 ? 0 : this.at;
        this.mark((from + step + this.hits.length) % this.hits.length);
      }
    }
  }

  choose(unit) {
    const code = unit?.code ?? null;
    const isOther = code !== this.selected;
    this.show(code, unit?.name ?? "");
    if (isOther) this.emit("chosen", code);
  }

  /** Closes the list; the box shows again what is chosen. */
  close() {
    this.asked = null;
    this.box.value = this.name;
    this.list.hidden = true;
    this.root.classList.remove("empty");
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }
}
