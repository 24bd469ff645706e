"""Makes assets/inter-*.ttf from the full fonts: Latin, Greek, superscripts, and the arrows and signs of formulas.

  npm pack @expo-google-fonts/inter@0.4.2 && tar xzf expo-google-fonts-inter-0.4.2.tgz
  /usr/bin/python3 scripts/subset-inter.py package        # needs Debian's python3-fonttools
"""

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

UNICODES = (
    "20-7E,A0-17F,370-3FF,2010-2027,2030-205E,2070-209F,2190-2193,"
    "2202,2206,2207,2211,2212,221A,221E,2248,2260,2264,2265,22C5"
)
ASSETS = Path(__file__).parent.parent / "assets"
source = Path(sys.argv[1])

for path, name, style in [
    ("400Regular/Inter_400Regular.ttf", "inter-regular.ttf", "Regular"),
    ("600SemiBold/Inter_600SemiBold.ttf", "inter-semibold.ttf", "SemiBold"),
]:
    font = TTFont(source / path, recalcTimestamp=False)
    # One family of two weights: renderers that read only name 1 then find both under `font-family="Inter"`.
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = "Inter"
        elif record.nameID == 2:
            record.string = style
    options = subset.Options(hinting=False, layout_features=["kern", "mark", "mkmk", "ccmp"], name_IDs=[0, 1, 2, 4, 6, 13, 14])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(UNICODES))
    subsetter.subset(font)
    font.save(ASSETS / name)

shutil.copyfile(source / "LICENSE_FONT", ASSETS / "OFL.txt")
