"""The tables of the gazetteer: places.tsv and outlines.tsv in the work folder, for the packer in src/gazetteer/compile."""
import itertools
import json

import gazetteer_countries
import gazetteer_provinces
import gazetteer_rivers
import gazetteer_supplement
import gazetteer_towns
import paths
import sources
from gazetteer_names import ALTERNATE, fold, tagged_names

KNOWN_POPULATION = 15_000
OUT = paths.WORK / "gazetteer"
COLUMNS = ("key", "code", "lat", "lon", "country", "admin1", "population", "geonameid", "prominence", "years",
           "radius", "flags", "n_known", "source", "note", "names")


def write(file, row):
    cells = []
    for column in COLUMNS:
        value = row.get(column, "")
        value = value.text() if column == "names" else "" if value is None else str(value)
        if "\t" in value or "\n" in value:
            raise ValueError(f"a tab or line end in {column} of {row['key']}")
        cells.append(value)
    file.write("\t".join(cells) + "\n")


def all_rows():
    supplement = list(gazetteer_supplement.rows())
    towns = {t["geonameid"]: t for t in sources.geonames_places()}
    yield from gazetteer_countries.rows()
    places = itertools.chain(gazetteer_towns.rows(), gazetteer_towns.extra_rows(set(towns)))
    yield from gazetteer_supplement.joined(supplement, gazetteer_supplement.add_spellings(places))
    divisions = gazetteer_provinces.rows(towns, tagged_names())
    yield from gazetteer_supplement.merged(supplement, divisions)
    written = {(row["code"], name) for row in supplement if row["code"] == "STM" for name in row["names"].known}
    yield from gazetteer_rivers.rows(written)
    yield from supplement


def drop_confusing(rows):
    """Takes from small places the untagged alternates that a much larger place is really called.

    Many are former names of hamlets ("Moscow", for Dalton, Ohio). Returns how many went.
    """
    largest = {}
    for row in rows:
        weight = 10**9 if row["code"] in ("PCLI", "PCLD", "ADM1") or row.get("prominence") else row.get("population") or 0
        if weight >= KNOWN_POPULATION:
            for use, _, name in row["names"].rows:
                if use in "PE":
                    key = fold(name)
                    largest[key] = max(largest.get(key, 0), weight)
    n_dropped = 0
    for row in rows:
        if not row["key"].startswith(("g", "a")):
            continue
        population = max(row.get("population") or 0, 200)
        kept = [entry for entry in row["names"].rows
                if entry[0] != ALTERNATE or entry[1] or largest.get(fold(entry[2]), 0) < 8 * population]
        n_dropped += len(row["names"].rows) - len(kept)
        row["names"].rows = kept
    return n_dropped


def outlines(countries, by_name):
    """Outlines as the assets have them, in hundredths of a degree."""
    collection = json.loads((paths.ASSETS / "outlines/countries.geojson").read_text())
    for feature in collection["features"]:
        iso, name = feature["properties"]["iso_a2"], feature["properties"]["name"]
        key = f"c:{iso}" if f"c:{iso}" in countries else by_name.get(name)
        if key is None:
            print("   outline without a place:", name)
            continue
        polygons = feature["geometry"]["coordinates"]
        yield key + "\t" + "|".join(
            ";".join(" ".join(f"{round(x * 100)},{round(y * 100)}" for x, y in ring) for ring in polygon)
            for polygon in polygons)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    countries, by_name, keys = set(), {}, set()
    rows = list(all_rows())
    n_dropped = drop_confusing(rows)
    print(f"   {n_dropped} rare names dropped that are better known as another place's")
    with open(OUT / "places.tsv", "w", encoding="utf-8") as file:
        for row in rows:
            if row["key"] in keys:
                print("   twice:", row["key"])
                continue
            keys.add(row["key"])
            write(file, row)
            if row["key"].startswith("c:"):
                countries.add(row["key"])
            if row["key"].startswith("s:"):
                by_name.setdefault(row["names"].rows[0][2], row["key"])
    with open(OUT / "outlines.tsv", "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in outlines(countries, by_name))
    print(f"   {len(keys)} places")


if __name__ == "__main__":
    main()
