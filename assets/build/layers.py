"""The geometry layers of the basemap, as GeoJSON lines for tippecanoe."""
import collections
import math

import shapely
from shapely import LineString, Point, STRtree

import editorial
import faces
import geojson
import sources
from geojson import rounded, zoom_of_area

PROBE_DEG = 0.0015    # how far beside a border segment to look for what lies there


def map_colours(all_faces):
    """Territory → colour class 1..7, no two neighbours alike; 0 is nobody's.

    Natural Earth's own class (MAPCOLOR7) where its 1:110m table has the country;
    the small ones it leaves out take the first class no neighbour uses.
    """
    table = {}
    for row in sources.natural_earth_countries():
        for key in (row["ISO_N3_EH"], row["NAME"]):
            table.setdefault(key, int(row["MAPCOLOR7"]))
    # Neighbours within half a degree, so that islands beside a coast differ from it too.
    tree = STRtree([f.polygon for f in all_faces])
    colours = {}
    for f in all_faces:
        known = table.get(f.iso) or table.get(f.territory)
        if known and f.territory not in editorial.NEUTRAL_TERRITORIES:
            colours[f.territory] = known
    for f in sorted(all_faces, key=lambda f: (f.territory, -f.polygon.area)):
        if f.territory in colours or f.neutral:
            continue
        near = {colours.get(all_faces[int(k)].territory)
                for k in tree.query(f.polygon.envelope.buffer(0.5))}
        colours[f.territory] = min(set(range(1, 8)) - near, default=1)
    return colours


def countries(all_faces):
    """Fills. A face that touches another is in every zoom: dropped, an enclave would be water."""
    iso3 = {c["isonumeric"]: (code, c["iso3"]) for code, c in sources.geonames_countries().items()}
    names = {c["isonumeric"]: c["name"] for c in sources.geonames_countries().values()}
    colours = map_colours(all_faces)
    polygons = [f.polygon for f in all_faces]
    a, b = STRtree(polygons).query(polygons, predicate="intersects")
    touching = {int(i) for i, j in zip(a, b) if i != j}
    for k, f in enumerate(all_faces):
        number = int(f.iso) if f.iso else None
        a2, a3 = iso3.get(number, ("", ""))
        properties = {"name": names.get(number, f.territory or ""), "iso": a2, "a3": a3,
                      "c": colours.get(f.territory, 0)}
        if f.neutral:
            properties = {"name": f.label, "iso": "", "a3": "", "c": 0, "disputed": 1}
            if not f.area:
                properties.update(iso=a2, a3=a3, name=names.get(number, f.territory))
        outer = list(f.polygon.exterior.coords)
        zoom = 0 if k in touching else zoom_of_area(outer)
        rings = [rounded(outer)] + [rounded(r.coords) for r in f.polygon.interiors]
        yield "Polygon", rings, properties, zoom


def sides_of(segments, all_faces):
    """Labels on the left and right of each segment (None over water)."""
    probes = []
    for (x1, y1), (x2, y2) in segments:
        length = math.dist((x1, y1), (x2, y2)) or 1
        nx, ny = (y1 - y2) / length * PROBE_DEG, (x2 - x1) / length * PROBE_DEG
        mx, my = (x1 + x2) / 2, (y1 + y2) / 2
        probes += [Point(mx + nx, my + ny), Point(mx - nx, my - ny)]
    found = [None] * len(probes)
    # Faces query the points and not the other way about: the query's own
    # geometry is the one that shapely prepares, and Russia has 40,000 corners.
    face_index, probe_index = STRtree(probes).query([f.polygon for f in all_faces], predicate="contains")
    for i, k in zip(face_index, probe_index):
        found[int(k)] = all_faces[int(i)].label
    return list(zip(found[::2], found[1::2]))


def split_borders(all_faces):
    """(settled lines, [(caption, line) of unsettled ones]), decided segment by segment."""
    lines = list(faces.border_lines())
    segments = [(a, b) for line in lines for a, b in zip(line, line[1:])]
    rules = iter([
        editorial.line_rule(left, right, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        for (a, b), (left, right) in zip(segments, sides_of(segments, all_faces))
    ])
    settled, unsettled = [], collections.defaultdict(list)
    for line in lines:
        run, run_rule = [line[0]], None
        for b in line[1:]:
            rule = next(rules)
            if rule != run_rule and len(run) > 1:
                (unsettled[run_rule] if run_rule else settled).append(run)
                run = run[-1:]
            run_rule = rule
            run.append(b)
        (unsettled[run_rule] if run_rule else settled).append(run)
    return settled, unsettled


def disputed(unsettled, borders):
    """Every line that is not a settled border. `historic` marks lines with an end."""
    for (name, years), lines in unsettled.items():
        for line in shapely.get_parts(shapely.line_merge(shapely.MultiLineString(lines))):
            yield name, years, 0, line
    for name, years, line in faces.claim_lines(borders):
        yield name, years, int(bool(years) and not years.startswith("since")), line


def captions(lines):
    """One point a caption: the middle of the longest line of each name."""
    longest = {}
    for name, years, historic, line in lines:
        key = (name, years)
        if key not in longest or line.length > longest[key][0].length:
            longest[key] = (line, historic)
    for (name, years), (line, historic) in sorted(longest.items()):
        middle = line.interpolate(0.5, normalized=True)
        text = f"{name}, {years}" if years else name
        yield ("Point", [round(middle.x, 4), round(middle.y, 4)],
               {"name": name, "years": years, "text": text, "historic": historic}, 5)


def is_seam(a, b):
    """The cut at ±180° and the bottom edge of Antarctica are no coast."""
    return (abs(a[0]) > 179.999 and abs(b[0]) > 179.999) or (a[1] < -89.9 and b[1] < -89.9)


def coast():
    for ring in sources.shapefile_parts("ne_10m_land"):
        if len(ring) < 4:
            continue
        run = ring[:1]
        zoom = zoom_of_area(ring)
        for a, b in zip(ring, ring[1:]):
            if is_seam(a, b):
                if len(run) > 1:
                    yield "LineString", rounded(run), {}, zoom
                run = [b]
            else:
                run.append(b)
        if len(run) > 1:
            yield "LineString", rounded(run), {}, zoom


def lakes():
    for rings in sources.shapefile_polygons("ne_10m_lakes"):
        yield "Polygon", [rounded(r) for r in rings], {}, max(2, zoom_of_area(rings[0]))


def line_layer(lines, zoom):
    """Pieces joined to long lines: they simplify better and dash evenly."""
    for line in shapely.get_parts(shapely.line_merge(shapely.MultiLineString(list(lines)))):
        yield "LineString", rounded(line.coords), {}, zoom


def river_zoom(length_deg):
    """Rivers have no rank in the source: the longer its name's course, the earlier it shows."""
    return 3 if length_deg > 25 else 4 if length_deg > 12 else 5 if length_deg > 5 else 6


def rivers():
    pieces = list(sources.rivers())
    course = collections.Counter()
    for name, line in pieces:
        course[name] += LineString(line).length
    for name, line in pieces:
        zoom = river_zoom(course[name]) if name else 6
        yield "LineString", rounded(line), {"name": name}, zoom


def urban():
    for ring in sources.marble_polygons("ne_50m_urban_areas"):
        if len(ring) > 2:
            yield "Polygon", [rounded(ring + ring[:1])], {}, 5


def main():
    all_faces = faces.load()
    geojson.write("countries", countries(all_faces))
    settled, unsettled = split_borders(all_faces)
    geojson.write("border", line_layer(settled, None))
    lines = list(disputed(unsettled, list(faces.border_lines())))
    geojson.write("disputed", (
        ("LineString", rounded(line.coords), {"name": name, "years": years, "historic": historic}, 2)
        for name, years, historic, line in lines))
    geojson.write("captions", captions(lines))
    geojson.write("coast", coast())
    geojson.write("lakes", lakes())
    geojson.write("admin1", line_layer(sources.shapefile_parts("ne_10m_admin_1_states_provinces_lines"), 5))
    geojson.write("rivers", rivers())
    geojson.write("urban", urban())


if __name__ == "__main__":
    main()
