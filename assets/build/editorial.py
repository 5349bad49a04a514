"""The map's editorial choices, in one table: which lines are not settled.

One rule decides everything here: where a party to a boundary says that there
is no boundary, the line is drawn dashed, whoever holds the ground. So an area
that two parties claim has dashed lines towards *both* of them, and, where it
has a face of its own, a fill that belongs to neither (colour class 0).

The program takes no side. The table names areas and lines plainly, gives the
years where a line is history, and can be read and challenged row by row.
"""
from typing import NamedTuple


class Area(NamedTuple):
    """Ground that more than one party claims, or whose own standing is disputed.

    `points` lie inside its faces; `parties` are the territories (as world-atlas
    names them) towards which its edge is not settled. `neutral` gives it colour
    class 0; a claim that never changed who governs keeps its country's colour.
    """
    name: str
    points: tuple          # (lon, lat) inside each of its faces
    parties: tuple
    years: str = ""
    neutral: bool = True


AREAS = (
    Area("Crimea", ((34.3, 45.2),), ("Ukraine", "Russia"), "since 2014"),
    Area("Abkhazia", ((41.1, 43.0),), ("Georgia",), "since 1992"),
    Area("South Ossetia", ((43.97, 42.3),), ("Georgia",), "since 1991"),
    Area("Transnistria", ((29.4, 47.2),), ("Moldova",), "since 1990"),
    Area("Golan Heights", ((35.76, 33.0), (35.685, 33.3)), ("Israel", "Syria", "Lebanon"), "since 1967"),
    Area("Kashmir", ((74.9, 33.9), (77.5, 34.2), (74.5, 35.9), (73.7, 33.5), (73.75, 34.7),
                     (79.3, 32.9)),
         ("India", "Pakistan", "China"), "since 1947"),
    Area("Aksai Chin", ((79.4, 35.2),), ("India", "China"), "since 1962"),
    Area("Shaksgam Valley", ((76.4, 36.1),), ("India", "Pakistan", "China"), "since 1963"),
    Area("Western Sahara", ((-14.5, 24.5), (-11.0, 26.2)), ("Morocco",), "since 1975"),
    Area("Southern Kurils / Northern Territories",
         ((145.85, 44.1), (147.8, 45.0), (146.75, 43.8), (146.13, 43.5)), (), "since 1945"),
    # Claims of one state on ground that another governs.
    Area("Arunachal Pradesh", ((94.5, 28.0),), ("India", "China"), neutral=False),
    Area("Essequibo", ((-59.5, 5.0),), ("Guyana", "Venezuela"), neutral=False),
    Area("New River Triangle", ((-57.7, 2.6),), ("Guyana", "Suriname"), neutral=False),
    Area("Upper Marowijne", ((-54.05, 2.6),), ("France", "Suriname"), neutral=False),
    Area("Ilemi Triangle", ((35.2, 4.9),), ("Kenya", "S. Sudan", "Ethiopia"), neutral=False),
    Area("Abyei", ((28.4, 9.9),), ("Sudan", "S. Sudan"), neutral=False),
)

# Territories of the source whose own standing is disputed: no map colour of
# their own and none of a neighbour's. (A colour class says nothing by itself;
# class 0 keeps the map from saying even that.)
NEUTRAL_TERRITORIES = {
    "Kosovo", "W. Sahara", "Palestine", "Taiwan", "N. Cyprus", "Somaliland",
    "Cyprus U.N. Buffer Zone", "Siachen Glacier", "Falkland Is.",
}


class LineRule(NamedTuple):
    """Border segments between two territories (in `box`, if given) that are not settled."""
    pair: tuple            # names on the two sides; "*" is anything
    name: str
    years: str = ""
    box: tuple | None = None   # west, south, east, north


LINE_RULES = (
    # The dividing line through the Kerch Strait runs over water, so its sides
    # have no names; it is found by its box.
    LineRule(("*", "*"), "Crimea", "since 2014", (36.3, 44.6, 37.0, 45.8)),
    LineRule(("*", "*"), "Southern Kurils / Northern Territories", "since 1945", (145.0, 43.0, 146.2, 44.9)),
    LineRule(("Russia", "Ukraine"), "Donetsk and Luhansk", "since 2022", (38.08, 46.9, 40.4, 50.2)),
    LineRule(("Kosovo", "Serbia"), "Kosovo", "since 2008"),
    LineRule(("N. Cyprus", "*"), "Cyprus buffer zone", "since 1974"),
    LineRule(("Cyprus U.N. Buffer Zone", "*"), "Cyprus buffer zone", "since 1974"),
    LineRule(("Israel", "Palestine"), "Armistice line", "1949"),
    LineRule(("Golan Heights", "Palestine"), "Armistice line", "1949"),
    LineRule(("Somaliland", "Somalia"), "Somaliland", "since 1991"),
    LineRule(("Western Sahara", "Western Sahara"), "Line of the berm", "since 1987"),
    LineRule(("Syria", "Syria"), "UN disengagement zone", "since 1974"),
    LineRule(("North Korea", "South Korea"), "Demilitarised zone", "since 1953"),
    LineRule(("North Korea", "North Korea"), "Demilitarised zone", "since 1953", (126.3, 37.6, 128.6, 38.8)),
    LineRule(("South Korea", "South Korea"), "Demilitarised zone", "since 1953", (126.3, 37.6, 128.6, 38.8)),
    LineRule(("Argentina", "Chile"), "Southern Patagonian Ice Field", "", (-73.8, -50.6, -72.9, -49.1)),
    LineRule(("Argentina", "Argentina"), "Southern Patagonian Ice Field", "", (-73.8, -50.6, -72.9, -49.1)),
    LineRule(("Egypt", "Sudan"), "Halaib Triangle and Bir Tawil", "", (33.0, 21.0, 37.5, 23.6)),
    LineRule(("Siachen Glacier", "*"), "Siachen Glacier", "since 1984"),
    LineRule(("Kashmir", "Kashmir"), "Line of control", "since 1972"),
    LineRule(("India", "Pakistan"), "Line of control", "since 1972", (72.0, 32.2, 81.0, 37.5)),
    LineRule(("Kashmir", "Aksai Chin"), "Line of actual control", "since 1962"),
    LineRule(("Kashmir", "Shaksgam Valley"), "Kashmir", "since 1947"),
    LineRule(("Pakistan", "China"), "Kashmir", "since 1947"),
    # Undemarcated apart from Sikkim (about 88–89° E).
    LineRule(("India", "China"), "Line of actual control", "since 1962", (73.0, 29.0, 81.5, 36.5)),
    LineRule(("India", "China"), "Line of actual control", "since 1962", (91.0, 26.0, 98.0, 30.0)),
    LineRule(("Belize", "Guatemala"), "Guatemalan claim"),
    LineRule(("Guyana", "Venezuela"), "Essequibo"),
)


class Claim(NamedTuple):
    """Plain caption for one of Natural Earth's claim lines."""
    name: str
    years: str = ""


# By Natural Earth's wording and the country it files the line under. Lines that
# need no better words keep Natural Earth's ("Bolivian claim", ...).
CLAIMS = {
    ("Former USSR oblast in 1991", "Azerbaijan"): Claim("Nagorno-Karabakh Autonomous Oblast", "1991"),
    ("Ceasefire Line 1994", "Azerbaijan"): Claim("Line of contact", "1994–2020"),
    ("Ukrainian claim", "Ukraine"): Claim("Line of contact, Donbas", "2015–2022"),
    ("Moldovan claim", "Moldova"): Claim("Transnistria", "since 1990"),
    ("Syrian claim", "Israel"): Claim("Golan Heights", "since 1967"),
    ("Western Saharan claim", "Morocco"): Claim("Western Sahara", "since 1975"),
    ("Venezuelan claim", "Guyana"): Claim("Essequibo"),
    ("Suriname claim", "Guyana"): Claim("New River Triangle"),
    ("Japanese claim", "Russia"): Claim("Southern Kurils / Northern Territories", "since 1945"),
    ("South Sudanese claim", "Sudan"): Claim("Abyei"),
    ("Indian claim", "China"): Claim("Kashmir", "since 1947"),
    ("Indian claim", "Pakistan"): Claim("Kashmir", "since 1947"),
    ("Pakistani claim", "India"): Claim("Kashmir", "since 1947"),
}
# Two lines have the same wording and country; they differ in longitude.
ABKHAZIA, SOUTH_OSSETIA = Claim("Abkhazia", "since 1992"), Claim("South Ossetia", "since 1991")


def claim_caption(wording, country, lon):
    """Caption of a claim line that starts at longitude `lon`."""
    if (wording, country) == ("Georgian claim", "Georgia"):
        return ABKHAZIA if lon < 43 else SOUTH_OSSETIA
    return CLAIMS.get((wording, country), Claim(wording))


def line_rule(side_a, side_b, lon, lat):
    """The first rule that makes this border segment unsettled, or None."""
    sides = {side_a, side_b}
    for rule in LINE_RULES:
        a, b = rule.pair
        if a == "*":
            matches = True
        elif b == "*":
            matches = a in sides
        else:
            matches = sides == {a, b}
        if rule.box:
            west, south, east, north = rule.box
            matches = matches and west <= lon <= east and south <= lat <= north
        if matches:
            return rule.name, rule.years
    for area in AREAS:
        if area.name in sides and (sides - {area.name}) & set(area.parties):
            return area.name, area.years
    return None
