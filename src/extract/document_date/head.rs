//! The date at the head of a text: a line of its own, a byline, "Published: …", a dateline.

use std::ops::Range;

use super::DatedBy;
use super::evidence::month_and_days;
use super::words::Words;
use crate::extract::token::Token;
use crate::extract::{Source, TimeAnchor, TimeMention, timex};
use crate::time::Edtf;

/// How far down a text's own date may stand, in bytes and lines.
const MAX_BYTES: usize = 2_000;
const MAX_LINES: usize = 16;
const MAX_TOKENS_OF_LINE: usize = 24;
/// Of a longer line, in which a dateline may stand.
const MAX_TOKENS_OF_HEAD: usize = 48;

/// The tokens that a text's own date may stand among.
fn head_of<'t>(source: &Source<'t>) -> &'t [Token] {
    let n_tokens = source.tokens.partition_point(|token| (token.start as usize) < MAX_BYTES);
    source.tokens.get(..n_tokens).unwrap_or_default()
}

pub fn explicit(source: &Source) -> Option<DatedBy> {
    let tokens = head_of(source);
    // Only the beginnings of lines are looked at, and only where a date can be one's own: most texts begin
    // with a sentence, which costs nothing then.
    let may_date = |line: &[Token]| {
        line.iter().any(Token::is_number)
            && (line.len() <= MAX_TOKENS_OF_LINE || dash_of(source.text(), line).is_some())
    };
    let mut times = Vec::new();
    for line in lines(tokens) {
        let line = line.start..line.end.min(line.start + MAX_TOKENS_OF_HEAD);
        let Some(tokens) = tokens.get(line).filter(|line| may_date(line)) else { continue };
        times.extend(timex::find(&Source { tokens, sentences: &[], ..*source }));
    }
    choose(&Source { tokens, ..*source }, &times)
}

/// A day of a month in some year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DayOfMonth<'t> {
    pub month: u8,
    pub day: u8,
    /// As the text has it.
    pub words: &'t str,
}

/// The day of a month that a dateline or a byline at the head has without a year.
pub(super) fn day_without_year<'t>(source: &'t Source, times: &[TimeMention]) -> Option<DayOfMonth<'t>> {
    let tokens = head_of(source);
    let of_head = times.iter().take_while(|time| time.span.end <= MAX_BYTES);
    let mut without_year = of_head.filter(|time| time.anchor != TimeAnchor::Absolute);
    without_year.find_map(|time| {
        let (month, days) = month_and_days(source, Words::english(), time.span)?;
        let [day] = *days.as_slice() else { return None };
        let is_of_line = |line: &Range<usize>| {
            tokens
                .get(line.clone())
                .and_then(<[Token]>::last)
                .is_some_and(|t| time.span.end <= t.end as usize)
        };
        let line = lines(tokens).find(is_of_line)?;
        let how = how(source, tokens.get(line)?, time)?;
        let words = time.span.slice(source.text());
        (how != How::Alone).then_some(DayOfMonth { month, day, words })
    })
}

/// How a line gives a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Published,
    Byline,
    Dateline,
    Alone,
}

pub(super) fn choose(source: &Source, times: &[TimeMention]) -> Option<DatedBy> {
    let mut found: Vec<(How, &TimeMention)> = Vec::new();
    for line in lines(source.tokens) {
        let Some(tokens) = source.tokens.get(line) else { continue };
        let Some((first, last)) = tokens.first().zip(tokens.last()) else { continue };
        let of_line = times.iter().filter(|time| {
            first.start as usize <= time.span.start && time.span.end <= last.end as usize && is_day(time)
        });
        for time in of_line {
            found.extend(how(source, tokens, time).map(|how| (how, time)));
        }
    }
    let best = |wanted: How| found.iter().find(|(how, _)| *how == wanted);
    let (how, time) =
        [How::Published, How::Byline, How::Dateline].into_iter().find_map(best).or_else(|| {
            // Several dates on lines of their own are a chronicle's, not its author's.
            let alone = best(How::Alone)?;
            found.iter().all(|(_, time)| time.edtf == alone.1.edtf).then_some(alone)
        })?;
    let words = time.span.slice(source.text());
    let place = match how {
        How::Published => "It says of itself that it is of",
        How::Byline => "Beside its author’s name it has the date",
        How::Dateline => "Its dateline has",
        How::Alone => "A line of its own at the head has the date",
    };
    Some(DatedBy { edtf: day_of(time)?, reason: format!("{place} “{words}”.") })
}

/// The lines at the head, as ranges of tokens.
fn lines(tokens: &[Token]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = tokens.get(start..).filter(|rest| !rest.is_empty())?;
        let n = rest.iter().skip(1).position(|token| token.begins_line).map_or(rest.len(), |n| n + 1);
        start += n;
        Some(start - n..start)
    })
    .take(MAX_LINES)
}

fn is_day(time: &TimeMention) -> bool {
    time.anchor == TimeAnchor::Absolute && day_of(time).is_some()
}

/// The date without its time of day.
fn day_of(time: &TimeMention) -> Option<Edtf> {
    let edtf = time.edtf.as_ref()?;
    let interval = edtf.interval();
    let is_one_day = interval.extent().n_days() == 1;
    let day = edtf.as_str().split('T').next()?;
    (is_one_day && day.len() == 10).then(|| Edtf::parse(day).ok()).flatten()
}

fn how(source: &Source, line: &[Token], time: &TimeMention) -> Option<How> {
    let text = source.text();
    let words = Words::english();
    let first = line.first()?;
    let is_one_of =
        |list: &[&str], token: &Token| list.iter().any(|w| token.text(text).eq_ignore_ascii_case(w));
    let before = line.iter().take_while(|t| (t.end as usize) <= time.span.start);
    let after = line.iter().skip_while(|t| (t.start as usize) < time.span.end);
    let is_near = time.span.start - first.start as usize <= 120;
    if is_near && is_dateline(text, line, time) {
        return Some(How::Dateline);
    }
    if line.len() > MAX_TOKENS_OF_LINE {
        return None;
    }
    if before.clone().any(|token| is_one_of(&words.published, token)) {
        return Some(How::Published);
    }
    if is_one_of(&words.by, first)
        && before.clone().filter(|t| t.is_word()).skip(1).all(Token::is_capitalised)
    {
        return Some(How::Byline);
    }
    // Alone: nothing but names set off by signs ("Paris, 3 May 1916", "April 5, 2023 | Reuters").
    let is_set_off = |mut side: &mut dyn Iterator<Item = &Token>, must_end: bool| {
        let mut last_is_sign = true;
        for token in &mut side {
            if token.is_word() && !token.is_capitalised() && !token.is_joined {
                return false;
            }
            last_is_sign = !token.is_word() && !token.is_number();
        }
        last_is_sign || !must_end
    };
    let first_after = after.clone().next();
    let is_end = first_after.is_none_or(|token| {
        matches!(token.text(text), "|" | "," | "·" | "•" | "(" | "—" | "–" | "-" | "/" | ".")
    });
    let n_before = before.clone().filter(|t| t.is_word()).count();
    let is_alone = is_set_off(&mut before.clone(), true)
        && is_set_off(&mut after.clone(), false)
        && is_end
        && n_before <= 4;
    is_alone.then_some(How::Alone)
}

/// "BAKU, Azerbaijan, April 5, 2023 (AP) — …": names and a date before a dash.
fn is_dateline(text: &str, line: &[Token], time: &TimeMention) -> bool {
    let Some(before) = dash_of(text, line).and_then(|dash| line.get(..dash)) else { return false };
    let is_before = before.last().is_some_and(|last| time.span.end <= last.end as usize);
    let outside =
        before.iter().filter(|t| (t.end as usize) <= time.span.start || (t.start as usize) >= time.span.end);
    let mut outside = outside.filter(|t| t.is_word()).peekable();
    let begins_with_name = outside.peek().is_some_and(|t| t.start == before.first().map_or(0, |f| f.start));
    is_before && begins_with_name && before.len() <= 20 && outside.all(Token::is_capitalised)
}

/// The position of the first dash that parts a dateline from what follows.
fn dash_of(text: &str, line: &[Token]) -> Option<usize> {
    line.iter().enumerate().position(|(n, token)| {
        let is_dash = token.is_sign(text, '—') || token.is_sign(text, '–') || token.is_sign(text, '-');
        let stands_free = !token.is_joined || token.is_sign(text, '—');
        is_dash && (stands_free || line.get(n + 1).is_some_and(|next| next.is_sign(text, '-')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::extract::{Language, Setting, TimexType, sentence, token};
    use crate::progress::Progress;

    /// The date read from a head whose dates are marked `[words=EDTF]`.
    fn read(marked: &str) -> Option<String> {
        let mut text = String::new();
        let mut times = Vec::new();
        let mut rest = marked;
        while let Some((before, after)) = rest.split_once('[') {
            let (inner, after) = after.split_once(']').unwrap();
            let (words, edtf) = inner.split_once('=').unwrap();
            text.push_str(before);
            let start = text.len();
            text.push_str(words);
            times.push(TimeMention {
                span: Span { start, end: text.len() },
                timex_type: TimexType::Date,
                value: edtf.to_owned(),
                edtf: Edtf::parse(edtf).ok(),
                anchor: TimeAnchor::Absolute,
                relation: "".into(),
                rule: "",
                confidence: 1.0,
                is_adverbial: true,
            });
            rest = after;
        }
        text.push_str(rest);
        let language = Language::english();
        let setting = Setting { text: &text, headings: &[], document_date: None };
        let tokens = token::tokenize(&text, &language.lexicon);
        let sentences = sentence::sentences(&text, &tokens, &[], language);
        let progress = Progress::default();
        let source = Source {
            setting: &setting,
            tokens: &tokens,
            sentences: &sentences,
            language,
            progress: &progress,
        };
        choose(&source, &times).map(|dated| dated.edtf.as_str().to_owned())
    }

    #[test]
    fn a_date_at_the_head_is_the_texts_own_where_it_stands_apart() {
        for (text, expected) in [
            ("A title\n\n[April 5, 2023=2023-04-05]\n\nThe talks went on.", Some("2023-04-05")),
            ("A title\nPublished: [3 March 2021=2021-03-03]\nThe talks went on.", Some("2021-03-03")),
            ("Updated 12:30, [3 March 2021=2021-03-03]\n\nThe talks went on.", Some("2021-03-03")),
            ("By Jane Roe, [3 March 2021=2021-03-03]\n\nThe talks went on.", Some("2021-03-03")),
            ("BAKU, Azerbaijan, [April 5, 2023=2023-04-05] (AP) — Talks went on.", Some("2023-04-05")),
            ("Paris, [3 May 1916=1916-05-03]\n\nMy dear friend, we have arrived.", Some("1916-05-03")),
            ("[April 5, 2023=2023-04-05] | Newswire\nTalks went on.", Some("2023-04-05")),
            ("The siege of [3 May 1916=1916-05-03]\n\nIt rained.", None),
            ("[April 23, 2023=2023-04-23] is the day when the border was closed.", None),
            ("On [3 May 1916=1916-05-03] the army moved.", None),
            ("[1 May 1916=1916-05-01]\nWe set out.\n\n[2 May 1916=1916-05-02]\nWe rested.", None),
            ("A title\n\n[April 2023=2023-04]\n\nThe talks went on.", None),
            ("The war ended on [3 May 1916=1916-05-03]", None),
        ] {
            assert_eq!(read(text).as_deref(), expected, "{text}");
        }
    }
}
