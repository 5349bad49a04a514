"""Country fills, made from Natural Earth's own lines.

The packages have 1:10m coast and border *lines* but no 1:10m country polygons
in the same edition; fills from another edition would not meet the lines. So the
lines are noded and polygonized, and each face takes the name of the world-atlas
country (an older edition, used for names only) that its inner point falls in.
Claim lines take part too, so that disputed ground gets faces of its own.
"""
import collections
import math
import pickle

import shapely
from shapely import LineString, Point, STRtree

import editorial
import paths
import sources

SNAP_DEG = 0.2        # 216 border ends stop short of the coast; the farthest by this much
JOIN_DEG = 0.005      # two border ends this near were meant to meet
COINCIDE_DEG = 0.02   # a claim line nearer than this to a border is the same line, older edition


class Face:
    """One polygon of ground: `territory` as world-atlas names it, `area` if disputed."""
    def __init__(self, polygon, territory, iso):
        self.polygon, self.territory, self.iso, self.area = polygon, territory, iso, None

    @property
    def label(self):
        return self.area or self.territory

    @property
    def neutral(self):
        if self.area:
            return next(a.neutral for a in editorial.AREAS if a.name == self.area)
        return self.territory in editorial.NEUTRAL_TERRITORIES


def border_lines():
    """Natural Earth's land borders; rounded, as some ends that meet differ in the 14th decimal."""
    for line in sources.shapefile_parts("ne_10m_admin_0_boundary_lines_land"):
        yield [(round(x, 6), round(y, 6)) for x, y in line]


def claim_lines(borders):
    """(name, years, LineString) of the claim lines that are not simply a border."""
    near_border = shapely.union_all(
        shapely.buffer([LineString(b) for b in borders], COINCIDE_DEG, quad_segs=2)
    )
    for fid, wording, country, geometry in sources.disputed_borders():
        caption = editorial.claim_caption(wording, country, geometry.bounds[0])
        rest = geometry if caption.years and not caption.years.startswith("since") \
            else geometry.difference(near_border)
        whole = rest.length > geometry.length - 1e-9
        for part in shapely.get_parts(shapely.line_merge(shapely.set_precision(rest, 1e-6))):
            if whole or part.length > 0.03:      # no crumbs where the two editions cross
                yield caption.name, caption.years, part


def loose_ends(lines):
    """End points that no other line of the set shares."""
    ends = collections.Counter(end for line in lines for end in (line[0], line[-1]))
    return [end for end, n in ends.items() if n == 1]


def joined_ends(ends, reach):
    """Links between loose ends that nearly meet (Jordan, Israel and Syria by 60 m)."""
    for i, a in enumerate(ends):
        for b in ends[i + 1:]:
            if math.dist(a, b) < reach:
                yield LineString([a, b])


def snapped_ends(ends, targets, reach):
    """Short links from loose ends to the nearest target, so that faces close."""
    tree = STRtree(targets)
    for end in ends:
        point = Point(end)
        target = targets[int(tree.nearest(point))]
        gap = target.distance(point)
        if 0 < gap < reach:
            hit = target.interpolate(target.project(point))
            over = 1e-5 / gap     # a hair beyond, or rounding leaves it short
            yield LineString([end, (hit.x + (hit.x - end[0]) * over, hit.y + (hit.y - end[1]) * over)])


def in_land(points, rings):
    """True where a point is inside an odd number of coast rings (a ring in a ring is a sea)."""
    tree = STRtree(rings)
    at_point, _ = tree.query(points, predicate="within")
    counts = collections.Counter(at_point.tolist())
    return [counts[i] % 2 == 1 for i in range(len(points))]


def build():
    coast = [LineString(r) for r in sources.shapefile_parts("ne_10m_land") if len(r) > 3]
    borders = list(border_lines())
    # History (lines with an end year) does not shape today's fills.
    claims = [line for _, years, line in claim_lines(borders) if not years or years.startswith("since")]
    fixed = coast + [LineString(b) for b in borders]
    lines = fixed + claims
    loose = loose_ends(borders)
    lines += joined_ends(loose, JOIN_DEG)
    lines += snapped_ends(loose, coast, SNAP_DEG)
    lines += snapped_ends(loose_ends([list(c.coords) for c in claims]), fixed, SNAP_DEG)
    polygons = list(shapely.polygonize([shapely.unary_union(lines)]).geoms)
    middles = [p.representative_point() for p in polygons]

    countries = list(sources.topojson_geometries(paths.WORLD_ATLAS / "countries-10m.json"))
    tree = STRtree([g for _, _, g in countries])
    faces = []
    for polygon, middle, land in zip(polygons, middles, in_land(middles, [shapely.Polygon(c) for c in coast])):
        if not land:
            continue
        inside = tree.query(middle, predicate="intersects")
        iso, name, _ = countries[int(inside[0]) if len(inside) else int(tree.nearest(middle))]
        faces.append(Face(polygon, name, iso))

    tree = STRtree([f.polygon for f in faces])
    for area in editorial.AREAS:
        for point in area.points:
            for k in tree.query(Point(point), predicate="intersects"):
                face = faces[int(k)]
                face.area = area.name
                print(f"   area: {area.name} in {face.territory}, {face.polygon.area:.2f} square degrees, "
                      f"bounds {[round(v, 1) for v in face.polygon.bounds]}")
    print(f"   {len(faces)} faces, {len({f.territory for f in faces})} territories")
    return faces


def load():
    """The faces, built once per run of make and kept in the work folder."""
    if not paths.FACES.exists():
        paths.FACES.write_bytes(pickle.dumps(build()))
    return pickle.loads(paths.FACES.read_bytes())


if __name__ == "__main__":
    # Through the import, so that the pickle names this module and not __main__.
    import faces as this
    paths.FACES.unlink(missing_ok=True)
    this.load()
