"""Rivers: names and courses of pyworldatlas (CC0), each as its middle and its length."""
import collections
import math
import re

import sources
from gazetteer_names import ALTERNATE, ENGLISH, Names, fold

MIN_LENGTH_DEG = 0.5
# Words that alone are no river to a reader.
GENERIC = {"black", "white", "red", "green", "orange", "churchill", "grande", "negro", "verde", "english", "back", "new",
           "peace", "snake", "columbia", "colorado", "han", "santiago", "san juan", "macquarie", "mitchell", "fitzroy",
           "albany", "red of the south", "balsas", "tana", "mana", "miranda", "sura", "sabine", "saint john", "blackwood"}


def rows(written):
    courses = collections.defaultdict(list)
    for name, line in sources.rivers():
        if name:
            courses[name].append(line)
    for name, lines in sorted(courses.items()):
        for part in clusters(lines):
            points = [p for line in part for p in line]
            length = sum(math.dist(a, b) for line in part for a, b in zip(line, line[1:]))
            if length < MIN_LENGTH_DEG:
                continue
            bare = re.sub(r"^(Río|Rio|River) |( River| R\.)$", "", name)
            if ("STM", fold(f"{bare} River")) in written or ("STM", fold(bare)) in written:
                continue
            lon = sum(p[0] for p in points) / len(points)
            lat = sum(p[1] for p in points) / len(points)
            # On the course, not between its bends.
            lon, lat = min(points, key=lambda p: math.dist(p, (lon, lat)))
            names = Names(f"{bare} River")
            names.add(ENGLISH, f"River {bare}")
            if fold(bare) not in GENERIC and len(bare) > 2:
                names.add(ALTERNATE, bare)
            yield {
                "key": f"r:{name}:{lon:.2f},{lat:.2f}", "code": "STM", "lat": round(lat, 3), "lon": round(lon, 3),
                "prominence": int(min(150, 90 + 12 * math.log2(1 + length))), "radius": f"{min(2000, length * 40):.0f}",
                "names": names, "source": "Course: pyworldatlas-mapdata-standard 0.9.5 (CC0); a point on it",
            }


def clusters(lines, gap=3.0):
    """Lines of one name that lie together are one river; the same name elsewhere is another."""
    groups = []
    for line in lines:
        near = [g for g in groups if any(
            math.dist(end, p) < gap for other in g for p in other[:: max(1, len(other) // 20)] + [other[-1]]
            for end in (line[0], line[-1], line[len(line) // 2]))]
        merged = [line] + [l for g in near for l in g]
        groups = [g for g in groups if g not in near] + [merged]
    return groups
