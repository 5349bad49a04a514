"""Which names of a place are kept, and what they are to it.

GeoNames' alternate names carry no language. Many are machine transliterations ("lndn", "Lun-tun"),
codes, or words; what is kept is what a person may read in a text in a European or Caucasian language.
"""
import math
import unicodedata
from pathlib import Path

import paths

PRIMARY, ENGLISH, ALTERNATE, ABBREVIATION = "PEAB"

# Scripts by the beginning of a letter's Unicode name.
LATIN = "LATIN"
OTHER_SCRIPTS = ("CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "ARABIC", "HEBREW")

COMMON_WORDS = {
    line.strip() for line in Path(__file__).with_name("common_words.txt").read_text().split() if line.strip()
}
# Small words that a name may begin with in small letters.
PARTICLES = {"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "la", "le", "les", "los", "las", "de", "den",
             "s", "t", "d", "l", "o", "ez", "es", "il", "lo", "i", "na", "nad", "bei", "am", "im", "in"}


def clean(name):
    """GeoNames writes the Azerbaijani schwa as U+01DD, the alphabet has U+0259; spaces and bars are ours."""
    name = name.replace("\u01dd", "\u0259").replace("\u018e", "\u018f").replace("|", "/")
    return " ".join(unicodedata.normalize("NFC", name).split())


def script(name):
    """LATIN, one of OTHER_SCRIPTS, or None for a mixture or anything else."""
    found = None
    for c in name:
        if not c.isalpha():
            continue
        if "\u02b0" <= c <= "\u02ff":
            continue
        begin = unicodedata.name(c, "?").split(" ")[0]
        if begin not in (LATIN, *OTHER_SCRIPTS) or (found and begin != found):
            return None
        found = begin
    return found


def fold(name):
    """Near enough to the program's folding to tell that two spellings are one."""
    name = name.lower().replace("ə", "a").replace("ı", "i").replace("ł", "l").replace("ø", "o").replace("đ", "d")
    name = name.replace("ß", "ss").replace("æ", "ae").replace("œ", "oe")
    decomposed = unicodedata.normalize("NFD", name)
    letters = "".join(c if c.isalnum() and not "\u02b0" <= c <= "\u02ff" else " "
                      for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.split())


def is_good_alternate(name):
    """Is an untagged alternate name one that a text may hold?"""
    kind = script(name)
    if kind is None or any(c.isdigit() or c in ",()/;:[]\"" for c in name) or len(name) > 60:
        return False
    letters = [c for c in name if c.isalpha()]
    if kind != LATIN:
        return len(letters) > 2
    if len(letters) < 4 or len(name.split()) > 5:
        return False
    # Codes, and what machines wrote: "LON", "lndn".
    if all(c.isupper() for c in letters) or not any(c.isupper() for c in letters):
        return False
    first = fold(name).split(" ")[0]
    if name[0].islower() and first not in PARTICLES:
        return False
    return fold(name) not in COMMON_WORDS


class Names:
    """The names of one place, each once after folding, the best use of each first."""
    def __init__(self, primary):
        self.rows = []           # [use, shown, name]
        self.known = {}
        self.add(PRIMARY, primary)

    def add(self, use, name, shown=False):
        name = clean(name)
        key = fold(name)
        if not key or len(name.encode()) > 250:
            return
        if key in self.known:
            row = self.known[key]
            if use == ENGLISH and row[0] == ALTERNATE:
                row[0] = use
            row[1] = row[1] or shown
            # A spelling with its own letters is the better one to show.
            return
        row = [use, shown, name]
        self.known[key] = row
        self.rows.append(row)

    def show(self, name):
        """Shows a spelling that is not new after folding, such as "Xankəndi" beside "Xankandi"."""
        name = clean(name)
        if name != self.rows[0][2] and all(name != row[2] for row in self.rows):
            self.rows.append([ALTERNATE, True, name])
        else:
            for row in self.rows[1:]:
                if row[2] == name:
                    row[1] = True

    def __contains__(self, name):
        return fold(clean(name)) in self.known

    def text(self):
        return "|".join(f"{use.lower() if shown else use}:{name}" if use != PRIMARY else f"P:{name}"
                        for use, shown, name in self.rows)


def tagged_names():
    """GeoNames id → {language: name}, from the .mo files of libgeonames-common."""
    tagged = {}
    for file in sorted((paths.X / "deb/usr/share/locale").glob("*/LC_MESSAGES/geonames.mo")):
        language = file.parent.parent.name
        for id, name in mo_messages(file.read_bytes()):
            tagged.setdefault(id, {})[language] = name
    return tagged


def mo_messages(data):
    """(GeoNames id, name) of a gettext catalogue, whose keys are "NUMBER" or hold it."""
    import struct
    _, _, n, originals, translations = struct.unpack_from("<5I", data, 0)
    for i in range(n):
        length, at = struct.unpack_from("<2I", data, originals + 8 * i)
        key = data[at:at + length].decode()
        length, at = struct.unpack_from("<2I", data, translations + 8 * i)
        if key.isdigit():
            yield int(key), data[at:at + length].decode()


def distance_km(lat1, lon1, lat2, lon2):
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))
