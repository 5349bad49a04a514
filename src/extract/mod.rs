//! Dates, places and events of a text, found by rules: no model, no network, the same every time.
