"""Rewrites a PMTiles archive without tippecanoe's record of its command line.

That record names folders of the machine it ran on; two builds of the same tiles
should be the same file.
"""
import sys

from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import zxy_to_tileid
from pmtiles.writer import Writer

KEEP = ("name", "format", "type", "attribution", "generator", "vector_layers")


def main(raw, out):
    with open(raw, "rb") as file, open(out, "wb") as target:
        source = MmapSource(file)
        reader = Reader(source)
        header, metadata = reader.header(), reader.metadata()
        writer = Writer(target)
        for tile_id, data in sorted((zxy_to_tileid(*zxy), data) for zxy, data in all_tiles(source)):
            writer.write_tile(tile_id, data)
        writer.finalize(header, {key: metadata[key] for key in KEEP if key in metadata})


if __name__ == "__main__":
    main(*sys.argv[1:])
