// A deck on the wall: reveal.js moves the slides; here is what fits them to it, the time of each, and the map over a slide.
"use strict";

const find = (selector, within = document) => within.querySelector(selector);
const slidesOf = () => [...document.querySelectorAll(".slides > section")];
const isNarrow = () => matchMedia("(max-width: 800px)").matches;

// What does not fit goes on: first the chart, table or map on a slide of its own, then sentences and rows, last ones first.
function fits(section) {
  const body = find(".body", section);
  return body.scrollHeight <= body.clientHeight + 2 && body.scrollWidth <= body.clientWidth + 2;
}

function goOn(section, number) {
  const next = section.cloneNode(true);
  next.id = `${section.id.replace(/~\d+$/, "")}~${number}`;
  const title = find("h2", next);
  const ending = document.body.dataset.goesOn;
  if (!title.textContent.endsWith(ending)) title.append(` ${ending}`);
  section.after(next);
  return next;
}

// Keeps the first items that fit, at least one, and hands the others on, about as many on each slide.
function divide(section, selector, number) {
  const items = section.querySelectorAll(selector);
  let kept = items.length;
  while (kept > 1 && !fits(section)) items[--kept].remove();
  if (kept === items.length) return null;
  const even = Math.ceil(items.length / Math.ceil(items.length / kept));
  while (kept > even) items[--kept].remove();
  const taken = [...items].slice(kept);
  const next = goOn(section, number);
  const list = find(selector, next).parentElement;
  list.replaceChildren(...taken);
  return next;
}

function fit(section, number = 2) {
  if (section.id === "cover" || fits(section)) return;
  section.classList.add("dense");
  if (fits(section)) return;
  const said = find(".said", section), shown = find(".shown", section);
  let next = null;
  if (said && shown) {
    next = goOn(section, number);
    find(".said", next).remove();
    shown.remove();
    for (const part of [section, next]) {
      part.classList.remove("dense");
      find(".body", part).classList.remove("beside");
    }
    fit(section, number + 1);
    fit(next, number + 20);
    return;
  }
  if (shown?.matches("table")) next = divide(section, "tbody > tr", number);
  else if (said) next = divide(section, ".said > li", number);
  if (next) fit(next, number + 1);
  if (!fits(section)) find(".body", section).tabIndex = 0; // one item larger than the wall: it can be scrolled
}

function fitAll() {
  const slides = find(".slides");
  slides.classList.add("measured");
  for (const section of slidesOf()) {
    section.classList.toggle("very-long", (find("h2", section)?.textContent.length ?? 0) > 130);
    if (!isNarrow()) fit(section);
    else section.tabIndex = 0;
  }
  slides.classList.remove("measured");
}

const time = find("#time"), play = find("#play"), dialog = find("dialog"), frame = find("iframe");
let isOn = false;

function milliseconds() {
  const [, loop, seconds] = /^(loop )?(\d+)$/.exec(time.value) ?? [];
  if (!seconds) return 0;
  return loop ? Math.max(3000, (seconds * 1000) / Reveal.getTotalSlides()) : seconds * 1000;
}

// The clock of reveal.js stands still while a map is open, and goes on with a whole turn for its slide.
function setClock() {
  Reveal.configure({ autoSlide: isOn && !dialog.open ? milliseconds() : 0 });
  play.classList.toggle("is-on", isOn);
  const label = isOn ? play.dataset.pause : play.dataset.play;
  play.setAttribute("aria-label", label);
  play.title = `${label} (P)`;
}

function setPlaying(on) {
  if (on && !milliseconds()) time.value = "loop 1200";
  isOn = on;
  setClock();
}

function tellNumber() {
  const number = Reveal.getSlidePastCount() + 1;
  find("#number").textContent = `${number}/${Reveal.getTotalSlides()}`;
}

function setFull() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}

function openMap(button) {
  if (!button) return;
  frame.src = button.dataset.map;
  find("#map-page").href = button.dataset.page;
  dialog.showModal();
  setClock();
}

// In full screen the browser takes Escape for itself; where it does not, it leads out of it first.
function leave() {
  if (dialog.open) dialog.close();
  else if (document.fullscreenElement) document.exitFullscreen();
  else if (document.body.dataset.back) location.assign(document.body.dataset.back);
}

// Keys of a control in focus are its own.
function isForSlides(event) {
  if (dialog.open || event.target.closest?.("select")) return false;
  return !([13, 32].includes(event.keyCode) && event.target.closest?.("button, a"));
}

function bind() {
  find("#previous").onclick = () => Reveal.prev();
  find("#next").onclick = () => Reveal.next();
  play.onclick = () => setPlaying(!isOn);
  time.onchange = () => setPlaying(milliseconds() > 0);
  find("#full").onclick = setFull;
  find("#return").onclick = () => dialog.close();
  for (const button of document.querySelectorAll("button.picture")) button.onclick = () => openMap(button);
  dialog.addEventListener("close", () => {
    frame.removeAttribute("src");
    setClock();
  });
  frame.addEventListener("load", () => {
    frame.contentDocument?.addEventListener("keydown", (event) => event.key === "Escape" && dialog.close());
  });
}

async function start() {
  await document.fonts.load('1em "Be Vietnam Pro"', "Xã ệ").catch(() => {});
  await document.fonts.ready;
  fitAll();
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  await Reveal.initialize({
    disableLayout: true, center: false, controls: false, progress: false, display: "grid", viewDistance: 2,
    transition: isCalm ? "none" : "fade", transitionSpeed: "fast", backgroundTransition: "none",
    hash: true, loop: true, autoSlideStoppable: false, overview: false, help: false, jumpToSlide: false,
    postMessage: false, postMessageEvents: false, scrollActivationWidth: null, keyboardCondition: isForSlides,
    keyboard: {
      27: leave, 70: setFull, 80: () => setPlaying(!isOn), 77: () => openMap(find("button.picture", Reveal.getCurrentSlide())),
    },
  });
  Reveal.on("slidechanged", tellNumber);
  tellNumber();
  bind();
  setPlaying(milliseconds() > 0);
  document.body.dataset.ready = Reveal.getTotalSlides();
}

start();
