#!/usr/bin/env python3
"""Remake outlines.json, the country outlines used by read_by_hand.py.

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python3 data/make_outlines.py package/

The outlines are Natural Earth 4.1.0 (public domain), as TopoJSON in the npm
package world-atlas 2.0.2 (ISC). Azerbaijan and Armenia are taken at 1:10m,
since the map is read closely there; the other countries at 1:50m. Arcs are
simplified before they are joined, so that neighbours keep one common border.

Only the standard library is used. Run it again only to change a country or a
tolerance; the result is committed.
"""

import json
import sys
from pathlib import Path

# Country name in the atlas, our place id, scale, tolerance in degrees, decimals,
# and the test a polygon has to pass to be kept.
COUNTRIES = [
    ("Azerbaijan", "azerbaijan", "10m", 0.004, 3, lambda box, area: True),
    ("Armenia", "armenia", "10m", 0.004, 3, lambda box, area: True),
    # Metropolitan France and Corsica.
    ("France", "france", "50m", 0.03, 2, lambda box, area: area > 0.5 and box[1] > 40),
    # Without Crimea: a polygon of its own in the atlas, 32.5–36.6° E.
    ("Russia", "russia", "50m", 0.06, 2,
     lambda box, area: area > 1.0 and not is_crimea(box)),
    ("Iran", "iran", "50m", 0.03, 2, lambda box, area: area > 1.0),
    ("United States of America", "united-states", "50m", 0.04, 2,
     lambda box, area: area > 0.7),
]


def is_crimea(box):
    west, south, east, north = box
    return west > 32 and east < 37 and south > 44 and north < 46.5


def decode_arcs(topology):
    """Quantised, delta-coded TopoJSON arcs as lists of (longitude, latitude)."""
    sx, sy = topology["transform"]["scale"]
    tx, ty = topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def simplify(points, tolerance):
    """Douglas–Peucker on an open line; a closed arc is cut at its far point."""
    if len(points) < 3:
        return points
    if points[0] == points[-1]:
        far = max(range(len(points)), key=lambda i: distance2(points[i], points[0]))
        if far in (0, len(points) - 1):
            return points
        return simplify(points[: far + 1], tolerance)[:-1] + simplify(points[far:], tolerance)
    keep, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        a, b = stack.pop()
        if b - a < 2:
            continue
        best = max(range(a + 1, b), key=lambda i: offset(points[i], points[a], points[b]))
        if offset(points[best], points[a], points[b]) > tolerance:
            keep.add(best)
            stack += [(a, best), (best, b)]
    return [points[i] for i in sorted(keep)]


def distance2(p, q):
    return (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2


def offset(p, a, b):
    """Distance of p from the segment a–b."""
    length2 = distance2(a, b)
    if length2 == 0:
        return distance2(p, a) ** 0.5
    t = ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / length2
    t = max(0.0, min(1.0, t))
    return distance2(p, (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))) ** 0.5


def ring(arcs, indexes, decimals):
    points = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    points = [[round(x, decimals), round(y, decimals)] for x, y in points]
    return [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]


def signed_area(points):
    return sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(points, points[1:])) / 2


def wound(points, counterclockwise):
    """RFC 7946: outer rings counterclockwise, holes clockwise."""
    return points if (signed_area(points) > 0) == counterclockwise else points[::-1]


def bounds(points):
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def split_at_date_line(points):
    """Cut a ring that jumps between +180 and −180 into rings on either side."""
    unrolled, shift = [points[0]], 0
    for p, q in zip(points, points[1:]):
        if q[0] - p[0] > 180:
            shift -= 360
        elif p[0] - q[0] > 180:
            shift += 360
        unrolled.append([q[0] + shift, q[1]])
    if not any(abs(x) > 180.0001 for x, _ in unrolled):
        return [points]
    sides = []
    for low in (-540, -180, 180):
        part = clip(clip(unrolled, low, 1), low + 360, -1)
        if len(part) > 3:
            sides.append([[round(x - low - 180, 2), y] for x, y in part])
    return sides


def clip(points, limit, sign):
    """Sutherland–Hodgman against one meridian; sign 1 keeps what lies east of it."""
    out = []
    for p, q in zip(points, points[1:] + points[:1]):
        p_in, q_in = sign * (p[0] - limit) >= 0, sign * (q[0] - limit) >= 0
        if p_in:
            out.append(p)
        if p_in != q_in:
            t = (limit - p[0]) / (q[0] - p[0])
            out.append([limit, round(p[1] + t * (q[1] - p[1]), 2)])
    out = [p for i, p in enumerate(out) if i == 0 or p != out[i - 1]]
    return out + [out[0]] if out and out[0] != out[-1] else out


def outline(topology, name, tolerance, decimals, keep):
    arcs = [simplify(arc, tolerance) for arc in decode_arcs(topology)]
    shape = next(g for g in topology["objects"]["countries"]["geometries"]
                 if g["properties"]["name"] == name)
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    result = []
    for polygon in polygons:
        rings = [r for r in (ring(arcs, i, decimals) for i in polygon) if len(r) > 3]
        if not rings:
            continue
        for outer in split_at_date_line(rings[0]):
            if keep(bounds(outer), abs(signed_area(outer))):
                holes = [wound(r, False) for r in rings[1:]]
                result.append([wound(outer, True)] + holes)
    result.sort(key=lambda polygon: -abs(signed_area(polygon[0])))
    return {"type": "MultiPolygon", "coordinates": result}


def main():
    package = Path(sys.argv[1])
    lines = []
    for name, place, scale, tolerance, decimals, keep in COUNTRIES:
        topology = json.loads((package / f"countries-{scale}.json").read_text())
        geometry = outline(topology, name, tolerance, decimals, keep)
        points = sum(len(r) for polygon in geometry["coordinates"] for r in polygon)
        print(f"{place}: {len(geometry['coordinates'])} polygons, {points} points")
        lines.append(f"{json.dumps(place)}: {json.dumps(geometry, separators=(',', ':'))}")
    target = Path(__file__).with_name("outlines.json")
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
