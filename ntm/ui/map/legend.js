// The legend: what the colours mean, how many units have each, and a press of an entry shows its class alone.

import { element } from "./page.js";

export class Legend {
  only = null; // key of the class shown alone

  constructor(root, onFilter) {
    this.root = root;
    this.list = root.querySelector(".legend ul");
    this.title = root.querySelector("#legend-title");
    this.onFilter = onFilter;
  }

  update({ classes, title, texts }) {
    this.texts = texts;
    this.numbers = new Intl.NumberFormat(texts.locale ?? "vi");
    this.title.textContent = title || texts.legend;
    // The same layer at another time may lack its last classes (no unit is unknown any more), never its first.
    const isSame = classes[0]?.key === this.classes?.[0]?.key;
    if (!isSame || !classes.some(({ key }) => key === this.only)) this.only = null;
    const hasSameEntries = classes.map(({ key }) => key).join() === this.classes?.map(({ key }) => key).join();
    this.classes = classes;
    // Entries stay where they can: one of them may have the keyboard's focus.
    if (!hasSameEntries) this.list.replaceChildren(...classes.map((entry) => this.newEntry(entry)));
    classes.forEach((entry, position) => this.describe(this.list.children[position].firstChild, entry));
    this.count(classes.map(({ count }) => count));
    this.mark();
  }

  newEntry({ key }) {
    const item = element("li");
    const button = element("button");
    button.type = "button";
    button.dataset.key = key;
    const swatch = element("span");
    swatch.setAttribute("aria-hidden", "true");
    button.append(swatch, element("span", "name"), element("b"));
    button.onclick = () => this.press(key);
    item.append(button);
    return item;
  }

  describe(button, { label, color, hatched, textured }) {
    const [swatch, name] = button.children;
    swatch.className = `swatch${hatched ? " hatched" : ""}${textured ? " textured" : ""}`;
    swatch.style.color = color;
    name.textContent = label;
  }

  /** Writes how many units each class has, in the order of the classes. */
  count(counts) {
    counts.forEach((count, position) => {
      this.list.children[position].querySelector("b").textContent = this.numbers.format(count);
    });
  }

  press(key) {
    this.only = this.only === key ? null : key;
    this.mark();
    const shown = this.classes.find((entry) => entry.key === this.only);
    const { shown_only: alone = "", shown_all: all = "" } = this.texts;
    this.onFilter(shown ? `${alone} ${shown.label}` : all);
  }

  mark() {
    this.root.dataset.only = this.only ?? "";
    for (const { firstChild: button } of this.list.children) {
      button.setAttribute("aria-pressed", String(button.dataset.key === this.only));
    }
  }
}
