// Where Streamlit and the map meet. Python side and contract: __init__.py beside this file.

import { CommuneMap } from "./commune_map.js";

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
