"""Writes fixtures/class-colors.json: the colours of classes, and how far apart readers with each kind of sight see them.

The first ten are given; what follows is chosen here, one by one: the colour whose nearest one among those before, as the
worst of four kinds of sight sees it, is farthest away. Differences are CIEDE2000, by colour-science; colour blindness is that
of Machado, Oliveira & Fernandes (2009) at full severity, by colorspacious.

Run from packages/figures: python3 scripts/class-colors.py   (made with colour-science 0.4.7, colorspacious 1.1.2)
"""

import itertools
import json

import colour
import numpy as np
from colorspacious import cspace_convert

# petroff10 (Petroff 2021, arXiv 2107.02270); lifted until each has 3:1 on #14161b; another ten of 3:1 on white.
TEN = {
    "light": "3f90da ffa90e bd1f01 94a4a2 832db6 a96b59 e76300 b9ac70 717581 92dadd",
    "dark": "4496e0 ffb01f c42402 9aaaa8 9236c6 a96b59 ea6a08 bfb277 717581 9be0e3",
    "moreContrast": "1a68ff a28f5d b20800 597278 602bb2 734f49 ff5103 7d8d7d 474d67 06a2c0",
}
# Paler than all of them (a grey that is not would be class 9 to the protan eye), so hollow by its rim.
NO_CLASS = {"light": "eceef1", "dark": "4d5663", "moreContrast": "eceef1"}
OTHERS = {"observable10": "4269d0 efb118 ff725c 6cc5b0 3ca951 ff8ab7 a463f2 97bbf5 9c6b4e 9498a0"}
# Of the grounds that figures and pages have, those that leave least contrast.
GROUND = {"light": "fbfbfd", "dark": "1a202a", "moreContrast": "fbfbfd"}
LEAST = {"light": 1.5, "dark": 3.1, "moreContrast": 3.1}  # contrast of what is chosen; paler ones have a rim
MOST = {"light": 14, "dark": 15, "moreContrast": 14}
RIM = 3.2
COUNT = 30
SIGHTS = {"normal": None, "deutan": "deuteranomaly", "protan": "protanomaly", "tritan": "tritanomaly"}


def rgb(names):
    return np.array([[int(name[i : i + 2], 16) for i in (0, 2, 4)] for name in names]) / 255


def hexes(colors):
    return ["#%02x%02x%02x" % tuple(int(round(255 * c)) for c in one) for one in colors]


def seen(colors, sight):
    if SIGHTS[sight] is None:
        return colour.XYZ_to_Lab(colour.sRGB_to_XYZ(colors))
    space = {"name": "sRGB1+CVD", "cvd_type": SIGHTS[sight], "severity": 100}
    return colour.XYZ_to_Lab(colour.sRGB_to_XYZ(np.clip(cspace_convert(colors, space, "sRGB1"), 0, 1)))


def linear(colors):
    return colour.models.eotf_sRGB(colors)


def luminance(colors):
    return linear(colors) @ np.array([0.2126, 0.7152, 0.0722])


def contrast(colors, ground):
    one, other = luminance(colors) + 0.05, luminance(rgb([ground]))[0] + 0.05
    return np.maximum(one / other, other / one)


def difference(one, other):
    return colour.delta_E(one, np.broadcast_to(other, one.shape), method="CIE 2000")


def go_on(scheme):
    """The ten, and those that follow."""
    steps = np.arange(0, 256, 12) / 255
    candidates = np.array(list(itertools.product(steps, steps, steps)))
    held = contrast(candidates, GROUND[scheme])
    candidates = candidates[(held >= LEAST[scheme]) & (held <= MOST[scheme])]
    views = [seen(candidates, sight) for sight in SIGHTS]
    chosen = list(rgb(TEN[scheme].split()))
    nearest = np.full(len(candidates), np.inf)
    for name in [*chosen, *rgb([NO_CLASS[scheme]])]:
        for view, sight in zip(views, SIGHTS):
            nearest = np.minimum(nearest, difference(view, seen(np.array([name]), sight)[0]))
    while len(chosen) < COUNT:
        best = int(np.argmax(nearest))
        chosen.append(candidates[best])
        for view in views:
            nearest = np.minimum(nearest, difference(view, view[best]))
    return np.array(chosen)


def rim(color, scheme):
    """The colour itself, or one of its hue that is darker (on a dark ground lighter) until it stands out."""
    towards = 1.0 if scheme == "dark" else 0.0
    for share in np.arange(0, 1, 0.01):
        mixed = colour.models.eotf_inverse_sRGB(linear(color) * (1 - share) + towards * share)
        mixed = np.round(mixed * 255) / 255
        if contrast(mixed[None], GROUND[scheme])[0] >= (3.0 if share == 0 else RIM):
            return mixed
    raise ValueError(color)


def least(colors):
    def of(sight):
        lab = seen(colors, sight)
        return min(float(colour.delta_E(a, b, method="CIE 2000")) for a, b in itertools.combinations(lab, 2))

    return {sight: round(of(sight), 4) for sight in SIGHTS}


def pairs(colors, sight):
    lab = seen(colors, sight)
    return [
        round(float(colour.delta_E(a, b, method="CIE 2000")), 4) for a, b in itertools.combinations(lab, 2)
    ]


result = {"schemes": {}, "others": {}}
for scheme in TEN:
    colors = go_on(scheme)
    grey = rgb([NO_CLASS[scheme]])
    result["schemes"][scheme] = {
        "ground": f"#{GROUND[scheme]}",
        "fills": hexes(colors),
        "rims": hexes([rim(one, scheme) for one in colors]),
        "noClass": {"fill": hexes(grey)[0], "rim": hexes([rim(grey[0], scheme)])[0]},
        "leastOfTen": least(colors[:10]),
        "leastOfAll": least(colors),
        "leastOfTenToNoClass": {
            sight: round(float(min(difference(seen(colors[:10], sight), seen(grey, sight)[0]))), 4) for sight in SIGHTS
        },
    }
result["pairsOfLightTen"] = {sight: pairs(rgb(TEN["light"].split()), sight) for sight in SIGHTS}
result["others"] = {name: least(rgb(text.split())) for name, text in OTHERS.items()}
with open("fixtures/class-colors.json", "w") as file:
    file.write(json.dumps(result, indent=1) + "\n")
