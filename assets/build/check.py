"""Looks into the finished files for what would show on the map or mislead a reader."""
import collections
import gzip
import json
import math
import sys
from pathlib import Path

import mapbox_vector_tile
import shapely
from mapbox_vector_tile.Mapbox import vector_tile_pb2
from pmtiles.reader import MmapSource, Reader, all_tiles
from shapely.geometry import shape

LAYERS = {"countries", "urban", "lakes", "rivers", "coast", "admin1", "border",
          "disputed", "captions", "places"}
EXTENT = 4096
LIMITS = {"basemap.pmtiles": 10.5e6, "relief.pmtiles": 3.4e6,
          "outlines/countries.geojson": 0.7e6, "fonts": 2.5e6}
TOTAL_LIMIT = 16e6


def size_of(path):
    return sum(f.stat().st_size for f in path.rglob("*")) if path.is_dir() else path.stat().st_size


def check_sizes(assets):
    for name, limit in LIMITS.items():
        size = size_of(assets / name)
        print(f"   {name}: {size:,} bytes")
        assert size <= limit, f"{name} is too large"
    assert sum(size_of(assets / name) for name in LIMITS) <= TOTAL_LIMIT


def check_every_tile(source):
    """walkers takes only extent 4096, strings and signed integers; anything else is lost silently."""
    zooms, n_tiles, largest = {}, 0, 0
    for (z, _, _), data in all_tiles(source):
        raw = gzip.decompress(data)
        n_tiles, largest = n_tiles + 1, max(largest, len(raw))
        tile = vector_tile_pb2.tile()
        tile.ParseFromString(raw)
        for layer in tile.layers:
            assert layer.extent == EXTENT, (z, layer.name, layer.extent)
            low, high, keys = zooms.get(layer.name, (99, -1, set()))
            zooms[layer.name] = (min(low, z), max(high, z), keys | set(layer.keys))
            for value in layer.values:
                kinds = {field.name for field, _ in value.ListFields()}
                assert kinds <= {"string_value", "int_value"}, (layer.name, kinds)
    assert set(zooms) == LAYERS, set(zooms) ^ LAYERS
    assert "generator_options" not in Reader(source).metadata(), "names this machine's folders"
    print(f"   {n_tiles:,} tiles, the largest {largest:,} bytes unpacked")
    for name, (low, high, keys) in sorted(zooms.items()):
        print(f"   {name:10} z{low}-{high}  {', '.join(sorted(keys))}")


class Map:
    """Decoded tiles, asked by longitude and latitude."""
    def __init__(self, reader):
        self.reader, self.cache = reader, {}

    def tile(self, z, x, y):
        key = (z, x, y)
        if key not in self.cache:
            data = self.reader.get(z, x, y)
            self.cache[key] = mapbox_vector_tile.decode(
                gzip.decompress(data), default_options={"y_coord_down": True}) if data else {}
        return self.cache[key]

    def position(self, lon, lat, z):
        n = 2**z
        x = (lon + 180) / 360 * n
        y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n
        return int(x), int(y), (x % 1) * EXTENT, (y % 1) * EXTENT

    def country_at(self, lon, lat, z):
        x, y, px, py = self.position(lon, lat, z)
        point = shapely.Point(px, py)
        for feature in self.tile(z, x, y).get("countries", {}).get("features", ()):
            if shapely.make_valid(shape(feature["geometry"])).intersects(point):
                return feature["properties"]
        return None

    def distance_deg(self, layer, lon, lat, z=7):
        """From a point to the nearest line of a layer in its tile, in degrees of longitude."""
        x, y, px, py = self.position(lon, lat, z)
        features = self.tile(z, x, y).get(layer, {}).get("features", ())
        nearest = min((shape(f["geometry"]).distance(shapely.Point(px, py)) for f in features), default=math.inf)
        return nearest / EXTENT * 360 / 2**z

    def names(self, west, south, east, north, z=7):
        x0, y0, *_ = self.position(west, north, z)
        x1, y1, *_ = self.position(east, south, z)
        return {f["properties"]["name"]: f["properties"]
                for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)
                for f in self.tile(z, x, y).get("places", {}).get("features", ())}


def check_crimea(world):
    """Nobody's colour, and no settled line on either side."""
    for z in range(2, 8):
        crimea = world.country_at(34.3, 45.2, z)
        assert crimea and crimea["c"] == 0 and crimea["disputed"] == 1, (z, crimea)
    for lon, lat in ((33.7, 46.13), (34.6, 45.98), (36.55, 45.2), (36.63, 44.95)):
        assert world.distance_deg("border", lon, lat) > 0.5, ("settled border near", lon, lat)
        assert world.distance_deg("disputed", lon, lat) < 0.3, ("no disputed line near", lon, lat)


def check_neutral_areas(world):
    for name, lon, lat in (
        ("Golan", 35.76, 33.0), ("Abkhazia", 41.1, 43.0), ("South Ossetia", 43.97, 42.3),
        ("Transnistria", 29.4, 47.2), ("Kashmir", 74.9, 33.9), ("Kashmir", 74.5, 35.9),
        ("Aksai Chin", 79.4, 35.2), ("Western Sahara", -14.5, 24.5), ("Kosovo", 20.9, 42.6),
        ("West Bank", 35.25, 32.1), ("Gaza", 34.38, 31.42), ("Northern Cyprus", 33.5, 35.3),
        ("Somaliland", 44.5, 9.7), ("Taiwan", 121, 23.8),
    ):
        found = world.country_at(lon, lat, 7)
        assert found and found["c"] == 0 and found.get("disputed") == 1, (name, found)
    # A held line is as little settled as a claimed one.
    for name, lon, lat in (("Line of control", 74.1, 34.0), ("Golan, east", 35.88, 33.1),
                           ("Kosovo", 21.35, 42.87), ("Green Line", 35.0, 32.35), ("Inguri", 41.75, 42.6)):
        settled, disputed = (world.distance_deg(layer, lon, lat) for layer in ("border", "disputed"))
        assert disputed < 0.25 and disputed < settled, (name, settled, disputed)


def check_no_false_water(world):
    """Enclaves and small countries have a fill from the first zooms on."""
    for name, lon, lat in (
        ("Lesotho", 28.2, -29.6), ("San Marino", 12.46, 43.94), ("Naxcivan", 45.4, 39.2),
        ("Karki", 44.97, 39.79), ("Yukhari Askipara", 45.02, 41.063), ("Artsvashen", 45.47, 40.63),
        ("Kaliningrad", 21.5, 54.7), ("Sokh", 71.1, 39.97), ("Vatican", 12.453, 41.903),
    ):
        for z in (4, 5, 6, 7):
            assert world.country_at(lon, lat, z), (name, z)


def check_towns(world):
    names = world.names(44.5, 39.0, 48.0, 41.6)
    for town in ("Laçın", "Khankendi", "Shusha", "Aghdam", "Gazakh", "Khojaly", "Khojavend",
                 "Kalbajar", "Martakert", "Fuzuli", "Ijevan", "Vardenis", "Goris", "Yerevan"):
        assert town in names, f"{town} is not on the map"
    assert not any("\u01dd" in name for name in names)
    kinds = collections.Counter(p["kind"] for p in names.values())
    print(f"   labels around the Lesser Caucasus at z7: {dict(kinds)}")


def check_outlines(path):
    features = json.loads(path.read_text())["features"]
    inside = collections.defaultdict(list)
    for f in features:
        geometry = shapely.make_valid(shape(f["geometry"]))
        west, _, east, _ = geometry.bounds
        assert -180 <= west and east <= 180
        for name, point in (("Crimea", (34.3, 45.2)), ("Western Sahara", (-14.5, 24.5)),
                            ("Golan Heights", (35.76, 33.0)), ("Azerbaijan", (47.5, 40.4)),
                            ("Azerbaijan", (45.5, 39.2)), ("Armenia", (44.5, 40.2))):
            if geometry.intersects(shapely.Point(point)):
                inside[name, point].append(f["properties"]["name"])
    for (name, point), found in inside.items():
        assert found == [name], (name, point, found)
    assert len(inside) == 6
    print(f"   {len(features)} outlines")


def main(assets):
    assets = Path(assets)
    check_sizes(assets)
    with open(assets / "basemap.pmtiles", "rb") as file:
        source = MmapSource(file)
        check_every_tile(source)
        world = Map(Reader(source))
        check_crimea(world)
        check_neutral_areas(world)
        check_no_false_water(world)
        check_towns(world)
    check_outlines(assets / "outlines/countries.geojson")
    print("   all well")


if __name__ == "__main__":
    main(sys.argv[1])
