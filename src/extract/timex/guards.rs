//! Is it a time at all? The checks that `time-rules.txt` names, each for words and numbers that are more
//! often something else.

use super::figures::Reader;
use super::parts::{Parts, Unit};
use super::rules::Met;
use super::words::Class;

/// Does a match pass the check of its rule?
pub(super) fn passes(reader: &Reader, met: &Met, parts: &Parts) -> bool {
    let Some(guard) = met.rule.guard else { return true };
    let around = Around { reader, met };
    match guard {
        "month" => around.is_month(),
        "year" => around.is_year(parts),
        "short-year" => around.is_short_year(),
        "about-year" => around.is_year(parts) && !around.next_is(Class::Counted),
        // "2007-08" is rather two years.
        "year-month" => {
            let (year, month) = (parts.year.unwrap_or(0), i32::from(parts.month.unwrap_or(0)));
            !around.before_is(Class::Label) && month <= year % 100
        }
        "season" => around.is_season(),
        "weekday" => !around.is_in_name(),
        "the-day" => around.is_the_day(parts),
        "listed" => around.is_listed(),
        "part" => !around.next_is(Class::Figure),
        "way" => true,
        "clock" => around.is_clock(),
        "hours" => parts.clock.is_some(),
        "noon" => !around.is_in_name(),
        "part-alone" => around.is_part_alone(),
        "mod-part" => true,
        "way-unit" => around.is_way_unit(parts),
        "unit-before" => !matches!(parts.unit, Some(Unit::Second | Unit::Minute)) && around.is_unit_before(),
        "the-unit" | "of-the-unit" => !matches!(parts.unit, Some(Unit::Second | Unit::Minute | Unit::Hour)),
        "quarter" => around.is_quarter(parts),
        "q-quarter" => parts.clock.is_some_and(|n| (3600..=4 * 3600).contains(&n)),
        "decade" => true,
        "shift" => parts.amount.is_some() || parts.is_vague || parts.unit.is_some(),
        "span" => around.is_span(parts),
        "ord-unit" => !matches!(parts.unit, Some(Unit::Second | Unit::Minute)),
        "n-unit" => parts.unit != Some(Unit::Second),
        "duration" => match parts.unit {
            // "a year-long trial": another rule.
            _ if around.next_text_is(&["-"]) && !parts.is_plural => false,
            _ if around.is_article_of_more(parts) => false,
            Some(Unit::Quarter) => false,
            Some(Unit::Second) => parts.amount.is_some() && parts.is_plural,
            _ => true,
        },
        "singular" => around.is_singular(parts),
        "units" => around.is_units(parts),
        "n-unit-short" => true,
        "per" => !matches!(parts.unit, Some(Unit::Second | Unit::Quarter | Unit::Century)),
        "rate" => {
            !matches!(parts.unit, Some(Unit::Second | Unit::Quarter))
                && !around.next_text_is(&["ago", "later", "earlier", "before", "after"])
        }
        "often" => !around.is_in_name(),
        "weekdays" => !around.is_in_name(),
        "now" => !around.next_text_is(&["-"]) || true,
        "lull" => around.is_lull(),
        "past" => true,
        "future" => !around.is_in_name(),
        "term" => true,
        "former" => around.is_former(),
        "reftime" => !around.next_text_is(&["of", "-"]),
        "the-time" => around.is_the_time(),
        "one-day" => around.is_one_day(),
        "new-year" => around.is_new_year(),
        "d-day" => !around.next_text_is(&["minus", "+"]),
        _ => true,
    }
}

struct Around<'a> {
    reader: &'a Reader<'a>,
    met: &'a Met<'a>,
}

impl Around<'_> {
    fn before(&self) -> Option<usize> {
        self.met.start.checked_sub(1)
    }

    fn text_at(&self, at: usize) -> &str {
        self.reader.token(at).map_or("", |token| token.text(self.reader.text()))
    }

    fn text_before(&self) -> &str {
        self.before().map_or("", |at| self.text_at(at))
    }

    fn before_is(&self, class: Class) -> bool {
        self.before().is_some_and(|at| self.reader.is(at, class))
    }

    fn next_is(&self, class: Class) -> bool {
        self.reader.is(self.met.end, class)
    }

    fn next_text_is(&self, words: &[&str]) -> bool {
        words.contains(&self.text_at(self.met.end))
    }

    fn is_sentence_start(&self, at: usize) -> bool {
        let sentences = self.reader.source.sentences;
        let n = sentences.partition_point(|sentence| sentence.tokens.end <= at);
        sentences.get(n).is_some_and(|sentence| sentence.tokens.start == at)
    }

    fn starts_sentence(&self) -> bool {
        self.is_sentence_start(self.met.start)
    }

    /// Is the word before a capitalised one that no sentence begins with: "Theresa May", "Robinson Crusoe's Friday"?
    fn follows_name(&self) -> bool {
        self.before().is_some_and(|at| {
            !self.starts_sentence()
                && !self.is_sentence_start(at)
                && self.reader.token(at).is_some_and(|t| t.is_capitalised() && t.end - t.start > 1)
                && !self.reader.is(at, Class::NameBefore)
                && !self.reader.is(at, Class::Mod)
                && !self.reader.is(at, Class::Weekday)
                && !self.reader.is(at, Class::Approx)
        })
    }

    fn next_is_name(&self) -> bool {
        self.reader.token(self.met.end).is_some_and(|t| t.is_capitalised() && !t.begins_line)
    }

    fn is_in_name(&self) -> bool {
        self.follows_name() && self.next_is_name()
    }

    fn joins_dash(&self) -> bool {
        let joined = |at: usize| self.reader.token(at).is_some_and(|t| t.is_joined);
        (self.before_is(Class::Dash) && joined(self.met.start))
            || (self.next_is(Class::Dash) && joined(self.met.end))
    }

    fn is_month(&self) -> bool {
        let is_titled = self.before_is(Class::Title)
            || (self.text_before() == "."
                && self
                    .before()
                    .and_then(|b| b.checked_sub(1))
                    .is_some_and(|at| self.reader.is(at, Class::Title)));
        // "Theresa May spoke": behind a word that is none of time's and has a capital.
        let follows_first_name = self.before().is_some_and(|at| {
            self.is_sentence_start(at)
                && self.reader.mask(at) == 0
                && self.reader.token(at).is_some_and(|t| t.is_capitalised())
        });
        let is_march_on =
            self.reader.token(self.met.end - 1).is_some_and(|t| t.text(self.reader.text()) == "March")
                && self.next_text_is(&["on", "to", "against", "of"])
                && matches!(self.text_before(), "the" | "The" | "a" | "A" | "this" | "that");
        if is_titled
            || is_march_on
            || (follows_first_name && self.reader.is(self.met.end - 1, Class::MonthName))
        {
            return false;
        }
        let at = self.met.end - 1;
        if !self.reader.is(at, Class::MonthName) {
            return true;
        }
        let first_word = self.reader.token(self.met.start);
        let is_shouted =
            first_word.is_some_and(|t| t.end - t.start > 1 && t.case == crate::extract::token::Case::Upper);
        let is_possessed = self.text_before() == "s";
        // "in May", "by August", "between March and May".
        if self.before_is(Class::NameBefore) && !is_possessed {
            let is_march_on = self.text_at(at) == "March"
                && self.next_text_is(&["on", "to", "against", "through", "of"])
                && matches!(self.text_before(), "the" | "this" | "that");
            return !is_march_on;
        }
        if is_shouted
            || is_possessed
            || self.follows_name()
            || self.next_text_is(&["I", "we", "you", "he", "they", "the", "be", "have", "not"])
        {
            return false;
        }
        if self.starts_sentence() {
            // "May saw the first …" against "May God …".
            return self.next_text_is(&[
                "saw", "was", "brought", "had", ",", "and", "through", "to", "1", "'", "’", "-", "–",
            ]);
        }
        !(self.next_is_name() && matches!(self.text_at(at), "April" | "June" | "August" | "May" | "March"))
            || self.before_is(Class::TimePreposition)
            || matches!(self.text_before(), "the" | "a" | "an" | "," | "(")
    }

    fn is_year(&self, parts: &Parts) -> bool {
        let year = parts.year.unwrap_or(0);
        if self.before_is(Class::Label) || self.next_is(Class::Counted) {
            return false;
        }
        let has_preposition = self.before_is(Class::TimePreposition);
        let next_joined = self.reader.token(self.met.end).is_some_and(|t| t.is_joined);
        let before_joined = self.reader.token(self.met.start).is_some_and(|t| t.is_joined);
        // "Section 1920-20", "2003/04" is a year, "A-2003", "777-2000".
        if before_joined && self.before_is(Class::Dash) {
            let two_before = self.before().and_then(|b| b.checked_sub(1));
            let is_after_word = two_before.is_some_and(|at| {
                self.reader.token(at).is_some_and(|t| {
                    t.is_word()
                        && t.is_capitalised()
                        && !self.reader.is(at, Class::Month)
                        && !self.reader.is(at, Class::Season)
                })
            });
            let is_after_number = two_before.is_some_and(|at| {
                self.reader.token(at).is_some_and(|t| t.is_number() && !matches!(t.n_digits(), 4 | 1 | 2))
            });
            if is_after_word || is_after_number {
                return false;
            }
        }
        if next_joined && self.next_is(Class::Dash) {
            let after = self.met.end + 1;
            if self.reader.token(after).is_some_and(|t| t.is_joined && t.is_word() && t.is_capitalised())
                && !has_preposition
            {
                return false;
            }
        }
        let is_likely = (1700..=2100).contains(&year) && year % 1000 != 0;
        if is_likely && year % 100 != 0 || (1400..1700).contains(&year) && year % 10 != 0 {
            return true;
        }
        // Round numbers and those before 1700 count things more often.
        let next_is_noun = self.reader.token(self.met.end).is_some_and(|t| {
            t.is_word()
                && !t.is_capitalised()
                && t.text(self.reader.text()).len() > 3
                && t.text(self.reader.text()).ends_with('s')
                && !self.reader.is(self.met.end, Class::Was)
        });
        let is_enclosed = self.text_before() == "(" || self.next_text_is(&[")"]);
        (has_preposition || is_enclosed || self.starts_sentence() || self.before_is(Class::Dash))
            && !next_is_noun
    }

    fn is_short_year(&self) -> bool {
        let at = self.met.end - 1;
        let quote = at.checked_sub(1).filter(|q| *q >= self.met.start);
        let is_free = quote.is_some_and(|q| {
            !self.reader.token(q).is_some_and(|t| {
                t.is_joined && q > 0 && !matches!(self.text_at(q - 1), "(" | "“" | "-" | "–")
            })
        });
        let is_joined = self.reader.token(at).is_some_and(|t| t.is_joined);
        is_free
            && is_joined
            && !self.next_text_is(&["'", "’", "\"", "%"])
            && (self.before_is(Class::TimePreposition)
                || matches!(self.text_before(), "the" | "The" | "(" | "class" | ""))
    }

    fn is_season(&self) -> bool {
        let at = self.met.end - 1;
        if self.follows_name() && !self.before_is(Class::NameBefore) {
            return false;
        }
        let before = self.text_before();
        if !self.reader.is(at, Class::SeasonName) {
            return !(self.next_is(Class::Figure) && !self.before_is(Class::TimePreposition))
                && !self.next_text_is(&["Olympics", "Olympic", "Games", "Palace"]);
        }
        let next = self.text_at(self.met.end);
        let has_article =
            self.met.end - self.met.start > 1 && matches!(self.text_at(self.met.start), "the" | "The");
        let first_before = before;
        let is_placed = matches!(
            first_before,
            "in" | "In"
                | "by"
                | "By"
                | "during"
                | "since"
                | "until"
                | "from"
                | "early"
                | "late"
                | "this"
                | "next"
                | "every"
                | "each"
                | "between"
                | "and"
                | "or"
                | "before"
                | "through"
                | "spent"
                | "over"
                | "throughout"
        );
        if self.text_at(at).eq_ignore_ascii_case("fall") {
            return has_article && is_placed && next != "of"
                || matches!(
                    next,
                    "campaign" | "offensive" | "semester" | "term" | "elections" | "election" | "season"
                )
                || (matches!(first_before, "this" | "last" | "next"));
        }
        if matches!(next, "of" | "water" | "waters" | "up" | "from" | "to") && !has_article {
            return false;
        }
        if self.met.rule.name == "season"
            && matches!(
                before,
                "hot" | "mineral" | "warm" | "thermal" | "natural" | "cold" | "to" | "a" | "will" | "would"
            )
        {
            return before == "a" && matches!(next, "offensive" | "campaign" | "day" | "morning");
        }
        is_placed
            || has_article
            || self.reader.token(at).is_some_and(|t| t.is_capitalised())
            || self.reader.token(self.met.end).is_some_and(|t| t.is_word())
    }

    fn is_the_day(&self, parts: &Parts) -> bool {
        let is_on =
            self.before_is(Class::TimePreposition) || matches!(self.text_before(), "on" | "On" | "By");
        let is_figure = self.reader.token(self.met.start + 1).is_some_and(|t| t.is_number());
        let next_is_word = self
            .reader
            .token(self.met.end)
            .is_some_and(|t| t.is_word() && !self.reader.is(self.met.end, Class::Was));
        let next_counts = self.text_at(self.met.end) == "-" || self.text_at(self.met.end) == "century";
        let is_of = self.next_text_is(&["of"]);
        parts.day.is_some()
            && is_figure
            && is_on
            && !next_counts
            && !is_of
            && (!next_is_word
                || self
                    .reader
                    .token(self.met.end)
                    .is_some_and(|t| t.text(self.reader.text()).len() <= 4 && !t.is_capitalised()))
    }

    fn is_listed(&self) -> bool {
        !self.before_is(Class::Label) && !self.next_is(Class::Counted)
    }

    fn is_clock(&self) -> bool {
        let before = self.text_before();
        // "won 3:15", "a ratio of 2:30", "Genesis 1:20".
        let is_placed = matches!(
            before,
            "at" | "At"
                | "by"
                | "until"
                | "till"
                | "from"
                | "around"
                | "about"
                | "before"
                | "after"
                | "since"
                | "of"
                | ","
                | "("
                | "between"
                | "and"
                | "to"
                | "-"
                | "–"
                | ""
        );
        (is_placed && !matches!(before, "of")) || self.met.end - self.met.start > 3 || before.is_empty()
    }

    fn is_part_alone(&self) -> bool {
        let at = self.met.end - 1;
        let word = self.text_at(at);
        let next = self.text_at(self.met.end);
        if self.is_in_name() || self.follows_name() {
            return false;
        }
        if matches!(word, "overnight" | "daytime" | "nighttime") {
            return true;
        }
        if self.met.end - self.met.start > 1 {
            let is_night_of = next == "of";
            return !is_night_of;
        }
        matches!(word, "night" | "nights")
            && (matches!(next, "-" | "raid" | "raids" | "attack" | "attacks" | "flights"))
    }

    fn is_way_unit(&self, parts: &Parts) -> bool {
        let unit = parts.unit;
        if matches!(unit, Some(Unit::Second | Unit::Minute)) {
            return false;
        }
        // "the last day of", "the third time": what is ranked is not pointed at.
        let last = self.text_at(self.met.end - 2);
        !(matches!(last, "last" | "past" | "very")
            && self.next_text_is(&["of"])
            && matches!(unit, Some(Unit::Day | Unit::Hour)))
    }

    fn is_unit_before(&self) -> bool {
        let has_the = matches!(self.text_at(self.met.start), "the" | "The");
        has_the || !matches!(self.text_before(), "a" | "A" | "one" | "each" | "every" | "per") && false
    }

    fn is_quarter(&self, parts: &Parts) -> bool {
        parts.rank.is_some_and(|n| (-1..=4).contains(&n)) && !self.next_text_is(&["final", "finals", "of"])
            || parts.year.is_some()
    }

    fn is_span(&self, parts: &Parts) -> bool {
        // "the third hours", "the first minutes".
        let has_the = matches!(self.text_at(self.met.start), "the" | "The" | "these" | "those");
        (has_the || parts.way.is_some()) && !matches!(parts.unit, Some(Unit::Second))
    }

    /// "a four day rally", "the Seven Years War": the article is not the amount's.
    fn is_article_of_more(&self, parts: &Parts) -> bool {
        let first = self.text_at(self.met.start).to_ascii_lowercase();
        let is_article = matches!(first.as_str(), "a" | "an" | "the");
        is_article
            && parts.amount.is_some_and(|n| n >= 100)
            && !self.starts_with_scale()
            && (!parts.is_plural || self.next_is_name())
            && !self.reader.is(self.met.end.wrapping_sub(1), Class::Half)
    }

    fn starts_with_scale(&self) -> bool {
        self.reader.is(self.met.start + 1, Class::Scale)
    }

    fn is_singular(&self, parts: &Parts) -> bool {
        let is_one = parts.amount == Some(100);
        if parts.unit == Some(Unit::Second) {
            return false;
        }
        is_one
            || (parts.amount.is_some_and(|n| n > 100 && n < 10_000)
                && self.reader.token(self.met.end).is_some_and(|t| t.is_word()))
    }

    fn is_units(&self, parts: &Parts) -> bool {
        if matches!(parts.unit, Some(Unit::Second | Unit::Quarter)) {
            return false;
        }
        if self.met.end - self.met.start > 1 {
            return true;
        }
        matches!(
            self.text_before(),
            "in" | "In"
                | "within"
                | "Within"
                | "for"
                | "For"
                | "after"
                | "After"
                | "over"
                | "of"
                | "took"
                | "take"
                | "and"
                | "or"
                | "last"
                | "lasted"
                | "spent"
                | "just"
                | "than"
        ) && !(self.text_before() == "of" && !self.next_text_is(&["of", ",", "."]))
            && !self.next_text_is(&["ago", "later", "earlier"])
    }

    fn is_lull(&self) -> bool {
        let at = self.met.end - 1;
        let word = self.text_at(at);
        let next = self.reader.token(self.met.end);
        match word {
            "current" | "Current" => next.is_some_and(|t| t.is_word()),
            _ => false,
        }
    }

    fn is_former(&self) -> bool {
        !self.next_text_is(&["and", ",", ".", "of", ")", "was", "had"])
            && !self
                .reader
                .token(self.met.start)
                .is_some_and(|t| t.is_capitalised() && !self.starts_sentence())
    }

    fn is_the_time(&self) -> bool {
        !self.next_text_is(&["of", "that", "when", "the", "a"]) && !self.next_is_name()
    }

    fn is_one_day(&self) -> bool {
        matches!(self.text_before(), "would" | "will" | "might" | "may" | "could" | "can")
    }

    fn is_new_year(&self) -> bool {
        let is_capital = self.reader.token(self.met.end - 1).is_some_and(|t| t.is_capitalised());
        is_capital && !self.next_text_is(&["'", "’"]) && !self.next_is_name()
    }
}
