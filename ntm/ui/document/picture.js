// The picture of a chart as it is taken along: the plot between its title and what it is of (unit, day, source). Plotly's own
// camera takes the plot alone. The words lie in the figure (layout.meta), plotly's button is the one that is pressed.
const FONT = "'Be Vietnam Pro', sans-serif";
const TITLE = { font: `600 20px ${FONT}`, line: 27, color: "#0E1814" };
const NOTE = { font: `400 14px ${FONT}`, line: 20, color: "#46524C" };
const PAD = 20;
const SCALE = 2;

let isListening = false;
const toPlotly = new WeakSet(); // buttons whose next press is plotly's again, for our picture failed

export function takePictures() {
  if (!isListening) document.addEventListener("click", onClick, true);
  isListening = true;
}

function onClick(event) {
  const button = event.target.closest?.(".modebar-btn");
  const plot = button?.closest(".js-plotly-plot");
  const words = plot?.layout?.meta?.picture;
  if (!words || toPlotly.delete(button)) return;
  event.stopImmediatePropagation();
  event.preventDefault();
  picture(plot, words).catch((error) => {
    console.warn("picture", error);
    toPlotly.add(button);
    button.click();
  });
}

async function picture(plot, { title, note, file }) {
  const { width, height } = plot.getBoundingClientRect();
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  await document.fonts.ready;
  const above = lines(context, TITLE, title, width - 2 * PAD);
  const below = lines(context, NOTE, note, width - 2 * PAD);
  const top = PAD + above.length * TITLE.line + PAD / 2;
  canvas.width = width * SCALE;
  canvas.height = (top + height + PAD / 2 + below.length * NOTE.line + PAD) * SCALE;
  context.scale(SCALE, SCALE);
  context.fillStyle = "#FFFFFF";
  context.fillRect(0, 0, canvas.width, canvas.height);
  write(context, TITLE, above, PAD);
  for (const layer of plot.querySelectorAll(".main-svg")) context.drawImage(await image(layer, width, height), 0, top, width, height);
  write(context, NOTE, below, top + height + PAD / 2);
  const content = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = `${file}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function image(layer, width, height) {
  const copy = layer.cloneNode(true);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  copy.style.background = "none";
  const drawn = new Image(width * SCALE, height * SCALE);
  drawn.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  return drawn.decode().then(() => drawn);
}

function lines(context, { font }, text, width) {
  context.font = font;
  const found = [];
  for (const word of text.split(" ")) {
    const longer = found.length ? `${found.at(-1)} ${word}` : word;
    if (found.length && context.measureText(longer).width <= width) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

function write(context, { font, line, color }, texts, top) {
  context.font = font;
  context.fillStyle = color;
  context.textBaseline = "top";
  texts.forEach((text, number) => context.fillText(text, PAD, top + number * line));
}
