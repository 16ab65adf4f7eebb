// What the map needs from elsewhere. Kept for the life of the tab: neither a rerun nor a change of page fetches again.

const geometries = new Map();
let leafletLoading = null;

export function geometryAt(url) {
  if (!geometries.has(url)) {
    const loading = fetch(new URL(url, document.baseURI)).then((response) => {
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      return response.json();
    });
    loading.catch(() => geometries.delete(url)); // the next rerun tries again
    geometries.set(url, loading);
  }
  return geometries.get(url);
}

export function leafletAt(url) {
  leafletLoading ??= import(new URL(url, document.baseURI)).then(() => globalThis.leaflet);
  leafletLoading.catch(() => (leafletLoading = null));
  return leafletLoading;
}

/** Units and months as packing.py has written them. */
export async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const content = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(content).json();
}

/** Waits until the style sheet beside the map is there: before, it has no size. */
export function styled(root) {
  const link = root.parentNode.querySelector("link[rel=stylesheet]");
  if (!link || link.sheet) return true;
  return new Promise((done) => {
    link.onload = link.onerror = done;
    setTimeout(done, 3000);
  });
}
