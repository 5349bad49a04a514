"""Writes one layer as GeoJSON lines, each feature with its own minimum zoom."""
import json
import math

import paths

TILE_PX = 512


def rounded(points, digits=5):
    return [[round(x, digits), round(y, digits)] for x, y in points]


def write(layer, features):
    """`features`: (geometry type, coordinates, properties, minimum zoom or None)."""
    paths.LAYERS.mkdir(parents=True, exist_ok=True)
    n = 0
    with open(paths.LAYERS / f"{layer}.geojsonl", "w") as out:
        for kind, coordinates, properties, zoom in features:
            feature = {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": kind, "coordinates": coordinates},
            }
            if zoom:
                feature["tippecanoe"] = {"minzoom": zoom}
            out.write(json.dumps(feature, ensure_ascii=False) + "\n")
            n += 1
    print(f"   {layer}: {n} features")


def zoom_of_area(ring, px=3):
    """First zoom at which a ring covers about px × px pixels.

    Never above the top zoom: there everything is kept, or small islands would
    be missing from the archive altogether.
    """
    doubled = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]))
    lat = sum(y for _, y in ring) / len(ring)
    area = abs(doubled) / 2 / max(0.2, math.cos(math.radians(lat)))   # Mercator swells it
    for zoom in range(paths.MAX_ZOOM):
        if area >= (px * 360 / (TILE_PX * 2**zoom)) ** 2:
            return zoom
    return paths.MAX_ZOOM
