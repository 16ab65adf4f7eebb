"""How far two colours lie apart, seen with full and with deficient colour vision.

Simulation: Machado, Oliveira and Fernandes (2009), 'A physiologically-based model for simulation of color vision
deficiency', IEEE TVCG 15(6), table 1 at severity 1.0, applied to linear RGB. Distance: CIEDE2000 after Sharma, Wu and
Dalal (2005), 'The CIEDE2000 color-difference formula', Color Research and Application 30(1), D65 white.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Lab = tuple[float, float, float]

VISIONS: dict[str, NDArray[np.float64]] = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = _XYZ.sum(axis=1)


def linear(color: str) -> NDArray[np.float64]:
    """Return linear RGB (0-1) of '#RRGGBB'."""
    parts = np.array([int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def seen(color: str, vision: str) -> Lab:
    """Return CIE L*a*b* of a colour as it looks with a kind of colour vision."""
    rgb = np.clip(VISIONS[vision] @ linear(color), 0, 1)
    scaled = (_XYZ @ rgb) / _WHITE
    x, y, z = np.where(scaled > (6 / 29) ** 3, np.cbrt(scaled), scaled / (3 * (6 / 29) ** 2) + 4 / 29)
    return float(116 * y - 16), float(500 * (x - y)), float(200 * (y - z))


def ciede2000(first: Lab, second: Lab) -> float:
    """Return the colour difference; about 1 is just noticeable side by side."""
    (l1, a1, b1), (l2, a2, b2) = first, second
    c_mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(c_mean**7 / (c_mean**7 + 25**7)))
    c1, c2 = math.hypot((1 + g) * a1, b1), math.hypot((1 + g) * a2, b2)
    h1 = math.degrees(math.atan2(b1, (1 + g) * a1)) % 360
    h2 = math.degrees(math.atan2(b2, (1 + g) * a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc = l2 - l1, c2 - c1
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2)
    l_bar, c_bar = (l1 + l2) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        h_bar = h1 + h2
    else:
        h_bar = (h1 + h2) / 2 if abs(h1 - h2) <= 180 else (h1 + h2 + 360 * (1 if h1 + h2 < 360 else -1)) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(h_bar - 30))
        + 0.24 * math.cos(math.radians(2 * h_bar))
        + 0.32 * math.cos(math.radians(3 * h_bar + 6))
        - 0.20 * math.cos(math.radians(4 * h_bar - 63))
    )
    s_l = 1 + 0.015 * (l_bar - 50) ** 2 / math.sqrt(20 + (l_bar - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c_bar, 1 + 0.015 * c_bar * t
    r_c = 2 * math.sqrt(c_bar**7 / (c_bar**7 + 25**7))
    r_t = -r_c * math.sin(math.radians(60 * math.exp(-(((h_bar - 275) / 25) ** 2))))
    return math.sqrt((dl / s_l) ** 2 + (dc / s_c) ** 2 + (dh / s_h) ** 2 + r_t * (dc / s_c) * (dh / s_h))


def distance(first: str, second: str, vision: str) -> float:
    """Return CIEDE2000 between two colours '#RRGGBB' as they look with a kind of colour vision."""
    return ciede2000(seen(first, vision), seen(second, vision))


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of WCAG 2.2 (1 to 21)."""
    luminances = sorted(float(_XYZ[1] @ linear(color)) for color in (first, second))
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)
