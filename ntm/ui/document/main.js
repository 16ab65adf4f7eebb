// What the whole page has: the language for screen readers, and pictures of charts that say what they show.
import { takePictures } from "./picture.js";

export default function ({ data }) {
  document.documentElement.lang = data.language;
  takePictures();
}
