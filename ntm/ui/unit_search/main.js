// Where Streamlit and the search meet. Python side and contract: __init__.py beside this file.

import { Combobox } from "./combobox.js";

const boxes = new WeakMap(); // the component's root element -> its combobox

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".search");
  if (!boxes.has(root)) boxes.set(root, new Combobox(root));
  boxes.get(root).update(data, setTriggerValue);
}
