"""Shaded relief as greyscale JPEG tiles: light and shade only.

Natural Earth's picture mixes shading with land-cover tints. The tints would
fight the map's own colours, so they are taken out: each point is compared with
the mean brightness of the land around it, and only the difference is kept,
around one flat grey. Water is that same grey everywhere, so a see-through layer
neither stains the sea nor leaves an edge along the coast.
"""
import io
import math
import sys

import numpy as np
from PIL import Image, ImageDraw
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

import paths
import sources

TILE_PX = 512
MAX_ZOOM = 4
QUALITY = 60
FLAT = 236            # level ground and water
MEAN_RADIUS_PX = 14   # about 50 km at 2' per pixel: wider than a ridge, narrower than a tint
SHADE_GAIN, LIGHT_GAIN = 1.5, 0.6

Image.MAX_IMAGE_PIXELS = None


def land_mask(width, height, y_from_lat):
    """1 on land, 0 on sea and lakes. Rings are drawn large to small: a ring in a ring is water."""
    image = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(image)

    def pixels(ring):
        return [((x + 180) / 360 * width, y_from_lat(y)) for x, y in ring]

    def extent(ring):
        xs, ys = zip(*ring)
        return (max(xs) - min(xs)) * (max(ys) - min(ys))

    inner_seas = []
    for rings in sources.shapefile_polygons("ne_10m_land"):
        for ring in rings:
            clockwise = sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in zip(ring, ring[1:])) > 0
            if clockwise:                       # shapefiles: outer rings run clockwise
                draw.polygon(pixels(ring), fill=1)
            else:
                inner_seas.append(ring)
    for ring in sorted(inner_seas, key=extent, reverse=True):
        draw.polygon(pixels(ring), fill=0)
    for rings in sources.shapefile_polygons("ne_10m_lakes"):
        draw.polygon(pixels(rings[0]), fill=0)
    return np.asarray(image)


def box_mean(values, radius, axis, wrap):
    """Running mean along one axis."""
    pad = [(0, 0), (0, 0)]
    pad[axis] = (radius + 1, radius)
    sums = np.cumsum(np.pad(values, pad, mode="wrap" if wrap else "edge"), axis=axis, dtype=np.float64)
    n = values.shape[axis]
    upper = np.take(sums, range(2 * radius + 1, 2 * radius + 1 + n), axis=axis)
    lower = np.take(sums, range(n), axis=axis)
    return ((upper - lower) / (2 * radius + 1)).astype(np.float32)


def smooth(values):
    """Two box means each way: near enough to a Gaussian, and it closes over the date line."""
    for _ in range(2):
        values = box_mean(values, MEAN_RADIUS_PX, axis=1, wrap=True)
        values = box_mean(values, MEAN_RADIUS_PX, axis=0, wrap=False)
    return values


def shading():
    """The picture's light and shade, plate carrée, FLAT where nothing stands out."""
    light = np.asarray(Image.open(paths.RELIEF_JPG).convert("L"), dtype=np.float32)
    height, width = light.shape
    land = land_mask(width, height, lambda lat: (90 - lat) / 180 * height).astype(np.float32)
    mean = smooth(light * land) / np.maximum(smooth(land), 1e-3)
    relief = (light - mean) * land
    relief *= np.where(relief < 0, SHADE_GAIN, LIGHT_GAIN)
    return np.clip(FLAT + relief, 0, 255)


def to_mercator(picture, size):
    """Rows resampled to Web Mercator, then the whole to `size` × `size`."""
    height = picture.shape[0]
    y = (np.arange(size) + 0.5) / size
    lat = np.degrees(np.arctan(np.sinh(math.pi * (1 - 2 * y))))
    row = np.clip((90 - lat) / 180 * height - 0.5, 0, height - 1)
    below = np.floor(row).astype(int)
    above = np.minimum(below + 1, height - 1)
    part = (row - below)[:, None].astype(np.float32)
    rows = picture[below] * (1 - part) + picture[above] * part
    image = Image.fromarray(rows.astype(np.uint8)).resize((size, size), Image.LANCZOS)

    def mercator_y(lat):
        lat = max(-85.06, min(85.06, lat))
        return (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * size

    # Resampling smears the shore; the sharp 1:10m coast is cut in again.
    land = land_mask(size, size, mercator_y)
    return Image.fromarray(np.where(land == 1, np.asarray(image), FLAT).astype(np.uint8))


def tiles(top):
    for zoom in range(MAX_ZOOM + 1):
        n = 2**zoom
        level = top if zoom == MAX_ZOOM else top.resize((n * TILE_PX,) * 2, Image.LANCZOS)
        for x in range(n):
            for y in range(n):
                box = (x * TILE_PX, y * TILE_PX, (x + 1) * TILE_PX, (y + 1) * TILE_PX)
                out = io.BytesIO()
                level.crop(box).save(out, "JPEG", quality=QUALITY, optimize=True)
                yield zxy_to_tileid(zoom, x, y), out.getvalue()


def main(out):
    top = to_mercator(shading(), TILE_PX * 2**MAX_ZOOM)
    with open(out, "wb") as file:
        writer = Writer(file)
        for tile_id, data in sorted(tiles(top)):
            writer.write_tile(tile_id, data)
        writer.finalize({
            "tile_type": TileType.JPEG, "tile_compression": Compression.NONE,
            "min_zoom": 0, "max_zoom": MAX_ZOOM,
            "min_lon_e7": -1_800_000_000, "max_lon_e7": 1_800_000_000,
            "min_lat_e7": -850_511_287, "max_lat_e7": 850_511_287,
            "center_zoom": 2, "center_lon_e7": 0, "center_lat_e7": 0,
        }, {"name": "Shaded relief", "attribution": "Natural Earth"})


if __name__ == "__main__":
    main(sys.argv[1])
