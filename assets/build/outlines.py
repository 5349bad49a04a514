"""Country outlines at about 1:50m, for an event that happened in "a country".

Three disputed areas are cut out of the country that the source gives them to
and are features of their own with `disputed` = 1, in no country's outline:
Crimea, the Golan Heights, Western Sahara.
"""
import json
import sys

import shapely

import faces
import paths
import sources

# Country in the source → area cut out of it.
CUT_OUT = {"Russia": "Crimea", "Israel": "Golan Heights", "Morocco": "Western Sahara"}
DIGITS = 2
TOLERANCE_DEG = 0.07        # about halves the corners; invisible at the scale of a country
MIN_PART_DEG2 = 0.02        # islands smaller than this go, unless they are all there is
CUT_MARGIN_DEG = 0.06       # the 1:10m cutter must cover the coarser 1:50m coast


def cutter(area):
    """A disputed area's 1:10m face, a little wider, but not over its neighbours across the line."""
    all_faces = faces.load()
    face = shapely.union_all([f.polygon for f in all_faces if f.area == area])
    others = shapely.union_all([
        f.polygon for f in all_faces if f.area != area and f.polygon.distance(face) < 0.2
    ])
    return face.buffer(CUT_MARGIN_DEG).difference(others.intersection(face.buffer(0.3)))


def slim(geometry):
    """Small islands dropped, coordinates rounded, still valid."""
    parts = sources.polygons_of(geometry)
    large = [p for p in parts if p.area >= MIN_PART_DEG2] or [max(parts, key=lambda p: p.area)]
    rounded = shapely.set_precision(shapely.MultiPolygon(large), 10**-DIGITS)
    return rounded if not rounded.is_empty else shapely.MultiPolygon(large)


def feature(geometry, iso_a2, iso_a3, name, disputed=0):
    def ring(r):
        return [[round(x, DIGITS), round(y, DIGITS)] for x, y in r.coords]
    polygons = [[ring(p.exterior), *(ring(i) for i in p.interiors)]
                for p in sources.polygons_of(geometry)]
    properties = {"iso_a2": iso_a2, "iso_a3": iso_a3, "name": name, "disputed": disputed}
    return {"type": "Feature", "properties": properties,
            "geometry": {"type": "MultiPolygon", "coordinates": polygons}}


def main(out):
    listed = {f"{c['isonumeric']:03d}": (code, c["iso3"], c["name"])
              for code, c in sources.geonames_countries().items()}
    kosovo = sources.geonames_countries()["XK"]
    cutters = {area: cutter(area) for area in CUT_OUT.values()}
    shapes, cut_out = [], {}
    for iso, source_name, geometry in sources.topojson_geometries(paths.WORLD_ATLAS / "countries-50m.json"):
        a2, a3, name = listed.get(iso or "", ("", "", source_name))
        if source_name == "Kosovo":
            a2, a3, name = "XK", kosovo["iso3"], kosovo["name"]
        if source_name in CUT_OUT:
            area = CUT_OUT[source_name]
            cut_out[area] = geometry.intersection(cutters[area])
            geometry = geometry.difference(cutters[area])
        if geometry.is_empty:       # a reef without area at this scale
            print("   no outline:", name)
            continue
        shapes.append((geometry, a2, a3, name, 0))
    for area, geometry in cut_out.items():
        same = next((s for s in shapes if s[3] == area), None)
        if same:        # the source has the rest of it under the same name
            shapes.remove(same)
            shapes.append((geometry.union(same[0]), *same[1:4], 1))
        else:
            shapes.append((geometry, "", "", area, 1))
    # Simplified as one coverage, so that neighbours keep the same line between them.
    simple = shapely.coverage_simplify(
        [shapely.MultiPolygon(sources.polygons_of(geometry)) for geometry, *_ in shapes], TOLERANCE_DEG)
    features = [feature(slim(geometry), *rest) for geometry, (_, *rest) in zip(simple, shapes)]
    features.sort(key=lambda f: f["properties"]["name"])
    with open(out, "w") as file:
        head = '{"type":"FeatureCollection","features":[\n'
        file.write(head + ",\n".join(
            json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features) + "\n]}\n")
    print(f"   {len(features)} outlines")


if __name__ == "__main__":
    main(sys.argv[1])
