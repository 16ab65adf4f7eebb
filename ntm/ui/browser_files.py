"""Files that a browser fetches once and keeps for good: scripts and styles of components, lists to search in.

They are served under the hash of their content, so a new version has a new address. Given with a component instead,
they would be sent again with every rerun that changes its values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

ROUTE = "/part/{version}/{name}"

_TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_LOADER = (Path(__file__).parent / "component_loader.js").read_text(encoding="utf-8")
# Never emptied: the scripts of a few components, and one list of units for each province and vintage looked at.
_folders: dict[str, Mapping[str, bytes]] = {}


def serve(files: Mapping[str, bytes]) -> str:
    """Serve files by their names, which end with .js, .css or .json; return the address of their folder."""
    content = hashlib.sha256()
    for name, text in sorted(files.items()):
        content.update(name.encode() + b"\0" + text + b"\0")
    version = content.hexdigest()[:16]
    _folders[version] = dict(files)
    return f"/part/{version}"


class ComponentFiles:
    """The scripts and styles of a component: what lies in its folder, with `main.js`, whose default export mounts it.

    `styles` is HTML that puts a style sheet into the component; `loader` is the script to register, which fetches the
    modules side by side and mounts what `main.js` gives.
    """

    def __init__(self, folder: Path) -> None:
        scripts = sorted(path for path in folder.iterdir() if path.suffix in _TYPES)
        address = serve({path.name: path.read_bytes() for path in scripts})
        urls = [f"{address}/{path.name}" for path in scripts if path.suffix == ".js"]
        self.loader = _LOADER.replace("MAIN", f"{address}/main.js").replace("MODULES", " ".join(urls))
        self.styles = "".join(
            f'<link rel="stylesheet" href="{address}/{path.name}">' for path in scripts if path.suffix == ".css"
        )


async def browser_file_response(request: Request) -> Response:
    """Answer /part/<hash>/<name>, to be kept by the browser for good; 404 for what is not served."""
    name = str(request.path_params["name"])
    content = _folders.get(request.path_params["version"], {}).get(name)
    if content is None:
        return Response(status_code=404)
    return Response(content, media_type=_TYPES[Path(name).suffix], headers=_FOREVER)
