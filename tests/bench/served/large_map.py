"""The map of the 559 communes of Thanh Hóa, schematic, each with the report of some commune of the sample."""

from datetime import date

import numpy as np

from ntm.ui import map_view
from ntm.ui.cache import read
from ntm.ui.filters import Place
from ntm.ui.language import current_translator

DAY = date(2022, 12, 31)
SAMPLE, LARGE = "93", "38"

t = current_translator()
place = Place(LARGE, "Thanh Hóa", None, None, DAY, (DAY,))
units = read("commune_units", province=LARGE, day=DAY)
reports = read("communes", province=SAMPLE, district=None, month=DAY)
communes = reports.iloc[np.resize(np.arange(len(reports)), len(units))]
communes = communes.assign(unit_code=units["unit_code"].to_numpy())
map_view.show(t, place, map_view.choose_layer(t), units, communes, None)
