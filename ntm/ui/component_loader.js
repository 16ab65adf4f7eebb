// Mounts a component whose modules are served by address. Once they are here, every call goes straight through:
// Streamlit ends the run before after it has begun the next, and the order has to stay.
const load = (url) => import(new URL(url, document.baseURI));
const loading = load("MAIN");
for (const url of "MODULES".split(" ")) load(url).catch(() => {}); // side by side, not one after the other

let mount = null;
loading.then((main) => (mount = main.default));

export default function (component) {
  let end = null;
  let isOver = false;
  const begin = () => {
    if (!isOver) end = mount(component);
  };
  if (mount) begin();
  else
    loading.then(begin, (error) => {
      console.warn("component", error);
      const status = component.parentElement.querySelector("[role=status]");
      if (status) status.textContent = component.data.texts.failed;
    });
  return () => {
    isOver = true;
    end?.();
  };
}
