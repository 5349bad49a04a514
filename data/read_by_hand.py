#!/usr/bin/env python3
"""Remake from-lachin-to-khankendi.events.geojson from the reading.

    python3 data/read_by_hand.py            write the events file
    python3 data/read_by_hand.py --check    only check that it is up to date

The reading itself is in two tables, to be extended by hand:

    reading-events.toml      the document, its places, its events
    reading-mentions.toml    every toponym and time expression

Quotes are looked up in the article here and become W3C Web Annotation
selectors. A quote that is absent or occurs twice is an error, as is a reference
to nothing, an anchor that runs in a circle, a date expression or a known place
name that the reading has passed over. README.md specifies the format.

Standard library only; Python 3.11 or later.
"""

import calendar
import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "from-lachin-to-khankendi.events.geojson"
CONTEXT = 32  # code points of prefix and suffix
STATUSES = {"reported", "claimed", "planned", "hypothetical", "denied"}
ROLES = {"location", "government", "name-part", "figurative", "slip"}
MONTHS = calendar.month_name


class ReadingError(Exception):
    """Something in the tables that does not agree with the article or itself."""


# ------------------------------------------------------------------ selectors


def find(text, quote):
    """The span of a quote, or of the part of it in [ ]. Must occur once."""
    before, bracket, rest = quote.partition("[")
    if bracket:
        inner, bracket, after = rest.partition("]")
        if not bracket:
            raise ReadingError(f"no closing bracket in {quote!r}")
    else:
        before, inner, after = "", quote, ""
    whole = before + inner + after
    n_found = len(re.findall(f"(?={re.escape(whole)})", text))
    if n_found != 1:
        raise ReadingError(f"quote found {n_found} times, wanted once: {quote!r}")
    start = text.index(whole) + len(before)
    return start, start + len(inner)


def selector(text, span):
    start, end = span
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - CONTEXT):start],
            "suffix": text[end:end + CONTEXT],
        },
    ]


# ----------------------------------------------------------------------- time
# Only as much EDTF as the reading uses: year, month, day, ~ ? %, intervals
# with an unknown ("") or open ("..") end.


def date_bounds(date):
    """First and last day, as ISO strings, of one date without its qualifier."""
    parts = date.rstrip("~?%").split("-")
    year = int(parts[0])
    first = last = None
    if len(parts) == 1:
        first, last = (1, 1), (12, 31)
    else:
        month = int(parts[1])
        n_days = calendar.monthrange(year, month)[1]
        day = int(parts[2]) if len(parts) == 3 else None
        if not 1 <= (day or 1) <= n_days:
            raise ReadingError(f"no such day: {date}")
        first, last = (month, day or 1), (month, day or n_days)
    return tuple(f"{year:04d}-{month:02d}-{day:02d}" for month, day in (first, last))


def ends(edtf):
    """The two ends of an interval, or one date twice."""
    start, slash, end = edtf.partition("/")
    return (start, end) if slash else (edtf, edtf)


def timespans(edtf):
    """Linked Places timespans. Unknown and open ends have no start or end."""
    if not edtf:
        return []
    return [{name: {"in": date.rstrip("~?%")}
             for name, date in zip(("start", "end"), ends(edtf)) if date not in ("", "..")}]


def outer_bounds(edtf):
    """First and last possible day of what the string says; None where unbounded."""
    if not edtf:
        return None, None
    start, end = ends(edtf)
    return (None if start in ("", "..") else date_bounds(start)[0],
            None if end in ("", "..") else date_bounds(end)[1])


def say_date(date):
    about = "about " if date.endswith("~") else ""
    parts = [int(part) for part in date.rstrip("~?%").split("-")]
    words = [str(parts[0])]
    if len(parts) > 1:
        words.insert(0, MONTHS[parts[1]])
    if len(parts) > 2:
        words.insert(0, str(parts[2]))
    return about + " ".join(words)


def say(edtf):
    """The date for people."""
    if not edtf:
        return "undated"
    start, end = ends(edtf)
    if start == end:
        return say_date(start)
    if start == "":
        return f"until {say_date(end)}, beginning unknown"
    if end == "..":
        return f"from {say_date(start)}, no end given"
    a, b = start.split("-"), end.split("-")
    if len(a) == len(b) == 3 and a[:2] == b[:2] and "~" not in edtf:
        return f"{int(a[2])}–{say_date(end)}"
    return f"{say_date(start)} – {say_date(end)}"


# --------------------------------------------------------------------- places


def close(ring):
    """Closed, and counterclockwise as RFC 7946 asks of an outer ring."""
    ring = ring + [ring[0]]
    area2 = sum(p[0] * q[1] - q[0] * p[1] for p, q in zip(ring, ring[1:]))
    return ring if area2 > 0 else ring[::-1]


def make_place(row, outlines):
    place = {"id": row["id"], "name": row["name"], "names": row.get("names", []),
             "kind": row["kind"]}
    if "point" in row:
        place["geometry"] = {"type": "Point", "coordinates": row["point"]}
    elif "line" in row:
        place["geometry"] = {"type": "LineString", "coordinates": row["line"]}
    elif "polygon" in row:
        place["geometry"] = {"type": "Polygon", "coordinates": [close(row["polygon"])]}
    elif "outline" in row:
        place["geometry"] = outlines[row["outline"]]
    else:
        place["geometry"] = None
    for key in ("soft", "radius_km", "iso", "geonameid", "source", "note"):
        if key in row:
            place[key] = row[key]
    return place


def join(geometries):
    """One geometry for the places of an event."""
    if not geometries:
        return None
    if len(geometries) == 1:
        return geometries[0]
    kinds = {g["type"] for g in geometries}
    parts = [g["coordinates"] for g in geometries]
    if kinds == {"Point"}:
        return {"type": "MultiPoint", "coordinates": parts}
    if kinds == {"LineString"}:
        return {"type": "MultiLineString", "coordinates": parts}
    if kinds <= {"Polygon", "MultiPolygon"}:
        polygons = []
        for g in geometries:
            polygons += [g["coordinates"]] if g["type"] == "Polygon" else g["coordinates"]
        return {"type": "MultiPolygon", "coordinates": polygons}
    return {"type": "GeometryCollection", "geometries": geometries}


# --------------------------------------------------------------------- events


def make_event(row, text, document, places):
    edtf = row.get("edtf")
    spans = [find(text, quote) for quote in row["passages"]]
    named = [
        {"place": place, "role": (extra or ["location"])[0], "toponym": toponym, "reason": reason}
        for place, toponym, reason, *extra in row.get("places", [])
    ]
    for item in named:
        if item["place"] not in places:
            raise ReadingError(f"{row['id']}: no place {item['place']!r}")
    located = [item["place"] for item in named if item["role"] == "location"]
    start, end = outer_bounds(edtf)
    properties = {
        "title": row["title"],
        "when": edtf,
        "when_text": say(edtf),
        "start": start,
        "end": end,
        "places": "; ".join(places[place]["name"] for place in located),
        "quote": text[slice(*spans[0])],
        "source": row.get("source", document["source"]),
        "status": row.get("status", "reported"),
    }
    if "confidence" in row:
        properties["confidence"] = row["confidence"]
    when = {
        "edtf": edtf,
        "timespans": timespans(edtf),
        "label": row["label"],
        "rule": "read by hand",
        "reason": row["reason"],
    }
    for key in ("anchor", "said"):
        if key in row:
            when[key] = row[key]
    feature = {
        "type": "Feature",
        "id": row["id"],
        "geometry": join([places[place]["geometry"] for place in located]),
        "properties": properties,
        "when": when,
        "places": named,
        "passages": [
            {"document": document["id"], "role": "evidence", "selector": selector(text, span)}
            for span in spans
        ],
    }
    if "links" in row:
        feature["links"] = [{"type": kind, "event": event} for kind, event in row["links"]]
    return feature


def make_mentions(table, text, document, places):
    mentions = []
    for row in table["toponyms"]:
        if row["place"] not in places:
            raise ReadingError(f"mention {row['at']!r}: no place {row['place']!r}")
        if row["role"] not in ROLES:
            raise ReadingError(f"mention {row['at']!r}: no role {row['role']!r}")
        mention = {"document": document["id"], "kind": "toponym",
                   "place": row["place"], "role": row["role"]}
        mentions.append((find(text, row["at"]), mention, row))
    for row in table["times"]:
        mention = {"document": document["id"], "kind": "time",
                   "timex_type": row["type"], "edtf": row.get("edtf")}
        for key in ("duration", "anchor"):
            if key in row:
                mention[key] = row[key]
        mentions.append((find(text, row["at"]), mention, row))
    mentions.sort(key=lambda item: item[0])
    for (a, _, row), (b, _, _) in zip(mentions, mentions[1:]):
        if b[0] < a[1]:
            raise ReadingError(f"mentions overlap at {row['at']!r}")
    for span, mention, row in mentions:
        if "note" in row:
            mention["note"] = row["note"]
        mention["target"] = selector(text, span)
    return [mention for _, mention, _ in mentions]


def make(text, raw, events_table, mentions_table, outlines):
    row = events_table["document"]
    document = {key: row[key] for key in
                ("id", "title", "file", "media_type", "language")}
    document["sha256"] = hashlib.sha256(raw).hexdigest()
    document["length"] = len(text)
    document["source"] = row["source"]
    document["published"] = row["published"]
    document["headings"] = [
        {"level": heading["level"], "selector": selector(text, find(text, heading["quote"]))}
        for heading in row["headings"]
    ]
    places = {row["id"]: make_place(row, outlines) for row in events_table["places"]}
    return {
        "type": "FeatureCollection",
        "chronotope": 1,
        "title": events_table["title"],
        "description": events_table["description"],
        "license": events_table["license"],
        "attribution": events_table["attribution"],
        "documents": [document],
        "places": list(places.values()),
        "mentions": make_mentions(mentions_table, text, document, places),
        "features": [make_event(row, text, document, places) for row in events_table["events"]],
    }


# --------------------------------------------------------------------- checks


def check(collection, text):
    """Raise unless the collection agrees with the article and with itself."""
    document = collection["documents"][0]
    events = collection["features"]
    for kind, rows in (("place", collection["places"]), ("event", events)):
        ids = [row["id"] for row in rows]
        if len(ids) != len(set(ids)):
            raise ReadingError(f"a {kind} id is used twice")
    event_ids = {event["id"] for event in events}
    if len(event_ids) < 25:
        raise ReadingError("fewer than 25 events")

    pairs = [(e["id"], p["selector"]) for e in events for p in e["passages"]]
    pairs += [("mention", m["target"]) for m in collection["mentions"]]
    pairs += [("heading", h["selector"]) for h in document["headings"]]
    for where, (position, quote) in pairs:
        start, end = position["start"], position["end"]
        if (text[start:end] != quote["exact"]
                or not text[:start].endswith(quote["prefix"])
                or not text[end:].startswith(quote["suffix"])):
            raise ReadingError(f"{where}: selectors disagree at {start}")

    for event in events:
        if len(event["properties"]["title"]) > 70:
            raise ReadingError(f"{event['id']}: title longer than 70")
        if event["properties"]["status"] not in STATUSES:
            raise ReadingError(f"{event['id']}: unknown status")
        for link in event.get("links", []):
            if link["event"] not in event_ids:
                raise ReadingError(f"{event['id']}: no event {link['event']!r}")
    anchors = {e["id"]: e["when"].get("anchor", {}) for e in events}
    for mention in collection["mentions"]:
        check_anchor(mention.get("anchor", {}), "mention", anchors, document["id"])
    for event_id, anchor in anchors.items():
        check_anchor(anchor, event_id, anchors, document["id"])

    check_dates_covered(collection, text)
    check_toponyms_covered(collection, text)


def check_anchor(anchor, where, anchors, document_id):
    """An anchor resolves, and following it comes to an end."""
    seen = {where}
    while anchor:
        to = anchor.get("to")
        if anchor["kind"] == "document" and to != document_id:
            raise ReadingError(f"{where}: no document {to!r}")
        if anchor["kind"] != "event":
            return
        if to not in anchors:
            raise ReadingError(f"{where}: no event {to!r}")
        if to in seen:
            raise ReadingError(f"{where}: anchors run in a circle through {to!r}")
        seen.add(to)
        anchor = anchors[to]


def covered(collection, kind):
    return [(m["target"][0]["start"], m["target"][0]["end"])
            for m in collection["mentions"] if m["kind"] == kind]


def check_all_inside(pattern, spans, text, what):
    for match in re.finditer(pattern, text):
        if not any(start <= match.start() and match.end() <= end for start, end in spans):
            line = text.count("\n", 0, match.start()) + 1
            raise ReadingError(f"line {line}: {what} not read: {match.group()!r}")


def check_dates_covered(collection, text):
    months = "|".join(MONTHS[1:])
    numbers = r"\d+[- ](?:years?|months?|weeks?|days?|hours?)"
    relative = r"\b(?:last|this|next) (?:year|month|week)\b|\bago\b|\b[Tt]oday"
    check_all_inside(rf"\b(?:{months})(?: \d[\d-]*)?(?:, \d{{4}})?|\b\d{{4}}\b|{numbers}|{relative}",
                     covered(collection, "time"), text, "date expression")


def check_toponyms_covered(collection, text):
    names = {place["name"] for place in collection["places"]}
    names |= {name for place in collection["places"] for name in place["names"]}
    names |= {"Gaza", "Armenia", "Lachin", "Khankendi", "Aghdam"}
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    check_all_inside(rf"\b(?:{pattern})\b", covered(collection, "toponym"), text, "place name")


# --------------------------------------------------------------------- output


def write(value, indent=0):
    """Pretty JSON for small diffs: short things on one line, and a polygon ring a line."""
    flat = json.dumps(value, ensure_ascii=False)
    pad, inner = "  " * indent, "  " * (indent + 1)
    if not isinstance(value, (dict, list)) or not value:
        return flat
    if len(flat) + 2 * indent <= 88 or is_coordinates(value):
        return flat
    if isinstance(value, dict):
        rows = [f"{json.dumps(key, ensure_ascii=False)}: {write(item, indent + 1)}"
                for key, item in value.items()]
        return "{\n" + ",\n".join(inner + row for row in rows) + f"\n{pad}}}"
    return "[\n" + ",\n".join(inner + write(item, indent + 1) for item in value) + f"\n{pad}]"


def is_coordinates(value):
    """A list of positions, such as one ring."""
    return (isinstance(value, list) and isinstance(value[0], list)
            and bool(value[0]) and isinstance(value[0][0], (int, float)))


def main():
    raw = (HERE / "from-lachin-to-khankendi.txt").read_bytes()
    text = raw.decode("utf-8")
    events_table = tomllib.loads((HERE / "reading-events.toml").read_text(encoding="utf-8"))
    mentions_table = tomllib.loads((HERE / "reading-mentions.toml").read_text(encoding="utf-8"))
    outlines = json.loads((HERE / "outlines.json").read_text(encoding="utf-8"))
    try:
        collection = make(text, raw, events_table, mentions_table, outlines)
        check(collection, text)
    except ReadingError as error:
        sys.exit(f"read_by_hand: {error}")
    result = write(collection) + "\n"
    if "--check" in sys.argv[1:]:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != result:
            sys.exit(f"read_by_hand: {TARGET.name} is not what the tables give; run without --check")
    else:
        TARGET.write_text(result, encoding="utf-8")
    events = collection["features"]
    print(f"{len(events)} events "
          f"({sum(e['when']['edtf'] is None for e in events)} undated, "
          f"{sum(e['geometry'] is None for e in events)} unplaced), "
          f"{len(collection['mentions'])} mentions, {len(collection['places'])} places, "
          f"{len(result.encode('utf-8'))} bytes")


if __name__ == "__main__":
    main()
