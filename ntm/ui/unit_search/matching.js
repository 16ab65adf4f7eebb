// Which units a text finds, the best first. Accents, đ and d, case and spaces make no difference.

export function words(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

// 'xa vi tan' can be begun at each of its words, and typed without spaces: xavitan, vitan, tan.
function beginnings(text) {
  const all = words(text);
  return all.map((_, position) => all.slice(position).join(""));
}

/** Prepares rows of [code, name, place] for `find`. `isHomonym` tells that another has the same name. */
export function prepared(rows) {
  const names = new Map();
  for (const [, name] of rows) names.set(name, (names.get(name) ?? 0) + 1);
  return rows.map(([code, name, place]) => ({
    code,
    name,
    place,
    isHomonym: names.get(name) > 1,
    words: words(name),
    ofName: beginnings(name),
    ofPlace: beginnings(place),
  }));
}

/** Returns at most `limit` units that a text finds. */
export function find(units, text, limit) {
  const typed = words(text);
  if (!typed.length) return units.slice(0, limit);
  const found = [];
  units.forEach((unit, position) => {
    const rank = rankOf(unit, typed, typed.join(""));
    if (rank < NOT_FOUND) found.push([rank, position]);
  });
  found.sort(([rank, position], [otherRank, otherPosition]) => rank - otherRank || position - otherPosition);
  return found.slice(0, limit).map(([, position]) => units[position]);
}

const NOT_FOUND = 7;

function rankOf({ code, words, ofName, ofPlace }, typed, run) {
  if (code === run || ofName.includes(run)) return 0; // the whole name, with or without its kind
  if (typed.length > 1 && typed.every((word) => words.includes(word))) return 1; // its words in any order
  if (code.startsWith(run) || ofName.some((part) => part.startsWith(run))) return 2;
  const isIn = (parts) => (word) => parts.some((part) => part.startsWith(word));
  if (typed.every(isIn(ofName))) return 3;
  if (typed.every(isIn([...ofName, ...ofPlace])) && typed.some(isIn(ofName))) return 4; // 'vi tan hau giang'
  if (typed.every(isIn(ofPlace))) return 5; // all of a district
  return run.length > 2 && ofName[0]?.includes(run) ? 6 : NOT_FOUND;
}
