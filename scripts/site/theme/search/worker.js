// Search without diacritics and word by word, for Vietnamese: the index that the site tool brings cuts its letters.
"use strict";

const AROUND = 120;
let entries = [];

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

async function load() {
  const { docs, config } = await (await fetch("search_index.json")).json();
  const pages = new Map(docs.filter(({ location }) => !location.includes("#")).map((doc) => [doc.location, doc.title]));
  // A page is in the index whole, and again by its sections: whole pages without any are kept, and all for their title.
  const parted = new Set(docs.filter(({ location }) => location.includes("#")).map(({ location }) => location.split("#")[0]));
  entries = docs.map(({ location, title, text }) => {
    const [page, anchor] = location.split("#");
    const said = !anchor && parted.has(page) ? "" : text;
    const name = anchor && pages.get(page) !== title ? `${pages.get(page)} › ${title}` : title;
    return { location, name, text: said, heading: plain(title), words: ` ${plain(said)} ` };
  });
  postMessage({ config });
  postMessage({ allowSearch: true });
}

// What stands around the first word that is wanted, in the words of the page.
function around(text, wanted) {
  const words = text.split(/\s+/);
  const matches = (count) => (_, at) => wanted.slice(0, count).every((part, next) => plain(words[at + next] ?? "").startsWith(part));
  const all = words.findIndex(matches(wanted.length));
  const place = Math.max(0, all < 0 ? words.findIndex(matches(1)) : all);
  const shown = words.slice(Math.max(0, place - 12)).join(" ");
  return (place > 12 ? "… " : "") + shown.slice(0, 2 * AROUND) + (shown.length > 2 * AROUND ? " …" : "");
}

function search(query) {
  const wanted = plain(query).split(" ").filter(Boolean);
  if (!wanted.length) return [];
  const phrase = wanted.join(" ");
  const typed = query.toLowerCase().trim();
  return entries
    .filter(({ heading, words }) => wanted.every((word) => words.includes(` ${word}`) || heading.includes(word)))
    .map((entry) => ({
      entry,
      points: 4 * entry.heading.includes(phrase) + 2 * entry.text.toLowerCase().includes(typed) + entry.words.includes(phrase),
    }))
    .sort((one, other) => other.points - one.points)
    .slice(0, 30)
    .map(({ entry }) => ({ location: entry.location, title: entry.name, summary: around(entry.text, wanted) }));
}

onmessage = ({ data }) => {
  if (data.init) load();
  else if (data.query) postMessage({ results: search(data.query) });
};
